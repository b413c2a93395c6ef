"""Parts taken out of customers' units, and what becomes of them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Code, Label, Quantities, Shape
from remonta.api.paging import Page, Paging, page_of
from remonta.api.spoken import op
from remonta.supply.commands import settle_old_part
from remonta.supply.queries import old_part_lines, old_parts_for
from remonta.supply.workflow import OldPartState
from remonta.web.requests import Request

router = Router()


class OldPartShape(Shape):
    """A part that came out of a customer’s unit: where it waits, or why it went where."""

    uid: UUID
    part_uid: UUID
    number: str
    name: str
    quantity: Quantities
    serials: list[str]
    batch: str
    order_uid: UUID
    order_number: str
    place: str
    state: str
    state_label: Label
    cause: str
    cause_label: Label
    taken_at: datetime
    settled_at: datetime | None


class OldPartFilter(Paging):
    """Which old parts."""

    state: OldPartState | None = None
    centre: UUID | None = None
    order: UUID | None = None


class OldPartSettleAsked(Asked):
    """To the maker (warranty, exchange, analysis) or to scrap (a cause of write-offs)."""

    way: Literal["send", "scrap"]
    cause: Code


@router.get("/old-parts", **op("old-parts", Page[OldPartShape]))
def listed(request: Request, asked: Query[OldPartFilter]) -> Any:
    """Old parts in pages, newest first."""
    rows = old_parts_for(request.actor)
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(centre__uid=asked.centre) if asked.centre else rows
    rows = rows.filter(work_order__uid=asked.order) if asked.order else rows
    return page_of(rows, asked, lambda page: of_keys(request, [row.pk for row in page]))


@router.get("/old-parts/{uuid:uid}", **op("old-part", OldPartShape))
def one(request: Request, uid: UUID) -> Any:
    """An old part."""
    return of_keys(request, [old_parts_for(request.actor).get(uid=uid).pk])[0]


@router.post("/old-parts/{uuid:uid}", **op("old-part", OldPartShape, once=True))
def settle(request: Request, uid: UUID, asked: OldPartSettleAsked) -> Any:
    """It goes to its maker, or to scrap."""
    done = settle_old_part(request.actor, uid, way=asked.way, cause=asked.cause, operation=operation_of(request))
    return of_keys(request, [done.pk])[0]


def of_keys(request: Request, keys: list[int]) -> list[Any]:
    """These old parts as lines, newest first. One statement."""
    return list(old_part_lines(old_parts_for(request.actor).filter(pk__in=keys).order_by("-pk")))
