"""Registering a repair and taking a unit in: customer, unit, request, order, place and deposit in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import product_of
from remonta.customers.commands import register_customer
from remonta.customers.queries import Customer, customers_for
from remonta.equipment.commands import register_unit
from remonta.equipment.queries import Unit, units_for
from remonta.identity.queries import workplace
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.orders.commands import (
    Asked,
    WorkAsked,
    add_accessories,
    add_promise,
    add_request,
    add_work_order,
    apply_move,
    drop_draft,
    keep_passcode,
    lock_request,
    lock_work_order,
    take_request,
    tick,
    want_photo,
)
from remonta.orders.facts import UnitTakenIn
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.commands import once, record
from remonta.stock.commands import receive_unit
from remonta.stock.queries import places_for


class CustomerMissing(Refused):
    text = _("Write the customer’s name, or choose a customer.")
    field = "name"


class ModelMissing(Refused):
    text = _("Choose the model of the device.")
    field = "product"


class FaultMissing(Refused):
    text = _("Say what is wrong, in the customer’s words. “No fault known yet” is fine.")
    field = "fault"


class NoDesk(Refused):
    text = _("This centre has no desk yet. Add a desk or a shelf under Warehouse, then take the unit in.")
    field = "place"


@dataclass(frozen=True, kw_only=True)
class Who:
    """The customer: one the actor was shown, or somebody new."""

    uid: UUID | None = None
    name: str = ""
    kind: str = "person"
    phones: tuple[str, ...] = ()
    email: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Which:
    """The unit: one the actor was shown, or one not known yet, by model and serial number."""

    uid: UUID | None = None
    product_uid: UUID | None = None
    serial: str = ""
    accept_odd_serial: bool = False


@dataclass(frozen=True, kw_only=True)
class Repair:
    """What is to be done and what was said. `preauthorised` and `price` are minor units, times UTC."""

    fault: str
    route: str = "counter"
    channel: str = "counter"
    request_uid: UUID | None = None
    preauthorised: int = 0
    planned_minutes: int = 60
    due_at: datetime | None = None
    price: int | None = None
    promise: str = ""
    under_warranty: bool = False


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What is seen and taken over at the counter. `checks` are results by checklist item."""

    place_uid: UUID | None = None
    looks: str = ""
    accessories: tuple[str, ...] = ()
    passcode: str = ""
    checks: Mapping[str, str] = field(default_factory=dict)
    draft_uid: UUID | None = None


@once(work_orders_for)
def register_repair(
    actor: Actor, centre_uid: UUID, *, who: Who, which: Which, repair: Repair, operation: UUID
) -> WorkOrder:
    """A repair is expected: by phone, by post. Raises CustomerMissing, ModelMissing, FaultMissing, AlreadyInService."""
    return open_repair(actor, centre_of(actor, centre_uid, "orders.register"), who, which, repair)


@once(work_orders_for)
def take_in(
    actor: Actor, centre_uid: UUID, *, who: Who, which: Which, repair: Repair, intake: Intake, operation: UUID
) -> WorkOrder:
    """A unit comes over the counter: everything of register_repair, and the unit is in our hands. Raises NoDesk too."""
    order = open_repair(actor, centre_of(actor, centre_uid, "orders.take_in"), who, which, repair)
    return receive_order(actor, order, intake)


@once(work_orders_for)
def take_in_expected(actor: Actor, uid: UUID, *, intake: Intake, operation: UUID) -> WorkOrder:
    """A unit that was expected has come. Raises StageClash, NoDesk."""
    return receive_order(actor, lock_work_order(actor, uid), intake)


def open_repair(actor: Actor, centre_id: int, who: Who, which: Which, repair: Repair) -> WorkOrder:
    """Opens the order of a repair, for commands of this room. Raises what register_repair raises."""
    if not repair.fault.strip():
        raise FaultMissing
    customer = customer_of(actor, centre_id, who)
    unit = _unit(actor, centre_id, which, customer.pk)
    if repair.request_uid:
        request = take_request(actor, lock_request(actor, repair.request_uid, permission="orders.register"))
        if request.customer_id is None:
            request.customer = customer
            request.save(update_fields=["customer"])
    else:
        asked = Asked(channel=repair.channel, fault=repair.fault, customer_id=customer.pk, product_id=unit.product_id)
        request = take_request(actor, add_request(actor, centre_id, asked, customer=customer))
    if repair.price is not None or repair.promise:
        add_promise(actor, request, price=repair.price, ready_at=repair.due_at, note=repair.promise)
    asked_work = WorkAsked(
        route=repair.route,
        fault=repair.fault,
        preauthorised=repair.preauthorised,
        planned_minutes=repair.planned_minutes,
        due_at=repair.due_at,
        under_warranty=repair.under_warranty,
    )
    return add_work_order(actor, request, unit=unit, asked=asked_work)


def receive_order(actor: Actor, order: WorkOrder, intake: Intake) -> WorkOrder:
    """A locked order’s unit is in our hands, for commands of this room. Raises StageClash, NoDesk."""
    places = places_for(actor).filter(centre_id=order.centre_id, archived_at=None)
    named = places.filter(uid=intake.place_uid) if intake.place_uid else places.filter(kind__in=["desk", "shelf"])
    place = named.order_by("kind", "pk").first()
    if place is None:
        raise NoDesk
    order.looks = intake.looks
    order.save(update_fields=["looks"])
    apply_move(actor, order, "take_in")
    if order.unit_id:
        receive_unit(actor, order.unit_id, place.pk, thread_id=order.pk)
    add_accessories(order, list(intake.accessories))
    if intake.passcode:
        keep_passcode(actor, order, intake.passcode)
    tick(actor, order, "intake", intake.checks, {})
    want_photo(actor, order)
    if intake.draft_uid:
        drop_draft(actor, intake.draft_uid)
    record(actor, order, UnitTakenIn(work_order_id=order.pk))
    return order


def centre_of(actor: Actor, uid: UUID, permission: str) -> int:
    """The key of a centre in which the actor has the right."""
    centre_id = workplace(uid).id
    if not actor.may_at(permission, centre_id):
        raise NotPermitted
    return centre_id


def customer_of(actor: Actor, centre_id: int, who: Who) -> Customer:
    """The chosen customer, or a new one. Raises CustomerMissing."""
    if who.uid:
        return customers_for(actor).get(uid=who.uid)
    if not who.name.strip():
        raise CustomerMissing
    return register_customer(
        actor,
        name=who.name,
        kind=who.kind,
        phones=who.phones,
        email=who.email,
        language=who.language,
        centre_id=centre_id,
    )


def _unit(actor: Actor, centre_id: int, which: Which, customer_id: int) -> Unit:
    if which.uid:
        return units_for(actor).select_related("product__brand").get(uid=which.uid)
    if which.product_uid is None:
        raise ModelMissing
    return register_unit(
        actor,
        product_id=product_of(actor, which.product_uid).pk,
        serial=which.serial,
        owner_id=customer_id,
        centre_id=centre_id,
        accept_odd_serial=which.accept_odd_serial,
    )
