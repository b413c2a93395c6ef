"""By what a place is found: its address, its name, what its label says; and a piece: its serial number."""

from collections.abc import Iterable, Iterator

from remonta.spine.commands import Findable, index_entries, refills
from remonta.stock.models import Piece, Place, PlaceKind


def index_places(places: Iterable[Place]) -> None:
    """Makes places of centres findable there, or brings their entries up to date; their centres are loaded."""
    index_entries([_findable(place) for place in places])


def index_pieces(pieces: Iterable[Piece]) -> None:
    """Makes pieces findable by their serial number in the centre where they are; their parts and places are loaded."""
    index_entries([_piece(piece) for piece in pieces if piece.place.centre_id])


@refills("piece")
def every_piece() -> Iterator[Findable]:
    """All pieces that are in a centre; one that has left is found where it was last."""
    rows = Piece.objects.exclude(place__centre=None).select_related("part", "place").order_by("pk")
    return map(_piece, rows.iterator(500))


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


def _piece(piece: Piece) -> Findable:
    return Findable(
        "piece",
        piece.pk,
        piece.uid,
        title=f"{piece.serial} · {piece.part.number} {piece.part.name}",
        centre_id=piece.place.centre_id or 0,
        words=[piece.serial, piece.serial_normal],
        exact=piece.serial,
    )
