"""Who waits for a shipment learns its number; who sent it learns what went wrong; who drives, that there is a round."""

from datetime import date

import pytest

from remonta.kernel.actor import system
from remonta.logistics.commands.couriers import Parcel, Party, Wanted, add_courier, book_shipment, plan_round
from remonta.logistics.commands.couriers import settle_booking as settle
from remonta.logistics.couriers.contract import Booked, Declined
from remonta.notices.models import Notice
from remonta.spine.models import Message
from remonta.spine.worker import drain
from tests.cast import intake, operation

ANNA = Party(name="Anna", email="anna@example.com", city="Gdańsk")


@pytest.fixture
def send(cast):
    secrets = {"token": "t", "organization": "1"}
    said = {"name": "Lockers", "driver": "inpost", "secrets": secrets, "url": "https://inpost.invalid"}
    account = add_courier(cast.hana, cast.krakow.uid, **said, operation=operation(cast))

    def book(answer, **more):
        wanted = Wanted(receiver=more.pop("receiver", ANNA), parcels=(Parcel(1000),), **more)
        shipment = book_shipment(cast.stan, account.uid, wanted=wanted, operation=operation(cast))
        follower = system("test", cast.clock, "logistics.see", "logistics.follow")
        for _time in range(2):
            settle(follower, shipment.uid, answer=answer)
        drain(cast.clock)
        return shipment

    return book


def test_the_receiver_gets_the_tracking_number_once_in_the_language_of_the_centre(send):
    shipment = send(Booked("49", "600123"))
    [message] = Message.objects.filter(purpose="notices.shipment")
    assert (message.recipient, message.channel, message.subject_id) == ("anna@example.com", "email", shipment.pk)
    assert "600123" in message.title
    assert "https://inpost.pl/sledzenie-przesylek?number=600123" in message.body


def test_a_receiver_without_an_address_gets_none(send):
    send(Booked("49", "600123"), receiver=Party(name="Anna", city="Gdańsk"))
    assert not Message.objects.filter(purpose="notices.shipment").exists()


def test_the_customer_of_the_order_is_told_as_they_like(send, cast):
    order = intake(cast)
    send(Booked("49", "600123"), work_order_uid=order.uid)
    [message] = Message.objects.filter(purpose="notices.parcel_sent")
    assert (message.channel, message.thread_id) == ("sms", order.pk)
    assert "600123" in message.body
    assert "Lockers" in message.body


def test_who_sent_it_learns_that_the_courier_refused(send, cast):
    send(Declined("No such address"))
    [notice] = Notice.objects.filter(code="shipment_refused")
    assert notice.account_id == cast.stan.account_id
    assert "address" not in str(notice.values)


def test_who_drives_learns_of_the_round(cast):
    emil = cast.emil.account_id
    account = Notice._meta.get_field("account").related_model.objects.get(pk=emil)
    said = {"driver_uid": account.uid, "day": date(2026, 3, 3)}
    plan_round(cast.hana, cast.krakow.uid, **said, operation=operation(cast))
    drain(cast.clock)
    assert [(one.code, one.account_id) for one in Notice.objects.all()] == [("round_planned", emil)]
