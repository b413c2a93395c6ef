"""What people's hands do in the story: a scanner types, a pen signs, a telephone exchange reports."""

import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Page

from tests.live import Product

WAIT = 10.0
APART = 0.005
PLACES = {"-": "Minus", "\r": "Enter"}


def wait_for(what: Callable[[], Any], seconds: float = WAIT) -> Any:
    """What appears in its own time: a mail, an SMS."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come")


def scan(page: Page, code: str) -> None:
    """As a keyboard-wedge scanner types: five milliseconds apart by the browser's clock, and Enter at the end."""
    keyboard, at = page.context.new_cdp_session(page), time.time()
    for sign_ in [*code, "\r"]:
        at += APART
        place = PLACES.get(sign_) or (f"Digit{sign_}" if sign_.isdigit() else f"Key{sign_.upper()}")
        shown = "Enter" if sign_ == "\r" else sign_
        key = {"key": shown, "code": place, "modifiers": 8 if sign_.isupper() else 0, "timestamp": at}
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": sign_, **key})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    keyboard.detach()


def sign(page: Page) -> None:
    """A stroke of the pen on the screen."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 20 + 25 * step, box["y"] + 60 + (20 if step % 2 else -20))
    page.mouse.up()


def report_call(live: Product, call: str, state: str, number: str = "+48600100200") -> int:
    """As any telephone exchange can: a signed body to the hook."""
    body = json.dumps({"external_id": call, "state": state, "number": number, "line": "+48122000100"}).encode()
    at = str(int(time.time()))
    secret = live.environment["REMONTA_CALLS_SECRET_PBX"].encode()
    signature = hmac.new(secret, f"{at}.".encode() + body, sha256).hexdigest()
    headers = {"X-Remonta-Signature": f"t={at},v1={signature}", "Content-Type": "application/json"}
    with urlopen(Request(f"{live.url}/hooks/calls/pbx/", body, headers)) as answer:
        return int(answer.status)


@contextmanager
def stays_loaded(page: Page) -> Iterator[None]:
    """What happens inside appears on the page as it stands: it is not loaded anew."""
    page.evaluate("window.stillTheSame = true")
    yield
    assert page.evaluate("window.stillTheSame") is True, "the page was loaded anew"
