"""The passcode vault: encrypted, every look logged, erased at hand-over."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.orders import facts
from remonta.orders.commands.locks import lock_work_order
from remonta.orders.models import Passcode, PasscodeLook, WorkOrder
from remonta.orders.vault import lock_up, open_up
from remonta.spine.commands import command, record


class NoPasscode(Refused):
    text = _("No passcode is kept for this order.")


def keep_passcode(actor: Actor, order: WorkOrder, passcode: str) -> None:
    """Keeps or replaces the passcode of a locked order, for commands above."""
    kept = {"secret": lock_up(passcode), "made_at": actor.now()}
    Passcode.objects.update_or_create(work_order=order, defaults=kept)


@command
def look_at_passcode(actor: Actor, uid: UUID) -> str:
    """The passcode in the clear; that somebody looked is kept. Raises NoPasscode."""
    order = lock_work_order(actor, uid, permission="orders.passcode")
    kept = Passcode.objects.filter(work_order=order).first()
    if kept is None:
        raise NoPasscode
    if actor.account_id is None:
        raise NotPermitted
    PasscodeLook.objects.create(work_order=order, account_id=actor.account_id, looked_at=actor.now())
    record(actor, order, facts.PasscodeSeen(work_order_id=order.pk))
    return open_up(bytes(kept.secret))


def erase_passcode(actor: Actor, order: WorkOrder) -> None:
    """Forgets the passcode of a locked order; nothing when there is none."""
    erased, _kinds = Passcode.objects.filter(work_order=order).delete()
    if erased:
        record(actor, order, facts.PasscodeErased(work_order_id=order.pk))
