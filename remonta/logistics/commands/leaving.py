"""The exit station: what goes back is checked against its order, packed, picked up, delivered."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.logistics import facts
from remonta.logistics.commands.locks import lock_parcel
from remonta.logistics.commands.parcels import check_may, named
from remonta.logistics.models import Parcel, ParcelItem, Way
from remonta.logistics.places import way_back_place
from remonta.logistics.queries.parcels import parcels_for
from remonta.logistics.search import index_parcel
from remonta.logistics.workflow import PACKED, PARCEL, SENT
from remonta.orders.commands import lift_hold, lock_work_order
from remonta.orders.queries import WorkOrder, standing_holds
from remonta.spine.commands import once, record, record_first, take_number
from remonta.stock.commands import move_unit, retire_place
from remonta.stock.queries import whereabouts

HANDS = "stock.move_units"
LEAVES = "hand_over"


class NotReady(Refused):
    text = _("The order %(number)s is not ready yet; it is not packed before.")


class StillHeld(Refused):
    text = _("It may not leave yet: %(reasons)s")


class NotAllIn(Refused):
    text = _("Not everything is in the parcel: %(things)s. Scan it, or settle it with the customer first.")


class PackedAlready(Refused):
    text = _("It lies in the parcel %(number)s already.")


class UnitElsewhere(Refused):
    text = _("The unit is not here: it is at %(place)s.")


class CourierMissing(Refused):
    text = _("Write who carries it.")
    field = "courier"


class WhereTo(Refused):
    text = _("Write the address to which it goes.")
    field = "address"


@once(parcels_for)
def pack_order(
    actor: Actor, order_uid: UUID, *, scanned: Collection[str], address: str, note: str = "", operation: UUID
) -> Parcel:
    """The unit and everything that came with it were scanned into a parcel for the customer.

    `scanned` are the order's number and the codes of its accessories. Raises NotReady, StillHeld, NotAllIn,
    PackedAlready, UnitElsewhere, WhereTo.
    """
    order = lock_work_order(actor, order_uid)
    check_may(actor, "logistics.handle", order.centre_id)
    _check_leaves(order)
    if not clean(address):
        raise WhereTo
    _check_all_in(order, {code.strip().upper() for code in scanned})
    here = whereabouts([order.unit_id or 0]).get(order.unit_id or 0)
    if here is None or here.centre_id != order.centre_id:
        raise UnitElsewhere(place=here.said if here else _("the customer"))
    parcel = _new(actor, order, clean(address), clean(note))
    parcel.place = way_back_place(parcel)
    parcel.save(update_fields=["place"])
    ParcelItem.objects.create(parcel=parcel, work_order=order, unit_id=order.unit_id)
    record_first(actor, parcel, facts.ParcelPacked(**named(parcel), work_order_id=order.pk))
    return parcel


@once(parcels_for)
def unpack_parcel(actor: Actor, uid: UUID, *, operation: UUID) -> Parcel:
    """It is not sent after all: the unit stands where it stood. Raises ParcelClash."""
    parcel = lock_parcel(actor, uid)
    PARCEL.apply("unpack", parcel, actor)
    parcel.ended_at = actor.now()
    parcel.save(update_fields=["state", "ended_at"])
    _tell(actor, parcel, facts.ParcelUnpacked)
    return parcel


@once(parcels_for)
def pick_up_parcel(
    actor: Actor, uid: UUID, *, courier: str, tracking: str = "", due_at: datetime | None = None, operation: UUID
) -> Parcel:
    """The courier has it: the unit is on the way, and the customer learns the number.

    Raises ParcelClash, CourierMissing, StillHeld.
    """
    parcel = lock_parcel(actor, uid)
    if not clean(courier):
        raise CourierMissing
    PARCEL.apply("pick_up", parcel, actor)
    days = int(setting("logistics.road_days", parcel.centre_id))
    parcel.courier, parcel.tracking = clean(courier)[:80], clean(tracking)[:80]
    parcel.due_at, parcel.sent_at = due_at or actor.now() + timedelta(days=days), actor.now()
    parcel.save(update_fields=["state", "courier", "tracking", "due_at", "sent_at"])
    for item in parcel.items.select_related("work_order").order_by("pk"):
        _check_leaves(item.work_order)
        if item.unit_id and parcel.place_id:
            hand = actor.trusted_with(HANDS)
            move_unit(hand, item.unit_id, parcel.place_id, reason="picked_up", thread_id=item.work_order_id)
        told = facts.ParcelSent(**named(parcel), work_order_id=item.work_order_id, tracking=parcel.tracking)
        record(actor, parcel, told)
    index_parcel(parcel)
    return parcel


def close_delivery(actor: Actor, parcel: Parcel) -> None:
    """A locked parcel has reached the customer, for the command above that hands the units over. Raises ParcelClash."""
    PARCEL.apply("deliver", parcel, actor)
    parcel.ended_at = actor.now()
    parcel.save(update_fields=["state", "ended_at"])
    for item in parcel.items.order_by("pk"):
        if parcel.late_at:
            order = lock_work_order(actor.trusted_with("orders.see"), item.work_order_id)
            lift_hold(actor, order, code=f"logistics.late:{parcel.number}")
    _tell(actor, parcel, facts.ParcelDelivered)
    index_parcel(parcel)


def retire_parcel(actor: Actor, parcel: Parcel) -> None:
    """What was in the parcel is elsewhere; its place is not needed any more."""
    if parcel.place_id:
        retire_place(actor, parcel.place_id)


def _check_leaves(order: WorkOrder) -> None:
    if order.state != "ready":
        raise NotReady(number=order.number)
    holds = [one for one in standing_holds([order.pk]).get(order.pk, ()) if LEAVES in one.blocks]
    if holds:
        raise StillHeld(reasons=" · ".join(one.sentence for one in holds))


def _check_all_in(order: WorkOrder, scanned: set[str]) -> None:
    if other := Parcel.objects.filter(items__work_order=order, way=Way.OUT, state__in=[PACKED, SENT]).first():
        raise PackedAlready(number=other.number)
    wanted = {order.number.upper(): str(order.product or order.number)}
    kept = order.accessories.filter(returned_at=None).order_by("pk")
    wanted |= {code.upper(): name for code, name in kept.values_list("code", "name")}
    if missing := [name for code, name in wanted.items() if code not in scanned]:
        raise NotAllIn(things=", ".join(missing))


def _new(actor: Actor, order: WorkOrder, address: str, note: str) -> Parcel:
    customer, request = order.customer, order.request
    phones = [one.number for one in customer.phones.all()] if customer else []
    parcel = Parcel.objects.create(
        number=f"P{take_number('parcel'):07d}",
        centre_id=order.centre_id,
        way=Way.OUT,
        state=PACKED,
        request=request,
        sender_name=customer.name if customer else request.contact_name,
        sender_phone=phones[0] if phones else request.contact_phone,
        sender_email=customer.email if customer else request.contact_email,
        address=address,
        language=customer.language if customer else order.centre.language,
        note=note,
        responsible_id=order.responsible_id,
        created_at=actor.now(),
    )
    index_parcel(parcel)
    return parcel


def _tell(actor: Actor, parcel: Parcel, kind: type[facts.ParcelFact]) -> None:
    inside: list[int | None] = [*parcel.items.values_list("work_order_id", flat=True)]
    for order_id in inside or [None]:
        told: dict[str, Any] = {**named(parcel), "work_order_id": order_id}
        record(actor, parcel, kind(**told))
