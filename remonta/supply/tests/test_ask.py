"""Asking for parts: what is here is set aside, what is not is demand that holds the order."""

from datetime import date

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.models import Hold, WorkOrder
from remonta.spine.models import Event
from remonta.stock.models import Balance
from remonta.supply.commands import (
    OrderOver,
    ask_part,
    ask_parts,
    cancel_requisition,
    expect_part,
    free_parts,
    issue_part,
)
from remonta.supply.models import Requisition
from remonta.supply.queries import parts_of_order, picking_list, waiting_demand
from remonta.supply.workflow import RequisitionClash


def ask(cast, part, quantity=1000, order=None, actor=None):
    asked = {"part_uid": part.uid, "quantity": quantity}
    return ask_part(actor or cast.egon, (order or cast.order).uid, **asked, operation=uuid7())


def holds(order):
    return [str(hold) for hold in Hold.objects.filter(work_order=order, lifted_at=None)]


def reserved(cast):
    return Balance.objects.get(place=cast.bin, part=cast.display).reserved


def test_a_part_that_is_here_is_set_aside_at_once(cast):
    requisition = ask(cast, cast.display, 2000)
    assert (requisition.state, requisition.reservation.place, reserved(cast)) == ("reserved", cast.bin, 2000)
    assert holds(cast.order) == []
    assert [(line.number, line.bin, line.order_number) for line in picking_list(cast.stella, cast.krakow.pk)] == [
        ("DSP-5", "A-01", "KRK-1")
    ]
    told = Event.objects.get(name="supply.part_asked")
    assert (told.thread_id, told.data["here"], told.to_state) == (cast.order.pk, True, "reserved")


def test_a_part_that_is_not_here_is_demand_and_holds_the_order(cast):
    requisition = ask(cast, cast.battery)
    assert requisition.state == "wanted"
    assert holds(cast.order) == ["waiting for part BAT-5"]
    assert Hold.objects.get().blocks == ["finish_repair"]
    assert [(one.number, one.wanted, one.orders) for one in waiting_demand(cast.petra)] == [("BAT-5", 1000, 1)]


def test_half_here_is_half_set_aside(cast):
    first = ask(cast, cast.display, 7000)
    assert (first.state, first.quantity) == ("reserved", 5000)
    assert [(line.state, line.quantity) for line in parts_of_order(cast.egon, cast.order.pk)] == [
        ("reserved", 5000),
        ("wanted", 2000),
    ]
    assert holds(cast.order) == ["waiting for part DSP-5"]


def test_the_same_operation_asks_once(cast, operation):
    asked = {"part_uid": cast.display.uid, "quantity": 1000, "operation": operation}
    assert ask_part(cast.egon, cast.order.uid, **asked) == ask_part(cast.egon, cast.order.uid, **asked)
    assert Requisition.objects.count() == 1


def test_who_may_not_ask_asks_in_vain(cast, refused):
    with refused(NotPermitted):
        ask(cast, cast.display, actor=cast.rita)
    with refused(WorkOrder.DoesNotExist):
        ask(cast, cast.display, actor=cast.gosia)
    with refused(WorkOrder.DoesNotExist):
        ask(cast, cast.display, actor=cast.piotr)


def test_closed_orders_need_nothing(cast, refused):
    WorkOrder.objects.filter(pk=cast.order.pk).update(state="closed")
    with refused(OrderOver, match="KRK-1"):
        ask(cast, cast.display)


def test_an_approved_quote_asks_for_the_customer_and_only_for_what_is_missing(cast):
    customer = Actor(
        "link:1", None, frozenset(), cast.egon.now, grants=frozenset({("orders.workorder", cast.order.pk)})
    )
    ask(cast, cast.display)
    made = ask_parts(customer, cast.order.pk, [(cast.display.pk, 3000), (cast.battery.pk, 1000)], from_quote=True)
    assert [(one.part.number, one.quantity, one.state, one.from_quote) for one in made] == [
        ("DSP-5", 2000, "reserved", True),
        ("BAT-5", 1000, "wanted", True),
    ]
    assert ask_parts(customer, cast.order.pk, [(cast.display.pk, 3000)], from_quote=True) == ()


def test_what_is_cancelled_is_free_again(cast, refused):
    set_aside, wanted = ask(cast, cast.display, 2000), ask(cast, cast.battery)
    for requisition in (set_aside, wanted):
        assert cancel_requisition(cast.egon, requisition.uid, operation=uuid7()).state == "cancelled"
    assert (reserved(cast), holds(cast.order)) == (0, [])
    with refused(RequisitionClash, match="cancelled"):
        cancel_requisition(cast.egon, wanted.uid, operation=uuid7())


def test_an_order_that_ends_frees_what_it_asked_for_and_keeps_what_was_issued(cast):
    issued = ask(cast, cast.display)
    issue_part(cast.stella, issued.uid, operation=uuid7())
    ask(cast, cast.display, 2000)
    ask(cast, cast.battery)
    assert free_parts(cast.rita, cast.order.pk) == 2
    assert free_parts(cast.rita, cast.order.pk) == 0
    assert (reserved(cast), holds(cast.order)) == (0, [])
    assert [line.state for line in parts_of_order(cast.egon, cast.order.pk)] == ["issued"]


def test_purchasing_says_when_it_comes(cast, refused):
    requisition = ask(cast, cast.battery)
    expect_part(cast.petra, requisition.uid, expected_on=date(2026, 12, 4), operation=uuid7())
    assert holds(cast.order) == ["waiting for part BAT-5, expected 4 Dec 2026"]
    with refused(NotPermitted):
        expect_part(cast.egon, requisition.uid, expected_on=None, operation=uuid7())


def test_partners_see_their_own_demand_only(cast):
    ask(cast, cast.battery)
    assert waiting_demand(cast.piotr) == ()
    assert parts_of_order(cast.piotr, cast.order.pk) == ()
    assert [one.centre for one in waiting_demand(cast.gosia)] == ["Kraków"]
