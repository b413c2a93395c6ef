"""Stocktakes: how far, what was found, what differs."""

from datetime import datetime
from uuid import UUID

from remonta.api.fields import Prices, Quantities, Shape


class CountedRow(Shape):
    """A place of a stocktake; `again` is how often it was begun anew."""

    uid: UUID
    place_uid: UUID
    place_code: str
    state: str
    counted_at: datetime | None
    again: int


class FoundShape(Shape):
    """A part, a piece or a batch of it, or a unit that was found."""

    part_uid: UUID | None
    unit_uid: UUID | None
    number: str
    name: str
    measure: str
    quantity: Quantities
    serial: str
    batch: str


class CountedShape(CountedRow):
    """`moved` is what has moved there meanwhile and is to be counted again."""

    found: list[FoundShape]
    moved: list[str]


class ProgressShape(Shape):
    """How many places are in which state."""

    waiting: int
    counting: int
    counted: int
    posted: int
    left_out: int


class CountDifferenceShape(Shape):
    """What differs; `which` is its serial number or batch; `worth` only for who may see what parts cost."""

    place_uid: UUID
    place: str
    counted_uid: UUID
    number: str
    name: str
    which: str
    expected: Quantities
    counted: Quantities
    difference: Quantities
    by: str
    worth: Prices | None
    posted: bool


class StocktakeRow(Shape):
    """A stocktake."""

    uid: UUID
    number: str
    centre: str
    scope: str
    prefix: str
    note: str
    state: str
    created_at: datetime
    finished_at: datetime | None
    approved_at: datetime | None
    posted_at: datetime | None


class StocktakeShape(StocktakeRow):
    """With how far it is and, once all is counted, what differs."""

    progress: ProgressShape
    differences: list[CountDifferenceShape]
    worth: Prices | None
    currency: str
