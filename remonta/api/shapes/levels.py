"""What should be there, what is, and where it was on a past day."""

from datetime import datetime
from uuid import UUID

from remonta.api.fields import Label, Prices, Quantities, Shape


class LevelShape(Shape):
    """Minimum and maximum of a part in a centre, or in one of its places."""

    uid: UUID
    part_uid: UUID
    number: str
    centre: str
    place_uid: UUID | None
    place_code: str
    minimum: Quantities
    maximum: Quantities


class ShortageShape(Shape):
    """A level that is not kept; `coming` is on order, asked for, or on the way."""

    level_uid: UUID
    part_uid: UUID
    number: str
    name: str
    centre: str
    place_uid: UUID | None
    place_code: str
    minimum: Quantities
    maximum: Quantities
    on_hand: Quantities
    reserved: Quantities
    coming: Quantities
    missing: Quantities


class FilledShape(Shape):
    """How many lines were asked of other centres, and how many of purchasing."""

    transfers: int
    requests: int


class StockThenShape(Shape):
    """A part in a centre, in a place where you see places; cost and value only for who may see what parts cost."""

    part_uid: UUID
    number: str
    name: str
    centre: str
    place: str
    kind: str
    on_hand: Quantities
    unit_cost: Prices | None
    value: Prices | None


class StandingShape(Shape):
    """A unit in our hands, and since when it stands there."""

    unit_uid: UUID
    number: str
    model: Label
    customers: bool
    centre: str
    place: str
    kind: str
    since: datetime
