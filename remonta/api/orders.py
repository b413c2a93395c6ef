"""Work orders: the list, one with its steps and holds, and what is done to it."""

from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import get_language
from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import on_order, operation_of, tagged, version_of
from remonta.api.fields import Asked, Code, Line, Long, Moment
from remonta.api.paging import Page, Paging, page_of
from remonta.api.reading import order_of, order_shape, timeline_of
from remonta.api.shapes.orders import NoteOut, Order, OrderLine, RouteShape, StatusShape, TimelineLine
from remonta.api.spoken import op
from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.texts import said
from remonta.orders.commands import (
    choose_status,
    confirm_fault,
    move_work_order,
    set_priority,
    set_ready_date,
    watch_order,
    write_note,
)
from remonta.orders.queries import (
    WorkOrder,
    only_forgotten,
    order_page,
    order_rows,
    routes_for,
    state_of_repair,
    statuses_for,
    with_row,
    work_orders_for,
)
from remonta.orders.workflow import OPEN, Stage
from remonta.web.keyset import Order as Sorting
from remonta.web.requests import Request

router = Router()
ORDERINGS = {"newest": Sorting("pk", descending=True), "oldest": Sorting("pk")}


class OrderFilter(Paging):
    """Which orders: open ones unless something else is asked for."""

    which: Literal["open", "late", "forgotten", "all"] = "open"
    stage: Stage | None = None
    number: Code = Field("", description="Begins so; looks at closed ones too.")
    centre: UUID | None = None
    customer: UUID | None = None
    unit: UUID | None = None
    engineer: UUID | None = None
    mine: bool = Field(False, description="Given to the key’s own person.")
    nobody: bool = Field(False, description="Given to nobody yet.")
    sort: Literal["newest", "oldest"] = "newest"


class MoveAsked(Asked):
    """A move by its name, as the order’s buttons name it."""

    move: Code
    reason: Line = ""


class NoteAsked(Asked):
    """A note for colleagues, a talk with the customer, or a message to them."""

    kind: Literal["note", "talk", "to_customer"] = "note"
    text: Long


class FaultAsked(Asked):
    """The fault as it was talked over with the customer."""

    fault: Long


class DateAsked(Asked):
    """When the unit is promised to be ready."""

    due_at: Moment


class StatusAsked(Asked):
    """A centre’s own status within the stage; null for none."""

    status_uid: UUID | None


class PriorityAsked(Asked):
    """1 is first, 5 is last."""

    priority: int = Field(ge=1, le=5)


class WatchAsked(Asked):
    """Follow the order, or let a colleague follow it; `stop`: no longer."""

    account_uid: UUID | None = None
    stop: bool = False


def narrow(rows: QuerySet[WorkOrder], asked: OrderFilter, actor: Actor) -> QuerySet[WorkOrder]:
    """The orders that were asked for. No statement."""
    if asked.number:
        rows = rows.filter(number__begins=asked.number.strip().upper())
    elif asked.stage:
        rows = rows.filter(state=asked.stage)
    elif asked.which == "forgotten":
        rows = only_forgotten(rows, actor.now())
    elif asked.which != "all":
        rows = rows.filter(state__in=OPEN)
    if asked.which == "late":
        rows = rows.filter(due_at__lt=actor.now())
    named = {"centre": asked.centre, "customer": asked.customer, "unit": asked.unit, "engineer": asked.engineer}
    rows = rows.filter(**{f"{name}__uid": uid for name, uid in named.items() if uid})
    if asked.mine:
        rows = rows.filter(engineer_id=actor.account_id)
    return rows.filter(engineer=None, group=None) if asked.nobody else rows


@router.get("/orders", **op("orders", Page[OrderLine]))
def listed(request: Request, asked: Query[OrderFilter]) -> Any:
    """Work orders in pages, open ones unless something else is asked for."""
    actor = request.actor
    rows = with_row(narrow(work_orders_for(actor), asked, actor))
    return page_of(rows, asked, lambda found: order_rows(found, actor.now()), ORDERINGS[asked.sort])


@router.get("/orders/{uuid:uid}", **op("order", Order))
def one(request: Request, response: HttpResponse, uid: UUID) -> Any:
    """A work order: its steps, the holds that keep it, and the moves that may be made. ETag is its version."""
    page = order_page(request.actor, uid)
    tagged(response, page.version)
    return order_of(page)


@router.get("/orders/{uuid:uid}/timeline", **op("order-timeline", list[TimelineLine]))
def timeline(request: Request, uid: UUID) -> Any:
    """What happened, newest first."""
    return timeline_of(order_page(request.actor, uid))


@router.post("/orders/{uuid:uid}/moves", **op("order-moves", Order, once=True, match=True))
def move(request: Request, uid: UUID, asked: MoveAsked) -> Any:
    """Makes a plain move of the workflow."""
    more: dict[str, Any] = {"reason": asked.reason, "version": version_of(request), "operation": operation_of(request)}
    move_work_order(request.actor, uid, asked.move, **more)
    return order_shape(request, uid)


@router.post("/orders/{uuid:uid}/notes", **op("order-notes", NoteOut, once=True))
def note(request: Request, uid: UUID, asked: NoteAsked) -> Any:
    """Writes beside the order; a message to the customer is sent to them."""
    return write_note(request.actor, uid, kind=asked.kind, text=asked.text, operation=operation_of(request))


@router.post("/orders/{uuid:uid}/fault", **op("order-fault", Order, once=True, match=True))
def fault(request: Request, uid: UUID, asked: FaultAsked) -> Any:
    """Keeps the fault as it was confirmed."""
    operation = operation_of(request)
    on_order(request, uid, lambda: confirm_fault(request.actor, uid, fault=asked.fault, operation=operation))
    return order_shape(request, uid)


@router.post("/orders/{uuid:uid}/ready-date", **op("order-ready-date", Order, once=True, match=True))
def ready_date(request: Request, uid: UUID, asked: DateAsked) -> Any:
    """Promises when the unit is ready."""
    more: dict[str, Any] = {"version": version_of(request), "operation": operation_of(request)}
    set_ready_date(request.actor, uid, due_at=asked.due_at, **more)
    return order_shape(request, uid)


@router.post("/orders/{uuid:uid}/status", **op("order-status", Order, once=True, match=True))
def status(request: Request, uid: UUID, asked: StatusAsked) -> Any:
    """Gives the order a status of the centre’s own, within its stage."""
    operation, chosen = operation_of(request), asked.status_uid
    on_order(request, uid, lambda: choose_status(request.actor, uid, status_uid=chosen, operation=operation))
    return order_shape(request, uid)


@router.post("/orders/{uuid:uid}/priority", **op("order-priority", Order, match=True))
def priority(request: Request, uid: UUID, asked: PriorityAsked) -> Any:
    """What comes first on the board."""
    on_order(request, uid, lambda: set_priority(request.actor, uid, priority=asked.priority))
    return order_shape(request, uid)


@router.post("/orders/{uuid:uid}/watchers", **op("order-watchers", None, status=204))
def watch(request: Request, uid: UUID, asked: WatchAsked) -> None:
    """Who is told when something happens to the order."""
    watch_order(request.actor, uid, account_uid=asked.account_uid, stop=asked.stop)


@router.get("/order-state", **op("order-state", list[OrderLine]))
def state(request: Request, text: Query[Code]) -> Any:
    """The state of any repair by its order number or serial number, for who may tell callers."""
    return state_of_repair(request.actor, text) if len(text) > 2 else []


@router.get("/statuses", **op("statuses", list[StatusShape]))
def statuses(request: Request, stage: Query[Stage | None] = None) -> Any:
    """The statuses of the key’s centres, by stage."""
    rows = statuses_for(request.actor)
    rows = rows.filter(stage=stage) if stage else rows
    language = get_language() or "en"
    return [
        {"uid": row.uid, "stage": row.stage, "name": said(row.names, language), "colour": row.colour}
        for row in rows.order_by("stage", "position", "pk")[:500]
    ]


@router.get("/routes", **op("routes", list[RouteShape]))
def routes(request: Request, centre: Query[UUID | None] = None) -> Any:
    """The kinds of orders; with a centre, those it uses."""
    centre_id = every_centre().values_list("pk", flat=True).get(uid=centre) if centre else None
    language = get_language() or "en"
    return [
        {"uid": row.uid, "code": row.code, "name": said(row.names, language), "stages": row.stages}
        for row in routes_for(request.actor, centre_id).order_by("pk")[:500]
    ]
