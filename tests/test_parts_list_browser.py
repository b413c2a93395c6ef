"""A parts list in a real browser: the branches of its tree open by keyboard, one level after the other."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright

from remonta.catalogue.commands import add_list_line, add_part, begin_list, publish_list
from remonta.identity.models import Account
from tests.cast import NOON, make_cast
from tests.test_warehouse_browser import FLAGS
from tools.chromium import chromium

pytestmark = pytest.mark.story


@pytest.fixture
def lists(transactional_db, monkeypatch) -> Any:
    """A phone of a frame, which has a display, which has a glass."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    cast = make_cast()
    frame, glass = (add_part(cast.hana, number=number, name=number.title()) for number in ("FRAME", "GLASS"))
    made = []
    for of, part in (
        ({"part_uid": cast.display.uid}, glass),
        ({"part_uid": frame.uid}, cast.display),
        ({"product_uid": cast.phone.uid}, frame),
    ):
        begun = begin_list(cast.hana, **of)
        add_list_line(cast.hana, begun.uid, part_uid=part.uid, quantity=2000)
        made.append(publish_list(cast.hana, begun.uid, valid_from=NOON.date()))
    return made


@pytest.fixture
def page(lists, live_server) -> Iterator[Page]:
    client = Client()
    client.force_login(Account.objects.get(email="emil@example.com"))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800})
        context.add_cookies([session])
        yield context.new_page()
        browser.close()


def test_branches_open_by_keyboard_level_by_level(lists, page):
    page.goto(f"/catalogue/lists/{lists[-1].uid}/")
    tree = page.locator(".tree").first
    expect(tree.get_by_text("DSP-1")).to_have_count(0)
    tree.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(tree.get_by_text("DSP-1")).to_be_visible()
    expect(tree.get_by_text("GLASS")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(tree.get_by_text("GLASS")).to_be_visible()
    expect(tree.get_by_text("DSP-1")).to_be_visible()
