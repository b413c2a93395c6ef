"""Places, what is in them, moves; what repairs ask for and what came."""

from datetime import date, datetime
from uuid import UUID

from remonta.api.fields import Label, Money, Prices, Quantities, Shape


class WhereShape(Shape):
    """Where a unit is."""

    place_uid: UUID
    kind: str
    code: str
    name: str
    since: datetime


class MoveShape(Shape):
    """A move of a unit or of so many of a part."""

    id: int
    uid: UUID
    at: datetime
    part_number: str
    part_name: str
    quantity: Quantities
    source: str
    target: str
    reason: str
    serial: str
    batch: str


class PlaceShape(Shape):
    """A place of a centre; the label is what its barcode says."""

    uid: UUID
    kind: str
    code: str
    name: str
    label: str
    zone: str
    walk: int | None
    archived_at: datetime | None


class PartThereShape(Shape):
    """So many of a part in a place."""

    part_uid: UUID
    number: str
    name: str
    measure: str
    place_uid: UUID
    place_code: str
    on_hand: Quantities
    reserved: Quantities
    free: Quantities


class UnitThere(Shape):
    """A unit in a place, with the open order it is here for."""

    uid: UUID
    number: str
    order_uid: UUID | None
    order_number: str


class Contents(Shape):
    """What is in a place. `hidden` units are there too, but not for this key to see."""

    place: PlaceShape
    units: list[UnitThere]
    parts: list[PartThereShape]
    hidden: int


class AvailabilityShape(Shape):
    """What a centre has of a part."""

    centre: str
    on_hand: Quantities
    reserved: Quantities
    free: Quantities


class DeliveryOfPartShape(Shape):
    """A delivery of a part."""

    receipt_uid: UUID
    receipt_number: str
    supplier: str
    received_at: datetime
    quantity: Quantities
    cost: Prices | None


class CostLineShape(Shape):
    """What one of a part costs a centre on average; only for keys that may see costs."""

    centre: str
    average: Prices
    currency: str
    changed_at: datetime


class PastBalanceShape(Shape):
    """What a place had on hand at a past moment; of centres whose places are not seen, the sum."""

    centre_name: str
    place_uid: UUID | None
    place_code: str
    on_hand: Quantities


class PieceThereShape(Shape):
    """A piece of a part kept by serial number, and where it is; outside the centre, in words only."""

    uid: UUID
    part_uid: UUID
    number: str
    name: str
    serial: str
    batch: str
    expires_on: date | None
    place_uid: UUID | None
    place: str


class PieceCardShape(PieceThereShape):
    """A piece with its moves, newest first."""

    moves: list[MoveShape]


class BatchThereShape(Shape):
    """So much of a batch of a part in a place; `late` once its last day has gone by."""

    batch: str
    expires_on: date | None
    place_uid: UUID
    place: str
    on_hand: Quantities
    late: bool


class PartStock(Shape):
    """Everything about one part in stock; `past` when a moment was asked for."""

    part_uid: UUID
    number: str
    name: str
    centres: list[AvailabilityShape]
    bins: list[PartThereShape]
    pieces: list[PieceThereShape]
    batches: list[BatchThereShape]
    past: list[PastBalanceShape]
    purchases: list[DeliveryOfPartShape]
    costs: list[CostLineShape]


class RequisitionShape(Shape):
    """A part that a repair asked for."""

    uid: UUID
    part_uid: UUID
    number: str
    name: str
    measure: str
    exchange: bool
    quantity: Quantities
    state: str
    state_label: Label
    from_quote: bool
    expected_on: date | None
    created_at: datetime
    order_uid: UUID
    order_number: str
    engineer: str
    bin: str
    transfer: str
    terms: str
    back: Quantities
    used: Quantities | None


class DemandShape(Shape):
    """What repairs of a centre wait for, and what others have free."""

    part_uid: UUID
    number: str
    name: str
    centre: str
    wanted: Quantities
    orders: int
    since: datetime
    expected_on: date | None
    elsewhere: Quantities


class ReceiptLineShape(Shape):
    """A line of a delivery. Without the right to see costs, `cost` is null."""

    part_uid: UUID
    number: str
    name: str
    quantity: Quantities
    place_uid: UUID
    place_code: str
    cost: Prices | None
    serial: str
    batch: str


class ReceiptShape(Shape):
    """A delivery with its lines."""

    uid: UUID
    number: str
    centre: str
    supplier: str
    note_number: str
    received_at: datetime
    lines: list[ReceiptLineShape]


class ReceiptRow(Shape):
    """A delivery in a list."""

    uid: UUID
    number: str
    supplier: str
    note_number: str
    received_at: datetime


class ScannedShape(Shape):
    """What a code stands for."""

    kind: str
    uid: UUID
    label: str


class WrittenOffShape(Shape):
    """So much of a part that was thrown away, and out of which place; or a unit, with its tag and its model's name."""

    uid: UUID
    at: datetime
    part_number: str
    part_name: str
    serial: str
    quantity: Quantities
    place: str
    centre: str


class SalvagedShape(Shape):
    """A part that was got out of a unit. Without the right to see costs, `value` is null."""

    part_uid: UUID
    number: str
    name: str
    quantity: Quantities
    place_uid: UUID
    place: str
    serial: str
    batch: str
    value: Money | None


class DismantlingShape(Shape):
    """A unit that was taken apart. Without the right to see costs, `cost` is null."""

    uid: UUID
    number: str
    unit_uid: UUID
    unit: str
    centre: str
    by: str
    taken_at: datetime
    note: str
    cost: Money | None
    lines: list[SalvagedShape]
