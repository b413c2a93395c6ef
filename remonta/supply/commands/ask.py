"""Asking for parts: set aside when here, else demand that holds the order until it comes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from remonta.catalogue.queries import parts_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import lift_hold, lock_work_order, place_hold
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.commands import command, enqueue, once, record, record_first
from remonta.stock.commands import release_reservation, reserve_part, reserve_parts
from remonta.stock.queries import Reservation
from remonta.supply import facts
from remonta.supply.commands.refusals import NothingAsked, OrderOver
from remonta.supply.models import Requisition
from remonta.supply.queries import requisitions_for
from remonta.supply.workflow import REQUISITION, RequisitionState

WAITING_FOR = gettext_noop("waiting for part %(part)s")
WAITING_UNTIL = gettext_noop("waiting for part %(part)s, expected %(day)s")
BLOCKED = ("finish_repair",)
SERVE = "supply.serve"


@once(requisitions_for)
def ask_part(
    actor: Actor, work_order_uid: UUID, *, part_uid: UUID, quantity: int = 1000, operation: UUID
) -> Requisition:
    """A repair needs so many thousandths of a part. What is here is set aside, the rest is wanted and holds the order.

    Returns the first requisition: a demand met from several bins, or in part, makes several. Raises OrderOver.
    """
    order = lock_work_order(actor, work_order_uid, permission="supply.ask")
    part = parts_for(actor).get(uid=part_uid)
    return _ask(actor, order, part.pk, quantity)[0]


@command
def ask_parts(
    actor: Actor, work_order_id: int, parts: Sequence[tuple[int, int]], *, from_quote: bool = False
) -> tuple[Requisition, ...]:
    """Asks for (part id, thousandths) for commands and reactions above, which have permitted it: an approved quote,
    say, whose parts are set aside or become demand. What the order has asked for already is not asked twice."""
    order = lock_work_order(clerk(actor), work_order_id)
    standing = _standing(order.pk)
    made: list[Requisition] = []
    for part_id, quantity in sorted(parts):
        missing = quantity - standing.pop(part_id, 0)
        if missing > 0:
            made += _ask(actor, order, part_id, missing, from_quote=from_quote)
    return tuple(made)


@once(requisitions_for)
def cancel_requisition(actor: Actor, uid: UUID, *, operation: UUID) -> Requisition:
    """The part is not needed after all. Raises RequisitionClash once it is issued."""
    requisition = lock_requisition(actor, uid)
    _cancel(actor, actor, requisition)
    return requisition


@command
def free_parts(actor: Actor, work_order_id: int) -> int:
    """Nothing more is needed for that order, for reactions: sets free what is set aside, forgets what is wanted.

    Parts already issued stay with the repair. Returns how many requisitions ended.
    """
    order = lock_work_order(clerk(actor), work_order_id)
    rows = Requisition.objects.select_for_update(of=("self",)).select_related("part").filter(work_order=order)
    pending = rows.filter(state__in=[RequisitionState.WANTED, RequisitionState.RESERVED])
    ended = [*pending.order_by("part_id", "reservation__place_id", "pk")]
    for requisition in ended:
        requisition.work_order = order
        _cancel(actor, clerk(actor), requisition)
    return len(ended)


@command
def want_again(actor: Actor, reservation_id: int) -> None:
    """What was set aside for a repair is lost: the repair waits for it again, for reactions."""
    rows = Requisition.objects.select_related("work_order", "part").select_for_update(of=("work_order", "self"))
    for requisition in rows.filter(reservation=reservation_id, state=RequisitionState.RESERVED):
        REQUISITION.apply("release", requisition, clerk(actor))
        requisition.reservation = None
        requisition.save(update_fields=["state", "reservation"])
        _hold(actor, requisition)
        serve_later(actor, requisition.part_id, requisition.centre_id)


@once(requisitions_for)
def expect_part(actor: Actor, uid: UUID, *, expected_on: date | None, operation: UUID) -> Requisition:
    """Purchasing says when a wanted part comes; the order's hold says it too."""
    requisition = lock_requisition(actor, uid)
    if not actor.may("supply.expect", requisition):
        raise NotPermitted
    if requisition.state != RequisitionState.WANTED:
        raise REQUISITION.clash(state=RequisitionState(requisition.state).label)
    write_expected(actor, requisition, expected_on)
    return requisition


def write_expected(actor: Actor, requisition: Requisition, expected_on: date | None) -> None:
    """The day on which a wanted part comes, on a requisition locked with its order; the order's hold says it too."""
    requisition.expected_on = expected_on
    requisition.save(update_fields=["expected_on"])
    _hold(actor, requisition)
    day = expected_on.isoformat() if expected_on else ""
    record(actor, requisition, facts.PartExpected(**named(requisition), day=day))


@command
def serve_waiting(actor: Actor, part_ids: Iterable[int], centre_id: int) -> int:
    """Sets aside what is free for the repairs of a centre that wait for it, the longest wait first. Raises nothing."""
    return serve(actor, lock_waiting(actor, part_ids, centre_id))


def lock_waiting(actor: Actor, part_ids: Iterable[int], centre_id: int) -> list[Requisition]:
    """The wanted requisitions of a centre, locked with their orders before any balance, oldest first."""
    return lock_wanted(actor, Requisition.objects.filter(part_id__in=list(part_ids), centre_id=centre_id))


def lock_wanted(actor: Actor, rows: QuerySet[Requisition]) -> list[Requisition]:
    """Those of the requisitions that are wanted, locked with their orders, oldest first."""
    wanted = rows.filter(state=RequisitionState.WANTED)
    keys = [*wanted.values_list("work_order_id", flat=True)]
    found = work_orders_for(clerk(actor)).select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    orders = {order.pk: order for order in found}
    open_ones = wanted.filter(work_order__in=orders.keys()).select_for_update(of=("self",)).select_related("part")
    locked = [*open_ones.order_by("pk")]
    for requisition in locked:
        requisition.work_order = orders[requisition.work_order_id]
    return locked


def serve(actor: Actor, waiting: Sequence[Requisition]) -> int:
    """Sets aside for each locked requisition, in turn, what is free by now. Returns how many were served."""
    served = 0
    for requisition in waiting:
        if _reserve(actor, requisition):
            record(actor, requisition, facts.PartArrived(**named(requisition)))
            served += 1
    return served


def lock_requisition(actor: Actor, uid: UUID) -> Requisition:
    """A requisition the actor may see, locked together with its work order. One statement."""
    rows = requisitions_for(actor).select_related("work_order", "part", "reservation__place")
    return rows.select_for_update(of=("work_order", "self")).get(uid=uid)


def clerk(actor: Actor) -> Actor:
    """Who does for a customer's answer, or for a person without the right, what follows from it."""
    return actor.trusted_with("orders.see", "supply.see", "supply.ask", "supply.issue")


def named(requisition: Requisition) -> dict[str, Any]:
    """What every fact about a requisition names."""
    return {
        "requisition_id": requisition.pk,
        "work_order_id": requisition.work_order_id,
        "part_id": requisition.part_id,
        "quantity": requisition.quantity,
        "part": requisition.part.number,
    }


def hold_code(requisition: Requisition) -> str:
    """The code of the hold a wanted part places."""
    return f"supply.part:{requisition.pk}"


def leave_asked(
    actor: Actor, requisition: Requisition, rest: int, reservation: Reservation | None, state: str
) -> Requisition:
    """What is left of a requisition of which some is handed out: set aside, or wanted, in the same words."""
    made = Requisition.objects.create(
        work_order=requisition.work_order,
        centre_id=requisition.centre_id,
        part_id=requisition.part_id,
        quantity=rest,
        state=state,
        reservation=reservation,
        from_quote=requisition.from_quote,
        unasked=requisition.unasked,
        expected_on=requisition.expected_on,
        purchase_id=requisition.purchase_id,
        account_id=requisition.account_id,
        created_at=requisition.created_at,
    )
    record_first(actor, made, facts.PartAsked(**named(made), here=reservation is not None, from_quote=made.from_quote))
    if state == RequisitionState.WANTED:
        _hold(actor, made)
    return made


def serve_later(actor: Actor, part_id: int, centre_id: int) -> None:
    """Something may have become free, or somebody may wait for what just came: looked at again after the commit."""
    key = f"{SERVE}:{part_id}:{centre_id}"
    enqueue(actor, SERVE, {"part": part_id, "centre": centre_id}, unique_key=key)


def _ask(actor: Actor, order: WorkOrder, part_id: int, quantity: int, *, from_quote: bool = False) -> list[Requisition]:
    if not order.open:
        raise OrderOver(number=order.number)
    if quantity <= 0:
        raise NothingAsked
    found = reserve_parts(actor, part_id, order.centre_id, quantity, order.pk)
    asked: dict[str, Any] = {"part_id": part_id, "from_quote": from_quote}
    made = [_write(actor, order, **asked, quantity=one.quantity, reservation_id=one.pk) for one in found]
    if (missing := quantity - sum(one.quantity for one in found)) > 0:
        made.append(_write(actor, order, **asked, quantity=missing, reservation_id=None))
        _hold(actor, made[-1])
        serve_later(actor, part_id, order.centre_id)
    return made


def _write(actor: Actor, order: WorkOrder, *, reservation_id: int | None, **values: Any) -> Requisition:
    state = RequisitionState.RESERVED if reservation_id else RequisitionState.WANTED
    made = Requisition.objects.create(
        **values,
        work_order=order,
        centre_id=order.centre_id,
        state=state,
        reservation_id=reservation_id,
        account_id=actor.account_id,
        created_at=actor.now(),
    )
    here = reservation_id is not None
    record_first(actor, made, facts.PartAsked(**named(made), here=here, from_quote=made.from_quote))
    return made


def _hold(actor: Actor, requisition: Requisition) -> None:
    values, day = {"part": requisition.part.number}, requisition.expected_on
    if day:
        values["day"] = day.isoformat()
    reason = WAITING_UNTIL if day else WAITING_FOR
    code = hold_code(requisition)
    place_hold(actor, requisition.work_order, code=code, reason=reason, values=values, blocks=BLOCKED)


def _reserve(actor: Actor, requisition: Requisition) -> bool:
    order = requisition.work_order
    found = reserve_part(actor, requisition.part_id, requisition.centre_id, requisition.quantity, order.pk)
    if found is None:
        return False
    REQUISITION.apply("reserve", requisition, clerk(actor))
    requisition.reservation = found
    requisition.save(update_fields=["state", "reservation"])
    lift_hold(actor, order, code=hold_code(requisition))
    return True


def _cancel(actor: Actor, permitted: Actor, requisition: Requisition) -> None:
    was = RequisitionState(requisition.state)
    REQUISITION.apply("cancel", requisition, permitted)
    requisition.save(update_fields=["state"])
    if was == RequisitionState.WANTED:
        lift_hold(actor, requisition.work_order, code=hold_code(requisition))
    elif requisition.reservation_id:
        release_reservation(actor, requisition.reservation_id)
        serve_later(actor, requisition.part_id, requisition.centre_id)
    record(actor, requisition, facts.PartNoLongerNeeded(**named(requisition)))


def _standing(work_order_id: int) -> dict[int, int]:
    """What an order has asked for and not given back, in thousandths by part."""
    over = [RequisitionState.CANCELLED, RequisitionState.RETURNED]
    standing: dict[int, int] = {}
    rows = Requisition.objects.filter(work_order_id=work_order_id).exclude(state__in=over)
    for part_id, quantity in rows.values_list("part_id", "quantity"):
        standing[part_id] = standing.get(part_id, 0) + quantity
    return standing
