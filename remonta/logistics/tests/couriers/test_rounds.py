"""Rounds of our own drivers: planned, ordered, marked on the phone."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from remonta.kernel.refusals import NotPermitted
from remonta.logistics.commands.couriers import (
    AlreadyPlanned,
    NobodyDrives,
    NotForDrivers,
    NotPickedUp,
    SignatureMissing,
    StopMade,
    StopsUnclear,
    add_stops,
    drop_stop,
    make_stop,
    order_stops,
    plan_round,
)
from remonta.logistics.models import DriverRoute, Shipment
from remonta.logistics.queries.couriers import own_routes, route_stops, shipment_page, shipments_for, to_be_driven
from remonta.logistics.tests.couriers.conftest import now
from remonta.spine.commands import keep
from tests.cast import operation

DAY = date(2026, 3, 3)


@pytest.fixture
def van(sending):
    return sending.open("Our van", "own")


@pytest.fixture
def round_(sending, van):
    """Emil drives two shipments."""
    shipments = [sending.book(account=van, contents=name) for name in ("Phone", "Kettle")]
    route = plan(sending, shipments)
    return route, shipments


def plan(sending, shipments=(), by="hana", driver=None, centre="krakow"):
    return plan_round(
        getattr(sending.cast, by),
        getattr(sending.cast, centre).uid,
        driver_uid=driver or account_uid("emil"),
        day=DAY,
        shipments=[one.uid for one in shipments],
        operation=operation(sending.cast),
    )


def account_uid(name):
    return DriverRoute._meta.get_field("driver").related_model.objects.get(email=f"{name}@example.com").uid


def stops(sending, route, by="emil"):
    return route_stops(getattr(sending.cast, by), route.pk)


def mark(sending, route, stop, by="emil", **said):
    actor = getattr(sending.cast, by)
    return make_stop(actor, route.uid, stop_uid=stop.uid, **said, operation=operation(sending.cast))


def test_our_own_drivers_are_booked_at_once(sending, van, courier):
    shipment = sending.book(account=van)
    assert (shipment.state, shipment.tracking_number) == ("booked", shipment.number)
    sending.work()
    assert courier.booked == []
    assert list(to_be_driven(sending.cast.stan, sending.cast.krakow.pk)) == [shipment]


def test_a_round_collects_and_delivers(sending, round_):
    route, (phone, _kettle) = round_
    collect, _other, deliver, _last = stops(sending, route)
    assert [(stop.kind, stop.party.city) for stop in (collect, deliver)] == [
        ("collect", "Kraków"),
        ("deliver", "Gdańsk"),
    ]
    mark(sending, route, collect)
    assert now(phone) == "picked_up"
    sending.cast.clock.pass_(hours=2)
    mark(sending, route, deliver, signed_by="Anna Nowak")
    assert now(phone) == "delivered"
    assert [stop.over for stop in stops(sending, route)] == [True, False, True, False]
    assert shipment_page(sending.cast.stan, phone.uid).events[0].text == "Anna Nowak"


def test_signature_and_photos_stay_with_the_shipment(sending, round_, pictures):
    route, (phone, _kettle) = round_
    mark(sending, route, stops(sending, route)[0])
    sending.cast.clock.pass_(hours=1)
    mark(sending, route, stops(sending, route)[2], signature=pictures("signature.png"), photos=[pictures("door.png")])
    files = shipment_page(sending.cast.stan, phone.uid).files
    assert sorted(file.kind for file in files) == ["photo", "signature"]
    with pytest.raises(Shipment.DoesNotExist):
        shipment_page(sending.cast.gosia, phone.uid)


@pytest.fixture
def pictures():
    def picture(name):
        content = BytesIO()
        Image.new("RGB", (8, 8), "white").save(content, "PNG")
        return keep(content.getvalue(), name)

    return picture


def test_a_delivery_needs_somebody_who_took_it_and_a_parcel(sending, round_, writes_nothing):
    route, _shipments = round_
    collect, _other, deliver, _last = stops(sending, route)
    with writes_nothing(), pytest.raises(NotPickedUp):
        mark(sending, route, deliver, signed_by="Anna")
    mark(sending, route, collect)
    with writes_nothing(), pytest.raises(SignatureMissing):
        mark(sending, route, deliver)
    with writes_nothing(), pytest.raises(StopMade):
        mark(sending, route, collect)


def test_a_delivery_that_failed_can_be_planned_again(sending, round_):
    route, (phone, _kettle) = round_
    mark(sending, route, stops(sending, route)[0])
    sending.cast.clock.pass_(hours=1)
    mark(sending, route, stops(sending, route)[2], failed="Nobody at home")
    assert now(phone) == "on_way"
    again = plan(sending, [phone])
    assert [stop.kind for stop in stops(sending, again)] == ["deliver"]
    sending.cast.clock.pass_(hours=1)
    mark(sending, again, stops(sending, again)[0], signed_by="Anna")
    assert now(phone) == "delivered"


def test_a_collection_that_failed_leaves_it_booked(sending, round_):
    route, (phone, _kettle) = round_
    mark(sending, route, stops(sending, route)[0], failed="Closed")
    assert now(phone) == "booked"


def test_stops_are_ordered_and_dropped(sending, round_, writes_nothing):
    route, (phone, kettle) = round_
    wanted = [stop.uid for stop in reversed(stops(sending, route))]
    order_stops(sending.cast.hana, route.uid, stops=wanted)
    assert [stop.uid for stop in stops(sending, route)] == wanted
    with writes_nothing(), pytest.raises(StopsUnclear):
        order_stops(sending.cast.hana, route.uid, stops=wanted[1:])
    drop_stop(sending.cast.hana, route.uid, stop_uid=wanted[0])
    assert {stop.number for stop in stops(sending, route)} == {phone.number}
    assert list(to_be_driven(sending.cast.hana, sending.cast.krakow.pk)) == [kettle]
    add_stops(sending.cast.hana, route.uid, shipments=[kettle.uid], operation=operation(sending.cast))
    assert [stop.number for stop in stops(sending, route)][2:] == [kettle.number] * 2


def test_what_is_called_off_leaves_the_round(sending, round_):
    route, (phone, kettle) = round_
    sending.cancel(phone)
    assert now(phone) == "cancelled"
    assert {stop.number for stop in stops(sending, route)} == {kettle.number}


def test_what_cannot_be_driven_is_refused(sending, round_, writes_nothing):
    _route, (phone, _kettle) = round_
    foreign = sending.book()
    with writes_nothing(), pytest.raises(NotForDrivers):
        plan(sending, [foreign])
    with writes_nothing(), pytest.raises(AlreadyPlanned):
        plan(sending, [phone])
    with writes_nothing(), pytest.raises(NobodyDrives):
        plan(sending, driver=account_uid("gosia"))


def test_only_the_driver_marks_and_only_planners_plan(sending, round_, writes_nothing):
    route, _shipments = round_
    stop = stops(sending, route)[0]
    for other in ("hana", "ewa"):
        with writes_nothing(), pytest.raises(NotPermitted):
            mark(sending, route, stop, by=other)
    with writes_nothing(), pytest.raises(NotPermitted):
        plan(sending, by="emil")
    with writes_nothing(), pytest.raises(NotPermitted):
        order_stops(sending.cast.emil, route.uid, stops=[])
    with writes_nothing(), pytest.raises(DriverRoute.DoesNotExist):
        mark(sending, route, stop, by="gosia")
    assert list(own_routes(sending.cast.emil)) == [route]
    assert not own_routes(sending.cast.ewa).exists()
    assert shipments_for(sending.cast.gosia).count() == 0
