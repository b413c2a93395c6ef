"""The customers' pages in a real browser: on a phone, in a frame on another site, beside the desk, by axe."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from remonta.catalogue.models import Part
from remonta.identity.commands import make_link, set_setting
from remonta.identity.models import Account
from remonta.notices.commands import make_camera_link
from remonta.orders.commands import add_photo
from remonta.orders.models import Request
from remonta.portal.proof import solves
from remonta.quotes.commands import LineAsked, send_quote, write_quote
from remonta.quotes.models import Quote
from remonta.spine.models import Attachment
from tests.cast import intake, make_cast, operation
from tools.chromium import chromium

pytestmark = pytest.mark.story
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
]  # fmt: skip
PHONE = {"width": 360, "height": 740}
MOST_SCRIPT = 40_000


@pytest.fixture
def stage(transactional_db, monkeypatch) -> Any:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    cast = make_cast()
    cast.clock.at = timezone.now()
    Part.objects.update(words="dsp-1 display")
    cast.order = intake(cast)
    add_photo(cast.rita, cast.order.uid, file=picture("teal"), name="front.jpg")
    return cast


@pytest.fixture
def browser() -> Iterator[Any]:
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(stage, live_server, browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    yield from watched(context)


def watched(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may break."""
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    assert broken == []


def picture(colour: str) -> BytesIO:
    drawn = BytesIO()
    Image.new("RGB", (640, 480), colour).save(drawn, "JPEG")
    drawn.seek(0)
    return drawn


def quoted(cast: Any) -> Quote:
    lines = [
        LineAsked(text="New screen", price=Decimal("320")),
        LineAsked(text="Cleaning", price=Decimal("30")),
        LineAsked(text="New battery", price=Decimal("80"), variant="recommended"),
    ]
    written = write_quote(cast.wanda, cast.order.uid, lines=lines, operation=operation(cast))
    return send_quote(cast.wanda, written.uid, operation=operation(cast))


def door(cast: Any) -> str:
    until = cast.clock() + timedelta(days=1)
    token = make_link(cast.rita, "order", "orders.workorder", cast.order.pk, until)[1]
    return reverse("portal:order", args=[token])


def faults(page: Page) -> list[Any]:
    """What axe finds, and whether the page is wider than the screen."""
    source = (Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js").read_text()
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": f"{source};0"})
    found = page.evaluate("axe.run(document)")["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] + (["too wide"] if wide else [])


def test_a_customer_ticks_single_lines_on_a_phone_and_approves(stage, phone):
    quoted(stage)
    phone.goto(door(stage))
    tick = phone.get_by_role("checkbox", name="Cleaning")
    expect(tick).to_be_hidden()
    phone.get_by_text("Only single lines").click()
    tick.uncheck()
    phone.get_by_role("checkbox", name="New battery").check()
    expect(phone.locator("[data-quote-sum]")).to_contain_text("400.00")
    phone.get_by_label("Your name").first.fill("Jan Kowalski")
    phone.get_by_role("button", name="Approve").click()
    expect(phone.get_by_text("Thank you! We go on with the repair.")).to_be_visible()
    assert Quote.objects.get().approved_total == 40000
    assert faults(phone) == []


def test_the_page_shows_news_by_itself_and_never_over_what_is_being_written(stage, phone):
    phone.goto(door(stage))
    expect(phone.get_by_role("heading", name="Our quote")).to_have_count(0)
    quoted(stage)
    told = {"subject": "quotes.quote", "id": 1, "thread": stage.order.pk, "name": "quotes.sent"}
    wake = """news => { const source = window.EventSource.last;
        source.dispatchEvent(new MessageEvent("changed", { data: JSON.stringify(news) })); }"""
    phone.add_init_script(
        "const Real = EventSource; window.EventSource = class extends Real {"
        " constructor(...all) { super(...all); window.EventSource.last = this; } };"
    )
    phone.reload()
    phone.get_by_label("Your message").fill("When will it be")
    phone.evaluate(wake, told)
    expect(phone.locator(".live-offer")).to_be_visible()
    expect(phone.get_by_label("Your message")).to_have_value("When will it be")
    phone.get_by_label("Your message").fill("")
    phone.reload()
    phone.evaluate(wake, told)
    expect(phone.get_by_role("heading", name="Our quote")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_on_the_pages_for_customers(stage, live_server, browser, scheme, width):
    quoted(stage)
    token = make_camera_link(stage.rita, stage.order.uid)
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    urls = (door(stage), "/s/nothing", "/request/", "/request/KRK/?frame=1&language=ru", f"/camera/{token}/")
    for url in urls:
        page.goto(url)
        page.wait_for_timeout(300)
        assert faults(page) == [], url


def test_customers_load_little_script(stage, phone):
    loaded: dict[str, int] = {}

    def weigh(response: Any) -> None:
        if response.request.resource_type == "script":
            loaded[response.url] = len(gzip.compress(response.body()))

    phone.on("response", weigh)
    for url in (door(stage), "/request/"):
        loaded.clear()
        phone.goto(url)
        phone.wait_for_timeout(800)
        assert len(loaded) > 3
        assert sum(loaded.values()) <= MOST_SCRIPT, loaded


def test_the_form_is_filled_on_a_phone_while_the_browser_does_its_proof(stage, phone):
    phone.goto("/request/KRK/")
    ask(phone)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", name="Thank you, we have your request")).to_be_visible(timeout=30_000)
    made = Request.objects.get(channel="web")
    assert made.number in phone.content()
    assert (made.channel, made.contact_phone) == ("web", "+48600100300")


def test_what_the_browser_finds_the_server_accepts(stage, phone):
    phone.goto("/request/KRK/")
    expect(phone.locator("[data-proof-solution]")).not_to_have_value("", timeout=30_000)
    form = phone.locator("form[data-proof]")
    solution = phone.locator("[data-proof-solution]").input_value()
    assert solves(str(form.get_attribute("data-proof")), solution, int(form.get_attribute("data-bits") or 99))


def test_the_form_works_in_a_frame_on_a_listed_site_only(stage, live_server, browser):
    with other_site(f"{live_server.url}/request/embed.js") as site:
        set_setting(stage.ada, "portal.frame_sites", value=site)
        context = browser.new_context()
        page = context.new_page()
        page.goto(site)
        frame = page.frame_locator("iframe")
        ask(frame)
        frame.get_by_role("button", name="Отправить").or_(frame.get_by_role("button", name="Send")).click()
        expect(frame.locator(".next-steps")).to_be_visible(timeout=30_000)
        assert Request.objects.filter(channel="web").count() == 1
        set_setting(stage.ada, "portal.frame_sites", value="https://elsewhere.example")
        page.goto(site)
        page.wait_for_timeout(1000)
        assert frame.locator("form[data-proof]").count() == 0


def test_a_phone_becomes_the_camera_of_an_order(stage, phone):
    phone.goto(reverse("portal:camera", args=[make_camera_link(stage.emil, stage.order.uid)]))
    shot = {"name": "side.jpg", "mimeType": "image/jpeg", "buffer": picture("red").getvalue()}
    phone.set_input_files("[data-photos-file]", [shot])
    expect(phone.locator(".photo-strip li:not(.is-sending)")).to_have_count(1)
    assert Attachment.objects.filter(actor=stage.emil.label).count() == 1


def test_a_quote_is_written_at_the_desk_by_keyboard_and_search(stage, live_server, browser):
    client = Client()
    client.force_login(Account.objects.get(email="wanda@example.com"))
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("desk:order-quote-edit", args=[stage.order.uid]))
    page.get_by_role("button", name="In own words").click()
    page.get_by_label("Work or part").fill("Cleaning")
    page.locator("[name$=-price]").fill("99,5")
    page.get_by_label("Quantity").fill("2")
    expect(page.locator("[data-quote-necessary]")).to_contain_text("199.00")
    page.get_by_label("Search the price list").fill("display")
    page.get_by_role("button", name="Display").click()
    expect(page.get_by_label("Work or part")).to_have_count(2)
    page.get_by_role("button", name="Take away").nth(1).click()
    expect(page.get_by_label("Work or part")).to_have_count(1)
    assert faults(page) == []
    page.get_by_role("button", name="Save and send").click()
    page.wait_for_url(f"**{reverse('desk:order', args=[stage.order.uid])}")
    assert [line.total for line in Quote.objects.get(state="sent").lines.all()] == [19900]


def ask(where: Any) -> None:
    """Fills the public form, whatever its language."""
    said = {"name": "Ola Nowak", "phone": "+48 600 100 300", "device": "Vela One", "fault": "Falls asleep"}
    for name, words in said.items():
        where.locator(f"[name={name}]").fill(words)
    where.locator("[name=consent]").check()


class other_site:
    """Somebody's own web site that embeds the form by its script."""

    def __init__(self, script: str) -> None:
        page = (
            f'<!doctype html><title>Site</title><script src="{script}" data-centre="KRK" data-language="ru"></script>'
        )

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)

    def __enter__(self) -> str:
        Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
