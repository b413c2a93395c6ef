"""Suppliers, what they sell, exchange rates."""

from datetime import date, datetime
from uuid import UUID

from remonta.api.fields import Money, Prices, Quantities, Shape


class SupplierRow(Shape):
    """A supplier in a list."""

    uid: UUID
    name: str
    currency: str
    lead_days: int
    archived_at: datetime | None


class OfferShape(Shape):
    """What a supplier sells one of our parts for. Without the right to see costs, `price` is null."""

    uid: UUID
    supplier_uid: UUID
    supplier: str
    part_uid: UUID
    part_number: str
    part_name: str
    number: str
    price: Prices | None
    currency: str
    minimum: Quantities
    multiple: Quantities
    lead_days: int
    priced_on: date | None
    archived: bool
    available: Quantities | None
    warranty_months: int


class SupplierShape(SupplierRow):
    """A supplier with its terms."""

    minimum: Money | None
    warranty_months: int
    contact: str
    email: str
    phone: str
    address: str
    tax_id: str
    our_number: str
    language: str
    notes: str


class RateShape(Shape):
    """What one unit of a currency is worth in the legal entity's own, from that day on."""

    entity_uid: UUID
    own: str
    currency: str
    day: date
    rate: Prices


class RatesRow(Shape):
    """A row of a table that was left out, and why."""

    row: int
    reason: str


class RatesAccount(Shape):
    """What became of every row of a table of rates."""

    read: int
    kept: int
    left_out: list[RatesRow]
