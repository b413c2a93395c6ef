"""Stocktakes: begun, counted place by place, approved by somebody else, posted."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Code, Line, Quantity
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.counts import CountedRow, CountedShape, StocktakeRow, StocktakeShape
from remonta.api.spoken import op
from remonta.api.told import ToldNew, which_of
from remonta.stock import commands
from remonta.stock.queries import (
    CountedPlace,
    Stocktake,
    count_progress,
    counted_places_for,
    difference_worth,
    differences,
    found_at,
    moved_meanwhile,
    stocktakes_for,
)
from remonta.stock.workflow import PlaceCount, StocktakeState
from remonta.web.requests import Request

router = Router()
STEPS = {
    "reopen": commands.reopen_stocktake,
    "approve": commands.approve_stocktake,
    "stop": commands.stop_posting,
    "resume": commands.resume_posting,
    "cancel": commands.cancel_stocktake,
}
AT_PLACE = {
    "close": commands.close_count,
    "again": commands.count_again,
    "moved_again": commands.count_moved_again,
}


class StocktakeFilter(Paging):
    """Which stocktakes."""

    state: StocktakeState | None = None
    centre: UUID | None = None


class PlacesFilter(Paging):
    """Which of its places."""

    state: PlaceCount | None = None


class StocktakeAsked(Asked):
    """The whole store, the addresses that begin with `prefix`, or at most so many places whose turn it is."""

    centre_uid: UUID
    scope: Literal["whole", "zone", "value"] = "whole"
    prefix: Code = ""
    at_most: int = Field(20, ge=1, le=1000)
    note: Line = Field("", max_length=200)


class StepAsked(Asked):
    """The step; `leave_out` lets places be that nobody has counted."""

    move: Literal["finish", "reopen", "approve", "stop", "resume", "cancel"]
    leave_out: bool = False


class CountedPlaceAsked(Asked):
    """The place that is counted now; the one counted before by the same key is closed."""

    place_uid: UUID


class CountedPartAsked(ToldNew):
    """So many more of a part, of its batch or of its pieces; with `instead` that is all of it."""

    part_uid: UUID
    quantity: Quantity = Field(1000, json_schema_extra={"default": "1"})
    instead: bool = False


class CountedUnitAsked(Asked):
    """A unit that is there."""

    unit_uid: UUID


class AtPlaceAsked(Asked):
    """All is counted there; all again from nothing; or only what has moved meanwhile."""

    move: Literal["close", "again", "moved_again"]


@router.get("/stocktakes", **op("stocktakes", Page[StocktakeRow]))
def listed(request: Request, asked: Query[StocktakeFilter]) -> Any:
    """Stocktakes in pages, newest first."""
    rows = stocktakes_for(request.actor).select_related("centre")
    rows = rows.filter(state=asked.state) if asked.state else rows
    return page_of(rows.filter(centre__uid=asked.centre) if asked.centre else rows, asked, each(row_of))


@router.post("/stocktakes", **op("stocktakes", StocktakeShape, once=True, status=201))
def begin(request: Request, asked: StocktakeAsked) -> Any:
    """Places of a centre are counted from now on."""
    given = asked.model_dump(exclude={"centre_uid"})
    made = commands.begin_stocktake(request.actor, asked.centre_uid, **given, operation=operation_of(request))
    return whole(request, made.uid)


@router.get("/stocktakes/{uuid:uid}", **op("stocktake", StocktakeShape))
def one(request: Request, uid: UUID) -> Any:
    """How far it is; what differs, once all is counted."""
    return whole(request, uid)


@router.get("/stocktakes/{uuid:uid}/places", **op("stocktake-places", Page[CountedRow]))
def places(request: Request, uid: UUID, asked: Query[PlacesFilter]) -> Any:
    """The places of a stocktake, in pages."""
    found = stocktakes_for(request.actor).get(uid=uid)
    rows = counted_places_for(request.actor).filter(stocktake=found).select_related("place")
    return page_of(rows.filter(state=asked.state) if asked.state else rows, asked, each(place_of))


@router.post("/stocktakes/{uuid:uid}/move", **op("stocktake-move", StocktakeShape, once=True))
def move(request: Request, uid: UUID, asked: StepAsked) -> Any:
    """All is counted; counted on; approved and posted; posting stopped or resumed; cancelled."""
    operation = operation_of(request)
    if asked.move == "finish":
        commands.finish_counting(request.actor, uid, leave_out=asked.leave_out, operation=operation)
    else:
        STEPS[asked.move](request.actor, uid, operation=operation)
    return whole(request, uid)


@router.post("/stocktakes/{uuid:uid}/count", **op("stocktake-open", CountedShape, once=True))
def open_place(request: Request, uid: UUID, asked: CountedPlaceAsked) -> Any:
    """A place is counted now."""
    done = commands.open_count(request.actor, uid, place_uid=asked.place_uid, operation=operation_of(request))
    return found(request, done.uid)


@router.get("/counted-places/{uuid:uid}", **op("counted-place", CountedShape))
def counted(request: Request, uid: UUID) -> Any:
    """What was found at a place; not what the book says."""
    return found(request, uid)


@router.post("/counted-places/{uuid:uid}/parts", **op("counted-parts", CountedShape, once=True))
def part(request: Request, uid: UUID, asked: CountedPartAsked) -> Any:
    """So many more of a part were found."""
    commands.count_part(request.actor, uid, **which_of(asked), operation=operation_of(request))
    return found(request, uid)


@router.post("/counted-places/{uuid:uid}/units", **op("counted-units", CountedShape, once=True))
def unit(request: Request, uid: UUID, asked: CountedUnitAsked) -> Any:
    """A unit was found."""
    commands.count_unit(request.actor, uid, unit_uid=asked.unit_uid, operation=operation_of(request))
    return found(request, uid)


@router.post("/counted-places/{uuid:uid}/move", **op("counted-move", CountedShape, once=True))
def at_place(request: Request, uid: UUID, asked: AtPlaceAsked) -> Any:
    """The place is closed, or counted again."""
    AT_PLACE[asked.move](request.actor, uid, operation=operation_of(request))
    return found(request, uid)


def whole(request: Request, uid: UUID) -> dict[str, Any]:
    """A stocktake with what differs. Raises DoesNotExist."""
    row = stocktakes_for(request.actor).select_related("centre__legal_entity").get(uid=uid)
    worth = difference_worth(request.actor, row)
    return row_of(row) | {
        "progress": count_progress(row.pk),
        "differences": differences(request.actor, row),
        "worth": worth,
        "currency": row.centre.legal_entity.currency if worth is not None else "",
    }


def row_of(row: Stocktake) -> dict[str, Any]:
    """A stocktake in a list. No statement."""
    names = set(StocktakeRow.model_fields) - {"centre"}
    return {name: getattr(row, name) for name in names} | {"centre": row.centre.name}


def place_of(row: CountedPlace) -> dict[str, Any]:
    """A place of a stocktake. No statement."""
    same = {name: getattr(row, name) for name in ("uid", "state", "counted_at", "again")}
    return same | {"place_uid": row.place.uid, "place_code": row.place.code}


def found(request: Request, uid: UUID) -> dict[str, Any]:
    """A place with what was found there. Raises DoesNotExist."""
    row = counted_places_for(request.actor).select_related("place").get(uid=uid)
    moved = [thing.name for thing in moved_meanwhile(row)] if row.state == PlaceCount.COUNTING else []
    return place_of(row) | {"found": found_at(request.actor, row), "moved": moved}
