"""What deliveries cost, for those who may see costs."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.supply.models import GoodsReceipt, LandedCost, LandedShare
from remonta.supply.models.purchases import CostKind, SharedBy

COST_KINDS, SHARED_BY = CostKind.choices, SharedBy.choices


@dataclass(frozen=True)
class LandedLine:
    """A line of a delivery: what its goods came to, what it bears of the costs, and what one costs us in the end."""

    part_number: str
    part_name: str
    quantity: int
    goods: Money | None
    share: Money
    unit: Decimal | None


@dataclass(frozen=True)
class Cost:
    """A cost of a delivery in its own money, at the day's rate, and in the centre's money."""

    uid: UUID
    label: str
    shared_label: str
    amount: Money
    rate: Decimal
    value: Money
    note: str
    added_at: datetime


@dataclass(frozen=True)
class Landing:
    """Everything a delivery cost."""

    currency: str
    costs: tuple[Cost, ...]
    lines: tuple[LandedLine, ...]
    total: Money


def landed_costs_for(actor: Actor) -> QuerySet[LandedCost]:
    """The costs of deliveries in the centres in which the actor may see what parts cost."""
    return LandedCost.objects.filter(in_reach(actor, "stock.see_cost", "receipt__centre_id"))


def landing_of(actor: Actor, receipt_id: int) -> Landing | None:
    """What a delivery cost; None for who may not see it. Four statements."""
    receipt = GoodsReceipt.objects.select_related("centre__legal_entity").get(pk=receipt_id)
    if not actor.may("stock.see_cost", receipt):
        return None
    own = receipt.centre.legal_entity.currency
    costs = tuple(_cost(row, own) for row in landed_costs_for(actor).filter(receipt=receipt).order_by("pk"))
    shares = LandedShare.objects.filter(line__receipt=receipt).values_list("line_id").annotate(Sum("value"))
    borne: dict[int, int] = dict(shares)
    rows: list[Any] = [*receipt.lines.select_related("part").order_by("pk")]
    lines = tuple(
        LandedLine(
            row.part.number,
            row.part.name,
            row.quantity,
            None if row.value is None else Money(row.value, own),
            Money(borne.get(row.pk, 0), own),
            row.cost,
        )
        for row in rows
    )
    whole = sum(row.value or 0 for row in rows) + sum(borne.values())
    return Landing(own, costs, lines, Money(whole, own))


def _cost(row: LandedCost, own: str) -> Cost:
    return Cost(
        uid=row.uid,
        label=str(row.get_kind_display()),
        shared_label=str(row.get_shared_by_display()),
        amount=Money(row.amount, row.currency),
        rate=row.rate,
        value=Money(row.value, own),
        note=row.note,
        added_at=row.added_at,
    )
