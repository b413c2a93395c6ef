"""Telephone exchanges report calls; nobody else can."""

import json

import pytest
from django.apps import apps
from django.utils import timezone

from remonta.api.hooks import header_for, is_signed
from remonta.api.tests.conftest import said

SECRET = "a secret of the exchange"


@pytest.fixture
def report(client, settings, cast):
    settings.REMONTA_CALLS_SECRETS = {"default": SECRET}

    def send(body, *, exchange="default", secret=SECRET, at=None):
        raw = json.dumps(body).encode()
        headers = header_for(at or int(timezone.now().timestamp()), raw, secret)
        return client.post(f"/hooks/calls/{exchange}/", raw, content_type="application/json", headers=headers)

    return send


def calls():
    return apps.get_model("calls", "Call").objects.order_by("pk")


def test_a_call_rings_and_is_answered(report):
    ring = {"external_id": "42", "state": "ringing", "number": "+48600100200"}
    assert report(ring).status_code == 204
    assert report(ring).status_code == 204
    assert report({"external_id": "42", "state": "answered"}).status_code == 204
    assert [call.state for call in calls()] == ["answered"]


def test_a_wrong_signature_reports_nothing(report, client, writes_nothing):
    ring = {"external_id": "42", "state": "ringing"}
    now = int(timezone.now().timestamp())
    with writes_nothing():
        assert said(report(ring, secret="another"))[0] == 401
        assert said(report(ring, at=now - 330))[0] == 401
        assert said(report(ring, at=now + 330))[0] == 401
        assert client.post("/hooks/calls/default/", ring, content_type="application/json").status_code == 401


def test_an_exchange_without_a_secret_is_not_there(report, writes_nothing):
    with writes_nothing():
        assert report({"external_id": "42", "state": "ringing"}, exchange="unknown").status_code == 404


def test_reports_that_say_nothing_are_refused(report, writes_nothing):
    with writes_nothing():
        assert said(report({"state": "ringing"})) == (422, "Invalid")
        assert said(report({"external_id": "42", "state": "ringing", "extra": 1})) == (422, "Invalid")
        assert said(report({"external_id": "4\x002", "state": "ringing"})) == (422, "Invalid")
        assert report({"external_id": "42", "state": "singing"}).status_code == 409


def test_only_a_signature_of_this_body_counts():
    body, at = b'{"state":"ringing"}', 1_700_000_000
    header = header_for(at, body, SECRET)["X-Remonta-Signature"]
    assert is_signed(header, body, SECRET, at + 299)
    assert is_signed(f"t={at},v1=00,{header.split(',')[1]}", body, SECRET, at)
    assert not is_signed(header, body + b" ", SECRET, at)
    assert not is_signed(header, body, SECRET, at + 301)
    for broken in ("", "t=", "v1=", f"t={at}", f"t=-{at},v1=x", "t=²,v1=x", "ø=1"):
        assert not is_signed(broken, body, SECRET, at)
