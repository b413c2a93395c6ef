"""Giving a unit back: invoiced, paid, checked, signed, and out of our books, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.billing.commands import add_invoice, standing_invoice
from remonta.counter.facts import HandedOver
from remonta.counter.models import HandOver
from remonta.counter.queries import hand_overs_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.orders.commands import apply_move, erase_passcode, give_accessories_back, lock_work_order, tick
from remonta.spine.commands import once, record_first
from remonta.stock.commands import hand_unit_back


class TakerMissing(Refused):
    text = _("Write the name of the person who takes the unit.")
    field = "taken_by"


@dataclass(frozen=True, kw_only=True)
class Given:
    """How a unit is given back. Of `shown`, the text that was signed, the SHA-256 is kept."""

    taken_by: str
    shown: str = ""
    signature_id: int | None = None
    checks: Mapping[str, str] = field(default_factory=dict)


@once(hand_overs_for)
def hand_over(actor: Actor, uid: UUID, *, given: Given, operation: UUID) -> HandOver:
    """The unit leaves with its owner. Raises TakerMissing, StageClash, WorkOrderHeld with every reason."""
    order = lock_work_order(actor, uid)
    if not actor.may("orders.hand_over", order):
        raise NotPermitted
    if not clean(given.taken_by):
        raise TakerMissing
    tick(actor, order, "handover", given.checks, {})
    apply_move(actor, order, "hand_over")
    if order.unit_id:
        hand_unit_back(actor.trusted_with("stock.move_units"), order.unit_id, thread_id=order.pk)
    give_accessories_back(actor, order)
    erase_passcode(actor, order)
    invoice = standing_invoice(order.pk) or add_invoice(actor, order)  # its number is the last lock
    done = HandOver.objects.create(
        work_order_id=order.pk,
        centre_id=order.centre_id,
        taken_by=clean(given.taken_by)[:200],
        signature_id=given.signature_id,
        shown_hash=sha256(given.shown.encode()).hexdigest(),
        account_id=actor.account_id,
        made_at=actor.now(),
    )
    told: dict[str, Any] = {"hand_over_id": done.pk, "invoice_id": invoice.pk if invoice else None}
    record_first(actor, done, HandedOver(work_order_id=order.pk, **told))
    return done
