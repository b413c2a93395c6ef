"""Picking lists, and where what comes should be put."""

from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Code
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.picking import PickingRow, PickingShape
from remonta.api.shapes.stock import PlaceShape
from remonta.api.spoken import op
from remonta.catalogue.queries import parts_for
from remonta.identity.queries import centres_for
from remonta.stock.commands import Which
from remonta.stock.queries import put_away
from remonta.supply import commands
from remonta.supply.queries import PickingList, pickings_for, walk_of
from remonta.web.requests import Request

router = Router()


class PickingAsked(Asked):
    """These parts of repairs, or all that is set aside in the centre and on no list."""

    centre_uid: UUID
    requisitions: list[UUID] = Field([], max_length=300)


class PickAsked(Asked):
    """A part out of the bin of its line."""

    place_uid: UUID
    part_uid: UUID
    serials: list[Code] = Field([], max_length=500)
    batch: Code = ""
    accept_expired: bool = False


@router.get("/picking-lists", **op("store-pickings", Page[PickingRow]))
def listed(request: Request, asked: Query[Paging]) -> Any:
    """Picking lists in pages, newest first."""
    return page_of(pickings_for(request.actor).select_related("centre"), asked, each(row_of))


@router.post("/picking-lists", **op("store-pickings", PickingShape, once=True, status=201))
def begin(request: Request, asked: PickingAsked) -> Any:
    """Begins a list."""
    said: dict[str, Any] = {"requisitions": asked.requisitions, "operation": operation_of(request)}
    return whole(request, commands.begin_picking(request.actor, asked.centre_uid, **said).uid)


@router.get("/picking-lists/{uuid:uid}", **op("store-picking", PickingShape))
def one(request: Request, uid: UUID) -> Any:
    """What is still to be fetched, in the order in which one walks, and what has been."""
    return whole(request, uid)


@router.post("/picking-lists/{uuid:uid}/pick", **op("store-picking-scan", PickingShape, once=True))
def pick(request: Request, uid: UUID, asked: PickAsked) -> Any:
    """Bin and part were scanned: it is issued to its repair."""
    said = asked.model_dump(exclude={"serials", "batch"})
    said["which"] = Which(serials=tuple(asked.serials), batch=asked.batch)
    commands.pick_part(request.actor, uid, **said, operation=operation_of(request))
    return whole(request, uid)


@router.post("/picking-lists/{uuid:uid}/end", **op("store-picking-end", PickingShape, once=True))
def end(request: Request, uid: UUID) -> Any:
    """What was not fetched is on no list any more, and stays set aside."""
    commands.end_picking(request.actor, uid, operation=operation_of(request))
    return whole(request, uid)


@router.get("/parts/{uuid:uid}/put-away", **op("store-put-away", PlaceShape | None))
def proposal(request: Request, uid: UUID, centre: Query[UUID], zone: Query[Code] = "") -> Any:
    """Where a part that comes should be put: with its like, where it was last, or into the first empty bin."""
    part_id = parts_for(request.actor).values_list("pk", flat=True).get(uid=uid)
    centre_id = centres_for(request.actor).values_list("pk", flat=True).get(uid=centre)
    return put_away(request.actor, centre_id, part_id, zone.upper())


def whole(request: Request, uid: UUID) -> dict[str, Any]:
    """A list with its lines. Raises DoesNotExist."""
    row = pickings_for(request.actor).select_related("centre").get(uid=uid)
    walk = walk_of(row)
    return row_of(row) | {"ahead": walk.ahead, "fetched": walk.fetched}


def row_of(row: PickingList) -> dict[str, Any]:
    """A list without its lines. No statement."""
    return {"uid": row.uid, "number": row.number, "centre": row.centre.name, "created_at": row.created_at}
