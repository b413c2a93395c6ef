"""Getting in, and being kept out."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import SESSION_KEY

from remonta.identity.commands import (
    disable_person,
    invite_person,
    make_link,
    make_sign_in_link,
    set_password_by_invitation,
)
from remonta.identity.models import Account
from remonta.kernel.ids import uuid7
from remonta.spine.models import Message

SECRET = "drei violette Schraubenzieher"


@pytest.fixture
def password(cast):
    """Egon has chosen a password by his invitation."""
    egon = cast.accounts["egon"]
    expires = cast.ada.now().replace(year=2100)
    _link, token = make_link(cast.ada, "invite", "identity.account", egon.pk, expires)
    set_password_by_invitation(cast.ada, token, password=SECRET)
    return SECRET


def sign_in(client, password):
    return client.post("/sign-in/", {"login": "egon@example.com", "password": password})


def test_the_right_password_opens_and_a_wrong_one_says_so(cast, client, password):
    assert client.get("/sign-in/").status_code == 200
    wrong = sign_in(client, "something else entirely")
    assert wrong.status_code == 200
    assert 'role="alert"' in wrong.content.decode()
    assert SESSION_KEY not in client.session
    assert sign_in(client, password).status_code == 302
    assert client.session[SESSION_KEY] == str(cast.accounts["egon"].pk)
    assert client.get("/me/").status_code == 200


def test_signing_in_gives_a_fresh_session(cast, client, password):
    client.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    before = client.session.session_key
    sign_in(client, password)
    assert before
    assert client.session.session_key != before


def test_the_ninth_wrong_password_in_five_minutes_is_not_even_looked_at(cast, client, password):
    for _ in range(8):
        sign_in(client, "wrong again")
    assert sign_in(client, password).status_code == 200
    assert SESSION_KEY not in client.session


def test_sign_up_has_no_address(client, db):
    for path in ("/sign-up/", "/accounts/signup/", "/signup/"):
        assert client.get(path).status_code == 404


def test_disabling_a_person_ends_their_session_at_once(cast, client, password):
    sign_in(client, password)
    disable_person(cast.hanna, cast.accounts["egon"].uid)
    answer = client.get("/me/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")
    sign_in(client, password)
    assert client.get("/me/").status_code == 302


def test_a_sign_in_link_is_not_used_up_by_looking_and_only_once_by_the_button(cast, client):
    _link, token = make_sign_in_link(cast.hanna, cast.accounts["egon"].uid)
    for _ in range(3):
        assert "<form" in client.get(f"/sign-in/link/{token}/").content.decode()
    assert client.post(f"/sign-in/link/{token}/").status_code == 302
    assert client.session[SESSION_KEY] == str(cast.accounts["egon"].pk)
    client.post("/sign-out/")
    assert SESSION_KEY not in client.session
    assert client.post(f"/sign-in/link/{token}/").status_code == 409
    assert SESSION_KEY not in client.session


def test_an_old_link_and_a_link_of_another_kind_open_nothing(cast, client):
    egon = cast.accounts["egon"]
    _link, old = make_link(cast.ada, "sign_in", "identity.account", egon.pk, cast.ada.now().replace(year=2020))
    _link, invite = make_link(cast.ada, "invite", "identity.account", egon.pk, cast.ada.now().replace(year=2100))
    for token in (old, invite, "no-such-token"):
        assert client.post(f"/sign-in/link/{token}/").status_code == 409
        assert SESSION_KEY not in client.session


def test_an_invitation_sets_a_password_once(cast, client):
    _link, token = make_link(
        cast.ada, "invite", "identity.account", cast.accounts["egon"].pk, cast.ada.now().replace(year=2100)
    )
    assert client.get(f"/welcome/{token}/").status_code == 200
    short = client.post(f"/welcome/{token}/", {"password": "short"})
    assert short.status_code == 422
    assert "at least 12" in short.content.decode()
    assert client.post(f"/welcome/{token}/", {"password": SECRET}).status_code == 302
    assert Account.objects.get(email="egon@example.com").check_password(SECRET)
    assert client.post(f"/welcome/{token}/", {"password": SECRET + "!"}).status_code == 409


@pytest.fixture
def second_factor(cast):
    """Egon's authenticator app: gives the code of now."""
    secret = generate_totp_secret()
    egon = Account.objects.get(pk=cast.accounts["egon"].pk)
    TOTP.activate(egon, secret)

    def code():
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    return code


def test_a_second_factor_is_asked_for_after_the_password_and_after_a_link(cast, client, password, second_factor):
    answer = sign_in(client, password)
    assert answer.headers["Location"] == "/sign-in/second-factor/"
    assert SESSION_KEY not in client.session
    assert client.get("/sign-in/second-factor/").status_code == 200
    assert client.post("/sign-in/second-factor/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/second-factor/", {"code": second_factor()}).status_code == 302
    assert SESSION_KEY in client.session
    client.post("/sign-out/")
    _link, token = make_sign_in_link(cast.hanna, cast.accounts["egon"].uid)
    assert client.post(f"/sign-in/link/{token}/").headers["Location"] == "/sign-in/second-factor/"
    assert SESSION_KEY not in client.session


def test_a_code_of_the_second_factor_works_once(cast, client, password, second_factor):
    code = second_factor()
    for expected in (302, 200):
        client.post("/sign-out/")
        sign_in(client, password)
        assert client.post("/sign-in/second-factor/", {"code": code}).status_code == expected
    assert SESSION_KEY not in client.session


def test_the_ninth_code_in_five_minutes_is_not_even_looked_at(cast, client, password, second_factor):
    sign_in(client, password)
    for _ in range(8):
        client.post("/sign-in/second-factor/", {"code": "000000"})
    assert client.post("/sign-in/second-factor/", {"code": second_factor()}).status_code == 429


def test_secrets_of_second_factors_are_kept_encrypted(cast, second_factor):
    [kept] = Authenticator.objects.values_list("data", flat=True)
    assert kept["secret"].startswith("gAAAA")


def test_one_cannot_tell_from_a_forgotten_password_who_is_here(cast, client):
    known = client.post("/sign-in/forgotten/", {"email": "Egon@example.com"})
    unknown = client.post("/sign-in/forgotten/", {"email": "nobody@example.com"})
    assert bare(known) == bare(unknown)
    [letter] = Message.objects.all()
    assert letter.recipient == "egon@example.com"
    [path] = re.findall(r"/welcome/\S+", letter.body)
    assert client.post(path, {"password": SECRET}).status_code == 302


def bare(answer):
    return re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode())


def test_an_invitation_closes_the_one_before(cast, client):
    egon = cast.accounts["egon"].uid
    for _ in range(2):
        invite_person(cast.hanna, egon, operation=uuid7())
    first, second = (re.search(r"/welcome/\S+", letter.body)[0] for letter in Message.objects.order_by("pk"))
    assert client.post(first, {"password": SECRET}).status_code == 409
    assert client.post(second, {"password": SECRET}).status_code == 302


def test_every_page_carries_a_strict_policy_with_its_own_nonce(client, db):
    first, second = client.get("/sign-in/"), client.get("/sign-in/")
    policy = first.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    [nonce] = set(re.findall(r'nonce="([^"]+)"', first.content.decode()))
    assert f"'nonce-{nonce}'" in policy
    assert policy != second.headers["Content-Security-Policy"]
