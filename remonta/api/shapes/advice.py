"""What to order, and how far it is worked out."""

from datetime import datetime
from uuid import UUID

from remonta.api.fields import Quantities, Shape


class CalculationShape(Shape):
    """A calculation over all parts of a centre: `done` of `all_parts` parts."""

    uid: UUID
    kind: str
    state: str
    done: int
    all_parts: int
    asked_at: datetime
    ended_at: datetime | None


class AdviceShape(Shape):
    """What to order of a part now, `stock` of it for the shelf, and why. `mean` is what a month needs."""

    uid: UUID
    part_uid: UUID
    part_number: str
    part_name: str
    quantity: Quantities
    stock: Quantities
    mean: Quantities
    safety: Quantities
    point: Quantities
    free: Quantities
    on_order: Quantities
    wanted: Quantities
    supplier: str
    lead_days: int
    asked_for: bool
    reasons: list[str]


class PlanShape(Shape):
    """What the units in the field will need of a part here in so many months, what is missing of it, and why."""

    uid: UUID
    part_uid: UUID
    part_number: str
    part_name: str
    months: int
    units: int
    used: Quantities
    need: Quantities
    safety: Quantities
    free: Quantities
    on_order: Quantities
    wanted: Quantities
    quantity: Quantities
    asked_for: bool
    transfer: str
    reasons: list[str]
