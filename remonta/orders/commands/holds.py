"""Placing and lifting holds, for rooms above, under their operation id; and the few a person may lift by hand."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.orders.commands.locks import lock_work_order
from remonta.orders.facts import HoldLifted, HoldLiftedByHand, HoldPlaced
from remonta.orders.models import Hold, Note, WorkOrder
from remonta.orders.queries.scope import work_orders_for
from remonta.spine.commands import once, record

BY_HAND = ("orders.loaner",)


class NotByHand(Refused):
    text = _("This hold goes by itself when its reason is gone; nobody lifts it by hand.")


class LiftReasonMissing(Refused):
    text = _("Write why the order may go on all the same.")
    field = "reason"


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


@once(work_orders_for)
def lift_hold_by_hand(actor: Actor, uid: UUID, *, code: str, reason: str, operation: UUID) -> WorkOrder:
    """Lets an order go on although its reason stands; the words are kept beside the order.

    Only for holds of BY_HAND; lifting what does not stand is nothing. Raises NotByHand, LiftReasonMissing.
    """
    order = lock_work_order(actor, uid, permission="orders.lift_holds")
    if not by_hand(code):
        raise NotByHand
    if not clean(reason):
        raise LiftReasonMissing
    if Hold.objects.filter(work_order=order, code=code, lifted_at=None).update(lifted_at=actor.now()):
        said = {"text": clean(reason), "account_id": actor.account_id, "made_at": actor.now()}
        note = Note.objects.create(work_order=order, **said)
        record(actor, order, HoldLiftedByHand(work_order_id=order.pk, code=code, note_id=note.pk))
    return order


def by_hand(code: str) -> bool:
    """Whether a person may lift the hold with that code."""
    return code.partition(":")[0] in BY_HAND
