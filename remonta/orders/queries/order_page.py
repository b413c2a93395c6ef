"""The order page: one order with its status bar, reasons, buttons and service log."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from remonta.identity.queries import names_of
from remonta.kernel.actor import Actor
from remonta.kernel.texts import said
from remonta.orders.models import Hold, Note, Request, WorkOrder
from remonta.orders.queries.scope import work_orders_for
from remonta.orders.queries.shapes import Held, NoteShape, OrderPage, PersonShape, Reason, Step
from remonta.orders.workflow import CANCELLED, OPEN, WORK_ORDER, Stage
from remonta.spine.queries import Line, timeline

SHOWN = (
    *(field.name for field in WorkOrder._meta.concrete_fields),
    *("request__uid", "request__number", "request__channel", "centre__uid", "centre__name", "centre__timezone"),
    *("route__names", "route__stages", "status__names", "unit__uid", "unit__serial", "unit__tag"),
    *("product__name", "product__category", "product__brand__name", "group__name", "rework_of__number"),
    *("customer__uid", "customer__name", "customer__email", "customer__language"),
)
BESIDE = ("request", "centre", "route", "status", "unit", "product__brand", "customer", "group", "rework_of")
LOG_LIMIT = 200


def order_page(actor: Actor, uid: UUID) -> OrderPage:
    """Everything the page shows at once. Raises DoesNotExist. Six statements, one less without a customer."""
    order = work_orders_for(actor).select_related(*BESIDE).only(*SHOWN).get(uid=uid)
    lines = timeline([("orders.request", order.request_id)], thread_id=order.pk, limit=LOG_LIMIT)
    holds = standing_holds([order.pk]).get(order.pk, ())
    notes = _notes([line.data["note_id"] for line in lines if "note_id" in line.data])
    people = {order.engineer_id, order.responsible_id, *(line.account_id for line in lines)}
    names = names_of({one for one in people if one})
    return OrderPage(
        **_case(order),
        **_device(order),
        **_people(order, names),
        late=is_late(order, actor.now()),
        steps=steps_of(order, lines),
        holds=holds,
        **_ways_on(actor, order, holds),
        lines=lines,
        notes=notes,
        names=names,
    )


def standing_holds(work_order_ids: Iterable[int]) -> dict[int, tuple[Reason, ...]]:
    """The plain list of reasons why each order cannot move on; the caller has checked rights. One statement."""
    found: dict[int, tuple[Reason, ...]] = {}
    for hold in Hold.objects.filter(work_order__in=list(work_order_ids), lifted_at=None).order_by("pk"):
        reason = Reason(hold.code, str(hold), tuple(hold.blocks))
        found[hold.work_order_id] = (*found.get(hold.work_order_id, ()), reason)
    return found


def steps_of(order: WorkOrder, lines: Iterable[Line]) -> tuple[Step, ...]:
    """The stages of the route with the time each was last reached. No statement."""
    reached: dict[str, datetime] = {Stage.REGISTERED: order.created_at}
    for line in reversed([*lines]):
        if line.subject == "orders.workorder" and line.to_state and line.from_state != line.to_state:
            reached[line.to_state] = line.occurred_at
    stages = [stage for stage in Stage.values if stage in order.route.stages or stage == order.state]
    if order.state == CANCELLED:
        stages = [stage for stage in stages if stage in reached]
    return tuple(Step(stage, Stage(stage).label, reached.get(stage), stage == order.state) for stage in stages)


def is_late(order: WorkOrder, now: datetime) -> bool:
    """Whether an open order has missed the time it was promised for. No statement."""
    return order.due_at is not None and order.state in OPEN and order.due_at < now


def _ways_on(actor: Actor, order: WorkOrder, holds: tuple[Reason, ...]) -> dict[str, Any]:
    ways = WORK_ORDER.from_here(actor, order)
    kept = {way.name: tuple(hold.sentence for hold in holds if way.name in hold.blocks) for way in ways}
    return {
        "buttons": tuple(way for way in ways if not kept[way.name]),
        "held": tuple(Held(way, kept[way.name]) for way in ways if kept[way.name]),
    }


def _notes(ids: list[int]) -> dict[int, NoteShape]:
    rows = Note.objects.filter(pk__in=ids).values_list("pk", "kind", "text") if ids else ()
    return {pk: NoteShape(pk, kind, text) for pk, kind, text in rows}


def _case(order: WorkOrder) -> dict[str, Any]:
    language = get_language() or "en"
    same = (
        "id uid number version state looks fault confirmed_fault fault_confirmed_at solution outcome under_warranty "
        "preauthorised currency priority planned_minutes due_at stage_since created_at closed_at centre_id engineer_id"
    )
    return {name: getattr(order, name) for name in same.split()} | {
        "stage_label": Stage(order.state).label,
        "status_name": said(order.status.names, language) if order.status else "",
        "route_name": said(order.route.names, language),
        "centre_uid": order.centre.uid,
        "centre_name": order.centre.name,
        "timezone": order.centre.timezone,
        "request_uid": order.request.uid,
        "request_number": order.request.number,
        "channel": order.request.get_channel_display(),
        "rework_of": order.rework_of.number if order.rework_of else "",
    }


def _device(order: WorkOrder) -> dict[str, Any]:
    unit = order.unit
    return {
        "unit_id": order.unit_id,
        "unit_uid": unit.uid if unit else None,
        "serial": (unit.serial or unit.tag) if unit else "",
        "device": str(order.product) if order.product else "",
        "category_id": order.product.category_id if order.product else None,
    }


def _people(order: WorkOrder, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "customer": person(order),
        "engineer": names.get(order.engineer_id or 0, ""),
        "group": order.group.name if order.group else "",
        "responsible": names.get(order.responsible_id or 0, ""),
    }


def person(case: WorkOrder | Request) -> PersonShape | None:
    """The customer of a case with phones in the order of preference. One statement, none without a customer."""
    if (customer := case.customer) is None:
        return None
    phones = tuple(phone.number for phone in sorted(customer.phones.all(), key=lambda phone: phone.position))
    return PersonShape(customer.uid, customer.name, customer.email, customer.language, phones)
