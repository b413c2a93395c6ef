"""The whole story in a real browser: from the counter to the hand-over, paid, by everybody who has a part in it."""

import hmac
import json
import re
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.live import Product
from tests.story.conftest import Letters

pytestmark = pytest.mark.story
WAIT = 10.0
NAME, PHONE = "Jan Kowalski", "600 100 200"


class Told:
    """What one chapter leaves for the next: the order's number and address."""

    number = ""
    address = ""
    link = ""


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


def wait_for(what: Callable[[], Any]) -> Any:
    """What appears in its own time: a mail, an SMS."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come")


def scan(page: Page, code: str) -> None:
    """As a keyboard-wedge scanner types: fast, and Enter at the end."""
    for sign in code:
        page.keyboard.press(f"Shift+{sign}" if sign.isupper() else sign, delay=0)
    page.keyboard.press("Enter")


def sign(page: Page) -> None:
    """A stroke of the pen on the screen."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 20 + 25 * step, box["y"] + 60 + (20 if step % 2 else -20))
    page.mouse.up()


def open_order(page: Page, told: Told) -> Page:
    page.goto(told.address)
    page.wait_for_load_state("networkidle")
    return page


def report_call(live: Product, call: str, state: str) -> int:
    """As any telephone exchange can: a signed body to the hook."""
    body = json.dumps({"external_id": call, "state": state, "number": "+48600100200", "line": "+48122000100"}).encode()
    at = str(int(time.time()))
    secret = live.environment["REMONTA_CALLS_SECRET_PBX"].encode()
    signature = hmac.new(secret, f"{at}.".encode() + body, sha256).hexdigest()
    headers = {"X-Remonta-Signature": f"t={at},v1={signature}", "Content-Type": "application/json"}
    with urlopen(Request(f"{live.url}/hooks/calls/pbx/", body, headers)) as answer:
        return int(answer.status)


def test_a_call_is_on_the_operators_screen_at_once(
    live: Product, people: Callable[[str], Page], picture: Callable[[Page, str], None]
) -> None:
    page = people("operator")
    page.goto(f"{live.url}/calls/")
    page.wait_for_load_state("load")
    page.wait_for_timeout(1500)
    assert report_call(live, "call-1", "ringing") == 204
    expect(page.locator("#ringing").get_by_text("600 100 200")).to_be_visible(timeout=3000)
    picture(page, "00-call")
    page.locator("#ringing a").first.click()
    expect(page.locator("#id_phone")).to_have_value("+48600100200")


def test_b_a_web_request_waits_on_the_call_back_list(
    live: Product, customer: Page, people: Callable[[str], Page], picture: Callable[[Page, str], None]
) -> None:
    customer.goto(f"{live.url}/request/KRK/")
    customer.locator("#id_device").fill("Coffee machine")
    customer.locator("#id_fault").fill("Leaks water")
    customer.locator("#id_name").fill("Anna Nowak")
    customer.locator("#id_phone").fill("600 700 800")
    customer.locator("#id_consent").check()
    picture(customer, "00-request")
    customer.get_by_role("button", name="Send").click()
    expect(customer.get_by_text(re.compile(r"R\d{7}")).first).to_be_visible(timeout=20_000)
    page = people("receptionist")
    page.goto(f"{live.url}/calls/")
    expect(page.locator("#ringing").get_by_text("Anna Nowak")).to_be_visible()


def test_1_the_receptionist_takes_a_unit_in(
    live: Product, people: Callable[[str], Page], told: Told, picture: Callable[[Page, str], None]
) -> None:
    page = people("receptionist")
    page.goto(f"{live.url}/intake/")
    page.locator("#id_name").fill(NAME)
    page.locator("#id_phone").fill(PHONE)
    page.locator("#id_email").fill("jan@example.com")
    page.locator("#id_language").select_option("en")
    page.locator("#model").fill("Vela One")
    expect(page.locator("#models input[type=radio]").first).to_be_checked()
    page.locator("#id_serial").fill("SNSTORY1")
    page.locator("#id_fault").fill("Screen is black after a fall")
    page.locator("#id_accessories").fill("charger, bag")
    page.locator("#id_passcode").fill("1234")
    picture(page, "01-intake")
    page.locator("#intake-form").get_by_role("button", name="Take in").click()
    page.wait_for_url(re.compile("/orders/"))
    told.address = page.url.partition("?")[0]
    told.number = page.locator("h1 .mono").inner_text()
    expect(page.get_by_role("heading", level=1)).to_contain_text("KRK-")
    expect(page.get_by_text("charger")).to_be_visible()
    picture(page, "02-order")


def test_2_the_receipt_is_printed(people: Callable[[str], Page], told: Told) -> None:
    page = open_order(people("receptionist"), told)
    page.locator("#paper-form").select_option("receipt:a4")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Print").click()
    paper = opened.value
    paper.wait_for_url(re.compile(r"/papers/.*\.pdf"))
    answer = page.request.get(paper.url)
    assert answer.body().startswith(b"%PDF")
    paper.close()


def test_3_two_scans_move_the_unit(live: Product, people: Callable[[str], Page], told: Told) -> None:
    page = open_order(people("receptionist"), told)
    scan(page, f"L-{live.known['places']['T-1']['id']:06d}")
    expect(page.get_by_text("Bench 1").first).to_be_visible()


def test_4_the_manager_gives_the_work_by_load(
    people: Callable[[str], Page], told: Told, picture: Callable[[Page, str], None]
) -> None:
    page = open_order(people("workshop_manager"), told)
    page.get_by_text("Give the work to somebody").click()
    page.locator("#bench").get_by_text("Emil Krak").click()
    picture(page, "03-load")
    page.get_by_role("button", name="Give the work", exact=True).click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#bench").get_by_text("offered")).to_be_visible()


def test_5_the_engineer_accepts_and_diagnoses(
    live: Product, people: Callable[[str], Page], told: Told, picture: Callable[[Page, str], None]
) -> None:
    page = people("engineer")
    page.goto(f"{live.url}/my-work/")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("link", name=told.number).first).to_be_visible()
    picture(page, "04-my-work")
    open_order(page, told)
    page.get_by_role("button", name="Start diagnosis").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("What you found").fill("Display broken, board fine")
    page.get_by_role("button", name="Add to the diagnosis").click()
    expect(page.locator("#bench").get_by_text("Display broken, board fine")).to_be_visible()


def test_6_the_quote_goes_out_by_sms(
    people: Callable[[str], Page], told: Told, letters: Letters, picture: Callable[[Page, str], None]
) -> None:
    page = open_order(people("workshop_manager"), told)
    page.get_by_role("link", name="Write a quote").click()
    page.locator("#quote-search").fill("display")
    page.locator("#quote-found").get_by_role("button").first.click()
    expect(page.locator("[data-quote-row]")).to_have_count(1)
    picture(page, "05-quote")
    page.get_by_role("button", name="Save and send").click()
    page.wait_for_url(told.address)
    text = wait_for(lambda: [one for one in letters.texts if "/s/" in str(one)])
    told.link = re.search(r"https?://\S+?/s/[\w-]+/?", str(text[-1])).group(0)  # type: ignore[union-attr]


def test_7_the_customer_approves_on_the_phone(
    customer: Page, people: Callable[[str], Page], told: Told, picture: Callable[[Page, str], None]
) -> None:
    watching = open_order(people("workshop_manager"), told)
    customer.goto(told.link)
    expect(customer.get_by_role("heading", name="Our quote")).to_be_visible()
    picture(customer, "06-customer-quote")
    customer.locator("form[data-quote] input[type=radio]").first.check(force=True)
    customer.locator("form[data-quote] input[name$=name]").fill(NAME)
    customer.get_by_role("button", name="Approve").click()
    expect(customer.locator("#quote").get_by_text("approved", exact=False).first).to_be_visible()
    expect(watching.get_by_text("Quote approved", exact=False).first).to_be_visible(timeout=5000)


def test_8_the_engineer_asks_for_a_part_and_the_storekeeper_issues_it(
    people: Callable[[str], Page], told: Told, picture: Callable[[Page, str], None]
) -> None:
    engineer = open_order(people("engineer"), told)
    engineer.get_by_text("Ask for a part").click()
    engineer.locator("#parts-found button[type=submit]").first.click()
    expect(engineer.locator("#parts").get_by_text("set aside")).to_be_visible()
    number = engineer.locator("#parts li .mono").first.inner_text()
    page = open_order(people("storekeeper"), told)
    page.get_by_role("link", name="Issue and take back").click()
    picture(page, "07-issue")
    page.locator("body").click(position={"x": 5, "y": 500})
    scan(page, number)
    expect(page.get_by_text("issued").first).to_be_visible()
    expect(open_order(engineer, told).locator("#parts").get_by_text("issued")).to_be_visible()


def test_9_repaired_checked_and_ready(
    people: Callable[[str], Page], told: Told, letters: Letters, picture: Callable[[Page, str], None]
) -> None:
    page = open_order(people("engineer"), told)
    page.get_by_role("button", name="Repair done").click()
    page.wait_for_load_state("networkidle")
    checker = open_order(people("quality"), told)
    for line in checker.locator("#check select").all():
        line.select_option("ok")
    picture(checker, "08-final-check")
    checker.get_by_role("button", name="Passed").click()
    expect(checker.get_by_role("heading", level=1).locator("xpath=..").get_by_text("ready")).to_be_visible()
    wait_for(lambda: [one for one in letters.texts if "ready" in str(one).lower() or told.number in str(one)])
    wait_for(lambda: letters.mails)


def test_10_paid_and_handed_over(
    live: Product, people: Callable[[str], Page], told: Told, picture: Callable[[Page, str], None]
) -> None:
    cashier = open_order(people("cashier"), told)
    cashier.get_by_role("button", name="Take the payment").click()
    expect(cashier.locator("#order-money").get_by_text("paid", exact=True).first).to_be_visible()
    page = open_order(people("receptionist"), told)
    page.get_by_role("link", name="Hand over").click()
    expect(page.get_by_text("It lies on")).to_be_visible()
    for line in page.locator("select[name^=check-]").all():
        line.select_option("ok")
    sign(page)
    picture(page, "09-hand-over")
    page.get_by_role("button", name="Hand over").click()
    page.wait_for_url(re.compile("papers=1"))
    expect(page.get_by_text("handed over").first).to_be_visible()
    picture(page, "10-closed")


def test_11_the_customer_rates_the_work(customer: Page, told: Told, picture: Callable[[Page, str], None]) -> None:
    customer.goto(told.link)
    expect(customer.get_by_text("handed over", exact=False).first).to_be_attached()
    picture(customer, "11-customer-closed")


def test_12_the_books_are_whole(live: Product) -> None:
    proved = live.cli("verify")
    assert proved.returncode == 0, proved.stdout[-2000:]
