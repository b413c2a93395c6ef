"""What an engineer writes at the bench: the diagnosis, and the time."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import fault_codes_for
from remonta.dispatch import facts
from remonta.dispatch.models import Finding, TimeEntry
from remonta.dispatch.queries import findings_for, time_for
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.orders.commands import lock_work_order
from remonta.spine.commands import once, record


class NothingFound(Refused):
    text = _("Choose a symptom, a defect or a repair, or write what you found.")
    field = "text"


class WrongCode(Refused):
    text = _("This code belongs to another list. Choose one of the list.")
    field = "symptom"


class NoTimer(Refused):
    text = _("No timer of yours runs on this order.")


@once(findings_for)
def add_finding(
    actor: Actor,
    work_order_uid: UUID,
    *,
    symptom_uid: UUID | None = None,
    defect_uid: UUID | None = None,
    repair_uid: UUID | None = None,
    text: str = "",
    operation: UUID,
) -> Finding:
    """A line of the diagnosis: symptom → defect → repair, with words. Raises NothingFound, WrongCode."""
    order = lock_work_order(actor, work_order_uid, permission="dispatch.work")
    codes = {"symptom": symptom_uid, "defect": defect_uid, "repair": repair_uid}
    found = {kind: _code(actor, kind, uid) for kind, uid in codes.items() if uid}
    if not found and not clean(text):
        raise NothingFound
    keys = {f"{kind}_id": key for kind, key in found.items()}
    finding = Finding.objects.create(
        uid=uuid7(actor.now()),
        work_order=order,
        centre_id=order.centre_id,
        text=clean(text),
        account_id=actor.account_id,
        made_at=actor.now(),
        **keys,
    )
    told = {"engineer_id": actor.account_id or 0, "finding_id": finding.pk, **keys}
    record(actor, order, facts.FindingMade(work_order_id=order.pk, **told))
    return finding


@once(findings_for)
def withdraw_finding(actor: Actor, uid: UUID, *, operation: UUID) -> Finding:
    """The line was wrong; it stays in the timeline and leaves the diagnosis. Raises DoesNotExist when it has left."""
    standing = findings_for(actor).filter(uid=uid, withdrawn_at=None)
    order = lock_work_order(actor, standing.get().work_order_id, permission="dispatch.work")
    finding = standing.select_for_update(of=("self",)).get()
    finding.withdrawn_at = actor.now()
    finding.save(update_fields=["withdrawn_at"])
    told = {"engineer_id": actor.account_id or 0, "finding_id": finding.pk}
    record(actor, order, facts.FindingWithdrawn(work_order_id=order.pk, **told))
    return finding


@once(time_for)
def start_timer(actor: Actor, work_order_uid: UUID, *, operation: UUID) -> TimeEntry:
    """Begin to measure; a timer that runs on another order stops. Starting twice is starting once."""
    order = lock_work_order(actor, work_order_uid, permission="dispatch.work")
    if actor.account_id is None:
        raise NotPermitted
    running = _running(actor)
    if running and running.work_order_id == order.pk:
        return running
    if running:
        _stop(actor, running)
    entry = TimeEntry.objects.create(
        work_order=order, centre_id=order.centre_id, account_id=actor.account_id, started_at=actor.now()
    )
    record(actor, order, facts.TimerStarted(work_order_id=order.pk, engineer_id=actor.account_id))
    return entry


@once(time_for)
def stop_timer(actor: Actor, work_order_uid: UUID, *, operation: UUID) -> TimeEntry:
    """Stop measuring. Raises NoTimer."""
    order = lock_work_order(actor, work_order_uid, permission="dispatch.work")
    running = _running(actor)
    if running is None or running.work_order_id != order.pk:
        raise NoTimer
    return _stop(actor, running)


def _running(actor: Actor) -> TimeEntry | None:
    mine = TimeEntry.objects.select_for_update(of=("self",)).select_related("work_order")
    return mine.filter(account_id=actor.own_id, stopped_at=None).first()


def _stop(actor: Actor, entry: TimeEntry) -> TimeEntry:
    entry.stopped_at = max(actor.now(), entry.started_at)
    entry.save(update_fields=["stopped_at"])
    minutes = int((entry.stopped_at - entry.started_at).total_seconds() // 60)
    told = {"engineer_id": entry.account_id, "minutes": minutes}
    record(actor, entry.work_order, facts.TimerStopped(work_order_id=entry.work_order_id, **told))
    return entry


def _code(actor: Actor, kind: str, uid: UUID) -> int:
    code = fault_codes_for(actor).filter(uid=uid).values_list("pk", "kind").first()
    if code is None or code[1] != kind:
        raise WrongCode
    return int(code[0])
