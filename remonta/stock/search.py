"""By what a place is found: its address, its name, what its label says."""

from collections.abc import Iterable, Iterator

from remonta.spine.commands import Findable, index_entries, refills
from remonta.stock.models import Place, PlaceKind


def index_places(places: Iterable[Place]) -> None:
    """Makes places of centres findable there, or brings their entries up to date; their centres are loaded."""
    index_entries([_findable(place) for place in places])


@refills("place")
def every_place() -> Iterator[Findable]:
    """All places of centres but those that hold the parts of one repair: these are found by the order."""
    places = Place.objects.exclude(centre=None).exclude(kind=PlaceKind.REPAIR)
    return map(_findable, places.select_related("centre").order_by("pk").iterator(500))


def _findable(place: Place) -> Findable:
    return Findable(
        "place",
        place.pk,
        place.uid,
        title=f"{place.code} {place.name}".strip(),
        centre_id=place.centre_id or 0,
        hint=place.centre.name if place.centre else "",
        words=[word for word in (place.code, place.name, place.label) if word],
        exact=place.code,
        open=place.archived_at is None,
    )
