"""When an order ends, its parts are free, or go with the unit."""

from remonta.kernel.ids import uuid7
from remonta.orders.commands import apply_move, lock_work_order, move_work_order
from remonta.orders.models import WorkOrder
from remonta.stock.models import Balance
from remonta.stock.queries import parts_in_repair
from remonta.supply.commands import ask_part, issue_scanned
from remonta.supply.queries import parts_of_order


def ask(cast):
    return ask_part(cast.egon, cast.order.uid, part_uid=cast.display.uid, quantity=2000, operation=uuid7())


def reserved(cast):
    return Balance.objects.get(place=cast.bin, part=cast.display).reserved


def test_stopped_work_frees_what_was_set_aside(cast):
    ask(cast)
    move_work_order(cast.egon, cast.order.uid, "stop_work", operation=uuid7())
    assert (reserved(cast), parts_of_order(cast.egon, cast.order.pk)) == (0, ())


def test_a_cancelled_order_frees_what_was_set_aside(cast):
    ask(cast)
    WorkOrder.objects.filter(pk=cast.order.pk).update(state="registered")
    move_work_order(cast.rita, cast.order.uid, "cancel", operation=uuid7())
    assert reserved(cast) == 0


def test_handed_over_the_built_in_part_is_the_customers(cast):
    issue_scanned(cast.stella, cast.order.uid, part_uid=cast.display.uid, operation=uuid7())
    WorkOrder.objects.filter(pk=cast.order.pk).update(state="ready")
    apply_move(cast.rita, lock_work_order(cast.rita, cast.order.uid), "hand_over")
    assert parts_in_repair(cast.order.pk) == ()
    assert Balance.objects.get(place__kind="customer", part=cast.display).on_hand == 1000
