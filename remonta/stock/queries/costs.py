"""What parts cost us, for those who may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.stock.models import PartCost, PartCostChange


@dataclass(frozen=True)
class CostLine:
    """What one of a part costs a centre on average, in major units of the centre's currency."""

    part_id: int
    centre_id: int
    centre: str
    average: Decimal
    currency: str
    changed_at: datetime


def part_costs_for(actor: Actor) -> QuerySet[PartCost]:
    """The averages of the centres in which the actor may see what parts cost."""
    return PartCost.objects.filter(in_reach(actor, "stock.see_cost"))


def average_costs(actor: Actor, part_ids: Iterable[int]) -> tuple[CostLine, ...]:
    """What those parts cost, centre by centre, as far as the actor may see. One statement."""
    rows = part_costs_for(actor).filter(part_id__in=list(part_ids)).order_by("centre__name", "part_id")
    fields = ("part_id", "centre_id", "centre__name", "average", "currency", "changed_at")
    return tuple(CostLine(*row) for row in rows.values_list(*fields))


def cost_changes(actor: Actor, part_id: int, limit: int = 30) -> QuerySet[PartCostChange]:
    """Why a part's averages changed, the newest first, with cost and centre, as far as the actor may see."""
    costs = part_costs_for(actor).filter(part_id=part_id)
    return PartCostChange.objects.filter(cost__in=costs).select_related("cost__centre").order_by("-pk")[:limit]
