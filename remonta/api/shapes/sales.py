"""Shipments of sold products, and what units consist of."""

from datetime import date, datetime
from uuid import UUID

from remonta.api.fields import Label, Quantities, Shape


class PieceShape(Shape):
    """One piece by its serial number, or all those of a line that have none; the unit it became."""

    uid: UUID
    serial: str
    quantity: int
    unit_uid: UUID | None


class SaleRow(Shape):
    """A piece that was shipped, with its line and document."""

    uid: UUID
    line_uid: UUID
    number: str
    shipped_on: date
    customer: str
    product_uid: UUID
    product: str
    serial: str
    quantity: int
    unit_uid: UUID | None


class Sale(Shape):
    """A line of a sales document."""

    uid: UUID
    number: str
    shipped_on: date
    customer: str
    customer_uid: UUID | None
    product_uid: UUID
    product: str
    quantity: int
    pieces: list[PieceShape]


class UnitPartShape(Shape):
    """A part in a unit, `depth` levels below."""

    part_uid: UUID
    number: str
    name: str
    quantity: Quantities
    reference: str
    serial: str
    depth: int
    fitted_at: datetime | None
    removed_at: datetime | None


class UnitPartsShape(Shape):
    """What a unit consists of: as it was built, or by the model's list of a day; and what repairs took out."""

    source: str
    source_label: Label
    day: date | None
    version: int | None
    lines: list[UnitPartShape]
    gone: list[UnitPartShape]
