"""The road in a real browser: a unit goes to a partner, on to a maker and back; a part comes from China."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.live import Product
from tests.story.gestures import scan, wait_for

pytestmark = pytest.mark.story
PARTNER, SERIAL, MAKER = "partner_staff@Serwis Odra", "SNROAD1", "Vela service"
LATE_DAYS = 9


class Road:
    """What one chapter leaves for the next: the addresses of both centres' orders, and of the batch under way."""

    order = ""
    number = ""
    theirs = ""
    batch = ""
    purchase = ""
    part = ""


@pytest.fixture(scope="module")
def road() -> Road:
    return Road()


def at(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


def shows(page: Page, address: str, place: str) -> None:
    """The order's page says where its unit is."""
    expect(at(page, address).locator("#place strong")).to_contain_text(place)


def send_on(page: Page, order: str, *, to: str = "", name: str = "", purpose: str, task: str) -> None:
    panel = at(page, order).locator("#road")
    panel.get_by_text("Send on to another centre or a maker").click()
    if to:
        panel.locator("[name=to_centre_uid]").select_option(label=to)
    panel.locator("[name=to_name]").fill(name)
    panel.locator("[name=purpose]").select_option(purpose)
    panel.locator("[name=task]").fill(task)
    panel.get_by_role("button", name="Send on", exact=True).click()
    expect(page.locator("#road").get_by_text("To be sent on to")).to_be_visible()


def pack(live: Product, page: Page, *, courier: str) -> str:
    """The proposal becomes a batch; the unit is scanned into it, it is sealed and handed over. Its address."""
    at(page, f"{live.url}/logistics/")
    page.get_by_role("link", name="Begin a batch").click()
    page.get_by_role("button", name="Begin", exact=True).click()
    page.wait_for_url(re.compile(r"/batches/[0-9a-f-]{36}/"))
    page.wait_for_load_state("networkidle")
    scan(page, SERIAL)
    expect(page.get_by_role("heading", name="In it (1)")).to_be_visible()
    page.locator("[name=seal]").fill("S-77")
    page.get_by_role("button", name="Seal", exact=True).click()
    page.locator("[name=courier]").fill(courier)
    page.locator("[name=tracking]").fill("TR-1")
    page.get_by_role("button", name="Hand over to the courier or driver").click()
    expect(page.get_by_text("on the way").first).to_be_visible()
    return page.url.partition("?")[0]


def unpack(page: Page, batch: str) -> None:
    """At the other end: it has arrived, the unit is scanned out of it, and that was all."""
    at(page, batch).get_by_role("button", name="It has arrived").click()
    page.wait_for_load_state("networkidle")
    scan(page, SERIAL)
    expect(page.locator("td", has_text="received").first).to_be_visible()
    page.get_by_role("button", name="All is received").click()
    expect(page.locator("h1 + *, .row-line").get_by_text("received").first).to_be_visible()


def test_1_the_customer_brings_it(
    live: Product, people: Callable[[str], Page], road: Road, picture: Callable[[Page, str], None]
) -> None:
    page = at(people("receptionist"), f"{live.url}/intake/")
    page.locator("#id_name").fill("Jan Kowalski")
    page.locator("#id_phone").fill("600 100 200")
    page.locator("#model").fill("Vela One")
    expect(page.locator("#models input[type=radio]").first).to_be_checked()
    page.locator("#id_serial").fill(SERIAL)
    page.locator("#id_fault").fill("Board is dead")
    page.locator("#intake-form").get_by_role("button", name="Take in").click()
    page.wait_for_url(re.compile("/orders/"))
    road.order, road.number = page.url.partition("?")[0], page.locator("h1 .mono").inner_text()
    shows(page, road.order, "Front desk")


def test_2_it_goes_to_the_partner_in_a_batch(
    live: Product, people: Callable[[str], Page], road: Road, picture: Callable[[Page, str], None]
) -> None:
    send_on(people("workshop_manager"), road.order, to="Serwis Odra", purpose="repair", task="Board repair")
    sender = people("logistician")
    road.batch = pack(live, sender, courier="DPD")
    picture(sender, "road-1-batch")
    shows(people("receptionist"), road.order, "→ Serwis Odra")
    expect(people("receptionist").get_by_text("handed over").first).to_be_visible()


def test_3_late_it_becomes_a_task_a_hold_and_a_notice_by_itself(
    live: Product, people: Callable[[str], Page], road: Road, picture: Callable[[Page, str], None]
) -> None:
    passed = live.module("tests.story.passing", str(LATE_DAYS))
    assert passed.returncode == 0, passed.stderr[-2000:]
    sender = people("logistician")

    def told() -> bool:
        lines = at(sender, f"{live.url}/notices/").locator(".notice-line")
        return lines.filter(has_text=re.compile(r"B\d{7}")).count() > 0

    wait_for(told, seconds=40)
    at(sender, f"{live.url}/tasks/")
    picture(sender, "road-2-task")
    sender.get_by_role("link", name=re.compile(r"B\d{7}")).click()
    expect(sender.get_by_text("DPD")).to_be_visible()
    sender.get_by_role("button", name="Done").click()
    expect(sender.get_by_text("Nothing is to be done")).to_be_visible()
    held = at(people("receptionist"), road.order)
    expect(held.get_by_text("is lost from sight").first).to_be_visible()


def test_4_the_partner_receives_it_on_the_same_pages(
    live: Product, people: Callable[[str], Page], road: Road, picture: Callable[[Page, str], None]
) -> None:
    partner = at(people(PARTNER), f"{live.url}/logistics/")
    partner.get_by_role("link", name=re.compile(r"B\d{7}")).click()
    partner.wait_for_url(road.batch)
    unpack(partner, road.batch)
    picture(partner, "road-3-received")
    partner.locator("td").get_by_role("link", name=re.compile("WRO-")).click()
    partner.wait_for_url(re.compile("/orders/"))
    road.theirs = partner.url.partition("?")[0]
    shows(partner, road.theirs, "Front desk")
    expect(partner.locator("#road").get_by_text("Work for Remonta Kraków")).to_be_visible()
    expect(partner.get_by_text("Jan Kowalski")).to_have_count(0)
    answer = partner.request.get(road.order)
    assert answer.status == 404
    page = people("receptionist")
    shows(page, road.order, "Front desk")
    expect(page.locator("#place")).to_contain_text("Serwis Odra")
    expect(page.locator("#road").get_by_text("Work at Serwis Odra")).to_be_visible()
    expect(page.locator(".holds, .hold").get_by_text("is lost from sight")).to_have_count(0)


def test_5_the_partner_sends_it_to_the_maker_and_it_comes_back(
    live: Product, people: Callable[[str], Page], road: Road, picture: Callable[[Page, str], None]
) -> None:
    partner = people(PARTNER)
    send_on(partner, road.theirs, name=MAKER, purpose="claim", task="New board under warranty")
    batch = pack(live, partner, courier="UPS")
    shows(people("receptionist"), road.order, f"→ {MAKER}")
    at(partner, batch).get_by_role("button", name="It has arrived").click()
    partner.wait_for_load_state("networkidle")
    shows(people("receptionist"), road.order, "at the supplier")
    shows(partner, road.theirs, "at the supplier")
    at(partner, batch)
    partner.get_by_label("What was done").fill("Board replaced")
    partner.get_by_role("button", name="Came back").click()
    expect(partner.get_by_text("Board replaced")).to_be_visible()
    partner.get_by_role("button", name="All is received").click()
    shows(partner, road.theirs, "Front desk")


def test_6_the_work_is_done_and_it_comes_home(
    live: Product, people: Callable[[str], Page], road: Road, picture: Callable[[Page, str], None]
) -> None:
    partner = at(people(PARTNER), road.theirs)
    for step in ("Start diagnosis", "Start repair", "Repair done"):
        partner.get_by_role("button", name=step, exact=True).first.click()
        partner.wait_for_load_state("networkidle")
    for line in partner.locator("#check select").all():
        line.select_option("ok")
    partner.locator("#check").get_by_role("button", name="Passed").click()
    expect(partner.get_by_role("heading", level=1).locator("xpath=..").get_by_text("ready")).to_be_visible()
    back = pack(live, partner, courier="DPD")
    shows(people("receptionist"), road.order, "→ Remonta Kraków")
    unpack(people("logistician"), back)
    page = people("receptionist")
    shows(page, road.order, "Front desk")
    expect(page.locator("#road").get_by_text("handed over")).to_be_visible()
    page.locator("#place").get_by_text("Where it has been").click()
    picture(page, "road-4-home")
    for place in ("→ Serwis Odra", f"→ {MAKER}", "→ Remonta Kraków"):
        expect(page.locator("#place li").filter(has_text=place).first).to_be_visible()


def test_7_a_part_is_ordered_in_cny(
    live: Product, people: Callable[[str], Page], road: Road, picture: Callable[[Page, str], None]
) -> None:
    """The engineer asks for one that is not here; purchasing knows a rate, a supplier and its price, and orders."""
    road.part = next(iter(live.known["parts"]))
    engineer = at(people("engineer"), road.order)
    engineer.get_by_role("button", name="Start diagnosis").click()
    engineer.wait_for_timeout(1500)  # what the step changed is drawn anew by itself
    at(engineer, road.order).get_by_text("Ask for a part").click()
    engineer.locator("#part-search").fill(road.part)
    engineer.locator("#part-search").blur()
    engineer.wait_for_timeout(1500)  # the list is drawn anew
    engineer.wait_for_load_state("networkidle")
    engineer.locator("#parts-found").get_by_label("How many").first.fill("7")
    engineer.locator("#parts-found").get_by_role("button", name="Ask").first.click()
    expect(engineer.locator("#parts").get_by_text("wanted").first).to_be_visible()
    buyer = at(people("purchaser"), f"{live.url}/buying/rates/new/")
    buyer.locator("[name=currency]").fill("CNY")
    buyer.locator("[name=day]").fill("2026-01-02")
    buyer.locator("[name=rate]").fill("0.5")
    buyer.get_by_role("button", name="Save").click()
    buyer.wait_for_url(re.compile("/rates/$"))
    at(buyer, f"{live.url}/buying/suppliers/new/")
    buyer.locator("[name=name]").fill("Shenzhen Parts")
    buyer.locator("[name=currency]").fill("CNY")
    buyer.get_by_role("button", name="Save").click()
    buyer.get_by_role("link", name="Add a part").click()
    buyer.locator("[name=part]").fill(road.part)
    buyer.locator("[name=price]").fill("100")
    buyer.get_by_role("button", name="Save").click()
    at(buyer, f"{live.url}/buying/")
    picture(buyer, "road-5-wanted")
    buyer.get_by_role("button", name="Order what is chosen").click()
    buyer.wait_for_url(re.compile("/buying/orders/"))
    if not re.search(r"/orders/[0-9a-f-]{36}/", buyer.url):
        buyer.get_by_role("link", name=re.compile("KRK-")).first.click()
    expect(buyer.get_by_text("200.00").first).to_be_visible()
    road.purchase = buyer.url.partition("?")[0]
    buyer.get_by_role("button", name="I have sent it myself").click()
    expect(buyer.get_by_role("link", name="Receive")).to_be_visible()


def test_8_it_arrives_with_its_landed_cost_and_frees_the_repair(
    live: Product, people: Callable[[str], Page], road: Road, picture: Callable[[Page, str], None]
) -> None:
    """Two pieces of 100 CNY at 0.5 with 10.00 PLN freight and 6.00 PLN duty cost 58.00 PLN each."""
    engineer = at(people("engineer"), road.order)
    expect(engineer.locator("#parts").get_by_text("wanted").first).to_be_visible()
    store = at(people("storekeeper"), f"{road.purchase}receive/")
    store.locator("[name=note_number]").fill("DN-1")
    store.locator("#add").fill(road.part)
    store.locator("#add-button").click()
    store.locator("tr[data-part] [name=quantity]").fill("2")
    store.get_by_role("button", name="Receive").click()
    expect(store.locator("h1")).to_contain_text("KRK-G")
    buyer = at(people("purchaser"), road.purchase)
    buyer.get_by_role("link", name="What it cost").click()
    for kind, amount in (("freight", "10"), ("duty", "6")):
        buyer.locator("[name=kind]").select_option(kind)
        buyer.locator("[name=amount]").fill(amount)
        buyer.locator("[name=currency]").fill("PLN")
        buyer.get_by_role("button", name="Add this cost").click()
        buyer.wait_for_load_state("networkidle")
    picture(buyer, "road-6-costs")
    expect(buyer.get_by_text(re.compile(r"^58\.0+ PLN$"))).to_be_visible()
    expect(buyer.get_by_text("116.00").first).to_be_visible()
    at(engineer, road.order)
    expect(engineer.locator("#parts").get_by_text("wanted")).to_have_count(0)
    expect(engineer.locator("#parts").get_by_text("set aside").first).to_be_visible()


def test_9_the_books_are_whole(live: Product) -> None:
    proved = live.cli("verify")
    assert proved.returncode == 0, proved.stdout[-2000:]
