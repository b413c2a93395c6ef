"""A batch that a courier carries: it has the courier's number, leaves when picked up, and arrives at a maker's."""

import pytest

from remonta.counter.reactions import batch_delivered, batch_picked_up
from remonta.documents.commands import LabelOfCourier, print_shipment_label
from remonta.kernel.actor import system
from remonta.logistics import commands
from remonta.logistics.commands import couriers
from remonta.logistics.couriers.contract import Booked
from remonta.logistics.facts import ShipmentDelivered, ShipmentPickedUp
from remonta.logistics.queries.couriers import receiver_of
from tests.cast import intake


@pytest.fixture
def sealed(cast, operation):
    """A unit in a sealed batch to a maker."""
    order = intake(cast)
    asked = commands.BatchAsked(to_name="Vela", to_address="Werkstr. 5\nBerlin", purpose="claim")
    batch = commands.begin_batch(cast.stan, cast.krakow.uid, asked=asked, operation=operation())
    commands.pack_unit(cast.stan, batch.uid, unit_uid=order.unit.uid, operation=operation())
    return commands.seal_batch(cast.stan, batch.uid, operation=operation())


def booked(cast, operation, batch, **account):
    made = couriers.add_courier(cast.hana, cast.krakow.uid, **account, operation=operation())
    wanted = couriers.Wanted(
        receiver=receiver_of(batch),
        parcels=(couriers.Parcel(1000), couriers.Parcel(2000)),
        subject="logistics.batch",
        subject_id=batch.pk,
    )
    return couriers.book_shipment(cast.stan, made.uid, wanted=wanted, operation=operation())


def test_the_receiver_of_a_batch_is_filled_in(cast, sealed, operation):
    to = receiver_of(sealed)
    assert (to.company, to.street, to.city) == ("Vela", "Werkstr. 5", "Berlin")
    asked = commands.BatchAsked(to_centre_uid=cast.wroclaw.uid)
    other = commands.begin_batch(cast.stan, cast.krakow.uid, asked=asked, operation=operation())
    assert (receiver_of(other).company, receiver_of(other).city) == ("Wrocław", "Wrocław")


def test_the_batch_has_the_couriers_number_and_moves_with_what_the_courier_says(cast, sealed, operation):
    secrets = {"token": "t", "organization": "1"}
    said = {"name": "Lockers", "driver": "inpost", "url": "https://inpost.invalid", "secrets": secrets}
    shipment = booked(cast, operation, sealed, **said)
    follower = system("test", cast.clock, "logistics.see", "logistics.follow")
    couriers.settle_booking(follower, shipment.uid, answer=Booked("49", "600123"))
    sealed.refresh_from_db()
    assert (sealed.state, sealed.courier, sealed.tracking) == ("sealed", "Lockers", "600123")
    told = {"shipment_id": shipment.pk, "number": shipment.number, "subject": "logistics.batch"}
    for _time in range(2):
        batch_picked_up.answer(follower, ShipmentPickedUp(**told, subject_id=sealed.pk))
    sealed.refresh_from_db()
    assert (sealed.state, sealed.tracking) == ("sent", "600123")
    batch_delivered.answer(follower, ShipmentDelivered(**told, subject_id=sealed.pk))
    sealed.refresh_from_db()
    assert sealed.state == "arrived"
    with pytest.raises(LabelOfCourier):
        print_shipment_label(cast.stan, shipment.uid)


def test_our_own_drivers_have_a_label_for_each_piece(cast, sealed, operation):
    shipment = booked(cast, operation, sealed, name="Own van", driver="own")
    paper = print_shipment_label(cast.stan, shipment.uid)
    assert [one["index"] for one in paper.data["labels"]] == ["1 / 2", "2 / 2"]
    assert paper.data["labels"][0]["name"] == "Vela"
    sealed.refresh_from_db()
    assert (sealed.courier, sealed.tracking) == ("Own van", shipment.number)
