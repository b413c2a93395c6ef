"""What people have to do."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Line, Long, Moment
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.orders import TaskShape
from remonta.api.spoken import op
from remonta.orders.commands import TaskAsked as Given
from remonta.orders.commands import end_task, give_task
from remonta.orders.queries import tasks_for
from remonta.orders.workflow import TaskState
from remonta.web.requests import Request

router = Router()
BESIDE = ("centre", "owner", "work_order", "request")


class TaskFilter(Paging):
    """Which tasks: open ones unless another state is asked for."""

    state: TaskState = TaskState.OPEN
    mine: bool = False
    order: UUID | None = None


class TaskAsked(Asked):
    """Something to do; without an owner, for oneself."""

    centre_uid: UUID
    title: Line = Field(min_length=1, max_length=200)
    text: Long = ""
    owner_uid: UUID | None = None
    group_uid: UUID | None = None
    due_at: Moment | None = None
    work_order_uid: UUID | None = None
    request_uid: UUID | None = None


class EndAsked(Asked):
    """`finish` when it is done, `drop` when it is no longer needed."""

    move: Literal["finish", "drop"]


def shape(row: Any) -> dict[str, Any]:
    """A task as an answer. No statement when read with BESIDE."""
    same = ("uid", "title", "text", "state", "due_at", "created_at", "done_at")
    return {name: getattr(row, name) for name in same} | {
        "centre": row.centre.name,
        "owner": row.owner.name if row.owner else "",
        "order_uid": row.work_order.uid if row.work_order else None,
        "request_uid": row.request.uid if row.request else None,
    }


@router.get("/tasks", **op("tasks", Page[TaskShape]))
def listed(request: Request, asked: Query[TaskFilter]) -> Any:
    """Tasks in pages, newest first."""
    rows = tasks_for(request.actor).filter(state=asked.state).select_related(*BESIDE)
    rows = rows.filter(owner_id=request.actor.account_id) if asked.mine else rows
    return page_of(rows.filter(work_order__uid=asked.order) if asked.order else rows, asked, each(shape))


@router.post("/tasks", **op("tasks", TaskShape, once=True, status=201))
def give(request: Request, asked: TaskAsked) -> Any:
    """Gives somebody something to do."""
    given = Given(**asked.model_dump(exclude={"centre_uid"}))
    task = give_task(request.actor, asked.centre_uid, asked=given, operation=operation_of(request))
    return shape(tasks_for(request.actor).select_related(*BESIDE).get(pk=task.pk))


@router.get("/tasks/{uuid:uid}", **op("task", TaskShape))
def one(request: Request, uid: UUID) -> Any:
    """One task."""
    return shape(tasks_for(request.actor).select_related(*BESIDE).get(uid=uid))


@router.post("/tasks/{uuid:uid}/end", **op("task-end", TaskShape, once=True))
def end(request: Request, uid: UUID, asked: EndAsked) -> Any:
    """It is done, or no longer needed."""
    end_task(request.actor, uid, move=asked.move, operation=operation_of(request))
    return one(request, uid)
