"""Work of one centre for another's order: an own order where the unit is received, ended when it goes back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from remonta.equipment.queries import Unit
from remonta.identity.queries import workplace
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.logistics import facts
from remonta.logistics.models import Batch, BatchLine, Onward, Purpose
from remonta.orders.commands import (
    Asked,
    WorkAsked,
    add_request,
    add_work_order,
    apply_move,
    erase_passcode,
    give_accessories_back,
    lock_work_order,
    take_request,
)
from remonta.orders.facts import UnitTakenIn
from remonta.orders.queries import WorkOrder, routes_for, work_orders_for
from remonta.spine.commands import record, record_first

RIGHTS = (
    *("orders.see", "orders.register", "orders.take_in", "orders.hand_over"),
    *("customers.see", "equipment.see", "equipment.write"),
)
WORKED_ON = (Purpose.REPAIR, Purpose.CLAIM)
USUAL = "counter"


class WorkNotDone(Refused):
    text = _("The work on %(number)s is not done. Finish it, or return the unit unrepaired, before it goes back.")


def order_here(actor: Actor, batch: Batch, unit: Unit, *, sent: WorkOrder | None, task: str = "") -> WorkOrder | None:
    """The order under which the centre that has the batch works on a unit out of it, for the command that receives it.

    The one that stands there, taken in if it was expected; else a new one for the sender's, where work was asked for.
    """
    hand = actor.trusted_with(*RIGHTS)
    open_ones = work_orders_for(hand).filter(unit=unit, closed_at=None)
    own = open_ones.filter(centre_id=batch.holder_id).order_by("-pk").first()
    if own is not None:
        order = lock_work_order(hand, own.pk)
    elif sent is None or sent.closed_at is not None or batch.purpose not in WORKED_ON:
        return None
    else:
        order = _opened(hand, batch.holder_id, unit, sent, task)
    if order.state == "registered":
        apply_move(hand, order, "take_in")
        record(hand, order, UnitTakenIn(work_order_id=order.pk))
    return order


def check_done(batch: Batch, order: WorkOrder | None) -> None:
    """What goes back to the centre whose order it is has been worked on to the end. Raises WorkNotDone."""
    if order is not None and _goes_back(batch, order) and order.state != "ready":
        raise WorkNotDone(number=order.number)


def end_work(actor: Actor, batch: Batch, lines: list[BatchLine]) -> None:
    """The units leave for the centre whose orders they are: the work for them is over here.

    Raises StageClash, WorkOrderHeld with every reason.
    """
    hand = actor.trusted_with(*RIGHTS)
    for line in lines:
        if line.work_order is not None and _goes_back(batch, line.work_order):
            order = lock_work_order(hand, line.work_order.pk)
            apply_move(hand, order, "hand_over")
            give_accessories_back(hand, order)
            erase_passcode(hand, order)


def propose_way_back(actor: Actor, order: WorkOrder) -> None:
    """The work for another centre's order is done: the unit is to go back there, and that order's log says so."""
    root = order.for_order
    if root is None or order.unit_id is None:
        return
    told: dict[str, Any] = {"work_order_id": root.pk, "number": order.number, "outcome": order.outcome}
    wish = Onward.objects.select_for_update().filter(unit=order.unit_id, ended_at=None).first()
    if wish is None:
        wish = Onward.objects.create(
            work_order=order,
            unit_id=order.unit_id,
            centre_id=order.centre_id,
            to_centre_id=root.centre_id,
            purpose=Purpose.BACK,
            account_id=actor.account_id,
            asked_at=actor.now(),
        )
        record_first(actor, wish, facts.OnwardAsked(onward_id=wish.pk, work_order_id=order.pk))
    record(actor, wish, facts.WorkElsewhereDone(**told, onward_id=wish.pk, centre_id=order.centre_id))


def _goes_back(batch: Batch, order: WorkOrder) -> bool:
    if order.for_order is None:
        return False
    return batch.purpose == Purpose.BACK or batch.to_centre_id == order.for_order.centre_id


def _opened(hand: Actor, centre_id: int, unit: Unit, sent: WorkOrder, task: str) -> WorkOrder:
    fault = task or sent.fault
    asked = Asked(
        channel="centre",
        contact_name=workplace(sent.centre_id).name,
        product_id=unit.product_id,
        device=str(unit.product),
        fault=fault,
    )
    request = take_request(hand, add_request(hand, centre_id, asked))
    known = routes_for(hand, centre_id).filter(code=sent.route.code).exists()
    work = WorkAsked(
        route=sent.route.code if known else USUAL,
        fault=fault,
        planned_minutes=sent.planned_minutes,
        under_warranty=sent.under_warranty,
        for_order=sent.for_order_id or sent.pk,
    )
    return add_work_order(hand, request, unit=unit, asked=work)
