"""The storekeeper's day with a scanner, in a real browser: receive, issue, move, put away."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright

from remonta.catalogue.models import Part
from remonta.identity.models import Account
from remonta.orders.commands import move_work_order
from remonta.stock.models import Balance, Place, Whereabouts
from remonta.supply.commands import ask_part
from remonta.supply.models import Requisition
from tests.cast import intake, make_cast, operation
from tools.chromium import chromium
from tools.sizes import REPORTS

pytestmark = pytest.mark.story
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def stage(transactional_db, monkeypatch) -> Any:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    cast = make_cast()
    cast.clock.at = timezone.now()
    Part.objects.update(words="dsp-1 dsp1 display", gtin="5901234123457")
    cast.order = intake(cast)
    move_work_order(cast.emil, cast.order.uid, "start_diagnosis", operation=operation(cast))
    ask_part(cast.emil, cast.order.uid, part_uid=cast.display.uid, quantity=2000, operation=operation(cast))
    return cast


@pytest.fixture
def page(stage, live_server) -> Iterator[Page]:
    client = Client()
    client.force_login(Account.objects.get(email="stan@example.com"))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        context.add_cookies([session])
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        browser.close()
    assert errors == []


def scan(page: Page, code: str) -> None:
    """Types as fast as a scanner does."""
    page.keyboard.type(code, delay=1)
    page.keyboard.press("Enter")


@pytest.fixture
def shot(page) -> Callable[[str], None]:
    folder = Path(REPORTS) / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return lambda name: page.screenshot(path=folder / f"warehouse-{name}.png", full_page=True)  # type: ignore[return-value]


def test_a_storekeepers_day_with_a_scanner(stage, page, shot):
    receive(stage, page, shot)
    assert Requisition.objects.get().state == "reserved"
    issue(stage, page, shot)
    put_away(stage, page, shot)


def test_news_that_comes_while_somebody_begins_to_write_takes_nothing_away(stage, page):
    """Asked for before the first letter, answered after it: what is written stays, and a line offers the newest."""
    page.goto(reverse("desk:order", args=[stage.order.uid]))
    page.wait_for_load_state("networkidle")
    log, asked = page.locator("#order-log"), []
    page.route("**" + reverse("desk:order-log", args=[stage.order.uid]), lambda route: asked.append(route))
    page.evaluate("""window.htmx.trigger("#order-log", "live", { mine: false })""")
    page.wait_for_function("document.querySelector('#order-log.htmx-request')")
    log.get_by_label("Write", exact=True).fill("The customer waits at the desk")
    asked[0].continue_()
    expect(log.locator(".live-offer")).to_be_visible()
    expect(log.get_by_label("Write", exact=True)).to_have_value("The customer waits at the desk")


def receive(stage, page, shot):
    """Two scans of one barcode and one of another are three pieces in one line; the repair that waited is served."""
    bin_ = Place.objects.get(centre=stage.krakow, code="A-01-01")
    page.goto(reverse("desk:demand"))
    expect(page.get_by_role("cell", name="DSP-1 Display").first).to_be_visible()
    shot("missing")
    page.goto(reverse("desk:receive"))
    page.get_by_label("Supplier").fill("Parts Ltd")
    page.locator("h1").click()
    for code in (bin_.label, "5901234123457", "5901234123457", "DSP-1"):
        scan(page, code)
    expect(page.locator("tr[data-part]")).to_have_count(1)
    expect(page.get_by_label("Quantity")).to_have_value("3")  # no scan is lost, as fast as they come
    expect(page.locator("tr[data-part] [name=place]")).to_have_value("A-01-01")
    shot("receive")
    page.get_by_role("button", name="Receive").click()
    expect(page.locator("h1")).to_contain_text("KRK-G00001")
    shot("receipt")


def issue(stage, page, shot):
    """The order, then the part."""
    page.goto(reverse("desk:issue"))
    shot("issue")
    page.locator("h1").click()
    scan(page, stage.order.number)
    page.wait_for_url("**" + reverse("desk:issue-order", args=[stage.order.uid]))
    page.locator("h1").click()
    scan(page, "DSP-1")
    expect(page.locator("#parts")).to_contain_text("issued")
    shot("issued")
    assert Balance.objects.get(place__code="A-01-01").on_hand == 1000


def put_away(stage, page, shot):
    """On the order's page one scan of a place moves the unit; a code nobody knows moves nothing."""
    shelf = Place.objects.get(centre=stage.krakow, code="S-1")
    page.goto(reverse("desk:order", args=[stage.order.uid]))
    page.locator("h1").click()
    scan(page, shelf.label)
    expect(page.locator("body")).to_contain_text("is now at S-1")
    assert Whereabouts.objects.get(unit=stage.order.unit).place == shelf
    shot("order")
    scan(page, "NOBODY-KNOWS-THIS")
    expect(page.locator("body")).to_contain_text("is not known here")
    for name, url in (
        ("stock", reverse("desk:stock")),
        ("places", reverse("desk:places")),
        ("place", reverse("desk:place", args=[shelf.uid])),
        ("part", reverse("desk:part-stock", args=[stage.display.uid])),
    ):
        page.goto(url)
        shot(name)
