"""Things to do: given to a person or a group, with a date, and ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import colleagues_for, every_centre, groups_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.orders import facts
from remonta.orders.models import Task
from remonta.orders.queries.scope import requests_for, tasks_for, work_orders_for
from remonta.orders.workflow import TASK
from remonta.spine.commands import once, record, record_first


class TitleMissing(Refused):
    text = _("Say in a few words what is to be done.")
    field = "title"


@dataclass(frozen=True, kw_only=True)
class TaskAsked:
    """What is to be done, by whom and until when (UTC), about which order or request."""

    title: str
    text: str = ""
    owner_uid: UUID | None = None
    group_uid: UUID | None = None
    due_at: datetime | None = None
    work_order_uid: UUID | None = None
    request_uid: UUID | None = None


@once(tasks_for)
def give_task(actor: Actor, centre_uid: UUID, *, asked: TaskAsked, operation: UUID) -> Task:
    """Give somebody something to do; without an owner, oneself. Raises TitleMissing."""
    centre = every_centre().get(uid=centre_uid)
    if not actor.may("orders.tasks", centre):
        raise NotPermitted
    order = work_orders_for(actor).get(uid=asked.work_order_uid) if asked.work_order_uid else None
    request = requests_for(actor).get(uid=asked.request_uid) if asked.request_uid else None
    group = groups_for(actor).get(uid=asked.group_uid) if asked.group_uid else None
    owner_id = colleagues_for(actor).get(uid=asked.owner_uid).pk if asked.owner_uid else None
    owner_id = owner_id or (None if group else actor.account_id)
    about = {"work_order": order, "request": request, "group": group}
    return add_task(
        actor, centre.pk, title=asked.title, text=asked.text, owner_id=owner_id, due_at=asked.due_at, **about
    )


def add_task(
    actor: Actor,
    centre_id: int,
    *,
    title: str,
    text: str = "",
    owner_id: int | None = None,
    due_at: datetime | None = None,
    **about: object,
) -> Task:
    """Writes the task, for rooms above; `about` names work_order, request, group. Raises TitleMissing."""
    if not clean(title):
        raise TitleMissing
    said = {"title": clean(title)[:200], "text": clean(text), "owner_id": owner_id, "due_at": due_at}
    task = Task.objects.create(centre_id=centre_id, created_at=actor.now(), **said, **about)
    record_first(actor, task, facts.TaskGiven(task_id=task.pk, owner_id=owner_id))
    return task


@once(tasks_for)
def end_task(actor: Actor, uid: UUID, *, move: str, operation: UUID) -> Task:
    """It is done (`finish`) or no longer needed (`drop`). Raises TaskClash."""
    task = tasks_for(actor).select_for_update(of=("self",)).get(uid=uid)
    TASK.apply(move, task, actor)
    task.done_at = actor.now()
    task.save(update_fields=["state", "done_at"])
    record(actor, task, facts.TaskEnded(task_id=task.pk, owner_id=task.owner_id))
    return task
