"""Search, and what happened since the last look."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from ninja import Query, Router
from pydantic import BaseModel, Field, StringConstraints

from remonta.api.fields import Line
from remonta.api.shapes.calls import Events, HitShape
from remonta.api.spoken import op
from remonta.billing.queries import invoices_for, payments_for, shifts_for
from remonta.calls.queries import calls_for
from remonta.customers.queries import customers_for
from remonta.dispatch.queries import dispatch_orders_for
from remonta.equipment.queries import units_for
from remonta.kernel.actor import Actor
from remonta.logistics.queries.couriers import routes_for, shipments_for
from remonta.orders.queries import requests_for, tasks_for, work_orders_for
from remonta.quotes.queries import quotes_for
from remonta.spine.queries import LiveEvent, Position, events_after, find, newest_position
from remonta.stock.queries import places_for
from remonta.supply.queries import receipts_for, requisitions_for
from remonta.web.requests import Request

router = Router()
WORK_ORDER = "orders.workorder"
SCOPES: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    WORK_ORDER: work_orders_for,
    "orders.request": requests_for,
    "orders.task": tasks_for,
    "quotes.quote": quotes_for,
    "dispatch.dispatchorder": dispatch_orders_for,
    "supply.requisition": requisitions_for,
    "supply.goodsreceipt": receipts_for,
    "billing.payment": payments_for,
    "billing.invoice": invoices_for,
    "billing.shift": shifts_for,
    "calls.call": calls_for,
    "customers.customer": customers_for,
    "equipment.unit": units_for,
    "stock.place": places_for,
    "logistics.shipment": shipments_for,
    "logistics.driverroute": routes_for,
}


class SearchFilter(BaseModel):
    """What is looked for."""

    q: Line
    limit: int = Field(20, ge=1, le=50)


class EventFilter(BaseModel):
    """From where on; without a mark, from now on."""

    after: Annotated[str, StringConstraints(pattern=r"^(\d{1,18}\.\d{1,18})?$")] = ""
    limit: int = Field(200, ge=1, le=500)


@router.get("/search", **op("search", list[HitShape]))
def search(request: Request, asked: Query[SearchFilter]) -> Any:
    """Orders, requests, customers, units, parts, places and people by number, serial, phone or name."""
    return find(request.actor, asked.q, limit=asked.limit)


@router.get("/events", **op("events", Events))
def events(request: Request, asked: Query[EventFilter]) -> Any:
    """What happened since the mark, as far as the key may see what it happened to. Poll it; nothing is missed."""
    if not asked.after:
        return {"items": [], "next": mark(newest_position()), "more": False}
    found = events_after(position(asked.after), asked.limit)
    items = [one for one in shapes_of(request.actor, found) if one]
    end = mark(found[-1].position) if found else asked.after
    return {"items": items, "next": end, "more": len(found) == asked.limit}


def shapes_of(actor: Actor, found: Iterable[LiveEvent]) -> list[dict[str, Any] | None]:
    """Events by outside ids; None for what the actor may not see. One statement for each kind of subject."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in found:
        wanted[event.subject].add(event.subject_id)
        if event.thread_id:
            wanted[WORK_ORDER].add(event.thread_id)
    uids = {kind: visible(actor, kind, keys) for kind, keys in wanted.items() if kind in SCOPES}
    return [_shape(event, uids) for event in found]


def visible(actor: Actor, kind: str, keys: set[int]) -> dict[int, UUID]:
    """Outside ids of those the actor may see. One statement."""
    return dict(SCOPES[kind](actor).filter(pk__in=keys).values_list("pk", "uid"))


def _shape(event: LiveEvent, uids: dict[str, dict[int, UUID]]) -> dict[str, Any] | None:
    uid = uids.get(event.subject, {}).get(event.subject_id)
    if uid is None:
        return None
    order = uids.get(WORK_ORDER, {}).get(event.thread_id or 0)
    return {"name": event.name, "subject": event.subject, "uid": uid, "order_uid": order}


def mark(at: Position) -> str:
    """A position as the client keeps it."""
    return f"{at[0]}.{at[1]}"


def position(text: str) -> Position:
    """The position that a mark names. Raises BadRequest."""
    xact, _point, key = text.partition(".")
    try:
        return int(xact), int(key)
    except ValueError as error:
        raise BadRequest("after") from error
