"""Shipments of sold products: by customer, product, serial number; units made of them, and what units consist of."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from ninja import Query, Router

from remonta.api.fields import Asked, Day, Line
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.master import Unit
from remonta.api.shapes.sales import Sale, SaleRow, UnitPartsShape
from remonta.api.spoken import op
from remonta.catalogue.queries import products_for
from remonta.customers.queries import customers_for
from remonta.equipment import commands
from remonta.equipment.queries import shipment_line, shipped_pieces_for, sold_to, unit_card, unit_parts, units_for
from remonta.identity.queries import every_centre
from remonta.kernel.texts import serial_normal
from remonta.web.requests import Request

router = Router()


class SaleFilter(Paging):
    """Which shipments."""

    serial: Line = ""
    number: Line = ""
    customer: UUID | None = None
    product: UUID | None = None
    since: Day | None = None
    until: Day | None = None


class RegisterAsked(Asked):
    """Of which pieces units are made, all unless some are named; and the centre that knows them from now on."""

    centre_uid: UUID
    pieces: list[UUID] = []


def row_of(request: Request, row: Any) -> dict[str, Any]:
    """A piece in a list. No statement when read with its line."""
    line, document = row.line, row.line.shipment
    return {
        "uid": row.uid,
        "line_uid": line.uid,
        "number": document.number,
        "shipped_on": document.shipped_on,
        "customer": sold_to(request.actor, document),
        "product_uid": line.product.uid,
        "product": str(line.product),
        "serial": row.serial,
        "quantity": row.quantity,
        "unit_uid": row.unit.uid if row.unit else None,
    }


def sale_of(request: Request, uid: UUID) -> dict[str, Any]:
    """A line with its pieces. Three statements. Raises DoesNotExist."""
    line = shipment_line(request.actor, uid)
    document = line.shipment
    known = customers_for(request.actor).filter(pk=document.customer_id or 0).first()
    pieces = [
        {"uid": one.uid, "serial": one.serial, "quantity": one.quantity, "unit_uid": one.unit.uid if one.unit else None}
        for one in line.pieces.select_related("unit").order_by("pk")
    ]
    return {
        "uid": line.uid,
        "number": document.number,
        "shipped_on": document.shipped_on,
        "customer": sold_to(request.actor, document),
        "customer_uid": known.uid if known else None,
        "product_uid": line.product.uid,
        "product": str(line.product),
        "quantity": line.quantity,
        "pieces": pieces,
    }


@router.get("/sales", **op("sales", Page[SaleRow]))
def listed(request: Request, asked: Query[SaleFilter]) -> Any:
    """Shipped pieces in pages, newest first."""
    rows = shipped_pieces_for(request.actor).select_related("line__shipment__customer", "line__product__brand", "unit")
    narrow = Q()
    if asked.serial:
        narrow &= Q(serial_normal=serial_normal(asked.serial))
    if asked.number:
        narrow &= Q(line__shipment__number=asked.number)
    if asked.customer:
        narrow &= Q(line__shipment__customer__in=customers_for(request.actor).filter(uid=asked.customer))
    if asked.product:
        narrow &= Q(line__product__in=products_for(request.actor).filter(uid=asked.product))
    days = {"line__shipment__shipped_on__gte": asked.since, "line__shipment__shipped_on__lte": asked.until}
    found = rows.filter(narrow, **{name: day for name, day in days.items() if day})
    return page_of(found, asked, each(partial(row_of, request)))


@router.get("/sales/{uuid:uid}", **op("sale", Sale))
def one(request: Request, uid: UUID) -> Any:
    """A line of a sales document with its pieces."""
    return sale_of(request, uid)


@router.post("/sales/{uuid:uid}/register", **op("sale-register", list[Unit]))
def register(request: Request, uid: UUID, asked: RegisterAsked) -> Any:
    """Makes units of the pieces, each with a parts list of its own where there is one to copy."""
    centre_id = every_centre().values_list("pk", flat=True).get(uid=asked.centre_uid)
    units = commands.register_shipped(request.actor, uid, centre_id=centre_id, pieces=asked.pieces)
    return [unit_card(request.actor, unit.uid) for unit in units]


@router.get("/units/{uuid:uid}/parts", **op("unit-parts", UnitPartsShape | None))
def parts(request: Request, uid: UUID) -> Any:
    """What a unit consists of; null without a list of its own."""
    return unit_parts(request.actor, units_for(request.actor).values_list("pk", flat=True).get(uid=uid))


@router.post("/units/{uuid:uid}/parts", **op("unit-parts", UnitPartsShape))
def list_parts(request: Request, uid: UUID) -> Any:
    """Gives a unit its own list: what it was built with if its shipment says so, else the model's."""
    return unit_parts(request.actor, commands.list_unit_parts(request.actor, uid).pk)
