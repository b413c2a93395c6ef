"""Couriers report to their account's hook; nobody else can."""

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.utils import timezone

from remonta.api.hooks import header_for
from remonta.api.tests.conftest import said
from remonta.kernel.ids import uuid7
from remonta.logistics.commands.couriers import Parcel, Party, Wanted, add_courier, book_shipment, turn_hook
from remonta.logistics.queries.couriers import hook_path, hook_secret

AT = datetime(2026, 3, 2, 14, tzinfo=UTC)


def account(cast, driver, **more):
    return add_courier(cast.hana, cast.krakow.uid, name=driver, driver=driver, **more, operation=uuid7(cast.clock()))


def booked(cast, courier):
    wanted = Wanted(receiver=Party(name="Anna", city="Gdańsk"), parcels=(Parcel(1000),))
    return book_shipment(cast.stan, courier.uid, wanted=wanted, operation=uuid7(cast.clock()))


@pytest.fixture
def simulated(cast):
    return account(cast, "simulated", url="https://courier.example.com")


@pytest.fixture
def inpost(cast):
    return account(cast, "inpost", secrets={"token": "t", "organization": "1"})


def report(shipment, status="delivered", name="1"):
    event = {"id": name, "at": AT.isoformat(), "status": status, "text": "", "place": ""}
    return {"id": str(shipment.uid), "courier_number": "SIM1", "events": [event]}


def send(client, courier, body, *, secret="", at=None, path=""):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = header_for(at or int(timezone.now().timestamp()), raw, secret or hook_secret(courier))
    return client.post(path or hook_path(courier), raw, content_type="application/json", headers=headers)


def test_a_signed_report_is_kept_once(client, cast, simulated):
    shipment = booked(cast, simulated)
    for _time in range(2):
        assert send(client, simulated, report(shipment)).status_code == 200
    shipment.refresh_from_db()
    assert (shipment.state, shipment.outside_number, shipment.events.count()) == ("delivered", "SIM1", 1)


def test_a_wrong_signature_reports_nothing(client, cast, simulated, writes_nothing):
    body, old = report(booked(cast, simulated)), hook_secret(simulated)
    turn_hook(cast.hana, simulated.uid)
    simulated.refresh_from_db()
    now = int(timezone.now().timestamp())
    with writes_nothing():
        for wrong in ({"secret": "another"}, {"secret": old}, {"at": now - 330}, {"at": now + 330}):
            assert said(send(client, simulated, body, **wrong))[0] == 401
        assert client.post(hook_path(simulated), body, content_type="application/json").status_code == 401


def test_a_courier_that_does_not_sign_only_makes_us_ask(client, cast, inpost):
    shipment = booked(cast, inpost)
    shipment.outside_number = "49"
    shipment.save()
    job = apps.get_model("spine", "Job").objects.filter(name="logistics.ask_courier")
    body = {"event": "shipment_status_changed", "payload": {"shipment_id": 49, "status": "delivered"}}
    assert client.get(hook_path(inpost)).status_code == 200
    assert client.post(hook_path(inpost), body, content_type="application/json").status_code == 200
    shipment.refresh_from_db()
    assert (shipment.state, job.count()) == ("asked", 1)


def test_hooks_that_are_not_there(client, cast, simulated, inpost, writes_nothing):
    own = account(cast, "own")
    body = report(booked(cast, simulated))
    with writes_nothing():
        assert send(client, inpost, body, path=f"/hooks/couriers/{inpost.uid}/").status_code == 404
        assert send(client, inpost, body, path=f"/hooks/couriers/{inpost.uid}/{'0' * 32}/").status_code == 404
        assert send(client, own, body, path=f"/hooks/couriers/{own.uid}/").status_code == 404
        assert send(client, simulated, body, path=f"/hooks/couriers/{uuid7()}/").status_code == 404


def test_what_is_no_report_is_refused(client, cast, simulated, writes_nothing):
    with writes_nothing():
        for nonsense in (b"", b"[]", b"{", b'"x"'):
            assert said(send(client, simulated, nonsense))[0] == 422
        assert said(send(client, simulated, b" " * 70_000))[0] == 413
