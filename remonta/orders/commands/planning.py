"""What the workshop manager decides: the fault confirmed, the date, who does the work, the status."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import colleagues_for, engineers_of, groups_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.orders import facts
from remonta.orders.commands.locks import lock_work_order, save_changed
from remonta.orders.models import Watcher, WorkOrder
from remonta.orders.queries.scope import statuses_for, work_orders_for
from remonta.spine.commands import command, once, record


class DatePassed(Refused):
    text = _("That time has passed already. Choose a later one.")
    field = "due_at"


class NoSuchEngineer(Refused):
    text = _("This person does not repair in this centre. Choose an engineer of the centre.")
    field = "engineer"


class StatusOfAnotherStage(Refused):
    text = _("This status belongs to another stage.")
    field = "status"


class PriorityUnknown(Refused):
    text = _("Choose a priority from 1 (first) to 5 (last).")
    field = "priority"


@once(work_orders_for)
def confirm_fault(actor: Actor, uid: UUID, *, fault: str, operation: UUID) -> WorkOrder:
    """Keep the fault as it was talked over with the customer."""
    order = lock_work_order(actor, uid, permission="orders.plan")
    order.confirmed_fault, order.fault_confirmed_at = clean(fault), actor.now()
    save_changed(order, ("confirmed_fault", "fault_confirmed_at"))
    record(actor, order, facts.FaultConfirmed(work_order_id=order.pk))
    return order


@once(work_orders_for)
def set_ready_date(
    actor: Actor, uid: UUID, *, due_at: datetime, version: int | None = None, operation: UUID
) -> WorkOrder:
    """Promise when the unit is ready. Raises DatePassed."""
    order = lock_work_order(actor, uid, permission="orders.plan", version=version)
    write_ready_date(actor, order, due_at)
    return order


def write_ready_date(actor: Actor, order: WorkOrder, due_at: datetime) -> None:
    """Sets the date of a locked order, for commands above. Raises DatePassed."""
    if due_at <= actor.now():
        raise DatePassed
    order.due_at = due_at
    save_changed(order, ("due_at",))
    record(actor, order, facts.ReadyDateSet(work_order_id=order.pk, due_at=due_at.isoformat()))


def write_engineer(actor: Actor, order: WorkOrder, *, engineer_id: int | None, group_id: int | None) -> None:
    """Says who does the work of a locked order, for the dispatch room above. Raises NoSuchEngineer."""
    if engineer_id and not engineers_of(order.centre_id).filter(pk=engineer_id).exists():
        raise NoSuchEngineer
    if group_id and not groups_for(actor).filter(pk=group_id, centre_id=order.centre_id).exists():
        raise NoSuchEngineer
    order.engineer_id, order.group_id = engineer_id, group_id
    save_changed(order, ("engineer", "group"))
    record(actor, order, facts.WorkGiven(work_order_id=order.pk, engineer_id=engineer_id, group_id=group_id))


@once(work_orders_for)
def choose_status(actor: Actor, uid: UUID, *, status_uid: UUID | None, operation: UUID) -> WorkOrder:
    """A centre's own status within the stage, or none. Raises StatusOfAnotherStage."""
    order = lock_work_order(actor, uid, permission="orders.plan")
    status = statuses_for(actor).get(uid=status_uid) if status_uid else None
    if status and (status.stage != order.state or status.centre_id not in (None, order.centre_id)):
        raise StatusOfAnotherStage
    order.status = status
    save_changed(order, ("status",))
    record(actor, order, facts.StatusChosen(work_order_id=order.pk, status_id=status.pk if status else 0))
    return order


@command
def set_priority(actor: Actor, uid: UUID, *, priority: int) -> WorkOrder:
    """1 is first, 5 is last. Raises PriorityUnknown."""
    if priority not in range(1, 6):
        raise PriorityUnknown
    return _change(actor, uid, lambda order: setattr(order, "priority", priority), "priority")


@command
def watch_order(actor: Actor, uid: UUID, *, account_uid: UUID | None = None, stop: bool = False) -> WorkOrder:
    """Follow an order, or let a colleague follow it; with `stop`, no longer."""
    order = lock_work_order(actor, uid)
    account_id = colleagues_for(actor).get(uid=account_uid).pk if account_uid else actor.own_id
    if stop:
        Watcher.objects.filter(work_order=order, account_id=account_id).delete()
    else:
        Watcher.objects.get_or_create(work_order=order, account_id=account_id)
    return order


def _change(actor: Actor, uid: UUID, change: Callable[[WorkOrder], None], *fields: str) -> WorkOrder:
    order = lock_work_order(actor, uid, permission="orders.plan")
    change(order)
    save_changed(order, fields)
    return order
