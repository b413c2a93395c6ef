"""A passkey in a real browser with a virtual authenticator: added, signed in with, and of no use once it is removed."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect, sync_playwright

from remonta.identity.models import Account
from tests.cast import make_cast
from tools.chromium import chromium

pytestmark = pytest.mark.story
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PASSWORD = "drei violette Schraubenzieher"
FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def stage(transactional_db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Account:
    """Rita with a password, at an address without TLS: browsers trust localhost as it is, and so must we here."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    make_cast()
    rita = Account.objects.get(email="rita@example.com")
    rita.set_password(PASSWORD)
    rita.save(update_fields=["password"])
    return rita


@pytest.fixture
def page(stage: Account, live_server: Any) -> Iterator[Page]:
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.set_default_timeout(10_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT})
        yield page
        browser.close()
    assert errors == []


def sign_in_with_password(page: Page) -> None:
    page.goto("/sign-in/")
    page.locator("#id_login").fill("rita@example.com")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def add_passkey(page: Page) -> None:
    """What concerns the safety of the account asks once more who is there."""
    page.goto("/me/security/keys/new/")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.locator("#id_name").fill("Laptop")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(lambda url: "/keys/new/" not in url)


def leave(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()


def test_a_passkey_opens_until_it_is_removed(stage: Account, page: Page) -> None:
    sign_in_with_password(page)
    add_passkey(page)
    page.goto("/me/security/keys/")
    expect(page.get_by_text("Laptop")).to_be_visible()
    leave(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/me/")
    expect(page.locator("#id_name")).to_have_value(stage.name)
    key = Authenticator.objects.get(user=stage, type="webauthn")
    assert key.last_used_at is not None
    Authenticator.objects.all().delete()
    leave(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_load_state("networkidle")
    page.goto("/me/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
