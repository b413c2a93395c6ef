"""How much of what is where."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.stock.models import STORES, Balance, Place, PlaceKind, Reservation, ReservationState, Whereabouts
from remonta.stock.queries.places import places_for


@dataclass(frozen=True)
class Availability:
    """What a centre has of a part, in thousandths."""

    part_id: int
    centre_id: int
    centre_name: str
    on_hand: int
    reserved: int

    @property
    def free(self) -> int:
        return self.on_hand - self.reserved


@dataclass(frozen=True)
class PartThere:
    """A part in a place, in thousandths."""

    part_id: int
    part_uid: UUID
    number: str
    name: str
    measure: str
    place_id: int
    place_uid: UUID
    place_code: str
    on_hand: int
    reserved: int

    @property
    def free(self) -> int:
        return self.on_hand - self.reserved


@dataclass(frozen=True)
class PlaceContents:
    """A place with the keys of the units that stand there, and its parts."""

    place: Place
    unit_ids: tuple[int, ...]
    parts: tuple[PartThere, ...]


def part_availability(actor: Actor, part_ids: Iterable[int]) -> dict[int, tuple[Availability, ...]]:
    """What the network has of those parts, centre by centre, as far as the actor may see. One statement."""
    found: dict[int, list[Availability]] = {}
    rows = (
        _kept()
        .filter(in_reach(actor, "stock.see", "place__centre_id"), part_id__in=list(part_ids))
        .values_list("part_id", "place__centre_id", "place__centre__name")
        .annotate(Sum("on_hand"), Sum("reserved"))
        .order_by("place__centre__name")
    )
    for row in rows:
        found.setdefault(row[0], []).append(Availability(*row))
    return {part_id: tuple(centres) for part_id, centres in found.items()}


def free_in_centre(part_ids: Iterable[int], centre_id: int) -> dict[int, int]:
    """How many thousandths of each part are free in a centre; parts that are not there are absent. One statement."""
    kept = _kept().filter(place__centre_id=centre_id, part_id__in=list(part_ids))
    rows = kept.values_list("part_id").annotate(Sum("on_hand"), Sum("reserved"))
    return {part_id: on_hand - reserved for part_id, on_hand, reserved in rows}


def balances_for(actor: Actor) -> QuerySet[Balance]:
    """What is where in the centres whose places the actor may see, empty places left out."""
    return Balance.objects.filter(in_reach(actor, "stock.see_places", "place__centre_id"), on_hand__gt=0, outside=False)


def parts_there(balances: QuerySet[Balance]) -> tuple[PartThere, ...]:
    """Those balances as pages show them. One statement."""
    part = ("part_id", "part__uid", "part__number", "part__name", "part__measure")
    rows = balances.values_list(*part, "place_id", "place__uid", "place__code", "on_hand", "reserved")
    return tuple(PartThere(*row) for row in rows)


def things_at_place(actor: Actor, place_uid: UUID, limit: int = 200) -> PlaceContents:
    """What is in a place. The units are keys: which of them the actor may see, equipment says. Three statements."""
    place = places_for(actor).select_related("centre").get(uid=place_uid)
    units = Whereabouts.objects.filter(place=place).order_by("since").values_list("unit_id", flat=True)[:limit]
    parts = balances_for(actor).filter(place=place).order_by("part__number")
    return PlaceContents(place, tuple(units), parts_there(parts)[:limit])


def parts_in_repair(thread_id: int) -> tuple[PartThere, ...]:
    """The parts issued to a work order and not returned. The caller has checked the order. One statement."""
    return parts_there(Balance.objects.filter(place__kind="repair", place__thread_id=thread_id, on_hand__gt=0))


def open_reservations(thread_id: int) -> QuerySet[Reservation]:
    """What is set aside for a work order. The caller has checked the order."""
    return Reservation.objects.filter(thread_id=thread_id, state=ReservationState.OPEN)


def places_holding(actor: Actor, centre_id: int, part_id: int) -> QuerySet[Place]:
    """The places of a centre, quarantine among them, from which a part can be moved."""
    held = Balance.objects.filter(place=OuterRef("pk"), part_id=part_id, on_hand__gt=0)
    kept = places_for(actor).filter(Exists(held), centre_id=centre_id, kind__in=(*STORES, PlaceKind.QUARANTINE))
    return kept.order_by("code")


def contents_counted(place_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many units and how many kinds of parts are in each of those places. Two statements."""
    keys = list(place_ids)
    units = Whereabouts.objects.filter(place_id__in=keys).values_list("place_id").annotate(Count("pk"))
    parts = Balance.objects.filter(place_id__in=keys, on_hand__gt=0).values_list("place_id").annotate(Count("pk"))
    counted_units, counted_parts = dict(units), dict(parts)
    return {key: (counted_units.get(key, 0), counted_parts.get(key, 0)) for key in keys}


def empty_places(places: QuerySet[Place]) -> QuerySet[Place]:
    """Those of the places where nothing is."""
    units = Whereabouts.objects.filter(place=OuterRef("pk"))
    parts = Balance.objects.filter(place=OuterRef("pk"), on_hand__gt=0)
    return places.filter(~Exists(units), ~Exists(parts))


def _kept() -> QuerySet[Balance]:
    return Balance.objects.filter(place__kind__in=STORES, on_hand__gt=0)
