"""Making, naming and archiving places; the places that make themselves."""

from typing import Any
from uuid import UUID

from remonta.identity.queries import centres_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import once, record, record_first
from remonta.stock.addresses import NoRange, addresses, count
from remonta.stock.commands.refusals import CodeMissing, CodeTaken, NotEmpty, RangeWrong, TooManyBins
from remonta.stock.facts import PlaceAdded, PlaceArchived, PlaceRenamed
from remonta.stock.models import OUTSIDE, STORES, Place, PlaceKind
from remonta.stock.queries import MISSING, empty_places, places_for
from remonta.stock.search import index_places

MOST_BINS = 1000
MADE_BY_PEOPLE = (
    PlaceKind.BIN,
    PlaceKind.SHELF,
    PlaceKind.DESK,
    PlaceKind.BENCH,
    PlaceKind.VAN,
    PlaceKind.QUARANTINE,
)


@once(places_for)
def add_place(actor: Actor, centre_uid: UUID, *, kind: str, code: str, name: str = "", operation: UUID) -> Place:
    """A new place of a centre; its label is printed from it. Raises CodeMissing, CodeTaken."""
    centre = _managed(actor, centre_uid)
    code = clean(code).upper()
    if not code or kind not in MADE_BY_PEOPLE:
        raise CodeMissing
    if Place.objects.filter(centre=centre, code=code).exists():
        raise CodeTaken(code=code)
    place = Place.objects.create(centre=centre, kind=kind, code=code, name=clean(name))
    record_first(actor, place, PlaceAdded(place_id=place.pk, centre_id=centre.pk))
    index_places([place])
    return place


@once(places_for)
def add_bins(
    actor: Actor, centre_uid: UUID, *, first: str, last: str, kind: str = PlaceKind.BIN, zone: str = "", operation: UUID
) -> Place:
    """Every address between the first and the last, such as A-01-01 and C-04-20; those that exist are left alone.

    Returns the first one. Raises RangeWrong, TooManyBins.
    """
    centre = _managed(actor, centre_uid)
    try:
        if (many := count(first, last)) > MOST_BINS:
            raise TooManyBins(count=many, most=MOST_BINS)
        codes = list(addresses(first, last))
    except NoRange as error:
        raise RangeWrong from error
    known = set(Place.objects.filter(centre=centre, code__in=codes).values_list("code", flat=True))
    told: dict[str, Any] = {"centre": centre, "kind": kind, "zone": clean(zone).upper()[:20]}
    new = [Place.objects.create(**told, code=code) for code in codes if code not in known]
    for place in new:
        record_first(actor, place, PlaceAdded(place_id=place.pk, centre_id=centre.pk))
    index_places(new)
    return Place.objects.get(centre=centre, code=codes[0])


@once(places_for)
def rename_place(
    actor: Actor, uid: UUID, *, name: str, zone: str | None = None, walk: int | None = None, operation: UUID
) -> Place:
    """Another name for people; the code on the label stays. With a zone (empty: by address) also in which part of the
    store it lies, and as which one one walks past it (None: by address)."""
    place = _locked(actor, uid)
    place.name = clean(name)
    if zone is not None:
        place.zone, place.walk = clean(zone).upper()[:20], walk
    place.save(update_fields=["name", "zone", "walk"])
    record(actor, place, PlaceRenamed(place_id=place.pk, centre_id=place.centre_id))
    index_places([place])
    return place


@once(places_for)
def archive_place(actor: Actor, uid: UUID, *, operation: UUID) -> Place:
    """Nothing is put there any more. Raises NotEmpty."""
    place = _locked(actor, uid)
    if not empty_places(Place.objects.filter(pk=place.pk)).exists():
        raise NotEmpty(place=str(place))
    if place.archived_at is None:
        place.archived_at = actor.now()
        place.save(update_fields=["archived_at"])
        record(actor, place, PlaceArchived(place_id=place.pk, centre_id=place.centre_id))
        index_places([place])
    return place


def kept_places(actor: Actor, centre_id: int) -> Any:
    """The bins, shelves and vans in which that centre keeps parts, as far as the actor sees places."""
    return places_for(actor).filter(centre_id=centre_id, kind__in=STORES, archived_at=None)


def network_place(kind: str) -> Place:
    """The one place of that kind outside all centres: customer, supplier, scrap. One statement, three at first."""
    return _lazily(None, kind, kind.upper())


def network_places() -> dict[str, Place]:
    """The customer, the supplier and what is scrapped."""
    return {str(kind): network_place(kind) for kind in OUTSIDE}


def quarantine_place(centre_id: int) -> Place:
    """Where a centre keeps what nobody may use: old and faulty parts."""
    return _lazily(centre_id, PlaceKind.QUARANTINE, "QUARANTINE")


def missing_place(centre_id: int) -> Place:
    """Where a centre's units stand that no count has found; whoever finds one scans it to a place."""
    return _lazily(centre_id, PlaceKind.QUARANTINE, MISSING)


def repair_place(thread_id: int, centre_id: int) -> Place:
    """The parts of one work order, wherever the unit stands. One statement, three the first time."""
    return _lazily(centre_id, PlaceKind.REPAIR, f"REPAIR-{thread_id}", thread_id=thread_id)


def carried_place(code: str, name: str, centre_id: int) -> Place:
    """Where things are that travel together: a batch or a parcel, packed or on the way. One statement, or three."""
    place = _lazily(centre_id, PlaceKind.COURIER, code)
    if place.name != name:
        Place.objects.filter(pk=place.pk).update(name=name)
        place.name = name
    return place


def retire_place(actor: Actor, place_id: int) -> None:
    """The batch or parcel has ended; if it is empty, its place is archived. For commands above. Two statements."""
    empty_places(Place.objects.filter(pk=place_id, archived_at=None)).update(archived_at=actor.now())


def _lazily(centre_id: int | None, kind: str, code: str, thread_id: int | None = None) -> Place:
    found = Place.objects.filter(centre=centre_id, code=code)
    place = found.first()
    if place is None:
        row = Place(centre_id=centre_id, kind=kind, code=code, thread_id=thread_id)
        Place.objects.bulk_create([row], ignore_conflicts=True)
        place = found.get()
    return place


def _managed(actor: Actor, centre_uid: UUID) -> Any:
    centre = centres_for(actor).get(uid=centre_uid)
    if not actor.may("stock.manage_places", centre):
        raise NotPermitted
    return centre


def _locked(actor: Actor, uid: UUID) -> Place:
    place = places_for(actor).exclude(kind=PlaceKind.REPAIR).select_for_update(of=("self",)).get(uid=uid)
    if not actor.may("stock.manage_places", place):
        raise NotPermitted
    return place
