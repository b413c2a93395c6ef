"""A centre works on another's unit under an order of its own, which ends when the unit goes back."""

import pytest

from remonta.kernel.actor import system
from remonta.logistics import commands
from remonta.logistics.jobs import late
from remonta.logistics.models import Onward
from remonta.logistics.queries import batch_page, proposals
from remonta.logistics.tests.test_batches import begin, packed, sent, where
from remonta.orders.commands import AlreadyInService, move_work_order
from remonta.orders.models import Hold, WorkOrder
from remonta.orders.queries import orders_of_customers, work_orders_for
from remonta.spine.commands import Task as Job
from remonta.spine.models import Event
from remonta.spine.verify import verify
from tests.cast import intake

ENDS = ("start_diagnosis", "start_repair", "stop_work")


def received(road, operation, batch, *, by="petra"):
    person = getattr(road, by)
    commands.arrive_batch(person, batch.uid, operation=operation())
    for line in batch_page(person, batch.uid).lines:
        commands.receive_line(person, batch.uid, line_uid=line.uid, operation=operation())
    return commands.finish_receiving(person, batch.uid, operation=operation())


def done(road, operation, order):
    for move in ENDS:
        move_work_order(road.petra, order.uid, move, operation=operation())


def at_partner(road, operation, **asked):
    """A unit of Kraków, received at the partner's: both orders."""
    order = intake(road, fault="Dead", **asked)
    received(road, operation, sent(road, operation, packed(road, operation, order)))
    return order, work_orders_for(road.petra).get()


def test_the_partner_gets_an_order_of_their_own_without_the_customer(road, operation):
    order, own = at_partner(road, operation)
    assert (own.centre, own.state, own.unit_id, own.for_order_id) == (road.wroclaw, "taken_in", order.unit_id, order.pk)
    assert (own.customer_id, own.fault, own.request.contact_name) == (None, "Dead", "Kraków")
    assert (own.request.channel, own.request.state) == ("centre", "accepted")
    assert not work_orders_for(road.petra).filter(pk=order.pk).exists()
    assert not work_orders_for(road.lena).filter(pk=own.pk).exists()
    assert [flaw for flaw in verify()] == []


def test_its_work_done_the_unit_is_proposed_to_go_back_and_the_order_ends_when_it_leaves(road, operation):
    order, own = at_partner(road, operation)
    done(road, operation, own)
    [proposal] = proposals(road.petra, road.wroclaw.pk)
    assert (proposal.to_centre_id, proposal.purpose) == (road.krakow.pk, "back")
    assert Event.objects.get(name="logistics.work_elsewhere_done").thread_id == order.pk
    back = begin(road, operation, by="petra", at="wroclaw", to=road.krakow, purpose="back")
    commands.pack_unit(road.petra, back.uid, unit_uid=order.unit.uid, operation=operation())
    commands.seal_batch(road.petra, back.uid, operation=operation())
    commands.send_batch(road.petra, back.uid, given=commands.HandOver(courier="DPD"), operation=operation())
    own.refresh_from_db()
    assert own.state == "closed"
    assert where(order).said == f"{back.number} → Kraków"
    received(road, operation, back, by="lena")
    assert where(order).centre_id == road.krakow.pk
    assert WorkOrder.objects.count() == 2
    threads = Event.objects.filter(name="logistics.line_received").values_list("thread_id", flat=True)
    assert {order.pk, own.pk} <= set(threads)
    assert [flaw for flaw in verify()] == []


def test_what_is_not_done_does_not_go_back(road, operation, writes_nothing):
    order, own = at_partner(road, operation)
    back = begin(road, operation, by="petra", at="wroclaw", to=road.krakow)
    with writes_nothing(), pytest.raises(commands.WorkNotDone, match=own.number):
        commands.pack_unit(road.petra, back.uid, unit_uid=order.unit.uid, operation=operation())


def test_what_is_only_moved_to_another_centre_opens_no_order_there(road, operation):
    order = intake(road)
    received(road, operation, sent(road, operation, packed(road, operation, order, purpose="move")))
    assert WorkOrder.objects.get() == order


def test_a_unit_that_the_centre_expects_itself_is_taken_in_under_that_order(road, operation):
    order, own = at_partner(road, operation)
    done(road, operation, own)
    back = begin(road, operation, by="petra", at="wroclaw", to=road.krakow, purpose="back")
    commands.pack_unit(road.petra, back.uid, unit_uid=order.unit.uid, operation=operation())
    commands.seal_batch(road.petra, back.uid, operation=operation())
    commands.send_batch(road.petra, back.uid, given=commands.HandOver(), operation=operation())
    received(road, operation, back, by="lena")
    received(road, operation, sent(road, operation, packed(road, operation, order)))
    assert work_orders_for(road.petra).filter(closed_at=None).count() == 1
    with pytest.raises(AlreadyInService):
        intake(road)


def test_a_late_way_back_holds_the_customers_order(road, operation):
    order, own = at_partner(road, operation)
    done(road, operation, own)
    back = begin(road, operation, by="petra", at="wroclaw", to=road.krakow, purpose="back")
    commands.pack_unit(road.petra, back.uid, unit_uid=order.unit.uid, operation=operation())
    commands.seal_batch(road.petra, back.uid, operation=operation())
    commands.send_batch(road.petra, back.uid, given=commands.HandOver(), operation=operation())
    road.clock.pass_(days=8)
    rights = ("logistics.see", "orders.see", "orders.tasks")
    late(Job(system("logistics.late", road.clock, *rights), None, {}, "system", None, 1))
    assert Hold.objects.get(lifted_at=None).work_order == order
    received(road, operation, back, by="lena")
    assert not Hold.objects.filter(lifted_at=None).exists()


def test_forgetting_the_customer_reaches_the_work_done_for_them(road, operation):
    order, own = at_partner(road, operation)
    assert {one.pk for one in orders_of_customers([order.customer_id])} == {order.pk, own.pk}
    assert Onward.objects.count() == 0
