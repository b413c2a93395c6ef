"""Suppliers with their prices, and what foreign money is worth."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field, StringConstraints

from remonta.api.fields import (
    ArchiveAsked,
    Asked,
    Code,
    Day,
    Email,
    Language,
    Line,
    Money,
    Paragraph,
    Price,
    Quantity,
    Word,
    minor_or_none,
    money,
)
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.buying import OfferShape, RatesAccount, RateShape, SupplierRow, SupplierShape
from remonta.api.spoken import op
from remonta.kernel.texts import normal
from remonta.supply import commands
from remonta.supply.queries import (
    Offer,
    Supplier,
    offers,
    offers_of_supplier,
    rates_for,
    supplier_parts_for,
    suppliers_for,
)
from remonta.web.requests import Request

router = Router()
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(examples=["EUR"])]
Days = Annotated[int, Field(ge=0, le=1000)]
Months = Annotated[int, Field(ge=0, le=240)]


class SupplierFilter(Paging):
    """Which suppliers."""

    q: Line = ""
    archived: bool = False


class SupplierTerms(Asked):
    """What is said of a supplier; what is left out stays as it is."""

    name: Line = Field("", min_length=1, max_length=200)
    currency: Currency = ""
    lead_days: Days = 0
    minimum: Money | None = None
    warranty_months: Months = 0
    contact: Line = Field("", max_length=200)
    email: Email = ""
    phone: Code = ""
    address: Paragraph = ""
    tax_id: Code = ""
    our_number: Code = ""
    language: Language = "en"
    notes: Paragraph = ""


class NewSupplierAsked(SupplierTerms):
    """A supplier and the currency it sells in."""

    name: Line = Field(min_length=1, max_length=200)
    currency: Currency


class OfferAsked(Asked):
    """At which terms a part is sold; what is left out stays as it is."""

    number: Word = Field("", max_length=80)
    price: Price | None = None
    currency: Currency = ""
    minimum: Quantity = Field(1000, json_schema_extra={"default": "1"})
    multiple: Quantity = Field(1000, json_schema_extra={"default": "1"})
    lead_days: Days | None = None
    warranty_months: Months | None = None


class NewOfferAsked(OfferAsked):
    """One of our parts that the supplier sells."""

    part_uid: UUID


class OfferChanged(OfferAsked):
    """Other terms; `archived` says that it is no longer sold there."""

    archived: bool = False


class RateFilter(Paging):
    """Which rates."""

    entity: UUID | None = None
    currency: Code = ""


class RateAsked(Asked):
    """What one unit of the currency is worth from that day on."""

    currency: Currency
    day: Day
    rate: Annotated[str, StringConstraints(pattern=r"^\d{1,9}(\.\d{1,8})?$")] = Field(examples=["0.5512"])


class RatesAsked(Asked):
    """A table `date,currency,rate` as text."""

    table: Annotated[str, StringConstraints(max_length=900_000)]


def supplier_shape(one: Supplier) -> dict[str, Any]:
    """A supplier with its smallest order as money."""
    names = SupplierShape.model_fields.keys() - {"minimum"}
    return {name: getattr(one, name) for name in names} | {"minimum": money(one.minimum, one.currency)}


def terms_of(asked: SupplierTerms, currency: str) -> dict[str, Any]:
    """What was sent, the smallest order in minor units. Raises Problem 422."""
    sent = asked.given()
    if "minimum" in sent:
        sent["minimum"] = minor_or_none(asked.minimum, currency, "minimum") or 0
    return sent


def offer_of(request: Request, uid: UUID) -> Offer:
    """One part at a supplier. Raises DoesNotExist."""
    rows = supplier_parts_for(request.actor).filter(pk=supplier_parts_for(request.actor).get(uid=uid).pk)
    return offers(request.actor, rows)[0]


@router.get("/suppliers", **op("suppliers", Page[SupplierRow]))
def listed(request: Request, asked: Query[SupplierFilter]) -> Any:
    """Suppliers in pages, newest first."""
    rows = suppliers_for(request.actor).filter(archived_at__isnull=not asked.archived)
    return page_of(rows.filter(sort_name__contains=normal(asked.q)) if asked.q else rows, asked)


@router.post("/suppliers", **op("suppliers", SupplierShape, status=201))
def add(request: Request, asked: NewSupplierAsked) -> Any:
    """A new supplier."""
    return supplier_shape(commands.add_supplier(request.actor, **terms_of(asked, asked.currency)))


@router.get("/suppliers/{uuid:uid}", **op("supplier", SupplierShape))
def one(request: Request, uid: UUID) -> Any:
    """A supplier."""
    return supplier_shape(suppliers_for(request.actor).get(uid=uid))


@router.patch("/suppliers/{uuid:uid}", **op("supplier", SupplierShape))
def change(request: Request, uid: UUID, asked: SupplierTerms) -> Any:
    """Corrects what is said of a supplier."""
    currency = asked.currency or suppliers_for(request.actor).get(uid=uid).currency
    return supplier_shape(commands.change_supplier(request.actor, uid, **terms_of(asked, currency)))


@router.post("/suppliers/{uuid:uid}/archive", **op("supplier-archive", SupplierShape))
def archive(request: Request, uid: UUID, asked: ArchiveAsked) -> Any:
    """Nothing is bought there any more, or again."""
    return supplier_shape(commands.archive_supplier(request.actor, uid, restore=asked.restore))


@router.get("/suppliers/{uuid:uid}/parts", **op("supplier-parts", list[OfferShape]))
def sold(request: Request, uid: UUID) -> Any:
    """What a supplier sells."""
    return offers_of_supplier(request.actor, suppliers_for(request.actor).get(uid=uid).pk)


@router.post("/suppliers/{uuid:uid}/parts", **op("supplier-parts", OfferShape, status=201))
def sell(request: Request, uid: UUID, asked: NewOfferAsked) -> Any:
    """The supplier sells one of our parts."""
    return offer_of(request, commands.add_supplier_part(request.actor, uid, **asked.given()).uid)


@router.patch("/supplier-parts/{uuid:uid}", **op("supplier-part", OfferShape))
def change_sold(request: Request, uid: UUID, asked: OfferChanged) -> Any:
    """Other number, price or lots; or no longer sold there."""
    commands.change_supplier_part(request.actor, uid, **asked.given())
    return offer_of(request, uid)


@router.get("/exchange-rates", **op("exchange-rates", Page[RateShape]))
def rates(request: Request, asked: Query[RateFilter]) -> Any:
    """What foreign money was worth, newest first."""
    rows = rates_for(request.actor).select_related("legal_entity")
    rows = rows.filter(legal_entity__uid=asked.entity) if asked.entity else rows
    return page_of(rows.filter(currency=asked.currency) if asked.currency else rows, asked, each(rate_shape))


def rate_shape(row: Any) -> dict[str, Any]:
    """A rate with its legal entity. No statement."""
    whose = {"entity_uid": row.legal_entity.uid, "own": row.legal_entity.currency}
    return {**whose, "currency": row.currency, "day": row.day, "rate": row.rate}


@router.put("/exchange-rates/{uuid:entity}", **op("exchange-rate", RateShape))
def set_rate(request: Request, entity: UUID, asked: RateAsked) -> Any:
    """From that day on the currency is worth so much; a rate of that day is written over."""
    said: dict[str, Any] = {"currency": asked.currency, "day": asked.day, "rate": Decimal(asked.rate)}
    return rate_shape(commands.set_rate(request.actor, entity, **said))


@router.post("/exchange-rates/{uuid:entity}/table", **op("exchange-rates-table", RatesAccount))
def read_rates(request: Request, entity: UUID, asked: RatesAsked) -> Any:
    """Reads a whole table; every row is kept, or named with the reason why not."""
    found = commands.import_rates(request.actor, entity, content=asked.table.encode())
    left_out = [{"row": row, "reason": reason} for row, reason in found.left_out]
    return {"read": found.read, "kept": found.kept, "left_out": left_out}
