"""Minimum and maximum of parts; the stock of all centres at any moment; units that are here for a time."""

from typing import Any
from uuid import UUID

from ninja import Query, Router

from remonta.api.fields import Asked, Line, Moment, Quantity
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.levels import FilledShape, LevelShape, ShortageShape, StandingShape, StockThenShape
from remonta.api.spoken import op
from remonta.catalogue.queries import having, parts_for
from remonta.equipment.queries import units_for
from remonta.identity.queries import centres_for
from remonta.stock.commands import set_level
from remonta.stock.queries import STORES, levels_for, standing_units, stock_at
from remonta.supply.commands import fill_levels
from remonta.supply.queries import below_minimum
from remonta.web.requests import Request

router = Router()


class LevelFilter(Paging):
    """Which levels."""

    centre: UUID | None = None
    part: UUID | None = None


class LevelAsked(Asked):
    """At least and at most so many; without quantities nothing is watched any more, without a maximum it is the
    minimum, without a place it is the whole centre."""

    centre_uid: UUID
    part_uid: UUID
    minimum: Quantity | None = None
    maximum: Quantity | None = None
    place_uid: UUID | None = None


class FillAsked(Asked):
    """A centre."""

    centre_uid: UUID


class StockThenFilter(Paging):
    """Of which part, in which centre, at which past moment; in stores alone unless all places are asked for."""

    q: Line = ""
    centre: UUID | None = None
    at: Moment | None = None
    everywhere: bool = False


class StandingFilter(Paging):
    """In which centre; customers’ units or our own."""

    centre: UUID | None = None
    customers: bool | None = None


@router.get("/levels", **op("store-levels", Page[LevelShape]))
def listed(request: Request, asked: Query[LevelFilter]) -> Any:
    """What should be there, in pages."""
    rows = levels_for(request.actor).select_related("part", "centre", "place")
    rows = rows.filter(part__uid=asked.part) if asked.part else rows
    return page_of(rows.filter(centre__uid=asked.centre) if asked.centre else rows, asked, each(level_of))


@router.post("/levels", **op("store-levels", LevelShape | None))
def keep(request: Request, asked: LevelAsked) -> Any:
    """Sets minimum and maximum; answers null when nothing is watched any more."""
    said: dict[str, Any] = {"part_uid": asked.part_uid, "place_uid": asked.place_uid}
    said |= {"minimum": asked.minimum or 0, "maximum": asked.maximum}
    made = set_level(request.actor, asked.centre_uid, **said)
    whole = levels_for(request.actor).select_related("part", "centre", "place")
    return level_of(whole.get(pk=made.pk)) if made else None


@router.get("/levels/below", **op("store-below", list[ShortageShape]))
def below(request: Request, centre: Query[UUID | None] = None) -> Any:
    """What is below its minimum, counting what is coming."""
    centres = centres_for(request.actor).values_list("pk", flat=True)
    return below_minimum(request.actor, [centres.get(uid=centre)] if centre else None)


@router.post("/levels/fill", **op("store-fill", FilledShape))
def fill(request: Request, asked: FillAsked) -> Any:
    """Asks other centres and purchasing for what is missing; asked twice, it does nothing."""
    centre_id = centres_for(request.actor).values_list("pk", flat=True).get(uid=asked.centre_uid)
    return fill_levels(request.actor, centre_id)


@router.get("/stock/everywhere", **op("store-query", Page[StockThenShape]))
def everywhere(request: Request, asked: Query[StockThenFilter]) -> Any:
    """What is, or was, where in all centres, in pages."""
    rows = stock_at(request.actor, asked.at).select_related("part", "place__centre")
    rows = rows.filter(part__in=parts_for(request.actor).filter(having(asked.q))) if asked.q else rows
    rows = rows.filter(place__centre__uid=asked.centre) if asked.centre else rows
    rows = rows if asked.everywhere else rows.filter(place__kind__in=STORES)
    return page_of(rows, asked, lambda page: [there_of(request, row) for row in page])


@router.get("/stock/units", **op("store-temporary", Page[StandingShape]))
def standing(request: Request, asked: Query[StandingFilter]) -> Any:
    """Units in our hands and where they stand, in pages."""
    rows = standing_units(request.actor).filter(unit__in=units_for(request.actor))
    rows = rows.select_related("unit__product__brand", "place__centre")
    rows = rows.filter(place__centre__uid=asked.centre) if asked.centre else rows
    rows = rows if asked.customers is None else rows.filter(unit__owner__isnull=not asked.customers)
    return page_of(rows, asked, each(standing_of))


def level_of(row: Any) -> dict[str, Any]:
    """A level as an answer. No statement."""
    place = {"place_uid": row.place.uid if row.place else None, "place_code": row.place.code if row.place else ""}
    part = {"part_uid": row.part.uid, "number": row.part.number, "centre": row.centre.name}
    return {"uid": row.uid, "minimum": row.minimum, "maximum": row.maximum} | part | place


def there_of(request: Request, row: Any) -> dict[str, Any]:
    """What was in a place as an answer, with its cost for who may see it. No statement."""
    known = request.actor.may("stock.see_cost", row.place) and row.cost is not None
    return {
        "part_uid": row.part.uid,
        "number": row.part.number,
        "name": row.part.name,
        "centre": row.place.centre.name,
        "place": row.place.code if request.actor.may("stock.see_places", row.place) else "",
        "kind": row.place.kind,
        "on_hand": row.then,
        "unit_cost": row.cost if known else None,
        "value": row.cost * row.then / 1000 if known else None,
    }


def standing_of(row: Any) -> dict[str, Any]:
    """Where a unit stands as an answer. No statement."""
    return {
        "unit_uid": row.unit.uid,
        "number": str(row.unit),
        "model": str(row.unit.product),
        "customers": row.unit.owner_id is not None,
        "centre": row.place.centre.name,
        "place": str(row.place),
        "kind": row.place.kind,
        "since": row.since,
    }
