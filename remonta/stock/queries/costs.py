"""What parts cost us, for those who may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.stock.models import PartCost, PartCostChange

REASONS = {
    "received": _("delivery"),
    "landed_freight": _("freight"),
    "landed_duty": _("duty"),
    "landed_other": _("other cost"),
}


@dataclass(frozen=True)
class CostLine:
    """What one of a part costs a centre on average, in major units of the centre's currency."""

    part_id: int
    centre_id: int
    centre: str
    average: Decimal
    currency: str
    changed_at: datetime


@dataclass(frozen=True)
class CostChange:
    """Why an average changed: so many major units were added with so many thousandths; `spent` moved no average."""

    changed_at: datetime
    centre: str
    reason: str
    quantity: int
    added: Decimal
    spent: Decimal
    before: Decimal | None
    after: Decimal

    @property
    def label(self) -> object:
        return REASONS.get(self.reason, self.reason)


def part_costs_for(actor: Actor) -> QuerySet[PartCost]:
    """The averages of the centres in which the actor may see what parts cost."""
    return PartCost.objects.filter(in_reach(actor, "stock.see_cost"))


def average_costs(actor: Actor, part_ids: Iterable[int]) -> tuple[CostLine, ...]:
    """What those parts cost, centre by centre, as far as the actor may see. One statement."""
    rows = part_costs_for(actor).filter(part_id__in=list(part_ids)).order_by("centre__name", "part_id")
    fields = ("part_id", "centre_id", "centre__name", "average", "currency", "changed_at")
    return tuple(CostLine(*row) for row in rows.values_list(*fields))


def cost_changes(actor: Actor, part_id: int, limit: int = 30) -> tuple[CostChange, ...]:
    """Why a part's averages changed, the newest first, as far as the actor may see. One statement."""
    costs = part_costs_for(actor).filter(part_id=part_id)
    rows = PartCostChange.objects.filter(cost__in=costs).order_by("-pk")
    fields = ("changed_at", "cost__centre__name", "reason", "quantity", "added", "spent", "before", "after")
    return tuple(CostChange(*row) for row in rows.values_list(*fields)[:limit])
