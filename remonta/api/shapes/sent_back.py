"""Goods that go back to their supplier."""

from datetime import date, datetime
from uuid import UUID

from remonta.api.fields import Money, Quantities, Shape


class SupplierReturnRow(Shape):
    """A return to a supplier in a list."""

    uid: UUID
    number: str
    state: str
    note: str
    tracking: str
    reference: str
    created_at: datetime
    sent_at: datetime | None


class ReturnedLineShape(Shape):
    """A part that goes back: why, by which order it came, and until when its supplier answers for it."""

    uid: UUID
    part_uid: UUID
    part_number: str
    part_name: str
    supplier_number: str
    quantity: Quantities
    place: str
    reason: str
    note: str
    named: str
    purchase_uid: UUID | None
    purchase_number: str
    warranty_until: date | None


class SupplierReturnShape(SupplierReturnRow):
    """A return with its lines. Without the right to see costs, `credited` is null."""

    centre_uid: UUID
    centre: str
    supplier_uid: UUID
    supplier: str
    courier: str
    answer: str
    answered_at: datetime | None
    ended_at: datetime | None
    credited: Money | None
    receipt_uid: UUID | None
    lines: list[ReturnedLineShape]
