"""Paying at the counter in a real browser: cash with its change, a card whose answer gets lost, the drawer at night."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright

from remonta.billing.models import Payment, Shift
from remonta.billing.simulated_terminal import SimulatedTerminal
from remonta.identity.models import Account
from tests.cast import make_cast
from tests.till import Till
from tools.chromium import chromium
from tools.sizes import REPORTS

pytestmark = pytest.mark.story
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def till(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    cast = make_cast()
    cast.clock.at = timezone.now()
    return Till(cast)


@pytest.fixture
def terminal(till: Till) -> Iterator[SimulatedTerminal]:
    with SimulatedTerminal() as terminal:
        till.desk.terminal = terminal.url
        till.desk.save()
        yield terminal


@pytest.fixture
def page(till: Till, live_server: Any) -> Iterator[Page]:
    """Cora’s browser, in which nothing may go wrong."""
    client = Client()
    client.force_login(Account.objects.get(email="cora@example.com"))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 1000})
        context.add_cookies([session])
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        browser.close()
    assert errors == []


def at(route: str, *args: Any) -> str:
    return reverse(f"desk:{route}", args=args)


def picture(page: Page, name: str) -> None:
    REPORTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=REPORTS / f"money-{name}.png", full_page=True)


def test_a_desk_is_opened_cash_is_taken_and_the_drawer_is_counted(till: Till, page: Page) -> None:
    order = till.order("99.50")
    page.goto(at("order", order.uid))
    money = page.locator("#order-money")
    expect(money).to_contain_text("is closed")
    money.get_by_role("button", name="Open it").click()
    expect(page.locator("#order-money")).not_to_contain_text("is closed")
    assert Shift.objects.filter(closed_at=None).exists()
    money.get_by_text("Take a payment").click()
    money.get_by_label("Cash given").fill("100")
    picture(page, "panel")
    money.get_by_role("button", name="Take the payment").click()
    expect(money).to_contain_text("Change:")
    expect(money).not_to_contain_text("Take a payment")
    page.goto(at("cash"))
    page.get_by_role("button", name="Cash in and out").click()
    expect(page.get_by_role("region", name="Cash in and out")).to_contain_text("payment")
    picture(page, "cash")
    page.get_by_label("Counted in the drawer").fill("99.5")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("region", name="Counted shifts")).to_contain_text("99.50")
    picture(page, "counted")


def test_a_lost_answer_is_followed_on_the_page_and_charged_once(
    till: Till, terminal: SimulatedTerminal, page: Page
) -> None:
    order = till.order("100.13")
    page.goto(at("order", order.uid))
    money = page.locator("#order-money")
    money.get_by_text("Take a payment").click()
    money.get_by_label("card", exact=True).check()
    money.get_by_role("button", name="Take the payment").click()
    expect(money).to_contain_text("Follow the terminal")
    till.work(seconds=60)
    expect(money).to_contain_text("The result is unknown")
    picture(page, "unclear")
    till.work(seconds=60)
    expect(money.get_by_text("paid", exact=True)).to_be_visible()
    expect(money).not_to_contain_text("The result is unknown")
    assert terminal.charges == {str(Payment.objects.get().uid): 1}
    page.goto(at("payment", Payment.objects.get().uid))
    expect(page.get_by_role("heading", name="Give money back")).to_have_count(1)
    picture(page, "payment")
    page.goto(at("payments"))
    picture(page, "payments")
