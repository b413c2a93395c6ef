"""What was where at a past moment: what there was when the day before ended, and what has moved since."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.stock.models import STORES, Balance, ClosedDay, DayEnd, Move, PartCostChange, Place, PlaceKind

KINDS = (*STORES, PlaceKind.QUARANTINE)


@dataclass(frozen=True)
class PastStock:
    """What a place, or a centre whose places the actor does not see, had on hand; thousandths."""

    centre_name: str
    place_uid: UUID | None
    place_code: str
    on_hand: int


def part_at(actor: Actor, part_id: int, moment: datetime) -> tuple[PastStock, ...]:
    """What the network had of a part at that moment, quarantine among it: place by place where the actor sees places,
    else centre by centre. Five statements, whatever the number of moves before the day of that moment."""
    closed = closed_before(moment)
    ends = DayEnd.objects.filter(part_id=part_id, place=OuterRef("place"), day__lte=closed or date.min)
    kept = Balance.objects.filter(part_id=part_id, place__kind__in=KINDS)
    then = kept.annotate(then=Subquery(ends.order_by("-day").values("on_hand")[:1])).exclude(then=None)
    had = Counter(dict(then.values_list("place_id", "then")))
    since = _between(closed, moment).filter(part_id=part_id).order_by()
    had.update(dict(since.values_list("target_id").annotate(Sum("quantity"))))
    had.subtract(dict(since.values_list("source_id").annotate(Sum("quantity"))))
    keys = [key for key in had if had[key]]
    places = Place.objects.filter(in_reach(actor, "stock.see"), pk__in=keys, kind__in=KINDS)
    found: Counter[tuple[str, UUID | None, str]] = Counter()
    for place in places.select_related("centre"):
        name = place.centre.name if place.centre else ""
        seen = actor.may("stock.see_places", place)
        found[(name, place.uid, place.code) if seen else (name, None, "")] += had[place.pk]
    return tuple(PastStock(*key, on_hand) for key, on_hand in sorted(found.items(), key=lambda one: str(one[0])))


def stock_at(actor: Actor, moment: datetime | None) -> QuerySet[Balance]:
    """What was where (`then`, thousandths) in every centre whose stock the actor may see, and what one of it cost the
    centre then (`cost`); without a moment, now. Empty places are left out, and for past moments repairs: what was built
    in has gone with its unit. One statement."""
    rows = Balance.objects.filter(in_reach(actor, "stock.see", "place__centre_id"), outside=False)
    if moment is None:
        return rows.filter(on_hand__gt=0).annotate(then=F("on_hand"), cost=Subquery(_cost_at(None)))
    closed = closed_before(moment)
    ends = DayEnd.objects.filter(part=OuterRef("part"), place=OuterRef("place"), day__lte=closed or date.min)
    since = _between(closed, moment).filter(part=OuterRef("part")).order_by()
    came, went = (since.filter(**{side: OuterRef("place")}).values(side) for side in ("target", "source"))
    zero = {"output_field": BigIntegerField()}
    then = (
        Coalesce(Subquery(ends.order_by("-day").values("on_hand")[:1]), 0, **zero)
        + Coalesce(Subquery(came.annotate(sum=Sum("quantity")).values("sum")), 0, **zero)
        - Coalesce(Subquery(went.annotate(sum=Sum("quantity")).values("sum")), 0, **zero)
    )
    past = rows.exclude(place__kind=PlaceKind.REPAIR).annotate(then=then, cost=Subquery(_cost_at(moment)))
    return past.filter(then__gt=0)


def closed_before(moment: datetime) -> date | None:
    """The last closed day (UTC) that had ended by that moment. One statement."""
    ended = moment.astimezone(UTC).date() - timedelta(days=1)
    found: date | None = ClosedDay.objects.filter(day__lte=ended).aggregate(day=Max("day"))["day"]
    return found


def _between(closed: date | None, moment: datetime) -> QuerySet[Move]:
    moves = Move.objects.filter(occurred_at__lte=moment)
    if closed is None:
        return moves
    return moves.filter(occurred_at__gte=datetime.combine(closed + timedelta(days=1), time.min, UTC))


def _cost_at(moment: datetime | None) -> QuerySet[Any]:
    until = Q() if moment is None else Q(changed_at__lte=moment)
    same = {"cost__part": OuterRef("part"), "cost__centre": OuterRef("place__centre")}
    return PartCostChange.objects.filter(until, **same).order_by("-pk").values("after")[:1]
