"""The passcode vault: encrypted, every look logged, erased at hand-over."""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import setting
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


@command
def erase_old_passcodes(actor: Actor) -> int:
    """Forgets passcodes kept longer than `intake.passcode_days` of their centre, for the worker. Returns how many."""
    kept = Passcode.objects.select_related("work_order").order_by("work_order_id")
    old = [
        row.work_order_id
        for row in kept
        if row.made_at < actor.now() - timedelta(days=int(setting("intake.passcode_days", row.work_order.centre_id)))
    ]
    for order_id in old:
        erase_passcode(actor, lock_work_order(actor, order_id))
    return len(old)


def erase_passcode(actor: Actor, order: WorkOrder) -> None:
    """Forgets the passcode of a locked order; nothing when there is none."""
    erased, _kinds = Passcode.objects.filter(work_order=order).delete()
    if erased:
        record(actor, order, facts.PasscodeErased(work_order_id=order.pk))
