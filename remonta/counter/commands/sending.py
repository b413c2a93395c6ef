"""Units that come by parcel: the request is checked and becomes an expected order; the parcel is opened."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.counter.commands.hand_over import Given, hand_over
from remonta.counter.commands.intake import Intake, Repair, Which, Who, open_repair, receive_order
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.logistics.commands import (
    add_difference,
    close_arrival,
    close_delivery,
    expect_parcel,
    lock_parcel,
    retire_parcel,
)
from remonta.logistics.queries import Parcel, orders_of, parcels_for
from remonta.orders.commands import lock_work_order
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import once

# What opening a parcel includes, for those whose right it is, though they do not stand at the counter.
INNER = (
    *("orders.see", "orders.register", "orders.take_in", "customers.see", "customers.write"),
    *("equipment.see", "equipment.write", "stock.move_units"),
)

HANDING_OVER = ("orders.hand_over", "orders.see", "stock.move_units", "billing.invoice", "billing.see", "counter.see")


class NothingInIt(Refused):
    text = _("Tick what was in the parcel, or write down a difference.")


@dataclass(frozen=True, kw_only=True)
class Came:
    """One unit out of the parcel: of an expected order, or one nobody had announced, by model and serial number."""

    order_uid: UUID | None = None
    which: Which | None = None
    fault: str = ""
    looks: str = ""
    accessories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unlike:
    """Something not as written: `kind` out of missing, extra, damaged, other."""

    kind: str
    thing: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What was found when a parcel was opened, and where the units are put."""

    came: tuple[Came, ...] = ()
    unlike: tuple[Unlike, ...] = ()
    place_uid: UUID | None = None
    courier: str = ""
    tracking: str = ""


@once(parcels_for)
def accept_parcel(
    actor: Actor, uid: UUID, *, who: Who, which: Which, repair: Repair, hint: str = "", operation: UUID
) -> Parcel:
    """A request that will be sent in is complete: the repair is expected, and the customer gets the document.

    Where an order stands already, only the parcel is accepted. Raises what register_repair raises, and ParcelClash.
    """
    parcel = lock_parcel(actor, uid)
    if not actor.may("logistics.check", parcel):
        raise NotPermitted
    order = next(iter(orders_of(actor, parcel)), None)
    if order is None:
        request = parcel.request
        asked = replace(repair, request_uid=request.uid if request else None)
        order = open_repair(actor.trusted_with("orders.register"), parcel.centre_id, who, which, asked)
    expect_parcel(actor, parcel, order.pk, hint)
    return parcel


@once(parcels_for)
def open_parcel(actor: Actor, uid: UUID, *, opened: Opened, operation: UUID) -> Parcel:
    """The parcel is here: each unit in it is taken in and put to its place, what is missing is written down.

    Expected orders that are not named count as missing. Raises NothingInIt, ParcelClash, StageClash, NoDesk.
    """
    parcel = lock_parcel(actor, uid)
    if not actor.may("logistics.handle", parcel):
        raise NotPermitted
    if not (opened.came or opened.unlike):
        raise NothingInIt
    awaited = {order.uid: order for order in orders_of(actor, parcel)}
    here = [_take_in(actor, parcel, one, opened.place_uid) for one in opened.came]
    close_arrival(actor, parcel, here, courier=opened.courier, tracking=opened.tracking)
    for order in awaited.values():
        if order.pk not in {one.pk for one in here}:
            thing = str(order.product or order.number)
            add_difference(actor, parcel, kind="missing", thing=thing, unit_id=order.unit_id, work_order_id=order.pk)
    first = here[0].pk if here else None
    for one in opened.unlike:
        add_difference(actor, parcel, kind=one.kind, thing=one.thing, note=one.note, work_order_id=first)
    return parcel


def _take_in(actor: Actor, parcel: Parcel, came: Came, place_uid: UUID | None) -> WorkOrder:
    hand = actor.trusted_with(*INNER)
    intake = Intake(place_uid=place_uid, looks=clean(came.looks), accessories=came.accessories)
    if came.order_uid:
        awaited = {order.uid: order.pk for order in orders_of(actor, parcel)}
        order = lock_work_order(actor, awaited.get(came.order_uid, 0))
    else:
        request = parcel.request
        fault = came.fault or (request.fault if request else "") or "?"
        repair = Repair(fault=fault, channel="counter", request_uid=request.uid if request else None)
        who = Who(uid=request.customer.uid if request and request.customer else None, name=parcel.sender_name)
        order = open_repair(hand, parcel.centre_id, who, came.which or Which(), repair)
    return receive_order(hand, order, intake)


@once(parcels_for)
def deliver_parcel(actor: Actor, uid: UUID, *, taken_by: str = "", operation: UUID) -> Parcel:
    """The parcel has reached the customer: each unit in it is handed over. Raises ParcelClash, WorkOrderHeld."""
    parcel = lock_parcel(actor, uid)
    if not actor.may("logistics.handle", parcel):
        raise NotPermitted
    close_delivery(actor, parcel)
    hand = actor.trusted_with(*HANDING_OVER)
    for order in orders_of(hand, parcel):
        given = Given(taken_by=clean(taken_by) or parcel.sender_name, shown=f"{parcel.number} {parcel.tracking}")
        hand_over(hand, order.uid, given=given, operation=uuid7(actor.now()))
    retire_parcel(actor, parcel)
    return parcel
