"""Places and where units are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.spine.queries import search_kind
from remonta.stock.models import OUTSIDE, STORES, Place, PlaceKind, Whereabouts

NOT_MADE = (*OUTSIDE, PlaceKind.REPAIR, PlaceKind.COURIER)
PLACE_KINDS = tuple((kind.value, kind.label) for kind in PlaceKind if kind not in NOT_MADE)
FOR_UNITS = (PlaceKind.SHELF, PlaceKind.DESK, PlaceKind.BENCH, PlaceKind.BIN, PlaceKind.VAN, PlaceKind.QUARANTINE)


@dataclass(frozen=True)
class Whereabout:
    """Where a unit is, as pages show it."""

    unit_id: int
    place_id: int
    place_uid: UUID
    centre_id: int | None
    kind: str
    code: str
    name: str
    since: datetime

    @property
    def said(self) -> str:
        """The place in words: its code, else what kind of place it is."""
        return str(PlaceKind(self.kind).label) if self.centre_id is None else self.name or self.code


def places_for(actor: Actor) -> QuerySet[Place]:
    """The places of the centres whose places the actor may see; outside places belong to nobody's list."""
    return Place.objects.filter(in_reach(actor, "stock.see_places"), centre__isnull=False)


def unit_places(actor: Actor, centre_id: int) -> QuerySet[Place]:
    """Where units can stand in that centre."""
    return places_for(actor).filter(centre_id=centre_id, kind__in=FOR_UNITS, archived_at=None).order_by("code")


def store_places(actor: Actor, centre_id: int) -> QuerySet[Place]:
    """Where parts are kept in that centre."""
    return places_for(actor).filter(centre_id=centre_id, kind__in=STORES, archived_at=None).order_by("code")


def whereabouts(unit_ids: Iterable[int]) -> dict[int, Whereabout]:
    """Where those units are; one that was never moved is absent. The caller has checked who may see them.
    One statement."""
    fields = ("unit_id", "place_id", "place__uid", "place__centre_id", "place__kind", "place__code", "place__name")
    rows = Whereabouts.objects.filter(unit_id__in=list(unit_ids)).values_list(*fields, "since")
    return {row[0]: Whereabout(*row) for row in rows}


def standing_units(actor: Actor) -> QuerySet[Whereabouts]:
    """Where units stand in our hands, on the way included, in the centres whose places the actor may see. Which units
    the actor may see, equipment says."""
    here = in_reach(actor, "stock.see_places", "place__centre_id")
    return Whereabouts.objects.filter(here, place__centre__isnull=False)


search_kind("place", "stock.see_places")
