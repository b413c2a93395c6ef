"""Parts lists, and which part takes the place of which."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import PlainSerializer, WithJsonSchema

from remonta.api.fields import Quantities, Shape, plain

Pieces = Annotated[
    Decimal,
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?$", "examples": ["0.0625"]}),
]


class VersionShape(Shape):
    """A version of a parts list; `standing` is draft, coming, in_force or past."""

    uid: UUID
    number: int
    standing: str
    valid_from: date | None
    valid_until: date | None
    note: str


class ListLineShape(Shape):
    """A line; `below` is the list in force of a part that is put together itself."""

    id: int
    part_uid: UUID
    number: str
    name: str
    measure: str
    quantity: Quantities
    reference: str
    optional: bool
    note: str
    below: UUID | None


class PartsListShape(Shape):
    """A version of the list of a model or of a part, with its first level."""

    uid: UUID
    version: VersionShape
    product_uid: UUID | None
    part_uid: UUID | None
    number: str
    name: str
    lines: list[ListLineShape]


class NeededShape(Shape):
    """How much of a part one piece needs over all levels."""

    part_uid: UUID
    number: str
    name: str
    measure: str
    quantity: Pieces
    level: int
    assembly: bool


class UsedShape(Shape):
    """A model or an assembly in which a part is, on whatever level."""

    list_uid: UUID
    version: int
    product_uid: UUID | None
    part_uid: UUID | None
    number: str
    name: str
    quantity: Pieces
    level: int
    reference: str


class DifferenceShape(Shape):
    """A part that two versions have differently; `change` is added, removed or changed."""

    part_uid: UUID
    number: str
    name: str
    change: str
    before: Quantities
    after: Quantities
    references_before: str
    references_after: str


class StandInShape(Shape):
    """Another part; `newer`: it takes the place of the one asked about, else the other way round."""

    uid: UUID
    part_uid: UUID
    number: str
    name: str
    newer: bool
    supersedes: bool
    both_ways: bool
    note: str


def list_shape(head: Any, lines: Any) -> dict[str, Any]:
    """A list with its lines. No statement."""
    same = {name: getattr(head, name) for name in ("uid", "version", "product_uid", "part_uid", "number", "name")}
    return same | {"lines": list(lines)}
