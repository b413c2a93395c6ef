"""The page of all components in a real browser: under the real content policy, by scanner, by keyboard, by axe."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from time import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from remonta.web.gallery import specimen
from remonta.web.middleware import POLICY
from remonta.web.static_files import prepare_static
from tools.chromium import chromium

pytestmark = pytest.mark.axe
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]  # fmt: skip
urlpatterns: list[object] = []  # the frame then uses its plain addresses
NONCE = "bm9uY2Utb2YtdGhlLXRlc3Q"
PLACES = [
    {"label": name, "url": "#", "icon": "tool", "current": name == "Orders"}
    for name in ("Calls", "Counter", "Orders", "Workshop", "Reports")
]
WIDTHS = (360, 768, 1440)
RUSSIAN = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", strict=True))


class Stage(ThreadingHTTPServer):
    """Serves the gallery, the static files, and answers to scans; keeps what was posted."""

    daemon_threads = True
    posted: list[tuple[str, Any]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Answer(BaseHTTPRequestHandler):
    server: Stage

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/static/"):
            return self.send_file(path.removeprefix("/static/"))
        if path == "/palette/":
            items = [{"url": "#taken", "icon": "plus", "title": "Take a unit in"}]
            return self.send(render_to_string("web/_palette.html", {"groups": [{"label": "Do", "items": items}]}))
        if path.startswith("/notices/"):
            return self.send("2")
        if path == "/live":
            return self.send("retry: 60000\n\n", "text/event-stream")
        with translation.override("en"):
            return self.send(render_to_string("web/gallery.html", specimen() | self.frame(self.path)))

    def frame(self, path: str) -> dict[str, Any]:
        request = SimpleNamespace(csp_nonce=NONCE, get_full_path="/", path="/", actor=None)
        theme = "dark" if "dark" in path else "light"
        person = {"name": "Anna Nowak", "role": "Receptionist"}
        shown = {"theme": theme, "workplaces": PLACES, "me": person, "notice_count": 2, "csrf_token": "token"}
        return shown | {"request": request, "my_centres": [{"uid": "1", "name": "Warsaw", "current": True}]}

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/scan/":
            self.server.posted.append((self.path, body))
            return self.send("", "text/plain")
        scan = json.loads(body)
        self.server.posted.append((self.path, scan))
        known = not scan["code"].startswith("NO-")
        said = f"{scan['code']} moved." if known else f"{scan['code']} is not known here."
        return self.send(json.dumps({"ok": known, "say": said}), "application/json")

    def send_file(self, name: str) -> None:
        found = Path(settings.STATIC_ROOT) / name
        assert found.is_file(), f"{name} is not among the static files"
        self.send(found.read_bytes(), guess_type(name)[0] or "application/octet-stream")

    def send(self, body: str | bytes, kind: str = "text/html; charset=utf-8") -> None:
        content = body if isinstance(body, bytes) else body.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", POLICY.format(nonce=NONCE, tiles="", framers="'none'"))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None: ...


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    prepare_static()
    server = Stage(("127.0.0.1", 0), Answer)
    server.posted = []
    Thread(target=server.serve_forever, daemon=True).start()
    with override_settings(ROOT_URLCONF=__name__):
        yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    """The gallery; whatever the browser complains of fails the test."""
    stage.posted.clear()
    opened, complaints = browser.new_page(viewport={"width": 1440, "height": 900}), []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    opened.goto(stage.url)
    opened.wait_for_selector(".chart-area canvas")
    yield opened
    opened.close()
    assert not complaints


def type_like_a_scanner(page: Page, code: str, sign: Callable[[str], str] = str) -> None:
    """Keys by their places, five milliseconds apart by the browser's clock however busy this machine is, then Enter."""
    keyboard, at = page.context.new_cdp_session(page), time()
    for letter in [*code, "\r"]:
        at += 0.005
        place = {"-": "Minus", "\r": "Enter"}.get(letter)
        place = place or (f"Digit{letter}" if letter.isdigit() else f"Key{letter.upper()}")
        shown = "Enter" if letter == "\r" else sign(letter)
        key = {"key": shown, "code": place, "modifiers": 8 if letter.isupper() else 0, "timestamp": at}
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": sign(letter), **key})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def scans(stage: Stage) -> list[Any]:
    return [body for path, body in stage.posted if path == "/scan/"]


def test_a_scan_is_heard_where_no_field_has_the_focus(page: Page, stage: Stage) -> None:
    type_like_a_scanner(page, "U-10042")
    page.get_by_text("U-10042 moved.").first.wait_for()
    assert [(scan["code"], scan["context"], scan["previous"]) for scan in scans(stage)] == [("U-10042", "gallery", "")]


def test_a_scan_inside_a_field_leaves_what_was_typed_there(page: Page, stage: Stage) -> None:
    page.fill("#say-box", "half written")
    page.focus("#say-box")
    type_like_a_scanner(page, "U-10042")
    page.get_by_text("U-10042 moved.").first.wait_for()
    assert page.input_value("#say-box") == "half written"


def test_a_scan_is_read_by_the_places_of_the_keys_on_a_cyrillic_layout(page: Page, stage: Stage) -> None:
    page.focus("#say-box")
    type_like_a_scanner(page, "WAW-77", lambda letter: RUSSIAN.get(letter, letter))
    page.get_by_text("WAW-77 moved.").first.wait_for()
    assert page.input_value("#say-box") == ""


def test_the_second_scan_names_the_first_and_a_wrong_one_is_forgotten(page: Page, stage: Stage) -> None:
    for code, said in (("U-10042", "moved"), ("NO-0001", "not known here"), ("DESK-B3", "moved")):
        type_like_a_scanner(page, code)
        page.get_by_text(f"{code}").filter(has_text=said).first.wait_for()
    assert [scan["previous"] for scan in scans(stage)] == ["", "U-10042", ""]


def test_a_scan_is_heard_while_the_page_is_still_loading(page: Page, stage: Stage) -> None:
    held = []
    page.route("**/js/staff*.js", lambda route: held.append(route))
    page.goto(stage.url, wait_until="commit")
    page.wait_for_selector("h1")
    type_like_a_scanner(page, "U-10042")
    held[0].continue_()
    page.get_by_text("U-10042 moved.").first.wait_for()


def test_a_person_who_types_is_no_scanner(page: Page, stage: Stage) -> None:
    page.focus("#say-box")
    page.keyboard.type("DESK-B03", delay=90)
    page.keyboard.press("Enter")
    assert page.input_value("#say-box") == "DESK-B03\n"
    assert not scans(stage)


def test_the_one_field_is_reached_and_used_by_keyboard(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("take", delay=90)
    page.get_by_role("option", name="Take a unit in").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#taken")


def test_a_form_saves_itself_and_says_so(page: Page, stage: Stage) -> None:
    page.fill("#say-box", "The hinge is loose")
    page.get_by_text("Draft saved at").wait_for()
    assert [path for path, _ in stage.posted] == ["/drafts/"]


def test_a_signature_is_drawn(page: Page) -> None:
    page.locator(".signature-box").scroll_into_view_if_needed()
    box = page.locator(".signature-box").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 90, steps=5)
    page.mouse.up()
    assert page.input_value("[data-signature-image]").startswith("data:image/png;base64,")


def test_a_question_is_asked_and_no_means_no(page: Page, stage: Stage) -> None:
    page.get_by_role("button", name="Throw away").click()
    page.locator("dialog[open]").get_by_text("Throw the draft away?").wait_for()
    page.keyboard.press("Escape")
    assert not stage.posted


def test_the_appearance_changes_at_once_and_is_kept(page: Page, stage: Stage) -> None:
    page.locator(".person-menu summary").click()
    page.get_by_role("button", name="Dark").click()
    page.wait_for_selector("html[data-bs-theme=dark]")
    assert [path for path, _ in stage.posted] == ["/preferences/"]


def test_what_follows_the_scanners_own_key_is_a_scan_also_from_a_slow_scanner(page: Page, stage: Stage) -> None:
    page.evaluate("document.body.dataset.scanPrefix = '~'")
    page.keyboard.type("~KRK", delay=85)
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast-line")
    assert [body["code"] for path, body in stage.posted if path == "/scan/"] == ["KRK"]


def test_a_chart_draws_the_columns_of_its_unit_only(page: Page) -> None:
    drawn = page.evaluate("""() => {
        const { datasets } = window.Chart.getChart(document.querySelector(".chart-area canvas")).data;
        return datasets.map(({ label, data }) => [label, data[0]]);
    }""")
    assert drawn == [["Open", 7], ["Late", 2]]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, stage: Stage, theme: str, width: int
) -> None:
    axe = (Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js").read_text()
    with browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce") as page:
        page.goto(f"{stage.url}?{theme}")
        page.wait_for_selector(".chart-area canvas")
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert too_wide <= 0
