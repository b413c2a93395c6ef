"""The drivers of InPost and CDEK against servers with the shapes of their documentation. Not run live."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from remonta.logistics.couriers.cdek import Cdek
from remonta.logistics.couriers.choice import DriverCode, courier_for
from remonta.logistics.couriers.contract import (
    Access,
    Booked,
    Booking,
    Cancelled,
    Declined,
    Heard,
    Label,
    Lost,
    NotYet,
    Parcel,
    Party,
    TooLate,
    Tracked,
    Unheard,
    Unreached,
)
from remonta.logistics.couriers.inpost import InPost
from remonta.logistics.couriers.line import moment
from remonta.logistics.tests.couriers.carriers import PDF, CdekServer, ShipX, running
from remonta.logistics.tests.couriers.conftest import ANNA, Sending, now

UID = UUID("01958000-0000-7000-8000-000000000001")
OURS = Party(company="Remonta", phone="+48120000000", street="Mogilska", building="1", city="Kraków", country="PL")
BOOKING = Booking(
    uid=UID,
    number="S0000001",
    asked_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
    sender=OURS,
    receiver=ANNA,
    parcels=(Parcel(1250, 305, 200, 100),),
    contents="Phone",
)


def with_(booking=BOOKING, **changes):
    return Booking(**{**vars(booking), **changes})


@pytest.fixture(autouse=True)
def this_machine(settings):
    settings.REMONTA_COURIER_LOOPBACK = True


@pytest.fixture
def shipx():
    with running(ShipX()) as server:
        yield server


@pytest.fixture
def cdek_server():
    with running(CdekServer()) as server:
        yield server


@pytest.fixture
def inpost(shipx):
    return InPost(Access(shipx.url, {"token": "secret", "organization": "42"}))


@pytest.fixture
def cdek(cdek_server):
    return Cdek(Access(cdek_server.url, {"client_id": "me", "client_secret": "secret", "tariff": "136"}))


def test_inpost_is_booked_with_our_id_as_reference(inpost, shipx):
    assert inpost.book(BOOKING) == Booked("49")
    [(_method, path, asked)] = shipx.asked
    assert path == "/v1/organizations/42/shipments"
    assert (asked["reference"], asked["service"]) == (str(UID), "inpost_courier_standard")
    assert asked["receiver"] == {
        "company_name": None,
        "first_name": "Anna",
        "last_name": "Nowak",
        "email": "anna@example.com",
        "phone": "600700800",
        "address": {
            "street": "Długa",
            "building_number": "5",
            "city": "Gdańsk",
            "post_code": "80-827",
            "country_code": "PL",
        },
    }
    assert asked["parcels"][0]["weight"] == {"amount": "1.25", "unit": "kg"}
    assert asked["parcels"][0]["dimensions"] == {"length": "305", "width": "200", "height": "100", "unit": "mm"}


def test_inpost_lockers_are_named(inpost, shipx):
    inpost.book(with_(point="GDA01"))
    asked = shipx.asked[0][2]
    assert (asked["service"], asked["custom_attributes"]) == ("inpost_locker_standard", {"target_point": "GDA01"})


def test_inpost_says_what_is_wrong(inpost):
    answer = inpost.book(with_(receiver=Party(name="Anna", city="Gdańsk")))
    assert isinstance(answer, Declined)
    assert "validation errors" in answer.reason
    assert "phone" in answer.reason


def test_an_inpost_booking_whose_answer_was_lost_is_found_on_a_later_page(inpost, shipx):
    for other in range(3):
        inpost.book(with_(uid=UUID(int=other)))
    shipx.breaks = True
    assert inpost.book(BOOKING) == Lost()
    shipx.breaks = False
    assert inpost.find(BOOKING) == Booked("52")
    assert inpost.find(with_(uid=UUID(int=77))) == Unheard()


def test_inpost_tells_its_numbers_and_what_happened(inpost, shipx):
    inpost.book(BOOKING)
    booked = with_(outside_number="49")
    assert inpost.track(booked) == Tracked(Booked("49"))
    shipx.confirm("49")
    tracked = inpost.track(booked)
    assert tracked.booked == Booked("49", "6" * 24, 1399, "PLN")
    told = [(report.status, report.place, report.at.hour) for report in tracked.reports]
    assert told == [("delivered", "", 11), ("at_point", "GDA01", 7), ("picked_up", "KRK", 15), ("", "", 12)]
    assert len({report.outside_id for report in tracked.reports}) == 4
    assert inpost.track(with_(outside_number="77")) == Unheard()


def test_inpost_draws_labels_and_calls_off_until_confirmed(inpost, shipx):
    inpost.book(BOOKING)
    booked = with_(outside_number="49")
    assert inpost.label(booked) == NotYet()
    assert inpost.cancel(booked) == Cancelled()
    shipx.confirm("49")
    assert inpost.label(booked) == Label(PDF)
    assert inpost.cancel(booked) == TooLate()


def test_inpost_reports_name_a_shipment():
    body = {
        "event_ts": "2020-03-20 15:08:42 +0100",
        "event": "shipment_status_changed",
        "organization_id": 1,
        "payload": {"shipment_id": 49, "status": "delivered", "tracking_number": "6" * 24},
    }
    driver = InPost(Access())
    assert driver.heard(json.dumps(body).encode()) == (Heard(outside_number="49"),)
    for nonsense in (b"", b"[]", b'{"payload": 1}', b'{"payload": {}}', b"\xff"):
        assert driver.heard(nonsense) == ()


def test_a_wrong_token_is_said_and_a_closed_door_is_tried_again(shipx):
    wrong = InPost(Access(shipx.url, {"token": "no", "organization": "42"}))
    assert isinstance(wrong.book(BOOKING), Declined)
    assert InPost(Access("http://127.0.0.1:9")).book(BOOKING) == Unreached()
    assert Cdek(Access("http://127.0.0.1:9")).book(BOOKING) == Unreached()


def test_cdek_is_booked_with_our_id_as_number(cdek, cdek_server):
    answer = cdek.book(BOOKING)
    assert answer == Booked("72753031-0000-0000-0000-000000000000")
    asked = cdek_server.asked[-1][2]
    assert (asked["number"], asked["tariff_code"], asked["type"]) == (str(UID), 136, 2)
    assert asked["recipient"]["phones"] == [{"number": "+48600700800"}]
    assert asked["to_location"]["postal_code"] == "80-827"
    [package] = asked["packages"]
    assert (package["weight"], package["length"], package["width"]) == (1250, 31, 20)


def test_cdek_points_and_other_tariffs(cdek, cdek_server):
    cdek.book(with_(point="MSK71", service="138"))
    asked = cdek_server.asked[-1][2]
    assert (asked["delivery_point"], asked["tariff_code"]) == ("MSK71", 138)
    assert "to_location" not in asked


def test_cdek_says_what_is_wrong(cdek, cdek_server):
    assert cdek.book(with_(receiver=Party(name="Anna", city="Тверь"))) == Declined("[recipient.phones] is empty")
    wrong = Cdek(Access(cdek_server.url, {"client_id": "me", "client_secret": "no"}))
    assert isinstance(wrong.book(BOOKING), Declined)
    assert wrong.find(BOOKING) == Lost()


def test_a_cdek_booking_whose_answer_was_lost_is_found(cdek, cdek_server):
    assert cdek.find(BOOKING) == Unheard()
    cdek_server.breaks = True
    assert cdek.book(BOOKING) == Lost()
    cdek_server.breaks = False
    assert cdek.find(BOOKING) == Booked("72753031-0000-0000-0000-000000000000")


def test_cdek_orders_found_invalid_later_are_refused(cdek, cdek_server):
    uuid = cdek.book(BOOKING).outside_number
    kept = cdek_server.kept[uuid]
    kept["entity"]["statuses"] = [{"code": "INVALID", "name": "Некорректный", "date_time": "2026-03-02T12:00:05+0000"}]
    kept["requests"] = [
        {"type": "CREATE", "state": "INVALID", "errors": [{"code": "v2_x", "message": "No such tariff"}]}
    ]
    assert cdek.track(with_(outside_number=uuid)) == Declined("No such tariff")


def test_cdek_tells_its_numbers_and_what_happened(cdek, cdek_server):
    uuid = cdek.book(BOOKING).outside_number
    cdek_server.carry(uuid)
    tracked = cdek.track(with_(outside_number=uuid))
    assert tracked.booked == Booked(uuid, "1105084311", 45050, "RUB")
    told = [(report.status, report.place, report.at.hour) for report in tracked.reports]
    assert told == [("on_way", "Москва", 6), ("picked_up", "Тверь", 15), ("", "Офис СДЭК", 12)]


def test_cdek_draws_labels_and_calls_off_until_it_has_the_parcel(cdek, cdek_server):
    booked = with_(outside_number=cdek.book(BOOKING).outside_number)
    assert cdek.label(booked) == NotYet()
    assert cdek.label(booked) == Label(PDF)
    assert cdek.cancel(booked) == Cancelled()
    cdek_server.carry(booked.outside_number)
    assert cdek.cancel(booked) == TooLate()


def test_the_token_of_cdek_is_shown_to_cdek_only(cdek, cdek_server):
    assert cdek._ours(f"{cdek_server.url}/v2/print/barcodes/1.pdf")
    for foreign in ("https://elsewhere.example.com/1.pdf", "http://127.0.0.1:9/1.pdf", "", None):
        assert cdek._ours(foreign) == ""


def test_cdek_reports_name_an_order():
    body = {"type": "ORDER_STATUS", "date_time": "2026-03-03T09:00:00+0300", "uuid": "u-1", "attributes": {"code": "X"}}
    assert Cdek(Access()).heard(json.dumps(body).encode()) == (Heard(outside_number="u-1"),)
    assert Cdek(Access()).heard(b'{"type": "PRINT_FORM", "uuid": "u-1"}') == ()
    assert Cdek(Access()).heard(b"[1]") == ()


def test_the_whole_way_with_inpost(cast, shipx):
    sending = Sending(cast, None)
    secrets = {"token": "secret", "organization": "42"}
    account = sending.open("InPost", "inpost", url=shipx.url, secrets=secrets)
    shipment = sending.book(account=account)
    shipx.breaks = True
    sending.work()
    assert now(shipment) == "unclear"
    shipx.breaks = False
    sending.work(seconds=5)
    assert (now(shipment), shipment.outside_number, len(shipx.kept)) == ("booked", "49", 1)
    shipx.confirm("49")
    sending.work(minutes=10)
    assert (now(shipment), shipment.price, shipment.label is not None) == ("delivered", 1399, True)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2020-03-20 15:08:06 +0100", 14),
        ("2020-03-20T15:08:06.123+01:00", 14),
        ("2020-06-30T11:16:05+0000", 11),
        ("2020-06-30T11:16:05Z", 11),
        ("2020-06-30T11:16:05", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_times_of_couriers(text, hour):
    found = moment(text)
    assert (found.hour if found else None) == hour


@pytest.mark.parametrize("driver", list(DriverCode))
def test_every_driver_answers_when_nobody_is_there(driver):
    """No method raises, whatever happens on the line."""
    driver = courier_for(driver, Access("http://127.0.0.1:9", {}))
    booked = with_(outside_number="1", tracking_number="1")
    for run in (driver.book, driver.find, driver.track, driver.label, driver.cancel):
        run(booked)
    assert driver.heard(b"{") == ()
