"""Which pieces and batches of a part are where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.kernel.texts import clean, serial_normal
from remonta.spine.queries import search_kind
from remonta.stock.models import STORES, LotBalance, Move, Piece, PlaceKind


@dataclass(frozen=True)
class PieceThere:
    """A piece of a part kept by serial number, and where it is; outside, or in a centre whose places the actor does
    not see, `place_uid` is None and `place` in words."""

    uid: UUID
    part_id: int
    part_uid: UUID
    number: str
    name: str
    serial: str
    batch: str
    expires_on: date | None
    place_uid: UUID | None
    place: str


@dataclass(frozen=True)
class BatchThere:
    """So much (thousandths) of a batch in a place; `late` when its last day has gone by."""

    part_id: int
    batch: str
    expires_on: date | None
    place_uid: UUID
    place: str
    on_hand: int
    late: bool
    place_id: int
    centre_id: int | None


def pieces_for(actor: Actor) -> QuerySet[Piece]:
    """Pieces that are in a centre whose places the actor may see, or have been there."""
    been = Move.objects.filter(in_reach(actor, "stock.see_places"), piece=OuterRef("pk"))
    return Piece.objects.filter(Exists(been) | Q(in_reach(actor, "stock.see_places", "place__centre_id")))


def pieces_there(actor: Actor, pieces: QuerySet[Piece], limit: int = 500) -> tuple[PieceThere, ...]:
    """Those pieces as pages show them. One statement."""
    rows = pieces.select_related("part", "lot", "place").order_by("serial_normal", "pk")[:limit]
    return tuple(_piece(actor, row) for row in rows)


def pieces_of_part(actor: Actor, part_id: int, limit: int = 500) -> tuple[PieceThere, ...]:
    """The pieces of a part inside the centres whose places the actor may see. One statement."""
    here = Piece.objects.filter(in_reach(actor, "stock.see_places", "place__centre_id"), part=part_id)
    return pieces_there(actor, here, limit)


def batches_of_parts(actor: Actor, part_ids: Iterable[int]) -> tuple[BatchThere, ...]:
    """The batches of those parts that lie somewhere, first expired first. One statement."""
    return _batches(actor, LotBalance.objects.filter(lot__part__in=list(part_ids)))


def pieces_in_places(place_ids: Iterable[int]) -> dict[tuple[int, int], tuple[str, ...]]:
    """Serial numbers by place and part. The caller has checked the places. One statement."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    rows = Piece.objects.filter(place__in=list(place_ids)).order_by("serial_normal")
    for place_id, part_id, serial in rows.values_list("place_id", "part_id", "serial"):
        found[place_id, part_id] = (*found.get((place_id, part_id), ()), serial)
    return found


def told_in_repair(thread_id: int) -> dict[int, tuple[str, ...]]:
    """What was built in, or is about to be, for a work order: serial numbers and batches by part. Handed over, it is
    told by the moves to the customer. The caller has checked the order. One statement."""
    there = Q(target__kind=PlaceKind.REPAIR) | Q(source__kind=PlaceKind.REPAIR) & ~Q(target__kind=PlaceKind.CUSTOMER)
    rows = Move.objects.filter(there, thread_id=thread_id).exclude(piece=None, lot=None).order_by("id")
    sums: dict[tuple[int, str], int] = {}
    kinds = ("part_id", "serial", "lot__code", "quantity", "target__kind")
    for part_id, serial, code, quantity, target in rows.values_list(*kinds):
        key = part_id or 0, serial or code or ""
        sums[key] = sums.get(key, 0) + (quantity if target == PlaceKind.REPAIR else -quantity)
    found: dict[int, tuple[str, ...]] = {}
    for (part_id, word), left in sums.items():
        if left > 0:
            found[part_id] = (*found.get(part_id, ()), word)
    return found


def place_of(part_id: int, centre_id: int, serials: Iterable[str], batch: str, quantity: int) -> int | None:
    """The bin of a centre where the pieces named lie, or so much of the batch; None where there is none.
    One statement."""
    stores = Q(place__centre_id=centre_id, place__kind__in=STORES)
    if named := [serial_normal(text) for text in serials]:
        rows = Piece.objects.filter(stores, part=part_id, serial_normal__in=named)
        return rows.values_list("place_id", flat=True).first()
    lots = LotBalance.objects.filter(stores, lot__part=part_id, lot__code__iexact=clean(batch), on_hand__gte=quantity)
    return lots.order_by("-on_hand").values_list("place_id", flat=True).first()


def find_pieces(actor: Actor, text: str, limit: int = 20) -> tuple[PieceThere, ...]:
    """Pieces whose serial number begins so. One statement."""
    wanted = serial_normal(text)
    found = pieces_for(actor).filter(serial_normal__startswith=wanted)
    return pieces_there(actor, found, limit) if len(wanted) > 2 else ()


search_kind("piece", "stock.see_places")


def _batches(actor: Actor, rows: QuerySet[LotBalance]) -> tuple[BatchThere, ...]:
    kept = rows.filter(in_reach(actor, "stock.see_places", "place__centre_id"), outside=False, on_hand__gt=0)
    kept = kept.select_related("lot", "place").order_by(F("lot__expires_on").asc(nulls_last=True), "place__code")
    today = actor.now().date()
    return tuple(
        BatchThere(
            row.lot.part_id,
            row.lot.code,
            row.lot.expires_on,
            row.place.uid,
            str(row.place),
            row.on_hand,
            row.lot.expires_on is not None and row.lot.expires_on < today,
            row.place_id,
            row.place.centre_id,
        )
        for row in kept
    )


def _piece(actor: Actor, row: Piece) -> PieceThere:
    shown = not row.place.outside and actor.may("stock.see_places", row.place)
    inside = shown and row.place.kind != PlaceKind.REPAIR
    said = str(row.place) if inside else str(PlaceKind(row.place.kind).label)
    part, lot = row.part, row.lot
    named = (row.uid, part.pk, part.uid, part.number, part.name, row.serial)
    batch = (lot.code, lot.expires_on) if lot else ("", None)
    return PieceThere(*named, *batch, row.place.uid if inside else None, said)
