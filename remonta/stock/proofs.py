"""What is always true of the book of things. Each statement proves a piece at one instant; no lock is held."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from remonta.spine.queries import Flaw, proves
from remonta.stock.models import (
    OUTSIDE,
    Balance,
    ClosedDay,
    DayEnd,
    Loan,
    Loaner,
    LotBalance,
    Move,
    PartCost,
    PartCostChange,
    Piece,
    PlaceKind,
    Reservation,
    TransferLine,
    Whereabouts,
)
from remonta.stock.workflow import LENT, OUT, WITHDRAWN

BOOK = "things"
PIECE = 5_000

TORN = """SELECT thing_id, step, source_id, before_id FROM (
    SELECT {thing} AS thing_id, id AS step, source_id,
    LAG(target_id) OVER (PARTITION BY {thing} ORDER BY id) AS before_id
    FROM stock_move WHERE {thing} >= %s AND {thing} < %s
) steps LEFT JOIN stock_place start ON start.id = source_id AND before_id IS NULL
WHERE (before_id IS NOT NULL AND source_id <> before_id)
OR (before_id IS NULL AND start.kind NOT IN ('customer', 'supplier', 'scrap', 'difference', 'donor'))
ORDER BY thing_id, step"""
TORN_UNITS, TORN_PIECES = TORN.format(thing="unit_id"), TORN.format(thing="piece_id")

ASTRAY = """SELECT unit_id, MAX(target), MAX(place) FROM (
    SELECT unit_id, target_id AS target, 0 AS place FROM stock_move WHERE id IN (
        SELECT MAX(id) FROM stock_move WHERE unit_id >= %s AND unit_id < %s GROUP BY unit_id)
    UNION ALL SELECT unit_id, 0, place_id FROM stock_whereabouts WHERE unit_id >= %s AND unit_id < %s
) ends GROUP BY unit_id HAVING MAX(target) <> MAX(place)"""

MISCOUNTED = """SELECT part_id, place_id, SUM(moved), SUM(kept) FROM (
    SELECT part_id, target_id AS place_id, quantity AS moved, 0 AS kept FROM stock_move WHERE part_id = %s
    UNION ALL SELECT part_id, source_id, -quantity, 0 FROM stock_move WHERE part_id = %s
    UNION ALL SELECT part_id, place_id, 0, on_hand FROM stock_balance WHERE part_id = %s
) counted GROUP BY part_id, place_id HAVING SUM(moved) <> SUM(kept)"""

MISRESERVED = """SELECT part_id, place_id, SUM(promised), SUM(kept) FROM (
    SELECT part_id, place_id, quantity AS promised, 0 AS kept FROM stock_reservation
    WHERE state = 'open' AND part_id >= %s AND part_id < %s
    UNION ALL SELECT part_id, place_id, 0, reserved FROM stock_balance WHERE part_id >= %s AND part_id < %s
) counted GROUP BY part_id, place_id HAVING SUM(promised) <> SUM(kept)"""

PIECES_ASTRAY = """SELECT piece.id, COALESCE(last.target_id, 0), piece.place_id
FROM stock_piece piece JOIN stock_place place ON place.id = piece.place_id LEFT JOIN (
    SELECT piece_id, target_id FROM stock_move WHERE id IN (
        SELECT MAX(id) FROM stock_move WHERE piece_id >= %s AND piece_id < %s GROUP BY piece_id)
) last ON last.piece_id = piece.id WHERE piece.id >= %s AND piece.id < %s
AND (last.target_id <> piece.place_id OR (last.target_id IS NULL
    AND place.kind NOT IN ('customer', 'supplier', 'scrap', 'difference', 'donor'))) ORDER BY piece.id"""

LOTS_MISCOUNTED = """SELECT lot_id, place_id, SUM(moved), SUM(kept) FROM (
    SELECT lot_id, target_id AS place_id, quantity AS moved, 0 AS kept FROM stock_move
    WHERE lot_id >= %s AND lot_id < %s
    UNION ALL SELECT lot_id, source_id, -quantity, 0 FROM stock_move WHERE lot_id >= %s AND lot_id < %s
    UNION ALL SELECT lot_id, place_id, 0, on_hand FROM stock_lotbalance WHERE lot_id >= %s AND lot_id < %s
) counted GROUP BY lot_id, place_id HAVING SUM(moved) <> SUM(kept)"""

UNTOLD = """SELECT part_id, place_id, SUM(kept), SUM(told) FROM (
    SELECT part_id, place_id, on_hand AS kept, 0 AS told FROM stock_balance
    JOIN catalogue_part part ON part.id = part_id AND tracking <> 'quantity'
    WHERE NOT outside AND part_id >= %s AND part_id < %s
    UNION ALL SELECT part_id, place_id, 0, 1000 FROM stock_piece
    JOIN catalogue_part part ON part.id = part_id AND tracking = 'serial'
    JOIN stock_place place ON place.id = place_id
    AND place.kind NOT IN ('customer', 'supplier', 'scrap', 'difference', 'donor')
    WHERE part_id >= %s AND part_id < %s
    UNION ALL SELECT part_id, place_id, 0, on_hand FROM stock_lotbalance
    JOIN stock_lot lot ON lot.id = lot_id JOIN catalogue_part part ON part.id = part_id AND tracking = 'batch'
    WHERE NOT outside AND part_id >= %s AND part_id < %s
) counted GROUP BY part_id, place_id HAVING SUM(kept) <> SUM(told)"""

UNEQUAL = """SELECT part_id, SUM(on_hand) FROM stock_balance WHERE part_id >= %s AND part_id < %s
GROUP BY part_id HAVING SUM(on_hand) <> 0"""


@proves("a unit leaves from where it arrived")
def moves_follow_each_other() -> Iterator[Flaw | int]:
    """Each move of a unit starts where the one before ended, the first one outside."""
    for first in _pieces(Move.objects.exclude(unit=None), "unit_id"):
        for unit, move, source, before in _rows(TORN_UNITS, first, first + PIECE):
            values = {"move": move, "source": source, "before": before or "–"}
            said = _("move %(move)s starts at place %(source)s, but the unit was at %(before)s")
            yield Flaw(BOOK, said % values, f"unit {unit}")
        yield PIECE


@proves("a unit is where its last move ended")
def whereabouts_are_last_targets() -> Iterator[Flaw | int]:
    """Every unit that has moved is in exactly one place: the target of its last move."""
    starts = {*_pieces(Move.objects.exclude(unit=None), "unit_id"), *_pieces(Whereabouts.objects.all(), "unit_id")}
    for first in sorted(starts):
        for unit, target, place in _rows(ASTRAY, *(first, first + PIECE) * 2):
            values = {"place": place or "–", "target": target or "–"}
            said = _("it is kept at place %(place)s, but its last move ended at %(target)s")
            yield Flaw(BOOK, said % values, f"unit {unit}")
        yield PIECE


@proves("a piece is where its last move ended")
def pieces_are_at_last_targets() -> Iterator[Flaw | int]:
    """Each move of a piece starts where the one before ended, the first one outside, and is of that piece alone; the
    piece is in the one place where the last ended, outside as long as it has not moved."""
    for first in _pieces(Piece.objects.all(), "id"):
        for piece, move, source, before in _rows(TORN_PIECES, first, first + PIECE):
            values = {"move": move, "source": source, "before": before or "–"}
            said = _("move %(move)s starts at place %(source)s, but the piece was at %(before)s")
            yield Flaw(BOOK, said % values, f"piece {piece}")
        for piece, target, place in _rows(PIECES_ASTRAY, *(first, first + PIECE) * 2):
            said = _("it is kept at place %(place)s, but its last move ended at %(target)s")
            yield Flaw(BOOK, said % {"place": place, "target": target or "–"}, f"piece {piece}")
        yield PIECE
    alone = Q(quantity=1000, part_id=F("piece__part_id"))
    for move_id, piece_id in Move.objects.exclude(piece=None).exclude(alone).values_list("pk", "piece_id"):
        yield Flaw(BOOK, _("move %(move)s is not of this piece alone") % {"move": move_id}, f"piece {piece_id}")


@proves("balances of batches are the sums of moves")
def lots_are_sums() -> Iterator[Flaw | int]:
    """What a place has of a batch is what arrived less what left; inside it is never below zero."""
    for first in _pieces(LotBalance.objects.all(), "lot_id"):
        for lot, place, sum_, kept in _rows(LOTS_MISCOUNTED, *(first, first + PIECE) * 3):
            said = _("the balance says %(kept)s, the moves add up to %(sum)s") % {"kept": kept, "sum": sum_}
            yield Flaw(BOOK, said, f"batch {lot} at place {place}")
        yield PIECE


@proves("pieces and batches make up what is on hand")
def tracked_parts_are_told_apart() -> Iterator[Flaw | int]:
    """What a place inside has of a part kept by serial number or by batch are its pieces, or its batches."""
    for first in _pieces(Balance.objects.exclude(part__tracking="quantity"), "part_id"):
        for part, place, kept, told in _rows(UNTOLD, *(first, first + PIECE) * 3):
            said = _("%(kept)s are on hand, pieces or batches make up %(told)s") % {"kept": kept, "told": told}
            yield Flaw(BOOK, said, f"part {part} at place {place}")
        yield PIECE


@proves("balances are the sums of moves")
def balances_are_sums() -> Iterator[Flaw | int]:
    """What a place has of a part is what arrived less what left."""
    moved = Move.objects.exclude(part=None)
    for part_id in _keys(moved, "part_id", Balance.objects.all()):
        for part, place, sum_, kept in _rows(MISCOUNTED, part_id, part_id, part_id):
            said = _("the balance says %(kept)s, the moves add up to %(sum)s") % {"kept": kept, "sum": sum_}
            yield Flaw(BOOK, said, f"part {part} at place {place}")
        yield 1


@proves("what is set aside is reserved for somebody")
def reserved_is_promised() -> Iterator[Flaw | int]:
    """The reserved quantity of a balance is the sum of its open reservations."""
    starts = {*_pieces(Reservation.objects.all(), "part_id"), *_pieces(Balance.objects.all(), "part_id")}
    for first in sorted(starts):
        for part, place, promised, kept in _rows(MISRESERVED, *(first, first + PIECE) * 2):
            values = {"kept": kept, "promised": promised}
            said = _("%(kept)s are set aside, but the open reservations add up to %(promised)s")
            yield Flaw(BOOK, said % values, f"part {part} at place {place}")
        yield PIECE


@proves("nothing is below zero")
def nothing_below_zero() -> Iterator[Flaw | int]:
    """Inside, neither what is on hand nor what is reserved is below zero, and reserved is on hand."""
    outside = Q(place__kind__in=OUTSIDE)
    below = Q(on_hand__lt=0) | Q(reserved__lt=0) | Q(reserved__gt=F("on_hand"))
    mistaken = (Q(outside=True) & ~outside) | (Q(outside=False) & outside)
    wrong = Balance.objects.filter((below & ~outside) | mistaken).order_by("pk")
    for row in wrong.values_list("part_id", "place_id", "on_hand", "reserved").iterator():
        said = _("%(on_hand)s on hand, %(reserved)s set aside") % {"on_hand": row[2], "reserved": row[3]}
        yield Flaw(BOOK, said, f"part {row[0]} at place {row[1]}")


@proves("what left one place arrived at another")
def places_sum_to_zero() -> Iterator[Flaw | int]:
    """Over all places, outside ones included, the balances of a part add up to zero."""
    for first in _pieces(Balance.objects.all(), "part_id"):
        for part, sum_ in _rows(UNEQUAL, first, first + PIECE):
            yield Flaw(BOOK, _("over all places %(sum)s appeared or vanished") % {"sum": sum_}, f"part {part}")
        yield PIECE


@proves("a lent unit is with its customer")
def lent_is_with_the_customer() -> Iterator[Flaw | int]:
    """A loan that is out is the one its loaner names, and the unit is with a customer; no other loaner is there."""
    for row in Loan.objects.filter(state=OUT).exclude(loaner__loan=F("pk")).order_by("pk").values_list("number"):
        yield Flaw(BOOK, _("it is out, but its loaner knows of another loan or none"), f"loan {row[0]}")
    kind = Subquery(Whereabouts.objects.filter(unit=OuterRef("unit")).values("place__kind")[:1])
    rows = Loaner.objects.exclude(state=WITHDRAWN).annotate(kind=kind).values_list("pk", "state", "kind")
    for pk, state, kind_now in rows.order_by("pk").iterator():
        if (state == LENT) != (kind_now == PlaceKind.CUSTOMER):
            said = _("it is said to be %(state)s, but the book says it is at %(kind)s")
            yield Flaw(BOOK, said % {"state": state, "kind": kind_now or "–"}, f"loaner {pk}")


def _rows(statement: str, *values: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Any] = cursor.fetchall()
    return found


def _pieces(rows: QuerySet[Any], column: str) -> Iterator[int]:
    """Multiples of the piece between the least and the greatest number, those without rows passed over."""
    ends = rows.aggregate(least=Min(column), most=Max(column))
    least, most = ends["least"], ends["most"]
    while least is not None and least <= most:
        first = least - least % PIECE
        yield first
        least = rows.filter(**{f"{column}__gte": first + PIECE}).aggregate(least=Min(column))["least"]


def _keys(moves: QuerySet[Any], column: str, balances: QuerySet[Any]) -> Iterator[int]:
    """Every part there is a move or a balance of, one short look-up in an index each."""
    last = 0
    while True:
        following = {f"{column}__gt": last}
        least = [rows.filter(**following).aggregate(least=Min(column))["least"] for rows in (moves, balances)]
        found = [key for key in least if key is not None]
        if not found:
            return
        last = min(found)
        yield last


@proves("an average cost is what its last change made of it")
def averages_are_their_last_change() -> Iterator[Flaw | int]:
    """Every average has changes, and stands where the last of them left it."""
    last = PartCostChange.objects.filter(cost=OuterRef("pk")).order_by("-pk").values("after")[:1]
    rows = PartCost.objects.annotate(last=Subquery(last)).exclude(average=F("last"), last__isnull=False)
    for part_id, centre_id in rows.values_list("part_id", "centre_id").iterator():
        yield Flaw(BOOK, _("the average cost is not what its last change says"), f"part {part_id} at {centre_id}")


@proves("what is on the way is what was sent and has not arrived")
def road_holds_what_was_sent() -> Iterator[Flaw | int]:
    """The place of a transfer on the way holds of each part what was sent, less what arrived or was settled."""
    kept = Balance.objects.filter(place=OuterRef("transfer__road"), part=OuterRef("part")).values("on_hand")
    lines = TransferLine.objects.exclude(transfer__road=None).annotate(kept=Coalesce(Subquery(kept), 0))
    for line in lines.select_related("transfer").order_by("pk").iterator():
        due = max(-line.difference, 0)
        if line.kept != due:
            said = _("%(kept)s are on the way, %(due)s should be") % {"kept": line.kept, "due": due}
            yield Flaw(BOOK, said, f"part {line.part_id} of {line.transfer.number}")
        yield 1


@proves("closed days ended as the moves say")
def days_ended_as_moved() -> Iterator[Flaw | int]:
    """What each place had when a day ended is the sum of the moves until then, for every day on which it moved."""
    last = ClosedDay.objects.aggregate(day=Max("day"))["day"]
    for part_id in _keys(Move.objects.exclude(part=None), "part_id", Balance.objects.none()) if last else ():
        kept = DayEnd.objects.filter(part_id=part_id).values_list("place_id", "day", "on_hand")
        known = {(place, day): on_hand for place, day, on_hand in kept}
        said = _ends_of(part_id, last)
        for place, day in sorted(key for key in known.keys() | said.keys() if known.get(key) != said.get(key)):
            values = {"day": day, "kept": known.get((place, day), "–"), "sum": said.get((place, day), "–")}
            text = _("when %(day)s ended %(kept)s are said to be there, the moves add up to %(sum)s")
            yield Flaw(BOOK, text % values, f"part {part_id} at place {place}")
        yield 1


def _ends_of(part_id: int, last: date) -> dict[tuple[int, date], int]:
    """What the moves of a part make of each place and day up to the last closed one."""
    ends: dict[tuple[int, date], int] = {}
    there: Counter[int] = Counter()
    left_out = (*OUTSIDE, PlaceKind.REPAIR)
    moves = Move.objects.filter(part_id=part_id, occurred_at__lt=datetime.combine(last, time.max, UTC))
    rows = moves.order_by("occurred_at").values_list(
        "occurred_at", "quantity", "source_id", "source__kind", "target_id", "target__kind"
    )
    for at, quantity, source, source_kind, target, target_kind in rows.iterator():
        for place, kind, more in ((source, source_kind, -quantity), (target, target_kind, quantity)):
            if kind not in left_out:
                there[place] += more
                ends[place, at.astimezone(UTC).date()] = there[place]
    return ends
