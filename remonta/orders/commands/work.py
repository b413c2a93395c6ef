"""Opening work orders and moving them through their stages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.customers.commands import know_customer
from remonta.equipment.commands import know_unit
from remonta.equipment.queries import Unit, units_for
from remonta.identity.queries import first_with_role, workplace
from remonta.identity.roles import Role
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.orders import facts
from remonta.orders.commands.locks import lock_request, lock_work_order, save_changed
from remonta.orders.models import Hold, Request, Route, WorkOrder
from remonta.orders.queries.scope import routes_for, work_orders_for
from remonta.orders.search import index_work_order
from remonta.orders.workflow import CANCELLED, CLOSED, OPEN, READY, WORK_ORDER
from remonta.spine.commands import once, record, record_first, take_number

FACTS: dict[str, type[facts.StageReached]] = {
    "stop_work": facts.WorkStopped,
    "pass_check": facts.UnitReady,
    "hand_over": facts.UnitHandedOver,
    "cancel": facts.WorkOrderCancelled,
}
OUTCOMES = {"stop_work": "unrepaired", "cancel": "cancelled"}


class AlreadyInService(Refused):
    text = _("This unit is already in service under %(number)s. Open that order instead.")


class RouteUnknown(Refused):
    text = _("This kind of order is not set up for the centre. Choose another kind.")
    field = "route"


@dataclass(frozen=True, kw_only=True)
class WorkAsked:
    """What is known when a work order is opened. Times in UTC, `preauthorised` in minor units.

    `for_order` is the key of another centre's order of the same unit for which the work is done.
    """

    route: str = "counter"
    fault: str = ""
    looks: str = ""
    preauthorised: int = 0
    planned_minutes: int = 60
    due_at: datetime | None = None
    rework_of: int | None = None
    for_order: int | None = None
    under_warranty: bool = False


@once(work_orders_for)
def open_work_order(actor: Actor, request_uid: UUID, *, unit_uid: UUID, asked: WorkAsked, operation: UUID) -> WorkOrder:
    """A unit is expected for service under a request. Raises AlreadyInService, RouteUnknown."""
    request = lock_request(actor, request_uid, permission="orders.register")
    unit = units_for(actor).select_related("product__brand").select_for_update(of=("self",)).get(uid=unit_uid)
    return add_work_order(actor, request, unit=unit, asked=asked)


def add_work_order(actor: Actor, request: Request, *, unit: Unit, asked: WorkAsked) -> WorkOrder:
    """Opens the order under a locked request, for commands above. Raises AlreadyInService, RouteUnknown."""
    _refuse_second(request.centre_id if asked.for_order else None, unit)
    route = route_of(actor, request.centre_id, asked.route)
    centre, now = workplace(request.centre_id), actor.now()
    order = WorkOrder.objects.create(
        number=f"{centre.code}-{take_number(f'work_order:{request.centre_id}'):06d}",
        request=request,
        centre_id=centre.id,
        route=route,
        unit=unit,
        product=unit.product,
        customer=request.customer,
        fault=asked.fault,
        looks=asked.looks,
        preauthorised=asked.preauthorised,
        planned_minutes=asked.planned_minutes,
        due_at=asked.due_at,
        rework_of_id=asked.rework_of,
        for_order_id=asked.for_order,
        under_warranty=asked.under_warranty,
        currency=centre.currency,
        responsible_id=request.responsible_id or first_with_role(request.centre_id, Role.WORKSHOP_MANAGER),
        stage_since=now,
        created_at=now,
    )
    know_unit(actor, unit.pk, request.centre_id)
    if request.customer_id:
        know_customer(actor, request.customer_id, request.centre_id)
    index_work_order(actor, order)
    opened = facts.WorkOrderOpened(
        work_order_id=order.pk,
        request_id=request.pk,
        centre_id=order.centre_id,
        unit_id=unit.pk,
        customer_id=order.customer_id,
        route=route.code,
    )
    record_first(actor, order, opened)
    return order


def _refuse_second(centre_id: int | None, unit: Unit) -> None:
    """A unit has one open order; of work done for another centre's order, one in each centre."""
    rivals = WorkOrder.objects.filter(unit=unit, state__in=OPEN, withdrawn_at=None)
    if standing := (rivals.filter(centre_id=centre_id) if centre_id else rivals).first():
        raise AlreadyInService(number=standing.number)


@once(work_orders_for)
def move_work_order(
    actor: Actor, uid: UUID, move: str, *, reason: str = "", version: int | None = None, operation: UUID
) -> WorkOrder:
    """Make a plain move of the workflow. Raises StageClash, WorkOrderHeld with every reason, ChangedMeanwhile."""
    if move not in PLAIN:
        raise NotPermitted
    order = lock_work_order(actor, uid, version=version)
    apply_move(actor, order, move, reason=reason)
    return order


def apply_move(actor: Actor, order: WorkOrder, move: str, *, reason: str = "") -> None:
    """Moves a locked order, for commands above. Raises StageClash, WorkOrderHeld."""
    WORK_ORDER.apply(move, order, actor, Hold.objects.filter(work_order=order, lifted_at=None))
    now = actor.now()
    minutes = int((now - order.stage_since).total_seconds() // 60)
    order.stage_since, order.status = now, None
    if move in OUTCOMES:
        order.outcome = OUTCOMES[move]
    elif order.state == READY:
        order.outcome = "repaired"
    if order.state in (CLOSED, CANCELLED):
        order.closed_at = now
    save_changed(order, ("state", "stage_since", "status", "outcome", "closed_at"))
    if order.closed_at:
        index_work_order(actor, order)
    fact = FACTS.get(move, facts.StageReached)
    record(actor, order, fact(work_order_id=order.pk, move=move, stage=order.state, minutes=minutes, reason=reason))


def route_of(actor: Actor, centre_id: int, code: str) -> Route:
    """The centre's own route before its region's before the template. Raises RouteUnknown."""
    routes = routes_for(actor, centre_id).filter(code=code)
    found = sorted(routes, key=lambda route: (route.centre_id is None, route.region_id is None))
    if not found:
        raise RouteUnknown
    return found[0]


PLAIN = ("start_diagnosis", "start_repair", "wait_for_parts", "finish_repair", "stop_work", "cancel")
