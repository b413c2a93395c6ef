"""Stocktakes as people follow them: how far, what differs and what that is worth, for whom it is to be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.stock.models import (
    STORES,
    Balance,
    CountedPlace,
    CountLine,
    Lot,
    Move,
    PartCost,
    Place,
    PlaceKind,
    Stocktake,
)
from remonta.stock.workflow import PlaceCount, StocktakeState

MISSING = "MISSING"
COUNTED_KINDS = (*STORES, PlaceKind.QUARANTINE)
CLASSES = ((Decimal("0.80"), timedelta(days=30)), (Decimal("0.95"), timedelta(days=90)))
SELDOM = timedelta(days=365)
SEEN_IN = (StocktakeState.REVIEW, StocktakeState.POSTING, StocktakeState.STOPPED, StocktakeState.POSTED)


@dataclass(frozen=True)
class CountProgress:
    """How many places of a stocktake are in which state."""

    waiting: int = 0
    counting: int = 0
    counted: int = 0
    posted: int = 0
    left_out: int = 0

    @property
    def all(self) -> int:
        return self.waiting + self.counting + self.counted + self.posted

    @property
    def done(self) -> int:
        return self.counted + self.posted


@dataclass(frozen=True)
class MovedThing:
    """A part, a batch or a piece of it, or a unit that moved at a place while it was being counted."""

    part_id: int | None
    unit_id: int | None
    lot_id: int | None
    piece_id: int | None
    name: str

    @property
    def key(self) -> dict[str, Any]:
        """The columns of the line on which it is counted."""
        names = ("part_id", "unit_id", "lot_id", "piece_id")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Found:
    """What a person has counted at a place, in thousandths; nothing of what the book says."""

    part_uid: UUID | None
    unit_uid: UUID | None
    number: str
    name: str
    measure: str
    quantity: int
    serial: str = ""
    batch: str = ""


@dataclass(frozen=True)
class DifferenceLine:
    """One difference, in thousandths; `which` is the serial number or the batch; `worth` in major units of `currency`,
    None for who may not see costs."""

    place_uid: UUID
    place: str
    counted_uid: UUID
    number: str
    name: str
    expected: int
    counted: int
    by: str
    worth: Decimal | None
    posted: bool
    which: str = ""

    @property
    def difference(self) -> int:
        return self.counted - self.expected


def stocktakes_for(actor: Actor) -> QuerySet[Stocktake]:
    """The stocktakes of the centres in which the actor counts."""
    return Stocktake.objects.filter(in_reach(actor, "stock.count"))


def counted_places_for(actor: Actor) -> QuerySet[CountedPlace]:
    """The places of those stocktakes."""
    return CountedPlace.objects.filter(in_reach(actor, "stock.count", "stocktake__centre_id"))


def count_progress(stocktake_id: int) -> CountProgress:
    """How far a stocktake is. The caller has checked it. One statement."""
    rows = CountedPlace.objects.filter(stocktake=stocktake_id).values_list("state").annotate(Count("pk")).order_by()
    return CountProgress(**dict(rows))


def found_at(actor: Actor, counted: CountedPlace) -> tuple[Found, ...]:
    """What was found at a place of the actor's scope so far, the last first. One statement."""
    related = ("part", "lot", "piece", "unit__product__brand")
    rows = CountLine.objects.filter(counted=counted, quantity__gt=0).select_related(*related)
    return tuple(_found(line) for line in rows.order_by("-pk"))


def moved_meanwhile(row: CountedPlace) -> tuple[MovedThing, ...]:
    """What has moved at a place since it is being counted, and was not counted anew since. Two statements."""
    here = Q(source_id=row.place_id) | Q(target_id=row.place_id)
    marks = {(one.part_id, one.unit_id, one.lot_id, one.piece_id): one.mark for one in row.lines.all()}
    related = ("part", "lot", "unit__product__brand")
    moved = {}
    for move in Move.objects.filter(here, id__gt=row.mark).select_related(*related).order_by("id"):
        lot = None if move.piece_id else move.lot
        key = move.part_id, move.unit_id, lot.pk if lot else None, move.piece_id
        if move.pk > marks.get(key, row.mark):
            moved[key] = MovedThing(*key, _moved(move, lot))
    return tuple(moved.values())


def differences(actor: Actor, stocktake: Stocktake, limit: int | None = 500) -> tuple[DifferenceLine, ...]:
    """What differs at the counted places, once all is counted: nobody sees it while others count. One statement."""
    if stocktake.state not in SEEN_IN:
        return ()
    rows = differing(stocktake).select_related(
        "part", "lot", "piece", "unit__product__brand", "counted__place", "counted__account"
    )
    costs = actor.may("stock.see_cost", stocktake)
    return tuple(_difference(line, costs) for line in rows.order_by("counted__place__code", "pk")[:limit])


def differing(stocktake: Stocktake) -> QuerySet[CountLine]:
    """The lines of closed places of which more or less was found than the book said."""
    closed = CountLine.objects.filter(counted__stocktake=stocktake, counted__state__in=["counted", "posted"])
    return closed.exclude(expected=F("quantity"))


def difference_worth(actor: Actor, stocktake: Stocktake) -> Decimal | None:
    """What all differences come to in major units; None for who may not see costs. One statement."""
    if stocktake.state not in SEEN_IN or not actor.may("stock.see_cost", stocktake):
        return None
    lines = differing(stocktake).exclude(cost=None).values_list("quantity", "expected", "cost")
    return sum(((found - (known or 0)) * (cost or Decimal(0)) / 1000 for found, known, cost in lines), Decimal(0))


def places_in_scope(centre_id: int, prefix: str = "") -> QuerySet[Place]:
    """Where things are counted in a centre: its bins, shelves, vans and quarantine, by address."""
    places = Place.objects.filter(centre_id=centre_id, kind__in=COUNTED_KINDS, archived_at=None).exclude(code=MISSING)
    return places.filter(code__startswith=prefix).order_by("code")


def places_by_turn(centre_id: int, at_most: int, now: datetime) -> list[Place]:
    """The places whose turn it is: those with the first 80 % of the value each month, with the next 15 % each quarter,
    the others each year; what was never counted, and the most valuable, first. Two statements."""
    last = CountedPlace.objects.filter(place=OuterRef("pk"), state=PlaceCount.POSTED).values("place")
    counted = last.annotate(at=Max("counted_at")).values("at")
    places = list(places_in_scope(centre_id).annotate(last=Subquery(counted)))
    values = _values(centre_id)
    places.sort(key=lambda place: (-values.get(place.pk, Decimal(0)), place.code))
    whole = sum(values.values(), Decimal(0)) or Decimal(1)
    reached = accumulate(values.get(place.pk, Decimal(0)) / whole for place in places)
    due = []
    for place, share in zip(places, reached, strict=True):
        every = _every(share - values.get(place.pk, Decimal(0)) / whole)
        at: datetime | None = place.last
        if at is None or now - at >= every:
            due.append(place)
    due.sort(key=lambda place: place.last is not None)
    return sorted(due[: max(at_most, 1)], key=lambda place: place.code)


def _values(centre_id: int) -> dict[int, Decimal]:
    cost = PartCost.objects.filter(part_id=OuterRef("part_id"), centre_id=centre_id).values("average")
    rows = Balance.objects.filter(place__centre_id=centre_id, place__kind__in=COUNTED_KINDS, on_hand__gt=0)
    priced = rows.annotate(cost=Subquery(cost)).exclude(cost=None).values_list("place_id")
    return {place: Decimal(worth) for place, worth in priced.annotate(worth=Sum(F("on_hand") * F("cost"))).order_by()}


def _every(share_before: Decimal) -> timedelta:
    return next((every for upto, every in CLASSES if share_before < upto), SELDOM)


def _found(line: CountLine) -> Found:
    if line.part:
        part = line.part
        said = (part.uid, None, part.number, part.name, part.measure, line.quantity)
        return Found(*said, line.piece.serial if line.piece else "", line.lot.code if line.lot else "")
    unit = line.unit
    assert unit is not None
    return Found(None, unit.uid, unit.serial or unit.tag, str(unit.product), "", line.quantity)


def _difference(line: CountLine, costs: bool) -> DifferenceLine:
    row, known = line.counted, line.expected or 0
    number, name = (line.part.number, line.part.name) if line.part else _unit_words(line)
    worth = None if line.cost is None or not costs else (line.quantity - known) * line.cost / 1000
    by = row.account.name if row.account else row.counter.partition(":")[2]
    said = (row.place.uid, str(row.place), row.uid, number, name)
    which = str(line.piece or line.lot or "")
    return DifferenceLine(*said, known, line.quantity, by, worth, line.move_id is not None, which)


def _moved(move: Move, lot: Lot | None) -> str:
    if move.part is None:
        return str(move.unit)
    return f"{move.part.number} {move.serial if move.piece_id else lot or ''}".strip()


def _unit_words(line: CountLine) -> tuple[str, str]:
    unit = line.unit
    assert unit is not None
    return unit.serial or unit.tag, str(unit.product)


def counting_now(stocktake_id: int) -> Iterator[tuple[str, str]]:
    """Who counts which place just now. The caller has checked the stocktake. One statement."""
    rows = CountedPlace.objects.filter(stocktake=stocktake_id, state=PlaceCount.COUNTING)
    for row in rows.select_related("place", "account").order_by("place__code"):
        yield str(row.place), row.account.name if row.account else row.counter.partition(":")[2]
