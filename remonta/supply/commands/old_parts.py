"""What becomes of a part that came out of a customer's unit: to the maker, or to scrap, each with its cause."""

from typing import Any
from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import once, record, record_first
from remonta.stock.commands import Which, settle_quarantined
from remonta.stock.queries import Move
from remonta.stock.workflow import WriteOffCause
from remonta.supply import facts
from remonta.supply.commands.refusals import CauseUnknown
from remonta.supply.models import OldPart
from remonta.supply.queries import old_parts_for
from remonta.supply.workflow import OLD_PART, SEND_CAUSES

WAYS = {
    "send": ("supplier", "sent_to_maker", SEND_CAUSES, facts.OldPartSent),
    "scrap": ("scrap", "", dict(WriteOffCause.choices), facts.OldPartScrapped),
}


@once(old_parts_for)
def settle_old_part(actor: Actor, uid: UUID, *, way: str, cause: str, operation: UUID) -> OldPart:
    """An old part leaves quarantine: to its maker (`send`) or to scrap (`scrap`), for a cause of that way.

    Raises OldPartClash, CauseUnknown, NotEnough.
    """
    rows = old_parts_for(actor).select_related("part", "move__target").select_for_update(of=("self",))
    old = rows.get(uid=uid)
    if way not in WAYS or cause not in WAYS[way][2]:
        raise CauseUnknown
    OLD_PART.apply(way, old, actor)
    kind, reason, _causes, fact = WAYS[way]
    moved = settle_quarantined(
        actor,
        old.part_id,
        old.quantity,
        old.move.target,
        kind=kind,
        reason=reason or cause,
        thread_id=old.work_order_id,
        which=Which(tuple(old.serials), old.batch),
    )
    old.cause, old.settled, old.settled_at = cause, moved, actor.now()
    old.save(update_fields=["state", "cause", "settled", "settled_at"])
    told: dict[str, Any] = {"old_part_id": old.pk, "work_order_id": old.work_order_id, "part_id": old.part_id}
    record(actor, old, fact(**told, quantity=old.quantity, part=old.part.number, cause=cause))
    return old


def keep_old_part(actor: Actor, order: WorkOrder, part: Any, quantity: int, move: Move, which: Which) -> OldPart:
    """Writes that a part came out of the unit of a locked order by that move, and waits."""
    old = OldPart.objects.create(
        move=move,
        work_order=order,
        centre_id=order.centre_id,
        part=part,
        quantity=quantity,
        serials=list(which.serials),
        batch=which.batch,
        taken_at=actor.now(),
    )
    told: dict[str, Any] = {"work_order_id": order.pk, "part_id": part.pk, "quantity": quantity, "part": part.number}
    record_first(actor, old, facts.OldPartTakenOut(move_id=move.pk, **told))
    return old
