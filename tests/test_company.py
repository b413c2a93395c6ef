"""Two people on one order see each other, at a real server of two processes; a stranger to the order hears nothing."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from time import monotonic
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from remonta.kernel.ids import uuid7
from tests.live import Product, product
from tools.chromium import chromium

pytestmark = pytest.mark.story
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
WITHIN = 5000


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product(tmp_path_factory.mktemp("company"), REMONTA_WORKERS="2") as made:
        asked = made.module("tests.crash.prepare", made.known["centre"], "")
        assert asked.returncode == 0, asked.stderr[-2000:]
        made.known |= json.loads(asked.stdout.splitlines()[-1])
        made.start("web")
        yield made


@pytest.fixture(scope="module")
def order(live: Product) -> str:
    """The address of an order's page."""
    key = next(one["key"] for one in live.known["people"] if one["role"] == "receptionist")
    body = {
        "centre_uid": live.known["centre"],
        "who": {"name": "Jan Kowalski", "phones": ["+48600100200"]},
        "which": {"product_uid": next(iter(live.known["products"].values())), "serial": "SN-1"},
        "repair": {"fault": "Does not start"},
        "intake": {"place_uid": live.known["places"]["D-1"]["uid"]},
    }
    body["which"]["accept_odd_serial"] = True
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid7())}
    with httpx.Client(trust_env=False, timeout=30) as client:
        answer = client.post(f"{live.url}/api/v1/intake", json=body, headers=headers)
    assert answer.status_code < 300, answer.text
    return f"{live.url}/orders/{answer.json()['uid']}/"


def enter(live: Product, page: Page, role: str) -> str:
    """Signs the browser in by a one-time link; the person's name."""
    name, token = next(one for one in live.known["links"].items() if one[0].startswith(role))
    page.goto(f"{live.url}/sign-in/link/{token}/")
    page.get_by_role("button").first.click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    return str(name.partition(":")[2])


def test_two_people_on_one_order_see_each_other_and_a_stranger_hears_nothing(live: Product, order: str) -> None:
    with ExitStack() as stack:
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=str(chromium()), args=FLAGS)
        stack.callback(browser.close)
        pages = [browser.new_context(locale="en-GB").new_page() for _two in range(2)]
        names = [enter(live, page, role) for page, role in zip(pages, ("receptionist:", "engineer:"), strict=True)]
        pages[0].goto(order)
        expect(pages[0].locator("main[data-live]")).to_be_visible()
        here = pages[0].locator("main").get_attribute("data-live") or ""
        expect(pages[0].locator(".also-here")).to_have_count(0)
        pages[1].goto(order)
        for page, other in zip(pages, reversed(names), strict=True):
            expect(page.locator(".also-here")).to_have_text(f"Also here: {other}", timeout=WITHIN)
        stranger = browser.new_context()
        enter(live, stranger.new_page(), "receptionist@")
        assert "presence" not in heard(live, here, stranger.cookies())
        pages[1].goto(f"{live.url}/")
        expect(pages[0].locator(".also-here")).to_be_hidden(timeout=WITHIN)


def heard(live: Product, here: str, cookies: list[Any]) -> str:
    """What a stream of that person says in three seconds."""
    jar = {one["name"]: one["value"] for one in cookies}
    text, until = "", monotonic() + 3
    client = httpx.Client(cookies=jar, trust_env=False, timeout=3)
    with suppress(httpx.ReadTimeout), client, client.stream("GET", f"{live.url}/live", params={"at": here}) as answer:
        assert answer.status_code == 200
        for piece in answer.iter_text():
            text += piece
            if monotonic() > until:
                break
    assert "retry: " in text
    return text
