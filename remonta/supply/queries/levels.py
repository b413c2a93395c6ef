"""What is below its minimum, counting what is on order, asked for and on the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from remonta.kernel.actor import Actor
from remonta.stock.queries import Level, levels_for, under_way, with_what_is_there
from remonta.supply.models import PurchaseLine, PurchaseRequest
from remonta.supply.workflow import COMPLETE, DROPPED


@dataclass(frozen=True)
class Shortage:
    """A part of which a centre, or one of its places, has less than it should; all in thousandths. `coming` is what is
    on order, asked of purchasing or of another centre, and on the way; a place counts none of that."""

    level_uid: UUID
    part_id: int
    part_uid: UUID
    number: str
    name: str
    centre_id: int
    centre: str
    place_uid: UUID | None
    place_code: str
    minimum: int
    maximum: int
    on_hand: int
    reserved: int
    coming: int

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved + self.coming

    @property
    def missing(self) -> int:
        """How much brings it to its maximum."""
        return max(self.maximum - self.available, 0)


FIELDS = (
    "uid",
    "part_id",
    "part__uid",
    "part__number",
    "part__name",
    "centre_id",
    "centre__name",
    "place__uid",
    "place__code",
    "minimum",
    "maximum",
    "on_hand",
    "reserved",
)


def below_minimum(actor: Actor, centre_ids: Iterable[int] | None = None) -> tuple[Shortage, ...]:
    """What is below its minimum in the centres whose places the actor may see, by part. Four statements."""
    levels = levels_for(actor)
    return shortages(levels if centre_ids is None else levels.filter(centre__in=list(centre_ids)))


def shortages(levels: QuerySet[Level]) -> tuple[Shortage, ...]:
    """Those of the levels that are not kept: on hand, less reserved, plus what is coming. Four statements."""
    there: QuerySet[Any] = with_what_is_there(levels)
    rows: list[Any] = list(
        there.filter(on_hand__lt=F("minimum") + F("reserved"))
        .order_by("part__sort_name", "centre_id", "place__code", "pk")
        .values_list(*FIELDS)
    )
    coming = _coming({row[1] for row in rows})
    whole: list[Any] = []
    for row in rows:
        more = 0 if row[7] else coming.get((row[1], row[5]), 0)
        whole.append((*row[:8], row[8] or "", *row[9:], more))
    made = [Shortage(*row) for row in whole]
    return tuple(one for one in made if one.available < one.minimum)


def _coming(part_ids: set[int]) -> dict[tuple[int, int], int]:
    """By part and centre: on order, asked of purchasing, or coming by transfer. Three statements."""
    found = under_way(part_ids)
    over = Q(order__state__in=[COMPLETE, DROPPED]) | Q(closed=True)
    lines = PurchaseLine.objects.filter(part_id__in=part_ids).exclude(over)
    still = lines.values_list("part_id", "order__centre_id").annotate(sum=Sum(F("quantity") - F("received")))
    asked = PurchaseRequest.objects.filter(part_id__in=part_ids, state="open").values_list("part_id", "centre_id")
    for part_id, centre_id, many in (*still.order_by(), *asked.annotate(sum=Sum("quantity")).order_by()):
        found[part_id, centre_id] = found.get((part_id, centre_id), 0) + max(many, 0)
    return found
