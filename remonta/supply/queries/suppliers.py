"""Suppliers, what they sell, and where a part can be bought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from remonta.kernel.actor import Actor
from remonta.supply.models import Supplier, SupplierPart


@dataclass(frozen=True)
class Offer:
    """What a supplier sells one of our parts for. `price` (major units for one) only for those who may see costs;
    `minimum` and `multiple` are thousandths, `lead_days` the supplier's own where the part has none."""

    id: int
    uid: UUID
    supplier_id: int
    supplier_uid: UUID
    supplier: str
    part_id: int
    part_uid: UUID
    part_number: str
    part_name: str
    number: str
    price: Decimal | None
    currency: str
    minimum: int
    multiple: int
    lead_days: int
    priced_on: date | None
    archived: bool
    available: int | None = None
    warranty_months: int = 0

    def lot(self, wanted: int) -> int:
        """How much must be ordered to have that much (thousandths)."""
        least = max(wanted, self.minimum)
        return -(-least // self.multiple) * self.multiple


def sees_prices(actor: Actor) -> bool:
    """Whether what suppliers ask may be shown. No statement."""
    return actor.may_at("supply.see_suppliers", None) and actor.may_somewhere("stock.see_cost")


def suppliers_for(actor: Actor) -> QuerySet[Supplier]:
    """The network's suppliers, archived ones too; none for partners' people."""
    return Supplier.objects.all() if actor.may_at("supply.see_suppliers", None) else Supplier.objects.none()


def supplier_parts_for(actor: Actor) -> QuerySet[SupplierPart]:
    """What those suppliers sell."""
    rows = SupplierPart.objects.all()
    return rows if actor.may_at("supply.see_suppliers", None) else rows.none()


OFFER = (
    "pk",
    "uid",
    "supplier_id",
    "supplier__uid",
    "supplier__name",
    "part_id",
    "part__uid",
    "part__number",
    "part__name",
    "number",
    "price",
    "currency",
    "minimum",
    "multiple",
    "lead_days",
    "priced_on",
    "archived_at",
    "supplier__lead_days",
    "available",
    "warranty_months",
    "supplier__warranty_months",
)


def offers(actor: Actor, rows: QuerySet[SupplierPart]) -> tuple[Offer, ...]:
    """Those parts of suppliers as pages show them. One statement."""
    shown = sees_prices(actor)
    found: list[Any] = []
    for row in rows.values_list(*OFFER):
        price, days = row[10] if shown else None, row[14] if row[14] is not None else row[17]
        months = row[19] if row[19] is not None else row[20]
        found.append((*row[:10], price, *row[11:14], days, row[15], row[16] is not None, row[18], months))
    return tuple(Offer(*row) for row in found)


def offers_of_supplier(actor: Actor, supplier_id: int, limit: int = 500) -> tuple[Offer, ...]:
    """What a supplier sells, by part; what is archived comes last. One statement."""
    rows = supplier_parts_for(actor).filter(supplier_id=supplier_id)
    return offers(actor, rows.order_by("archived_at", "part__sort_name", "pk")[:limit])


def offers_of_parts(actor: Actor, part_ids: Iterable[int]) -> dict[int, tuple[Offer, ...]]:
    """Where those parts can be bought, by part, in the order of price and lead time. One statement."""
    rows = supplier_parts_for(actor).filter(part_id__in=list(part_ids), archived_at=None, supplier__archived_at=None)
    by_part: dict[int, list[Offer]] = {}
    for one in offers(actor, rows.order_by("part_id", "price", "pk")):
        by_part.setdefault(one.part_id, []).append(one)
    return {part_id: tuple(found) for part_id, found in by_part.items()}
