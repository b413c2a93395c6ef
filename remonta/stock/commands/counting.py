"""Counting one place: scanned open, part after part, unit after unit, closed by the next place. Nobody sees what the
book says. What moves at the place meanwhile is noticed, and those things are counted again."""

from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q, Subquery

from remonta.catalogue.queries import Part, Tracking, parts_for
from remonta.equipment.queries import units_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import once
from remonta.stock.commands.costs import AVERAGE
from remonta.stock.commands.places import network_place
from remonta.stock.commands.refusals import (
    BatchMissing,
    CountClosed,
    MovedWhileCounting,
    NotAmongPlaces,
    OtherCounts,
    SerialsMissing,
    UnderWay,
)
from remonta.stock.commands.shifts import ANY, Which, lot_of, numbers, piece_of
from remonta.stock.models import (
    Balance,
    CountedPlace,
    CountLine,
    LotBalance,
    Move,
    Piece,
    PlaceKind,
    Stocktake,
    Whereabouts,
)
from remonta.stock.queries.counts import counted_places_for, moved_meanwhile, stocktakes_for
from remonta.stock.queries.places import places_for
from remonta.stock.workflow import STOCKTAKE, PlaceCount, StocktakeClash, StocktakeState

ONE = 1000
MOST = 10**12


@once(counted_places_for)
def open_count(actor: Actor, uid: UUID, *, place_uid: UUID, operation: UUID) -> CountedPlace:
    """A place was scanned: from now on its things are counted; the place this person counted before is closed.

    Raises NotAmongPlaces, OtherCounts, CountClosed, MovedWhileCounting, StocktakeClash.
    """
    stocktake = _counted_now(actor, uid)
    place = places_for(actor).filter(uid=place_uid).first()
    rows = CountedPlace.objects.select_for_update(of=("self",)).select_related("place", "stocktake")
    row = rows.filter(stocktake=stocktake, place=place).first() if place else None
    if row is None:
        raise NotAmongPlaces(place=str(place or "?"))
    before = rows.filter(stocktake=stocktake, state=PlaceCount.COUNTING, counter=actor.label).exclude(pk=row.pk)
    for other in before:
        _close(actor, other)
    if row.state == PlaceCount.COUNTING and row.counter == actor.label:
        return row
    if row.state == PlaceCount.COUNTING:
        raise OtherCounts(place=str(row.place))
    if row.state != PlaceCount.WAITING:
        raise CountClosed(place=str(row.place))
    row.state, row.account_id, row.counter = PlaceCount.COUNTING, actor.account_id, actor.label
    row.mark = _mark(row.place_id)
    row.save(update_fields=["state", "account", "counter", "mark"])
    return row


@once(counted_places_for)
def count_part(
    actor: Actor,
    uid: UUID,
    *,
    part_uid: UUID,
    quantity: int = ONE,
    instead: bool = False,
    which: Which = ANY,
    operation: UUID,
) -> CountedPlace:
    """So many thousandths more of a part were found there; with `instead`, that is all of it, and may be nothing.

    Of a part kept by batch, `which` names the batch; by serial number, the pieces, each of them found or, with
    `instead` and nothing, not. One that nobody knew is known from then on. Raises CountClosed, OtherCounts,
    SerialsMissing, BatchMissing, UnderWay for a piece that is issued or on the road by the book.
    """
    row = _mine(actor, uid)
    part = parts_for(actor).get(uid=part_uid)
    for thing in _things(actor, part, which):
        known = row.lines.filter(**thing).first()
        line = known or CountLine(counted=row, **thing, quantity=0, mark=_mark(row.place_id))
        line.quantity = min(max(quantity if instead else line.quantity + quantity, 0), MOST)
        line.quantity = min(line.quantity, ONE) if thing["piece_id"] else line.quantity
        line.save()
    return row


@once(counted_places_for)
def count_unit(actor: Actor, uid: UUID, *, unit_uid: UUID, operation: UUID) -> CountedPlace:
    """A unit was found there; found twice it is still one. Raises CountClosed, OtherCounts."""
    row = _mine(actor, uid)
    unit = units_for(actor).get(uid=unit_uid)
    line = row.lines.filter(unit=unit).first() or CountLine(counted=row, unit=unit, mark=_mark(row.place_id))
    line.quantity = ONE
    line.save()
    return row


@once(counted_places_for)
def count_moved_again(actor: Actor, uid: UUID, *, operation: UUID) -> CountedPlace:
    """What moved while it was counted begins at nothing and is counted once more."""
    row = _mine(actor, uid)
    mark, moved = _mark(row.place_id), moved_meanwhile(row)
    for thing in moved:
        row.lines.update_or_create(**thing.key, defaults={"quantity": 0, "mark": mark})
    return row


@once(counted_places_for)
def close_count(actor: Actor, uid: UUID, *, operation: UUID) -> CountedPlace:
    """Everything at the place is counted. Raises MovedWhileCounting, CountClosed, OtherCounts."""
    row = _mine(actor, uid)
    _close(actor, row)
    return row


@once(counted_places_for)
def count_again(actor: Actor, uid: UUID, *, operation: UUID) -> CountedPlace:
    """The place is counted once more from nothing, by whoever scans it first. Raises CountClosed, StocktakeClash."""
    row = _locked(actor, uid)
    if row.counter != actor.label and not actor.may("stock.lead_counts", row):
        raise NotPermitted
    if row.state not in (PlaceCount.COUNTING, PlaceCount.COUNTED):
        raise CountClosed(place=str(row.place))
    return begin_again(row)


def begin_again(row: CountedPlace) -> CountedPlace:
    """Forgets what was counted at a locked place."""
    row.lines.all().delete()
    row.state, row.account_id, row.counter, row.counted_at = PlaceCount.WAITING, None, "", None
    row.again += 1
    row.save(update_fields=["state", "account", "counter", "counted_at", "again"])
    return row


def _counted_now(actor: Actor, uid: UUID) -> Stocktake:
    stocktake = stocktakes_for(actor).get(uid=uid)
    if not actor.may("stock.count", stocktake):
        raise NotPermitted
    if stocktake.state != StocktakeState.COUNTING:
        raise StocktakeClash(state=STOCKTAKE.states(stocktake.state).label)
    return stocktake


def _locked(actor: Actor, uid: UUID) -> CountedPlace:
    rows = counted_places_for(actor).select_for_update(of=("self",)).select_related("place", "stocktake")
    row = rows.get(uid=uid)
    _counted_now(actor, row.stocktake.uid)
    return row


def _mine(actor: Actor, uid: UUID) -> CountedPlace:
    row = _locked(actor, uid)
    if row.state != PlaceCount.COUNTING:
        raise CountClosed(place=str(row.place))
    if row.counter != actor.label:
        raise OtherCounts(place=str(row.place))
    return row


def _close(actor: Actor, row: CountedPlace) -> None:
    """Keeps what the book says of the place at this moment beside what was found; both cannot change between."""
    balances = _locked_balances(row.place_id)
    if moved := moved_meanwhile(row):
        raise MovedWhileCounting(place=str(row.place), things=", ".join(sorted(thing.name for thing in moved)))
    lines = {line.part_id or 0: line for line in row.lines.filter(unit=None, lot=None, piece=None)}
    for part_id, balance in balances.items():
        if balance.on_hand and part_id not in lines and balance.tracking == Tracking.QUANTITY:  # type: ignore[attr-defined]
            lines[part_id] = CountLine(counted=row, part_id=part_id, quantity=0)
    for part_id, line in lines.items():
        line.expected = balances[part_id].on_hand if part_id in balances else 0
    told = [*lines.values(), *_lots(row), *_pieces(row)]
    for line in told:
        line.cost = getattr(balances.get(line.part_id or 0), "average", None)
    _keep([*told, *_units(row)])
    row.state, row.counted_at = PlaceCount.COUNTED, actor.now()
    row.save(update_fields=["state", "counted_at"])


def _things(actor: Actor, part: Part, which: Which) -> list[dict[str, Any]]:
    """The lines that a scan counts on: one of the part, of its batch, or one for each of its pieces."""
    plain: dict[str, Any] = {"part_id": part.pk, "lot_id": None, "piece_id": None}
    if part.tracking == Tracking.SERIAL:
        if not (named := numbers(which)):
            raise SerialsMissing(part=str(part), count=1)
        lot, unknown = lot_of(part.pk, which), network_place(PlaceKind.DIFFERENCE)
        pieces = [piece_of(actor, part.pk, text, unknown, lot) for text in named.values()]
        for piece in pieces:
            if piece.place.kind in (PlaceKind.REPAIR, PlaceKind.COURIER):
                raise UnderWay(part=part.number, serial=piece.serial, place=piece.place.get_kind_display())
        return [plain | {"piece_id": piece.pk} for piece in pieces]
    if part.tracking == Tracking.BATCH:
        if (lot := lot_of(part.pk, which)) is None:
            raise BatchMissing(part=str(part), batches="–")
        return [plain | {"lot_id": lot.pk}]
    return [plain]


def _lots(row: CountedPlace) -> list[CountLine]:
    """The batches found and those that should be there; those of pieces with serial numbers follow their pieces."""
    lines = {line.lot_id or 0: line for line in row.lines.exclude(lot=None)}
    kept = LotBalance.objects.filter(place_id=row.place_id).select_related("lot")
    here = {one.lot_id: one for one in kept.filter(lot__part__tracking=Tracking.BATCH)}
    for lot_id, balance in here.items():
        if balance.on_hand and lot_id not in lines:
            lines[lot_id] = CountLine(counted=row, part_id=balance.lot.part_id, lot_id=lot_id, quantity=0)
    for lot_id, line in lines.items():
        line.expected = here[lot_id].on_hand if lot_id in here else 0
    return list(lines.values())


def _pieces(row: CountedPlace) -> list[CountLine]:
    """The pieces found and those that should be there; `mark` is the last move of each."""
    lines = {line.piece_id or 0: line for line in row.lines.exclude(piece=None)}
    tracked = Piece.objects.filter(place_id=row.place_id, part__tracking=Tracking.SERIAL)
    here = dict(tracked.values_list("pk", "part_id"))
    for piece_id in here.keys() - lines.keys():
        lines[piece_id] = CountLine(counted=row, part_id=here[piece_id], piece_id=piece_id, quantity=0)
    moves = Move.objects.filter(piece_id__in=lines).values_list("piece_id").annotate(Max("id")).order_by()
    last = dict(moves)
    for piece_id, line in lines.items():
        line.expected, line.mark = (ONE if piece_id in here else 0), last.get(piece_id, 0)
    return list(lines.values())


def _units(row: CountedPlace) -> list[CountLine]:
    """The units found and those that should be there; `mark` is the last move of each."""
    lines = {line.unit_id or 0: line for line in row.lines.filter(part=None)}
    here = set(Whereabouts.objects.filter(place_id=row.place_id).values_list("unit_id", flat=True))
    for unit_id in here - lines.keys():
        lines[unit_id] = CountLine(counted=row, unit_id=unit_id, quantity=0)
    moves = Move.objects.filter(unit_id__in=lines).values_list("unit_id").annotate(Max("id")).order_by()
    last = dict(moves)
    for unit_id, line in lines.items():
        line.expected, line.mark = (ONE if unit_id in here else 0), last.get(unit_id, 0)
    return list(lines.values())


def _keep(lines: list[CountLine]) -> None:
    CountLine.objects.bulk_create([line for line in lines if line.pk is None])
    CountLine.objects.bulk_update([line for line in lines if line.pk], ["expected", "cost", "mark"])


def _locked_balances(place_id: int) -> dict[int, Balance]:
    rows = Balance.objects.filter(place_id=place_id).select_for_update(of=("self",)).order_by("part_id", "place_id")
    told = rows.annotate(average=Subquery(AVERAGE), tracking=F("part__tracking"))
    return {row.part_id: row for row in told}


def _mark(place_id: int) -> int:
    """The last move of the place, its balances locked so that none is under way."""
    _locked_balances(place_id)
    here = Q(source_id=place_id) | Q(target_id=place_id)
    return Move.objects.filter(here).aggregate(last=Max("id"))["last"] or 0
