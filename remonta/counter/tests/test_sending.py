"""Units that come and go by parcel: checked, expected, reminded of, opened, packed, delivered."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.module_loading import import_string

from remonta.counter.commands import (
    Came,
    NothingInIt,
    Opened,
    Repair,
    Unlike,
    Which,
    Who,
    accept_parcel,
    deliver_parcel,
    open_parcel,
)
from remonta.counter.reactions import parcel_delivered, parcel_picked_up
from remonta.documents.models import Document
from remonta.kernel.actor import Actor, system
from remonta.logistics import commands
from remonta.logistics.commands import couriers
from remonta.logistics.couriers.contract import Booked
from remonta.logistics.facts import ShipmentDelivered, ShipmentPickedUp
from remonta.logistics.models import Difference
from remonta.logistics.queries import find_expected, orders_of, parcels_for, unchecked
from remonta.orders.commands import Asked, lock_work_order, place_hold, register_request
from remonta.orders.models import Request, WorkOrder
from remonta.spine.facts import fact_of
from remonta.spine.models import Event, Job, Message
from remonta.stock.queries import whereabouts
from tests.cast import intake, operation

SENDER = commands.Sender(address="ul. Długa 5\n30-001 Kraków", email="jan@example.com", language="pl")
FULL = {"who": Who(name="Jan Kowalski", email="jan@example.com", language="pl")}


def announced(cast, **more):
    asked = Asked(channel="web", contact_name="Jan Kowalski", contact_phone="+48600100200", device="Vela", fault="Dead")
    request = register_request(cast.rita, cast.krakow.uid, asked=asked, operation=operation(cast))
    return commands.announce_parcel(
        cast.rita, request.uid, sender=more.get("sender", SENDER), operation=operation(cast)
    )


def accepted(cast, serial="SN-1"):
    parcel = announced(cast)
    which, repair = Which(product_uid=cast.phone.uid, serial=serial), Repair(fault="Dead", channel="web")
    said = {**FULL, "which": which, "repair": repair, "hint": "Board"}
    return accept_parcel(cast.rita, parcel.uid, **said, operation=operation(cast))


@pytest.fixture
def work(cast):
    def run():
        for job in list(Job.objects.filter(name="react", state="ready").order_by("pk")):
            event = Event.objects.get(pk=job.args["event"])
            who = Actor(job.actor, job.account_id, frozenset(), cast.clock)
            import_string(job.args["reaction"]).answer(who, fact_of(event.name, event.version, event.data))
            Job.objects.filter(pk=job.pk).update(state="done")

    return run


@pytest.fixture
def stan(cast):
    """The storekeeper handles parcels, though he neither registers requests nor takes units in at the counter."""
    return cast.stan


def test_a_request_to_be_sent_in_is_checked_before_logistics_sees_it(cast, stan):
    parcel = announced(cast)
    assert [one.pk for one in unchecked(cast.rita)] == [parcel.pk]
    assert not parcels_for(stan).exists()
    assert find_expected(stan, parcel.number) == ()
    assert unchecked(cast.gosia).count() == 0


def test_accepting_makes_the_order_and_sends_the_document_in_the_customers_language(cast, work):
    parcel = accepted(cast)
    [order] = orders_of(cast.rita, parcel)
    assert (parcel.state, order.state, order.request.state) == ("expected", "registered", "accepted")
    work()
    mail = Message.objects.get(purpose="notices.send_in", channel="email")
    assert parcel.number in mail.body
    assert "Dzień dobry" in mail.body
    document = Document.objects.get(pk=mail.attachments[0]["args"]["document"])
    assert (document.code, document.language, document.data["bar"]["bar"]) == ("send_in", "pl", parcel.number)
    work()
    assert Message.objects.filter(purpose="notices.send_in", channel="email").count() == 1


def test_asking_back_writes_to_the_customer_and_refusing_ends_the_request(cast):
    parcel = announced(cast)
    commands.ask_back(cast.rita, parcel.uid, question="Which model is it?", operation=operation(cast))
    asked = Message.objects.get(purpose="logistics.question")
    assert (asked.recipient, "Which model is it?" in asked.body) == ("jan@example.com", True)
    commands.refuse_parcel(cast.rita, parcel.uid, question="We do not repair it.", operation=operation(cast))
    assert Request.objects.get(pk=parcel.request_id).state == "refused"
    assert Message.objects.filter(purpose="logistics.refusal").count() == 1


def test_who_has_no_mailbox_is_called(cast):
    parcel = announced(cast, sender=commands.Sender(address="ul. Długa 5"))
    commands.ask_back(cast.rita, parcel.uid, question="Which model?", operation=operation(cast))
    assert Request.objects.get(pk=parcel.request_id).wants_call
    assert not Message.objects.filter(purpose="logistics.question").exists()


@pytest.mark.parametrize("name", ["gosia", "petra"])
def test_another_centres_parcel_is_not_there(name, cast, writes_nothing):
    parcel = announced(cast)
    with writes_nothing(), pytest.raises(ObjectDoesNotExist):
        commands.ask_back(getattr(cast, name), parcel.uid, question="?", operation=operation(cast))


def test_the_second_announcement_of_a_request_is_refused(cast, writes_nothing):
    parcel = announced(cast)
    uid = Request.objects.get(pk=parcel.request_id).uid
    with writes_nothing(), pytest.raises(commands.AlreadyAnnounced, match=parcel.number):
        commands.announce_parcel(cast.rita, uid, sender=SENDER, operation=operation(cast))


def test_two_weeks_later_the_customer_is_reminded_by_name_and_not_every_hour(cast, work):
    accepted(cast)
    work()
    reader = system("logistics.remind", cast.clock, "logistics.see", "orders.see", "orders.tasks")
    cast.clock.pass_(days=13, hours=23)
    assert remind(reader) == 0
    cast.clock.pass_(hours=2)
    assert (remind(reader), remind(reader)) == (1, 0)
    work()
    mail = Message.objects.get(purpose="notices.send_in_reminder", channel="email")
    assert "Rita" in mail.body
    assert mail.attachments[0]["args"]["document"]


def remind(actor):
    with transaction.atomic():
        return commands.remind_senders(actor)


def test_opening_takes_in_what_is_there_and_writes_down_what_is_not(cast, stan):
    parcel = accepted(cast)
    [order] = orders_of(stan, parcel)
    shelf = whereabouts([order.unit_id])
    assert shelf == {} or shelf[order.unit_id].kind == "customer"
    came = (
        Came(order_uid=order.uid, accessories=("Charger",), looks="Scratched"),
        Came(which=Which(product_uid=cast.kettle.uid), fault="Leaks"),
    )
    unlike = (Unlike(kind="damaged", thing="Box", note="Wet"),)
    opened = Opened(came=came, unlike=unlike, tracking="X1")
    done = open_parcel(stan, parcel.uid, opened=opened, operation=operation(cast))
    assert (done.state, done.tracking) == ("opened", "X1")
    orders = WorkOrder.objects.filter(request=parcel.request).order_by("pk")
    assert [one.state for one in orders] == ["taken_in", "taken_in"]
    assert all(whereabouts([one.unit_id])[one.unit_id].code == "D-1" for one in orders)
    assert list(orders[0].accessories.values_list("name", flat=True)) == ["Charger"]
    assert list(Difference.objects.values_list("kind", "thing")) == [("damaged", "Box")]


def test_an_order_that_is_not_in_the_parcel_is_missing_and_stays_expected(cast, stan):
    parcel = accepted(cast)
    opened = Opened(unlike=(Unlike(kind="extra", thing="Kettle"),))
    open_parcel(stan, parcel.uid, opened=opened, operation=operation(cast))
    assert set(Difference.objects.values_list("kind", flat=True)) == {"missing", "extra"}
    assert WorkOrder.objects.get(request=parcel.request).state == "registered"


def test_an_empty_opening_is_refused(cast, stan, writes_nothing):
    parcel = accepted(cast)
    with writes_nothing(), pytest.raises(NothingInIt):
        open_parcel(stan, parcel.uid, opened=Opened(), operation=operation(cast))


@pytest.mark.parametrize("text", ["Kowal", "+48 600 100 200", "600100200", "SN-77", "number"])
def test_a_parcel_without_a_document_is_found_by_what_is_known_and_matched(text, cast, stan):
    parcel = accepted(cast, serial="SN-77")
    aside = commands.set_aside(
        stan, cast.krakow.uid, sender_name="J. K.", tracking="DPD-9", note="Phone", operation=operation(cast)
    )
    found = find_expected(stan, parcel.number if text == "number" else text)
    assert [one.pk for one in found] == [parcel.pk]
    matched = commands.match_parcel(stan, aside.uid, expected_uid=parcel.uid, operation=operation(cast))
    assert (matched.pk, matched.tracking, matched.arrived_at) == (parcel.pk, "DPD-9", cast.clock())
    assert parcels_for(stan).get(pk=aside.pk).state == "cancelled"


def ready(cast):
    order = intake(cast)
    WorkOrder.objects.filter(pk=order.pk).update(state="ready")
    order.accessories.create(code=f"{order.number}-A1", name="Charger")
    return WorkOrder.objects.get(pk=order.pk)


def pack(cast, order, *codes):
    said = {"scanned": codes, "address": "ul. Długa 5", "operation": operation(cast)}
    return commands.pack_order(cast.stan, order.uid, **said)


def test_a_unit_goes_back_with_everything_it_came_with(cast, work):
    order = ready(cast)
    with pytest.raises(commands.NotAllIn, match="Charger"):
        pack(cast, order, order.number)
    parcel = pack(cast, order, order.number, f"{order.number}-a1")
    with pytest.raises(commands.PackedAlready, match=parcel.number):
        pack(cast, order, order.number, f"{order.number}-A1")
    given = {"courier": "InPost", "tracking": "6800123"}
    commands.pick_up_parcel(cast.stan, parcel.uid, **given, operation=operation(cast))
    assert whereabouts([order.unit_id])[order.unit_id].kind == "courier"
    work()
    assert "6800123" in Message.objects.filter(purpose="notices.parcel_sent").first().body
    deliver_parcel(cast.stan, parcel.uid, operation=operation(cast))
    order.refresh_from_db()
    assert (order.state, whereabouts([order.unit_id])[order.unit_id].kind) == ("closed", "customer")
    assert order.accessories.get().returned_at == cast.clock()


def test_what_is_held_or_not_ready_is_not_packed(cast, writes_nothing):
    order = intake(cast)
    with writes_nothing(), pytest.raises(commands.NotReady):
        pack(cast, order, order.number)
    WorkOrder.objects.filter(pk=order.pk).update(state="ready")
    locked = lock_work_order(cast.rita, order.uid)
    place_hold(cast.rita, locked, code="x", reason="unpaid", blocks=("hand_over",))
    with writes_nothing(), pytest.raises(commands.StillHeld, match="unpaid"):
        pack(cast, order, order.number)


def test_a_lost_parcel_holds_its_order_until_it_is_delivered(cast):
    order = ready(cast)
    parcel = pack(cast, order, order.number, f"{order.number}-A1")
    commands.pick_up_parcel(cast.stan, parcel.uid, courier="InPost", operation=operation(cast))
    cast.clock.at += timedelta(days=8)
    reader = system("logistics.late", cast.clock, "logistics.see", "orders.see", "orders.tasks")
    assert late(reader) == 1
    assert order.holds.filter(lifted_at=None).exists()
    deliver_parcel(cast.stan, parcel.uid, operation=operation(cast))
    order.refresh_from_db()
    assert order.state == "closed"


def late(actor):
    with transaction.atomic():
        return commands.call_late(actor)


def test_what_the_courier_reports_moves_the_parcel_and_tells_the_customer_once(cast, work):
    order = ready(cast)
    parcel = pack(cast, order, order.number, f"{order.number}-A1")
    said = {"name": "Lockers", "driver": "inpost", "url": "https://inpost.invalid"}
    secrets = {"token": "t", "organization": "1"}
    account = couriers.add_courier(cast.hana, cast.krakow.uid, **said, secrets=secrets, operation=operation(cast))
    wanted = couriers.Wanted(
        receiver=couriers.Party(name="Jan", city="Kraków"),
        parcels=(couriers.Parcel(1000),),
        work_order_uid=order.uid,
    )
    shipment = couriers.book_shipment(cast.stan, account.uid, wanted=wanted, operation=operation(cast))
    follower = system("test", cast.clock, "logistics.see", "logistics.follow")
    for _time in range(2):
        couriers.settle_booking(follower, shipment.uid, answer=Booked("49", "600123"))
    work()
    told = {"shipment_id": shipment.pk, "number": shipment.number, "work_order_id": order.pk}
    parcel_picked_up.answer(follower, ShipmentPickedUp(**told))
    parcel_picked_up.answer(follower, ShipmentPickedUp(**told))
    work()
    parcel.refresh_from_db()
    assert (parcel.state, parcel.tracking, parcel.courier) == ("sent", "600123", "Lockers")
    assert Message.objects.filter(purpose="notices.parcel_sent", channel="sms").count() == 1
    parcel_delivered.answer(follower, ShipmentDelivered(**told))
    order.refresh_from_db()
    assert order.state == "closed"
