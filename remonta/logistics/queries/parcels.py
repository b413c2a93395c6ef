"""Parcels: whose they are, which wait, and one with all that belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from remonta.customers.queries import as_e164
from remonta.equipment.queries import units_for
from remonta.identity.queries import in_reach, names_of
from remonta.kernel.actor import Actor
from remonta.kernel.workflow import Move
from remonta.logistics.models import Difference, Parcel
from remonta.logistics.workflow import EXPECTED, PARCEL, REFUSED, WAITING
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.queries import Line, file_scope, search_kind, timeline

SHOWN = ("request__customer", "request__product__brand", "centre", "responsible", "place")


@dataclass(frozen=True)
class DifferenceShape:
    """What was not as written, who found it, and when (UTC)."""

    kind: str
    kind_label: object
    thing: str
    note: str
    by: str
    made_at: datetime


@dataclass(frozen=True)
class ParcelPage:
    """A parcel with its orders, differences and what happened; `moves` are what the actor may do now."""

    parcel: Parcel
    orders: tuple[WorkOrder, ...]
    differences: tuple[DifferenceShape, ...]
    moves: tuple[Move, ...]
    lines: tuple[Line, ...]
    names: dict[int, str]


def parcels_for(actor: Actor) -> QuerySet[Parcel]:
    """The parcels of the centres in which the actor may see them; what nobody has checked yet is for those who
    register requests and check them."""
    early = in_reach(actor, "logistics.check") | in_reach(actor, "orders.register")
    return Parcel.objects.filter(in_reach(actor, "logistics.see"), early | ~Q(state__in=[*WAITING, REFUSED]))


def unchecked(actor: Actor) -> QuerySet[Parcel]:
    """Requests that will be sent in and wait for somebody to check them, the longest waiting first."""
    waiting = parcels_for(actor).filter(state__in=WAITING)
    return waiting.filter(in_reach(actor, "logistics.check")).select_related(*SHOWN).order_by("state", "pk")


def find_expected(actor: Actor, text: str, limit: int = 12) -> tuple[Parcel, ...]:
    """Expected parcels by number, sender, phone, e-mail, or the serial number of what is in them. Two statements."""
    text = text.strip()
    if len(text) < 2:
        return ()
    about = Q(number__iexact=text) | Q(sender_name__icontains=text) | Q(sender_email__iexact=text)
    about |= Q(request__number__iexact=text) | Q(request__customer__name__icontains=text)
    if (number := as_e164(text, "PL")) or any(char.isdigit() for char in text):
        about |= Q(sender_phone__endswith=(number or text)[-7:])
    units = units_for(actor).filter(serial__iexact=text).values_list("pk", flat=True)[:20]
    about |= Q(request__work_orders__unit__in=list(units)) if units else Q()
    found = parcels_for(actor).filter(about, state=EXPECTED).select_related(*SHOWN)
    return tuple(found.order_by("-pk").distinct()[:limit])


def parcel_page(actor: Actor, uid: UUID) -> ParcelPage:
    """Everything the page of a parcel shows. Six statements at most. Raises DoesNotExist."""
    parcel = parcels_for(actor).select_related(*SHOWN, "centre__legal_entity", "matched").get(uid=uid)
    orders = orders_of(actor, parcel)
    found = differences_of(Difference.objects.filter(parcel=parcel))
    lines = timeline([("logistics.parcel", parcel.pk)])
    names = names_of({line.account_id for line in lines if line.account_id})
    return ParcelPage(parcel, orders, found, PARCEL.from_here(actor, parcel), lines, names)


def orders_of(actor: Actor, parcel: Parcel) -> tuple[WorkOrder, ...]:
    """The orders whose units came, come or go in the parcel, as far as the actor may see. One statement."""
    inside = Q(pk__in=parcel.items.values("work_order"))
    if parcel.way == "in" and parcel.request_id:
        inside |= Q(request=parcel.request_id, state="registered")
    orders = work_orders_for(actor).filter(inside).select_related("unit", "product__brand", "customer", "request")
    return tuple(orders.prefetch_related("accessories").order_by("pk"))


def parcels_of_order(actor: Actor, work_order_id: int) -> tuple[Parcel, ...]:
    """The parcels in which the unit came or goes, newest first. One statement."""
    about = Q(items__work_order=work_order_id) | Q(way="in", request__work_orders=work_order_id)
    return tuple(parcels_for(actor).filter(about).select_related("centre").order_by("-pk").distinct())


def parcel_of_request(actor: Actor, request_id: int) -> Parcel | None:
    """The parcel that was announced for a request, the newest. One statement."""
    return parcels_for(actor).filter(request=request_id, way="in").order_by("-pk").first()


def differences_of(found: QuerySet[Difference]) -> tuple[DifferenceShape, ...]:
    """Those differences as pages show them. One statement."""
    rows = found.select_related("account").order_by("pk")
    return tuple(
        DifferenceShape(
            row.kind, row.get_kind_display(), row.thing, row.note, row.account.name if row.account else "", row.made_at
        )
        for row in rows
    )


def _visible(actor: Actor, ids: Iterable[int]) -> list[int]:
    return list(parcels_for(actor).filter(pk__in=list(ids)).values_list("pk", flat=True))


file_scope("logistics.parcel", _visible)
search_kind("parcel", "logistics.see")
