"""Lists of orders and requests, and the earlier repairs of a unit or a customer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from remonta.equipment.queries import Unit, numbered
from remonta.kernel.actor import Actor
from remonta.kernel.texts import said, serial_normal
from remonta.orders.models import Request, WorkOrder
from remonta.orders.queries.order_page import is_late
from remonta.orders.queries.scope import repairs_told_to, requests_for, work_orders_for
from remonta.orders.queries.shapes import OrderRow, Past
from remonta.orders.workflow import OPEN, RequestState, Stage

ROW = ("status", "unit", "product__brand", "customer", "engineer", "group", "centre")
SHOWN = (
    *("pk", "number", "uid", "state", "priority", "due_at", "stage_since", "created_at", "outcome", "planned_minutes"),
    *("status__names", "unit__serial", "unit__tag", "product__name", "product__brand__name", "customer__name"),
    *("engineer__name", "group__name", "centre__name", "centre_id"),
)
PAST_LIMIT = 30


def open_orders(actor: Actor) -> QuerySet[WorkOrder]:
    """The open work orders the actor may see, for lists and boards to filter."""
    return work_orders_for(actor).filter(state__in=OPEN)


def order_rows(orders: Iterable[Any], now: datetime) -> tuple[OrderRow, ...]:
    """Lines of a list; give what `with_row` reads. No statement."""
    language = get_language() or "en"
    return tuple(_row(order, now, language) for order in orders)


def with_row(orders: QuerySet[WorkOrder]) -> QuerySet[WorkOrder, Any]:
    """What a line of a list shows of the same orders and nothing more, as named columns, in one statement."""
    return orders.values_list(*SHOWN, named=True)


def unit_history(actor: Actor, unit_id: int, *, but: int | None = None) -> tuple[Past, ...]:
    """Every earlier repair of a unit in the network, newest first, without whose it was.

    People of own centres see all of it; partners see what was done in their centres. Two statements.
    """
    return _past(actor, Q(unit_id=unit_id) & ~Q(pk=but))


def customer_history(actor: Actor, customer_id: int) -> tuple[Past, ...]:
    """Every order of a customer the actor may see, newest first. Two statements."""
    return _past(actor, Q(customer_id=customer_id))


def call_back_list(actor: Actor) -> QuerySet[Request]:
    """Requests whose people wait for a call, longest waiting first."""
    waiting = requests_for(actor).filter(wants_call=True, state__in=[RequestState.NEW, RequestState.LEAD])
    return waiting.select_related("customer", "product__brand", "centre").order_by("created_at")


def state_of_repair(actor: Actor, text: str) -> tuple[OrderRow, ...]:
    """The state of any repair by order number or serial number, for who may tell it. One statement."""
    units = Unit.objects.filter(numbered(serial_normal(text))).values("pk")
    from_number = Q(number=text.strip().upper()) | Q(unit__in=units)
    found = with_row(repairs_told_to(actor).filter(from_number)).order_by("-pk")
    return order_rows(found[:10], actor.now())


def _past(actor: Actor, about: Q) -> tuple[Past, ...]:
    language = get_language() or "en"
    network = actor.may_at("equipment.see", None)
    seen = WorkOrder.objects.filter(withdrawn_at=None) if network else work_orders_for(actor)
    rows = list(seen.filter(about).select_related(*ROW).order_by("-pk")[:PAST_LIMIT])
    opens = set(work_orders_for(actor).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return tuple(_past_row(order, order.pk in opens, language) for order in rows)


def _past_row(order: WorkOrder, opens: bool, language: str) -> Past:
    return Past(
        uid=order.uid if opens else None,
        number=order.number if opens else "",
        centre=order.centre.name,
        at=order.created_at,
        stage_label=said(order.status.names, language) if order.status else Stage(order.state).label,
        open=order.open,
        device=str(order.product) if order.product else "",
        fault=order.confirmed_fault or order.fault,
        solution=order.solution,
        outcome=order.outcome,
        engineer=order.engineer.name if order.engineer and opens else "",
    )


def _row(order: Any, now: datetime, language: str) -> OrderRow:
    return OrderRow(
        id=order.pk,
        uid=order.uid,
        number=order.number,
        state=order.state,
        stage_label=Stage(order.state).label,
        status_name=said(order.status__names, language) if order.status__names else "",
        device=" ".join(filter(None, [order.product__brand__name, order.product__name])),
        serial=order.unit__serial or order.unit__tag or "",
        customer=order.customer__name or "",
        engineer=order.engineer__name or "",
        group=order.group__name or "",
        centre=order.centre__name,
        priority=order.priority,
        due_at=order.due_at,
        late=is_late(order, now),
        stage_since=order.stage_since,
        created_at=order.created_at,
        outcome=order.outcome,
        planned_minutes=order.planned_minutes,
        centre_id=order.centre_id,
    )
