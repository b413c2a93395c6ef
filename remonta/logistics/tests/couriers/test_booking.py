"""Booking couriers: taken, refused, lost on the way, repeated, called off; never booked twice."""

from datetime import timedelta

import pytest

from remonta.kernel.refusals import NotPermitted
from remonta.logistics.commands.couriers import (
    NumberMissing,
    OnTheWayAlready,
    Parcel,
    Party,
    ReceiverMissing,
    SizeUnclear,
    Wanted,
    WeightMissing,
    book_shipment,
    settle_by_hand,
)
from remonta.logistics.couriers.simulator import SimulatedCourier
from remonta.logistics.couriers.workflow import ShipmentClash
from remonta.logistics.models import CourierAccount, Shipment
from remonta.logistics.queries.couriers import label_of, shipment_page, shipments_for
from remonta.logistics.tests.couriers.conftest import ANNA, now
from remonta.spine.models import Event, Job
from tests.cast import operation


def told(shipment):
    rows = Event.objects.filter(subject="logistics.shipment", subject_id=shipment.pk).order_by("seq")
    return [name.removeprefix("logistics.shipment_") for name in rows.values_list("name", flat=True)]


def test_the_courier_is_booked_after_the_transaction(sending, courier):
    shipment = sending.book()
    assert (shipment.state, courier.booked) == ("asked", [])
    sending.work()
    assert (now(shipment), courier.booked) == ("booked", [str(shipment.uid)])
    assert shipment.tracking_number.startswith("6")
    assert (shipment.price, shipment.currency) == (1490, "PLN")
    assert shipment.sender["company"] == "Kraków"
    assert label_of(sending.cast.stan, shipment.uid).startswith(b"%PDF-")
    assert told(shipment) == ["asked", "booked", "numbered"]


def test_what_the_courier_will_not_carry_says_why(sending, courier):
    shipment = sending.book(1005)
    sending.work()
    assert (now(shipment), courier.booked) == ("refused", [])
    assert shipment.refusal == "The receiver's address is not known."


def test_a_lost_answer_is_asked_for_and_it_is_booked_once(sending, courier):
    shipment = sending.book(1013)
    sending.work()
    assert now(shipment) == "unclear"
    sending.work(seconds=5)
    assert (now(shipment), courier.booked) == ("booked", [str(shipment.uid)])


def test_a_courier_that_stays_silent_is_asked_again_and_again(sending, courier):
    shipment = sending.book(1017)
    states = []
    for seconds in (0, 5, 15, 30):
        sending.work(seconds=seconds)
        states.append(now(shipment))
    assert states == ["unclear", "unclear", "unclear", "booked"]
    assert courier.booked == [str(shipment.uid)]


def test_what_the_courier_never_heard_of_is_booked_again_with_the_same_id(sending, courier):
    shipment = sending.book(1007)
    states = []
    for seconds in (0, 5, 15, 30):
        sending.work(seconds=seconds)
        states.append((now(shipment), len(courier.booked)))
    assert states == [("unclear", 0), ("unclear", 0), ("unclear", 0), ("booked", 1)]


def test_a_courier_that_cannot_be_reached_is_tried_again(sending, courier):
    CourierAccount.objects.update(url="http://127.0.0.1:9")
    shipment = sending.book()
    sending.work()
    assert now(shipment) == "asked"
    CourierAccount.objects.update(url=courier.url)
    sending.work(seconds=5)
    assert now(shipment) == "booked"


def test_inner_addresses_are_not_asked(sending, courier, settings):
    settings.REMONTA_COURIER_LOOPBACK = False
    shipment = sending.book()
    sending.work()
    assert (now(shipment), courier.booked) == ("asked", [])


def test_a_worker_that_died_at_the_courier_asks_before_it_books_again(sending, courier):
    shipment = sending.book()
    asked = {"parcels": [{"weight": 1000}], "receiver": {"city": "Gdańsk"}, "sender": {}}
    courier.memory.book(str(shipment.uid), asked)
    Job.objects.filter(name="logistics.book_shipment").update(
        state="running", attempt=1, worker="dead", leased_until=sending.cast.clock() - timedelta(seconds=1)
    )
    sending.work()
    assert now(shipment) == "unclear"
    sending.work(seconds=5)
    assert (now(shipment), courier.booked) == ("booked", [str(shipment.uid)])


def test_two_clicks_are_one_shipment(sending, courier):
    wanted, same = Wanted(receiver=ANNA, parcels=(Parcel(1000),)), operation(sending.cast)
    first, second = (
        book_shipment(sending.cast.stan, sending.account.uid, wanted=wanted, operation=same) for _ in range(2)
    )
    sending.work()
    assert first == second
    assert courier.booked == [str(first.uid)]


def test_a_tracking_number_may_come_later(sending):
    shipment = sending.book(1019)
    sending.work()
    assert (now(shipment), shipment.tracking_number) == ("booked", "")
    sending.work(hours=1)
    assert now(shipment) == "booked"
    assert shipment.tracking_number
    assert told(shipment).count("numbered") == 1


def test_a_label_that_takes_a_while_is_fetched_all_the_same(sending):
    shipment = sending.book(1027)
    sending.work()
    assert shipments_for(sending.cast.stan).get().label_id is None
    sending.work(seconds=5)
    sending.work(seconds=15)
    assert label_of(sending.cast.stan, shipment.uid).startswith(b"%PDF-")


def test_what_was_not_picked_up_is_called_off(sending, courier):
    shipment = sending.book()
    sending.work()
    sending.cancel(shipment)
    sending.work()
    assert now(shipment) == "cancelled"
    sending.work(hours=48)
    assert now(shipment) == "cancelled"


def test_what_was_picked_up_cannot_be_called_off(sending, courier):
    shipment = sending.book()
    sending.work()
    sending.cast.clock.pass_(hours=3)
    sending.cancel(shipment)
    sending.work()
    assert now(shipment) == "picked_up"
    assert not shipment_page(sending.cast.stan, shipment.uid).cancelling
    assert "not_cancelled" in told(shipment)
    with pytest.raises(OnTheWayAlready):
        sending.cancel(shipment)


def test_what_is_called_off_before_it_was_booked_is_never_booked(sending, courier):
    shipment = sending.book()
    sending.cancel(shipment)
    for seconds in (0, 5, 15, 30, 60):
        sending.work(seconds=seconds)
    assert (now(shipment), courier.booked) == ("cancelled", [])


def test_an_unclear_booking_is_called_off_where_it_had_arrived(sending, courier):
    shipment = sending.book(1013)
    sending.work()
    assert now(shipment) == "unclear"
    sending.cancel(shipment)
    sending.work()
    assert now(shipment) == "cancelled"
    assert courier.memory.carried[str(shipment.uid)].cancelled_at is not None


def test_somebody_asks_on_the_phone_when_the_courier_is_gone_for_good(sending, settings, writes_nothing):
    settings.REMONTA_COURIER_LOOPBACK = True
    with SimulatedCourier(now=sending.cast.clock) as gone:
        CourierAccount.objects.update(url=gone.url)
        shipment = sending.book(1013)
        sending.work()
    assert now(shipment) == "unclear"
    with writes_nothing(), pytest.raises(NumberMissing):
        settle_by_hand(sending.cast.stan, shipment.uid, booked=True, operation=operation(sending.cast))
    with writes_nothing(), pytest.raises(NotPermitted):
        settle_by_hand(sending.cast.emil, shipment.uid, booked=False, operation=operation(sending.cast))
    said = {"booked": True, "outside_number": "SIM1", "tracking_number": "600"}
    settle_by_hand(sending.cast.stan, shipment.uid, **said, operation=operation(sending.cast))
    assert (now(shipment), shipment.tracking_number) == ("booked", "600")
    with writes_nothing(), pytest.raises(ShipmentClash):
        settle_by_hand(sending.cast.stan, shipment.uid, booked=False, operation=operation(sending.cast))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"receiver": Party()}, ReceiverMissing),
        ({"receiver": Party(name="Anna")}, ReceiverMissing),
        ({"parcels": ()}, WeightMissing),
        ({"parcels": (Parcel(0),)}, WeightMissing),
        ({"parcels": (Parcel(1_000_001),)}, WeightMissing),
        ({"parcels": (Parcel(100, length=5001),)}, SizeUnclear),
    ],
)
def test_what_no_courier_could_carry_is_refused(sending, writes_nothing, wrong, refusal):
    with writes_nothing(), pytest.raises(refusal):
        sending.book(**wrong)


def test_only_who_handles_parcels_sends_them_and_only_at_home(sending, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        sending.book(by="emil")
    for stranger in ("gosia", "petra"):
        with writes_nothing(), pytest.raises(CourierAccount.DoesNotExist):
            sending.book(by=stranger)
    shipment = sending.book()
    with pytest.raises(Shipment.DoesNotExist):
        shipment_page(sending.cast.gosia, shipment.uid)
