"""The stage of the story: a running product, a browser with several people in it, a mail and an SMS server."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.live import Product, free_port, product
from tools.chromium import chromium
from tools.sizes import REPORTS

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream"),
    "--use-fake-device-for-media-stream",
]
PATIENCE = 30_000
"""Milliseconds for whatever is waited for: a slow machine is no mistake of the product’s."""
expect.set_options(timeout=PATIENCE)
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@dataclass
class Letters:
    """What really left the house: mails and SMS as the servers received them."""

    mails: list[Any] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.mails.append(envelope)
        return "250 OK"


class SmsGateway(BaseHTTPRequestHandler):
    letters: Letters

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.letters.texts.append(json.loads(body))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"id": "sms-1"}')

    def log_message(self, *_words: object) -> None:
        return


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, letters: Letters) -> Iterator[Product]:
    """A product with web and worker, whose mails and SMS are really received."""
    mail = Controller(letters, hostname="127.0.0.1", port=free_port())
    mail.start()
    gateway = type("Gateway", (SmsGateway,), {"letters": letters})
    sms = ThreadingHTTPServer(("127.0.0.1", 0), gateway)
    Thread(target=sms.serve_forever, daemon=True).start()
    ways = {
        "REMONTA_SMTP": f"smtp://127.0.0.1:{mail.port}",
        "REMONTA_SMS": f"generic+http://127.0.0.1:{sms.server_port}/send",
        "REMONTA_CALLS_SECRET_PBX": "a secret shared with the telephone exchange",
    }
    try:
        with product(tmp_path_factory.mktemp("product"), **ways) as made:
            made.start("web", "worker")
            yield made
    finally:
        mail.stop()
        sms.shutdown()
        sms.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def people(live: Product, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """people("receptionist") is that person's own browser, signed in by a one-time link. Page errors fail the story."""
    contexts: dict[str, tuple[BrowserContext, Page]] = {}
    errors: list[str] = []

    def enter(role: str) -> Page:
        if role not in contexts:
            context = browser.new_context(viewport=DESKTOP, locale="en-GB", permissions=["camera"])
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: errors.append(f"{role}: {error}"))
            token = next(link for name, link in live.known["links"].items() if name.startswith(f"{role}:"))
            page.goto(f"{live.url}/sign-in/link/{token}/")
            page.get_by_role("button").first.click()
            page.wait_for_url(lambda url: "sign-in" not in url)
            contexts[role] = (context, page)
        return contexts[role][1]

    yield enter
    for context, _page in contexts.values():
        context.close()
    assert errors == []


@pytest.fixture(scope="module")
def customer(browser: Browser) -> Iterator[Page]:
    """The customer's phone."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", is_mobile=True, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def picture() -> Callable[[Page, str], None]:
    """Keeps a screenshot for the tutorial."""
    folder = Path(REPORTS) / "story"
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        page.screenshot(path=str(folder / f"{name}.png"), full_page=True)

    return keep
