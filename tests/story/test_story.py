"""The whole story in a real browser: from the counter to the hand-over, paid, by everybody who has a part in it."""

import re
import time
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.live import Product
from tests.story.conftest import Letters
from tests.story.gestures import report_call, scan, sign, stays_loaded, wait_for
from tools.sizes import report

pytestmark = pytest.mark.story
CALLS, CHANGES, SOONEST = 20, 12, 2.0
MOST_KEYS = 12
TIMES: list[str] = []
NAME, PHONE = "Jan Kowalski", "600 100 200"


class Told:
    """What one chapter leaves for the next: the order's number and address."""

    number = ""
    address = ""
    link = ""


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


def tell_times(what: str, took: list[float]) -> None:
    """Adds to the line that the run prints last."""
    p95 = sorted(took)[round(0.95 * (len(took) - 1))]
    within = sum(one <= SOONEST for one in took)
    TIMES.append(f"{within} of {len(took)} {what} within {SOONEST:.0f} s, p95 {p95:.2f} s")
    report("story", f"live: {'; '.join(TIMES)}")


def open_order(page: Page, told: Told) -> Page:
    page.goto(told.address)
    page.wait_for_load_state("networkidle")
    return page


def test_a_call_is_on_the_operators_screen_at_once(
    live: Product, people: Callable[[str], Page], picture: Callable[[Page, str], None]
) -> None:
    page = people("operator")
    page.goto(f"{live.url}/calls/")
    page.wait_for_load_state("load")
    page.wait_for_timeout(1500)
    assert report_call(live, "call-1", "ringing") == 204
    expect(page.locator("#ringing").get_by_text("600 100 200")).to_be_visible(timeout=20_000)
    picture(page, "00-call")
    page.locator("#ringing a").first.click()
    expect(page.locator("#id_phone")).to_have_value("+48600100200")


def test_a2_each_of_many_callers_is_on_the_screen_soon(live: Product, people: Callable[[str], Page]) -> None:
    """How long it takes is printed; only a card that does not come would fail."""
    page, took = people("operator"), []
    page.goto(f"{live.url}/calls/")
    page.wait_for_load_state("networkidle")
    with stays_loaded(page):
        for turn in range(CALLS):
            number = f"+486001003{turn:02}"
            began = time.monotonic()
            report_call(live, f"many-{turn}", "ringing", number)
            card = page.locator("#ringing").get_by_text(f"600 100 3{turn:02}")
            expect(card).to_be_visible(timeout=10_000)
            took.append(time.monotonic() - began)
            assert [report_call(live, f"many-{turn}", state, number) for state in ("answered", "ended")] == [204, 204]
    tell_times("callers on the operator’s screen", took)


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


def test_5b_what_one_enters_appears_on_the_other_screen(
    live: Product, people: Callable[[str], Page], told: Told, picture: Callable[[Page, str], None]
) -> None:
    """Two people side by side, in turns, without reloading. How long it took is printed; only ages would fail."""
    screens = [open_order(people(role), told) for role in ("workshop_manager", "receptionist")]
    took = []
    for turn in range(CHANGES):
        writer, watcher = screens[turn % 2], screens[1 - turn % 2]
        with stays_loaded(watcher):
            writer.locator("#note-form textarea").fill(f"Side by side {turn}")
            button = writer.locator("#note-form button[type=submit]")
            button.hover()  # the way of the mouse is not what is timed
            began = time.monotonic()
            button.click()
            expect(watcher.get_by_text(f"Side by side {turn}", exact=True)).to_be_visible(timeout=10_000)
            took.append(time.monotonic() - began)
        writer.wait_for_load_state("networkidle")
    with stays_loaded(screens[0]):
        scan(screens[1], f"L-{live.known['places']['S-1']['id']:06d}")
        expect(screens[0].get_by_text("Ready shelf").first).to_be_visible(timeout=10_000)
    picture(screens[0], "04-side-by-side")
    tell_times("changes on the other screen", took)


def test_5c_the_phone_is_the_camera(
    people: Callable[[str], Page], customer: Page, told: Told, picture: Callable[[Page, str], None]
) -> None:
    page = open_order(people("engineer"), told)
    page.get_by_role("button", name="Take photos with a phone").click()
    drawn = page.locator("#phone-camera .qr-box")
    expect(drawn.locator("svg").first).to_be_visible()
    picture(page, "04-camera")
    customer.goto(str(drawn.locator("[data-copy]").get_attribute("data-copy")))
    shot = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(shot, "JPEG")
    with stays_loaded(page):
        side = {"name": "side.jpg", "mimeType": "image/jpeg", "buffer": shot.getvalue()}
        customer.set_input_files("[data-photos-file]", [side])  # type: ignore[list-item]
        expect(customer.locator(".photo-strip li:not(.is-sending)")).to_have_count(1)
        expect(page.locator("#unit-side .photo-strip img").first).to_be_visible(timeout=10_000)
        expect(drawn.locator("svg").first).to_be_visible()  # the code stays for the next photo


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
    expect(watching.get_by_text("Quote approved", exact=False).first).to_be_visible(timeout=20_000)


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


def test_12_the_known_unit_comes_back_with_one_scan_and_twelve_keys(
    live: Product, people: Callable[[str], Page], told: Told, picture: Callable[[Page, str], None]
) -> None:
    """Every key that reaches the page after the scan is counted."""
    page = people("receptionist")
    page.goto(f"{live.url}/intake/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Begun and not finished")).to_have_count(0)
    scan(page, "SNSTORY1")
    page.wait_for_url(re.compile(r"/intake/\?unit="))
    expect(page.locator("#intake-form").get_by_text(NAME)).to_be_visible()
    expect(page.locator("#id_fault")).to_be_focused()
    page.evaluate("window.keysPressed = 0; addEventListener('keydown', () => { window.keysPressed += 1; }, true)")
    page.keyboard.type("No sound", delay=90)
    page.get_by_role("button", name="The rest works").click()
    picture(page, "12-returning")
    typed = page.evaluate("window.keysPressed")
    page.locator("#intake-form").get_by_role("button", name="Take in").click()
    page.wait_for_url(re.compile("/orders/"))
    expect(page.get_by_text("No sound").first).to_be_visible()
    assert page.url.partition("?")[0] != told.address
    assert 0 < typed <= MOST_KEYS


def test_13_a_wrong_scan_says_so_and_changes_nothing(live: Product, people: Callable[[str], Page]) -> None:
    page = people("receptionist")
    page.wait_for_load_state("networkidle")
    before = page.url
    scan(page, "X-9999999")
    expect(page.get_by_text("is not known here. Nothing has changed.").first).to_be_visible()
    assert page.url == before
    scan(page, "SNSTORY1")
    page.wait_for_url(re.compile("/units/"))
    scan(page, f"L-{live.known['places']['T-1']['id']:06d}")
    expect(page.get_by_text(re.compile("is now at .*T-1|is now at .*Bench 1")).first).to_be_visible()


def test_14_the_books_are_whole(live: Product) -> None:
    proved = live.cli("verify")
    assert proved.returncode == 0, proved.stdout[-2000:]
