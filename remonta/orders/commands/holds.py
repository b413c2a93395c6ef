"""Placing and lifting holds, for rooms above, under their operation id."""

from collections.abc import Mapping

from remonta.kernel.actor import Actor
from remonta.orders.facts import HoldLifted, HoldPlaced
from remonta.orders.models import Hold, WorkOrder
from remonta.spine.commands import record


def place_hold(
    actor: Actor,
    order: WorkOrder,
    *,
    code: str,
    reason: str,
    blocks: tuple[str, ...],
    values: Mapping[str, object] = {},
) -> None:
    """Keep a locked order from moves; placing twice is placing once, in the newest words. `reason` is a message id."""
    standing = Hold.objects.filter(work_order=order, code=code, lifted_at=None).first()
    if standing:
        if (standing.reason, standing.values) != (reason, dict(values)):
            Hold.objects.filter(pk=standing.pk).update(reason=reason, values=dict(values))
        return
    said = {"reason": reason, "values": dict(values), "blocks": list(blocks), "placed_by": actor.label}
    Hold.objects.create(work_order=order, code=code, placed_at=actor.now(), **said)
    record(actor, order, HoldPlaced(work_order_id=order.pk, code=code, blocks=blocks))


def lift_hold(actor: Actor, order: WorkOrder, *, code: str) -> None:
    """Let a locked order go on; lifting what does not stand is nothing."""
    if Hold.objects.filter(work_order=order, code=code, lifted_at=None).update(lifted_at=actor.now()):
        record(actor, order, HoldLifted(work_order_id=order.pk, code=code))
