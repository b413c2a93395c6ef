"""What is to be ordered, orders at suppliers, and what deliveries cost."""

from datetime import date, datetime
from uuid import UUID

from remonta.api.fields import Label, Money, Prices, Quantities, Shape
from remonta.api.shapes.buying import OfferShape


class NeedShape(Shape):
    """A part nobody has ordered yet: for a repair, promised to its customer for `due_at`, or for stock."""

    kind: str
    uid: UUID
    part_uid: UUID
    part_number: str
    part_name: str
    centre: str
    quantity: Quantities
    since: datetime
    order_uid: UUID | None
    order_number: str
    due_at: datetime | None
    reason: str
    wanted_by: date | None
    offers: list[OfferShape]


class PurchaseRequestShape(Shape):
    """What purchasing is asked for."""

    uid: UUID
    quantity: Quantities
    state: str
    reason: str
    wanted_by: date | None
    created_at: datetime


class PurchaseRow(Shape):
    """An order at a supplier in a list."""

    uid: UUID
    number: str
    currency: str
    state: str
    reference: str
    created_at: datetime
    sent_at: datetime | None


class WaiterShape(Shape):
    """A repair that waits for a line."""

    order_uid: UUID
    order_number: str
    quantity: Quantities
    due_at: datetime | None
    expected_on: date | None


class PurchaseLineShape(Shape):
    """A line of an order. Without the right to see costs, `price` and `total` are null."""

    uid: UUID
    part_uid: UUID
    part_number: str
    part_name: str
    number: str
    quantity: Quantities
    price: Prices | None
    total: Money | None
    confirmed: Quantities | None
    expected_on: date | None
    received: Quantities
    missing: Quantities
    surplus: Quantities
    closed: bool
    waiting: list[WaiterShape]


class PurchaseShape(Shape):
    """An order at a supplier with its lines."""

    uid: UUID
    number: str
    centre: str
    supplier_uid: UUID
    supplier: str
    currency: str
    state: str
    state_label: Label
    reference: str
    note: str
    created_at: datetime
    sent_at: datetime | None
    total: Money | None
    lines: list[PurchaseLineShape]


class CostShape(Shape):
    """A cost of getting a delivery here: in its own money, at the day’s rate, and in the centre’s money."""

    uid: UUID
    label: Label
    shared_label: Label
    amount: Money
    rate: Prices
    value: Money
    note: str
    added_at: datetime


class LandedLineShape(Shape):
    """What the goods of a line came to, what it bears of the costs, and what one costs us."""

    part_number: str
    part_name: str
    quantity: Quantities
    goods: Money | None
    share: Money
    unit: Prices | None


class LandingShape(Shape):
    """Everything a delivery cost, in the centre’s currency."""

    currency: str
    costs: list[CostShape]
    lines: list[LandedLineShape]
    total: Money
