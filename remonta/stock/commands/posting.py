"""Posting the differences of a stocktake: piece by piece, each with the moves since the count taken into account."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max

from remonta.catalogue.queries import Tracking
from remonta.kernel.actor import Actor
from remonta.spine.commands import command, record
from remonta.stock import facts
from remonta.stock.commands.counting import begin_again
from remonta.stock.commands.counts import keep, named
from remonta.stock.commands.parts import Key, lock_balances, move_many, move_parts
from remonta.stock.commands.places import missing_place, network_place
from remonta.stock.commands.reservations import release_reservation
from remonta.stock.commands.shifts import THOUSANDTHS, Shift
from remonta.stock.commands.units import move_unit
from remonta.stock.models import (
    Balance,
    CountedPlace,
    CountLine,
    LotBalance,
    Move,
    Piece,
    Place,
    PlaceKind,
    Reservation,
    ReservationState,
    Stocktake,
)
from remonta.stock.workflow import STOCKTAKE, PlaceCount, StocktakeState

PIECE = 250
REASON = "counted"


@command
def post_piece(actor: Actor, stocktake_id: int, *, places: int = PIECE) -> Stocktake:
    """Posts the differences of the next places, as moves that make of the stock now what was counted and has moved
    since. A place of which more has left since than was found is counted again. Ends in another state than POSTING
    when nothing is left to post, or when somebody has stopped it.
    """
    stocktake = Stocktake.objects.select_for_update(of=("self",)).get(pk=stocktake_id)
    if stocktake.state != StocktakeState.POSTING:
        return stocktake
    rows = stocktake.places.filter(state=PlaceCount.COUNTED).select_related("place").order_by("pk")[:places]
    piece = {row.pk: row for row in rows}
    if not piece:
        return _end(actor, stocktake)
    lines = CountLine.objects.filter(counted__in=piece, move=None).order_by("pk").select_related("unit")
    wrong = [line for line in lines if line.quantity != line.expected]
    for line in wrong:
        line.counted = piece[line.counted_id]
    _post_parts(actor, stocktake, [line for line in wrong if line.part_id and not line.piece_id])
    standing = [line for line in wrong if line.counted.state == PlaceCount.COUNTED]
    _post_pieces(actor, stocktake, [line for line in standing if line.piece_id])
    _post_units(actor, stocktake, [line for line in standing if line.unit_id])
    CountLine.objects.bulk_update([line for line in wrong if line.move_id], ["move"])
    done = [row.pk for row in piece.values() if row.state == PlaceCount.COUNTED]
    CountedPlace.objects.filter(pk__in=done).update(state=PlaceCount.POSTED)
    return stocktake


def _end(actor: Actor, stocktake: Stocktake) -> Stocktake:
    again = stocktake.places.filter(state=PlaceCount.WAITING).exists()
    move = "recount" if again else "complete"
    STOCKTAKE.apply(move, stocktake, actor)
    if not again:
        stocktake.posted_at = actor.now()
    return keep(actor, stocktake, move, "posted_at")


def _post_parts(actor: Actor, stocktake: Stocktake, lines: Sequence[CountLine]) -> None:
    other = network_place(PlaceKind.DIFFERENCE)
    pairs = ((line.part_id or 0, place) for line in lines for place in (line.counted.place, other))
    balances = lock_balances(pairs)
    batches = _batches(lines)
    for row in {line.counted for line in lines if _impossible(line, balances[_key(line)], batches)}:
        begin_again(row)
    standing = [line for line in lines if line.counted.state == PlaceCount.COUNTED]
    left = Counter({_key(line): 0 for line in standing})
    for line in standing:
        left[_key(line)] += difference(line)
    for key, many in left.items():
        free_reserved(actor, stocktake, balances[key], balances[key].on_hand + many)
    shifts = [_shift(line, line.counted.place, other) for line in standing]
    for line, move in zip(standing, move_many(actor, shifts, reason=REASON) if shifts else (), strict=True):
        line.move = move


def _batches(lines: Sequence[CountLine]) -> dict[Key, int]:
    """How much of the batches counted lies in those places now; the parts' balances there are locked."""
    lots, places = {line.lot_id for line in lines}, {line.counted.place_id for line in lines}
    rows = LotBalance.objects.filter(lot__in=lots - {None}, place__in=places)
    return {(lot_id, place_id): on_hand for lot_id, place_id, on_hand in rows.values_list("lot", "place", "on_hand")}


def _impossible(line: CountLine, balance: Balance, batches: dict[Key, int]) -> bool:
    """More has left since than was found, or the part is told apart otherwise than when it was counted."""
    if getattr(balance, "tracking", None) != (Tracking.BATCH if line.lot_id else Tracking.QUANTITY):
        return True
    there = batches.get((line.lot_id, line.counted.place_id), 0) if line.lot_id else balance.on_hand
    return there + difference(line) < 0


def _post_pieces(actor: Actor, stocktake: Stocktake, lines: Sequence[CountLine]) -> None:
    """A piece that was found lies there; one that was not is missing. What has moved since is known anyway."""
    moves = Move.objects.filter(piece_id__in=[line.piece_id for line in lines])
    last = dict(moves.values_list("piece_id").annotate(Max("id")).order_by())
    missing = network_place(PlaceKind.DIFFERENCE)
    for line in lines:
        if last.get(line.piece_id, 0) != line.mark:
            continue
        piece = Piece.objects.select_related("place").get(pk=line.piece_id or 0)
        target = line.counted.place if line.quantity else missing
        shift = Shift(piece.part_id, THOUSANDTHS, piece.place, target, cost=line.cost, piece_ids=(piece.pk,))
        source = lock_balances([(piece.part_id, piece.place), (piece.part_id, target)])[piece.part_id, piece.place_id]
        if not piece.place.outside:
            free_reserved(actor, stocktake, source, source.on_hand - THOUSANDTHS)
        line.move = move_parts(actor, [shift], reason=REASON)[0]


def _post_units(actor: Actor, stocktake: Stocktake, lines: Iterable[CountLine]) -> None:
    """A unit that was found stands there; one that was not is missing. What has moved since is known anyway."""
    kept = list(lines)
    moves = Move.objects.filter(unit_id__in=[line.unit_id for line in kept])
    last = dict(moves.values_list("unit_id").annotate(Max("id")).order_by())
    for line in kept:
        if last.get(line.unit_id, 0) == line.mark:
            target = line.counted.place if line.quantity else missing_place(stocktake.centre_id)
            line.move = move_unit(actor, line.unit_id or 0, target.pk, reason=REASON)


def difference(line: CountLine) -> int:
    """What was found beyond what the book said, in thousandths."""
    return line.quantity - (line.expected or 0)


def _key(line: CountLine) -> Key:
    return line.part_id or 0, line.counted.place_id


def _shift(line: CountLine, place: Place, other: Place) -> Shift:
    many = difference(line)
    source, target = (other, place) if many > 0 else (place, other)
    return Shift(line.part_id or 0, abs(many), source, target, cost=line.cost, lot_id=line.lot_id)


def free_reserved(actor: Actor, stocktake: Stocktake, balance: Balance, left: int) -> None:
    """What is set aside but not there is released, the newest first, when so many thousandths are left of a locked
    balance; the rooms above want it again."""
    over = balance.reserved - left
    if over <= 0:
        return
    standing = Reservation.objects.filter(
        part_id=balance.part_id, place_id=balance.place_id, state=ReservationState.OPEN
    )
    for reservation in standing.order_by("-pk"):
        if over <= 0:
            return
        release_reservation(actor, reservation.pk)
        over -= reservation.quantity
        lost: dict[str, Any] = {"reservation_id": reservation.pk, "work_order_id": reservation.thread_id}
        record(actor, stocktake, facts.ReservationLost(**named(stocktake), **lost))
