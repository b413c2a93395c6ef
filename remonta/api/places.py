"""Places of the warehouse."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Code, Word
from remonta.api.paging import Page, Paging, page_of
from remonta.api.problems import unfit
from remonta.api.shapes.stock import Contents, PlaceShape
from remonta.api.spoken import op
from remonta.documents.commands import print_place_labels
from remonta.documents.queries import pdf_of
from remonta.equipment.queries import units_for
from remonta.orders.queries import open_orders
from remonta.stock import commands
from remonta.stock.queries import PLACE_KINDS, places_for, things_at_place
from remonta.web.requests import Request

router = Router()
PDF = "application/pdf"
PAPER = {"responses": {200: {"description": "The pages.", "content": {PDF: {"schema": {"type": "string"}}}}}}


class PlaceFilter(Paging):
    """Which places."""

    q: Code = Field("", description="Beginning of the code.")
    kind: Code = ""
    centre: UUID | None = None
    archived: bool = False


class NewPlaceAsked(Asked):
    """A place of a centre; its code is what the label says."""

    centre_uid: UUID
    kind: Code = Field(json_schema_extra={"enum": [kind for kind, _label in PLACE_KINDS]})
    code: Code = Field(min_length=1)
    name: Word = ""


class BinsAsked(Asked):
    """Every address between the first and the last."""

    centre_uid: UUID
    first: Code = Field(examples=["A-01-01"])
    last: Code = Field(examples=["C-04-20"])
    zone: Code = Field("", max_length=20)
    kind: Code = "bin"


class NameAsked(Asked):
    """Another name for people; the code stays. With a zone, also where it lies and as which one it is passed."""

    name: Word
    zone: Code | None = Field(None, max_length=20)
    walk: int | None = Field(None, ge=0, le=999_999_999)


class LabelsAsked(Asked):
    """The places whose labels are printed."""

    places: list[UUID] = Field(min_length=1, max_length=200)
    size: Code = "58x40"


def known_kind(kind: str) -> str:
    """A kind of place people can make. Raises Problem 422 for another one."""
    if kind not in dict(PLACE_KINDS):
        raise unfit("kind", _("There is no such kind of place."))
    return kind


@router.get("/places", **op("places", Page[PlaceShape]))
def listed(request: Request, asked: Query[PlaceFilter]) -> Any:
    """Places in pages, newest first."""
    rows = places_for(request.actor).filter(archived_at__isnull=not asked.archived)
    rows = rows.filter(code__istartswith=asked.q) if asked.q else rows
    rows = rows.filter(centre__uid=asked.centre) if asked.centre else rows
    return page_of(rows.filter(kind=asked.kind) if asked.kind else rows, asked)


@router.post("/places", **op("places", PlaceShape, once=True, status=201))
def add(request: Request, asked: NewPlaceAsked) -> Any:
    """A new place."""
    said = {"kind": known_kind(asked.kind), "code": asked.code, "name": asked.name}
    return commands.add_place(request.actor, asked.centre_uid, **said, operation=operation_of(request))


@router.post("/places/bins", **op("place-bins", PlaceShape, once=True, status=201))
def bins(request: Request, asked: BinsAsked) -> Any:
    """Many bins at once; those that exist are left alone. Answers the first one."""
    said = {"first": asked.first, "last": asked.last, "kind": known_kind(asked.kind), "zone": asked.zone}
    return commands.add_bins(request.actor, asked.centre_uid, **said, operation=operation_of(request))


@router.post("/places/labels", url_name="place-labels", openapi_extra=PAPER)
def labels(request: Request, asked: LabelsAsked) -> HttpResponse:
    """The labels of places of one centre, as a PDF."""
    document = print_place_labels(request.actor, asked.places, size=asked.size)
    return HttpResponse(pdf_of(request.actor, document.uid), content_type=PDF)


@router.get("/places/{uuid:uid}", **op("place", PlaceShape))
def one(request: Request, uid: UUID) -> Any:
    """A place."""
    return places_for(request.actor).get(uid=uid)


@router.get("/places/{uuid:uid}/contents", **op("place-contents", Contents))
def contents(request: Request, uid: UUID) -> Any:
    """What is there: units with their open orders, and parts."""
    there = things_at_place(request.actor, uid)
    units = units_for(request.actor).filter(pk__in=there.unit_ids).select_related("product__brand")
    orders = open_orders(request.actor).filter(unit_id__in=there.unit_ids)
    numbers = {order.unit_id: order for order in orders.only("uid", "number", "unit_id")}
    rows = [
        {
            "uid": unit.uid,
            "number": str(unit),
            "order_uid": numbers[unit.pk].uid if unit.pk in numbers else None,
            "order_number": numbers[unit.pk].number if unit.pk in numbers else "",
        }
        for unit in units
    ]
    return {"place": there.place, "units": rows, "parts": there.parts, "hidden": len(there.unit_ids) - len(rows)}


@router.post("/places/{uuid:uid}/rename", **op("place-rename", PlaceShape, once=True))
def rename(request: Request, uid: UUID, asked: NameAsked) -> Any:
    """Another name for people."""
    return commands.rename_place(request.actor, uid, **asked.model_dump(), operation=operation_of(request))


@router.post("/places/{uuid:uid}/archive", **op("place-archive", PlaceShape, once=True))
def archive(request: Request, uid: UUID) -> Any:
    """Nothing is put there any more."""
    return commands.archive_place(request.actor, uid, operation=operation_of(request))
