"""Parts lists: versions, levels, quantities over all of them; where a part is used and what takes its place."""

from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from remonta.api.fields import Asked, Day, Key, Line, Quantity
from remonta.api.shapes.lists import (
    DifferenceShape,
    NeededShape,
    PartsListShape,
    StandInShape,
    UsedShape,
    VersionShape,
    list_shape,
)
from remonta.api.shapes.master import ProductRow
from remonta.api.spoken import op
from remonta.catalogue import commands
from remonta.catalogue.queries import (
    differences,
    list_head,
    list_lines,
    models_fitted,
    needed,
    parts_for,
    products_for,
    stand_ins,
    used_in,
    versions_of,
)
from remonta.web.requests import Request

router = Router()


class OnDay(BaseModel):
    """Which lists count below: those in force on a day, today unless another is named."""

    day: Day | None = None


class OtherList(BaseModel):
    """The list to compare with."""

    before: UUID


class BeginAsked(Asked):
    """Why a new version is begun."""

    note: Line = ""


class LineChanges(Asked):
    """A line of a draft."""

    quantity: Quantity
    reference: Line = ""
    optional: bool = False
    note: Line = ""


class ListLineAsked(LineChanges):
    """One more line of a draft."""

    part_uid: UUID


class PublishAsked(Asked):
    """The day from which on it is in force."""

    valid_from: Day


class ReplacementAsked(Asked):
    """The part that can take this one's place."""

    new_uid: UUID
    supersedes: bool = Field(False, description="Searches for the old number lead to the new one.")
    both_ways: bool = Field(False, description="The old one can be used in place of the new one too.")
    note: Line = ""


def list_of(request: Request, uid: UUID, asked: OnDay | None = None) -> dict[str, Any]:
    """A list with its first level. Three statements. Raises DoesNotExist."""
    head = list_head(request.actor, uid)
    return list_shape(head, list_lines(request.actor, uid, day=asked.day if asked else None))


def part_id(request: Request, uid: UUID) -> int:
    """The key of a part. Raises DoesNotExist. One statement."""
    return parts_for(request.actor).values_list("pk", flat=True).get(uid=uid)


@router.get("/products/{uuid:uid}/parts-lists", **op("product-boms", list[VersionShape]))
def of_product(request: Request, uid: UUID) -> Any:
    """The versions of a model's list, the newest first."""
    key = products_for(request.actor).values_list("pk", flat=True).get(uid=uid)
    return versions_of(request.actor, product_id=key)


@router.post("/products/{uuid:uid}/parts-lists", **op("product-boms", PartsListShape, status=201))
def begin_of_product(request: Request, uid: UUID, asked: BeginAsked) -> Any:
    """A draft with the lines of the newest version; where there is one, that one."""
    return list_of(request, commands.begin_list(request.actor, product_uid=uid, note=asked.note).uid)


@router.get("/parts/{uuid:uid}/parts-lists", **op("part-boms", list[VersionShape]))
def of_part(request: Request, uid: UUID) -> Any:
    """The versions of the list of a part that is put together, the newest first."""
    return versions_of(request.actor, part_id=part_id(request, uid))


@router.post("/parts/{uuid:uid}/parts-lists", **op("part-boms", PartsListShape, status=201))
def begin_of_part(request: Request, uid: UUID, asked: BeginAsked) -> Any:
    """A draft with the lines of the newest version; where there is one, that one."""
    return list_of(request, commands.begin_list(request.actor, part_uid=uid, note=asked.note).uid)


@router.get("/parts-lists/{uuid:uid}", **op("bom", PartsListShape))
def one(request: Request, uid: UUID, asked: Query[OnDay]) -> Any:
    """A version with its first level; `below` of a line leads to the next."""
    return list_of(request, uid, asked)


@router.delete("/parts-lists/{uuid:uid}", **op("bom", None, status=204))
def discard(request: Request, uid: UUID) -> None:
    """Throws a draft away."""
    commands.discard_list(request.actor, uid)


@router.get("/parts-lists/{uuid:uid}/needed", **op("bom-needed", list[NeededShape]))
def quantities(request: Request, uid: UUID, asked: Query[OnDay]) -> Any:
    """How much of every part one piece needs, over all levels."""
    return needed(request.actor, uid, day=asked.day)


@router.get("/parts-lists/{uuid:uid}/differences", **op("bom-differences", list[DifferenceShape]))
def compared(request: Request, uid: UUID, asked: Query[OtherList]) -> Any:
    """What differs from another version."""
    return differences(request.actor, asked.before, uid)


@router.post("/parts-lists/{uuid:uid}/lines", **op("bom-lines", PartsListShape, status=201))
def add_line(request: Request, uid: UUID, asked: ListLineAsked) -> Any:
    """One more line of a draft. Refused where the list would contain itself."""
    commands.add_list_line(request.actor, uid, **asked.model_dump())
    return list_of(request, uid)


@router.put("/parts-lists/{uuid:uid}/lines/{int:line}", **op("bom-line", PartsListShape))
def change_line(request: Request, uid: UUID, line: Key, asked: LineChanges) -> Any:
    """Corrects a line of a draft."""
    commands.change_list_line(request.actor, uid, line_id=line, **asked.model_dump())
    return list_of(request, uid)


@router.delete("/parts-lists/{uuid:uid}/lines/{int:line}", **op("bom-line", PartsListShape))
def drop_line(request: Request, uid: UUID, line: Key) -> Any:
    """Takes a line out of a draft."""
    commands.remove_list_line(request.actor, uid, line_id=line)
    return list_of(request, uid)


@router.post("/parts-lists/{uuid:uid}/publish", **op("bom-publish", PartsListShape))
def publish(request: Request, uid: UUID, asked: PublishAsked) -> Any:
    """The draft is in force from a day on, and the version before until then."""
    commands.publish_list(request.actor, uid, valid_from=asked.valid_from)
    return list_of(request, uid)


@router.get("/parts/{uuid:uid}/used-in", **op("part-used", list[UsedShape]))
def used(request: Request, uid: UUID, asked: Query[OnDay]) -> Any:
    """Every model and assembly in which the part is, on whatever level."""
    return used_in(request.actor, part_id(request, uid), day=asked.day)


@router.get("/parts/{uuid:uid}/models", **op("part-models", list[ProductRow]))
def models(request: Request, uid: UUID) -> Any:
    """The models a part fits."""
    found = models_fitted(request.actor, part_id(request, uid))
    same = ("uid", "name", "code", "archived_at")
    return [
        {name: getattr(row, name) for name in same}
        | {"brand": row.brand.name if row.brand else "", "category_uid": row.category.uid}
        for row in found
    ]


@router.get("/parts/{uuid:uid}/replacements", **op("part-replacements", list[StandInShape]))
def replacements(request: Request, uid: UUID) -> Any:
    """What can be used in place of a part, and in place of what it can be used."""
    return stand_ins(request.actor, part_id(request, uid))


@router.post("/parts/{uuid:uid}/replacements", **op("part-replacements", list[StandInShape]))
def replace(request: Request, uid: UUID, asked: ReplacementAsked) -> Any:
    """Another part can take its place; with `supersedes`, it is the one to use from now on."""
    commands.replace_part(request.actor, uid, **asked.model_dump())
    return stand_ins(request.actor, part_id(request, uid))


@router.delete("/replacements/{uuid:uid}", **op("replacement", None, status=204))
def drop_replacement(request: Request, uid: UUID) -> None:
    """One does not take the place of the other any more."""
    commands.drop_replacement(request.actor, uid)
