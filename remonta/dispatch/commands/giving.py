"""Giving work to engineers and groups, and their answers. Everybody locks: work order, then dispatch order."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.dispatch import facts
from remonta.dispatch.models import DispatchOrder
from remonta.dispatch.queries import dispatch_orders_for
from remonta.dispatch.workflow import ACCEPTED, DISPATCH, OFFERED, POOLED, STANDING
from remonta.identity.queries import engineers_of, groups_for
from remonta.kernel.actor import Actor, system
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.orders.commands import NoSuchEngineer, lock_work_order, write_engineer, write_ready_date
from remonta.orders.queries import WorkOrder
from remonta.orders.workflow import OPEN
from remonta.spine.commands import once, record, record_first


class WorkOver(Refused):
    text = _("The order is finished; there is no work to give.")


class NobodyChosen(Refused):
    text = _("Choose an engineer or a group.")
    field = "engineer"


@once(dispatch_orders_for)
def give_work(
    actor: Actor,
    work_order_uid: UUID,
    *,
    engineer_uid: UUID | None = None,
    group_uid: UUID | None = None,
    minutes: int | None = None,
    due_at: datetime | None = None,
    operation: UUID,
) -> DispatchOrder:
    """Offer the work to an engineer (one's own is taken at once), or lay it into a group's pool; what was given before
    is taken back. `due_at` becomes the ready date. Raises NobodyChosen, NoSuchEngineer, WorkOver, DatePassed."""
    order = lock_work_order(actor, work_order_uid, permission="dispatch.give")
    if order.state not in OPEN:
        raise WorkOver
    engineer = engineers_of(order.centre_id).filter(uid=engineer_uid).first() if engineer_uid else None
    group = groups_for(actor).filter(uid=group_uid, centre_id=order.centre_id).first() if group_uid else None
    if engineer_uid and engineer is None:
        raise NoSuchEngineer
    if engineer is None and group is None:
        raise NobodyChosen
    revoke_all(actor, order)
    own = engineer is not None and engineer.pk == actor.account_id
    given = DispatchOrder.objects.create(
        work_order=order,
        centre_id=order.centre_id,
        account=engineer,
        group=None if engineer else group,
        state=ACCEPTED if own else OFFERED if engineer else POOLED,
        minutes=minutes or order.planned_minutes,
        given_at=actor.now(),
    )
    fact = facts.DispatchAccepted if own else facts.DispatchOffered
    record_first(actor, given, fact(**_named(given)))
    write_engineer(actor, order, engineer_id=given.account_id, group_id=given.group_id)
    if due_at:
        write_ready_date(actor, order, due_at)
    return given


@once(dispatch_orders_for)
def answer_work(actor: Actor, uid: UUID, *, move: str, reason: str = "", operation: UUID) -> DispatchOrder:
    """`accept`, `reject`, `finish` one's own, `take` from a pool, or `revoke`. Raises DispatchClash."""
    order, given = _locked(actor, uid)
    if move == "take" and not _in_group(actor, given):
        raise NotPermitted
    if move == "take":
        given.account_id = actor.account_id
    DISPATCH.apply(move, given, actor)
    given.reason = clean(reason)[:300]
    given.done_at = actor.now() if move == "finish" else None
    given.save(update_fields=["state", "account", "reason", "done_at"])
    record(actor, given, ANSWERS[move](**_named(given)))
    if move == "take":
        write_engineer(actor, order, engineer_id=actor.account_id, group_id=given.group_id)
    if move in ("reject", "revoke"):
        write_engineer(actor, order, engineer_id=None, group_id=None)
    return given


def revoke_all(actor: Actor, order: WorkOrder) -> None:
    """Takes back everything that was given of a locked order, for commands and reactions."""
    _end_all(actor.trusted_with("dispatch.give"), order, "revoke")


def finish_all(actor: Actor, work_order_id: int) -> None:
    """The repair is done, and with it everything that was given of it. For reactions: the order is locked already."""
    acting = system("dispatch", actor.now, "dispatch.give", "dispatch.see", "orders.see")
    order = lock_work_order(acting, work_order_id)
    for given in DispatchOrder.objects.select_for_update().filter(work_order=order, state=ACCEPTED).order_by("pk"):
        own = Actor(actor.label, given.account_id, acting.rights, actor.now).trusted_with("dispatch.answer")
        DISPATCH.apply("finish", given, own)
        given.done_at = actor.now()
        given.save(update_fields=["state", "done_at"])
        record(actor, given, facts.DispatchDone(**_named(given)))


def _end_all(actor: Actor, order: WorkOrder, move: str) -> None:
    for given in DispatchOrder.objects.select_for_update().filter(work_order=order, state__in=STANDING).order_by("pk"):
        DISPATCH.apply(move, given, actor)
        given.save(update_fields=["state"])
        record(actor, given, ANSWERS[move](**_named(given)))


def _locked(actor: Actor, uid: UUID) -> tuple[WorkOrder, DispatchOrder]:
    named = dispatch_orders_for(actor).get(uid=uid)
    order = lock_work_order(actor, named.work_order_id)
    return order, dispatch_orders_for(actor).select_for_update(of=("self",)).get(pk=named.pk)


def _in_group(actor: Actor, given: DispatchOrder) -> bool:
    return given.group is not None and given.group.members.filter(account_id=actor.own_id).exists()


def _named(given: DispatchOrder) -> dict[str, Any]:
    who = {"engineer_id": given.account_id, "group_id": given.group_id}
    return {"dispatch_order_id": given.pk, "work_order_id": given.work_order_id, **who}


ANSWERS: dict[str, type[facts.DispatchFact]] = {
    "take": facts.DispatchAccepted,
    "accept": facts.DispatchAccepted,
    "reject": facts.DispatchRejected,
    "finish": facts.DispatchDone,
    "revoke": facts.DispatchRevoked,
}
