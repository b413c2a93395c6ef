"""What the book of things says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.stock.models import OUTSIDE, Move, PlaceKind
from remonta.stock.workflow import WriteOffCause

THROWN_AWAY = ("part", "piece", "lot", "unit__product__brand", "source__centre")


@dataclass(frozen=True)
class MoveLine:
    """A line of the book as pages show it. Quantity in thousandths."""

    id: int
    at: datetime
    unit_id: int | None
    part_id: int | None
    part_number: str
    part_name: str
    quantity: int
    source: str
    target: str
    reason: str
    thread_id: int | None
    account_id: int | None
    actor: str
    uid: UUID
    serial: str
    batch: str


@dataclass(frozen=True)
class ThrownAway:
    """What was thrown away: a part, or a unit, whose tag stands for a number; and why, in the reader's language."""

    number: str
    name: str
    serial: str
    cause: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.number, self.name)))


def moves_for(actor: Actor) -> QuerySet[Move]:
    """The moves of the centres whose places the actor may see."""
    return Move.objects.filter(in_reach(actor, "stock.see_places"))


def written_off_for(actor: Actor) -> QuerySet[Move]:
    """The moves of what was thrown away, parts and units that were taken apart, out of the centres whose places the
    actor may see. Read with all that thrown_away shows."""
    return moves_for(actor).filter(target__kind=PlaceKind.SCRAP).select_related(*THROWN_AWAY)


def thrown_away(move: Move) -> ThrownAway:
    """What a move to scrap threw away. No statement for a move of written_off_for."""
    cause = _("taken apart") if move.unit else str(dict(WriteOffCause.choices).get(move.reason, ""))
    if move.unit:
        return ThrownAway(move.unit.tag, str(move.unit.product), move.unit.serial, cause)
    assert move.part is not None
    told_apart = " ".join(str(one) for one in (move.piece, move.lot) if one)
    return ThrownAway(move.part.number, move.part.name, told_apart, cause)


def moves_of_unit(unit_id: int, limit: int = 100) -> tuple[MoveLine, ...]:
    """Newest first. The caller has checked who may see the unit. One statement."""
    return _lines(Q(unit_id=unit_id), limit)


def moves_of_thread(*thread_ids: int, limit: int = 100) -> tuple[MoveLine, ...]:
    """All that moved for that work order, newest first; for several, those of all of them. The caller has checked the
    orders. One statement."""
    return _lines(Q(thread_id__in=thread_ids), limit)


def moves_of_part(actor: Actor, part_id: int, limit: int = 100) -> tuple[MoveLine, ...]:
    """Newest first, in the centres whose places the actor may see. One statement."""
    return _lines(Q(in_reach(actor, "stock.see_places"), part_id=part_id), limit)


def moves_of_piece(actor: Actor, piece_uid: UUID, limit: int = 100) -> tuple[MoveLine, ...]:
    """How a piece came where it is, newest first, in the centres whose places the actor may see. One statement."""
    return _lines(Q(in_reach(actor, "stock.see_places"), piece__uid=piece_uid), limit)


def _lines(which: Q, limit: int) -> tuple[MoveLine, ...]:
    fields = ("id", "occurred_at", "unit_id", "part_id", "part__number", "part__name", "quantity")
    ends = ("source__kind", "source__code", "source__name", "target__kind", "target__code", "target__name")
    rest = ("reason", "thread_id", "account_id", "actor", "uid", "serial", "lot__code")
    rows = Move.objects.filter(which).order_by("-id")
    return tuple(map(_line, rows.values_list(*fields, *ends, *rest)[:limit]))


def _line(row: tuple[Any, ...]) -> MoveLine:
    source, target = _said(*row[7:10]), _said(*row[10:13])
    whole: tuple[Any, ...] = (*row[:4], row[4] or "", row[5] or "", row[6], source, target, *row[13:19], row[19] or "")
    return MoveLine(*whole)


def _said(kind: str, code: str, name: str) -> str:
    inside = PlaceKind(kind) not in (*OUTSIDE, PlaceKind.REPAIR)
    return (name or code) if inside else str(PlaceKind(kind).label)
