"""Models with their known faults, parts and works."""

from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from ninja import Query, Router
from pydantic import Field

from remonta.api.fields import ArchiveAsked, Asked, Code, Key, Line, Minutes, Paragraph, Shape, Texts, Word, texts
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.master import PartShape, Product, ProductRow, Service
from remonta.api.spoken import op
from remonta.catalogue import commands
from remonta.catalogue.queries import (
    categories_for,
    having,
    parts_for,
    price_lists_for,
    product_card,
    products_for,
    services_for,
)
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Missing
from remonta.kernel.texts import said
from remonta.web.requests import Request

router = Router()
PART = ("uid", "number", "name", "measure", "gtin", "tracking", "exchange", "archived_at")


class EntryFilter(Paging):
    """Which entries: offered ones unless others are asked for."""

    q: Line = ""
    which: Literal["offered", "archived", "all"] = "offered"


class OfCategory(EntryFilter):
    """Entries of a kind of device."""

    category: UUID | None = None


class ProductAsked(Asked):
    """A model of a device; the brand is made if it is new."""

    category_uid: UUID
    name: Line = Field(min_length=1, max_length=200)
    brand: Word = ""
    code: Line = Field("", max_length=80)


class KnownFaultAsked(Asked):
    """What goes wrong with a model, what helps, and the work for it."""

    symptoms: Texts
    remedy: Texts = Field(default_factory=dict)
    service_uid: UUID | None = None


class StarterAsked(Asked):
    """The trade, and the legal entity whose prices are set."""

    trade: Literal["electronics", "appliances", "machinery", "all"] = "all"
    entity_uid: UUID


class Filled(Shape):
    """How many entries are new."""

    added: int


class NewPartAsked(Asked):
    """A spare part or material."""

    number: Line = Field(min_length=1, max_length=80)
    name: Line = Field(min_length=1, max_length=200)
    measure: Literal["pc", "m", "g", "ml", "l", "h"] = "pc"
    gtin: str = Field("", pattern=r"^(\d{8}|\d{12,14})?$")
    tracking: Literal["quantity", "batch", "serial"] = Field("quantity", description="How pieces are told apart.")
    exchange: bool = Field(False, description="The old part goes back to the maker.")


class ServiceAsked(Asked):
    """A work of the price list: for all devices, a kind of device, or one model."""

    code: Code = Field(min_length=1)
    names: Texts
    minutes: Minutes = 60
    keywords: Paragraph = Field("", max_length=1000)
    category_uid: UUID | None = None
    product_uid: UUID | None = None


class FitAsked(Asked):
    """The part fits the model, or does not after all."""

    part_uid: UUID
    fits: bool = True


def narrow(rows: QuerySet[Any], asked: EntryFilter) -> QuerySet[Any]:
    """The entries that were asked for. No statement."""
    rows = rows.filter(having(asked.q)) if asked.q else rows
    if getattr(asked, "category", None):
        rows = rows.filter(category__uid=getattr(asked, "category", None))
    return rows if asked.which == "all" else rows.filter(archived_at__isnull=asked.which == "offered")


def category_id(actor: Actor, uid: UUID | None) -> int | None:
    """The key of a kind of device; None for all. Raises DoesNotExist. One statement."""
    return categories_for(actor).values_list("pk", flat=True).get(uid=uid) if uid else None


def product_row(row: Any) -> dict[str, Any]:
    """A model in a list. No statement."""
    same = {name: getattr(row, name) for name in ("uid", "name", "code", "archived_at")}
    return same | {"brand": row.brand.name if row.brand else "", "category_uid": row.category.uid}


def service_row(row: Any) -> dict[str, Any]:
    """A work. No statement when read with category and product."""
    same = {name: getattr(row, name) for name in ("uid", "code", "names", "minutes", "keywords", "archived_at")}
    return same | {
        "name": said(row.names, get_language() or "en"),
        "category_uid": row.category.uid if row.category else None,
        "product_uid": row.product.uid if row.product else None,
    }


def service_of(request: Request, uid: UUID) -> dict[str, Any]:
    """One work. One statement."""
    return service_row(services_for(request.actor).select_related("category", "product").get(uid=uid))


def service_said(actor: Actor, asked: ServiceAsked) -> dict[str, Any]:
    """A work as commands take it."""
    products = products_for(actor).values_list("pk", flat=True)
    return {
        "code": asked.code,
        "names": texts(asked.names),
        "minutes": asked.minutes,
        "keywords": asked.keywords,
        "category_id": category_id(actor, asked.category_uid),
        "product_id": products.get(uid=asked.product_uid) if asked.product_uid else None,
    }


def product_said(actor: Actor, asked: ProductAsked) -> dict[str, Any]:
    """A model as commands take it."""
    said_ = asked.model_dump(exclude={"category_uid"})
    return said_ | {"category_id": category_id(actor, asked.category_uid)}


@router.post("/catalogue/starter", **op("catalogue-starter", Filled))
def starter(request: Request, asked: StarterAsked) -> Any:
    """Fills the catalogue for a trade, with prices to be changed. What is there already stays as it is."""
    entity = next((one for one in price_lists_for(request.actor) if one.uid == asked.entity_uid), None)
    if entity is None:
        raise Missing
    return {"added": commands.load_starter_catalogue(request.actor, entity.id, asked.trade)}


@router.get("/products", **op("products", Page[ProductRow]))
def products(request: Request, asked: Query[OfCategory]) -> Any:
    """Models of devices in pages, newest first."""
    return page_of(narrow(products_for(request.actor), asked), asked, each(product_row))


@router.post("/products", **op("products", Product, status=201))
def add_product(request: Request, asked: ProductAsked) -> Any:
    """A new model."""
    made = commands.add_product(request.actor, **product_said(request.actor, asked))
    return product_card(request.actor, made.uid)


@router.get("/products/{uuid:uid}", **op("product", Product))
def product(request: Request, uid: UUID) -> Any:
    """A model with its known faults and the parts that fit."""
    return product_card(request.actor, uid)


@router.put("/products/{uuid:uid}", **op("product", Product))
def change_product(request: Request, uid: UUID, asked: ProductAsked) -> Any:
    """Corrects a model."""
    commands.change_product(request.actor, uid, **product_said(request.actor, asked))
    return product_card(request.actor, uid)


@router.post("/products/{uuid:uid}/archive", **op("product-archive", Product))
def archive_product(request: Request, uid: UUID, asked: ArchiveAsked) -> Any:
    """No longer offered at intake, or offered again."""
    commands.archive_product(request.actor, uid, restore=asked.restore)
    return product_card(request.actor, uid)


@router.post("/products/{uuid:uid}/faults", **op("product-faults", Product, status=201))
def add_fault(request: Request, uid: UUID, asked: KnownFaultAsked) -> Any:
    """Something that is known to go wrong with the model."""
    told = {"symptoms": texts(asked.symptoms), "remedy": texts(asked.remedy)}
    commands.add_known_fault(request.actor, uid, **told, service_uid=asked.service_uid)
    return product_card(request.actor, uid)


@router.delete("/products/{uuid:uid}/faults/{int:fault}", **op("product-fault", Product))
def drop_fault(request: Request, uid: UUID, fault: Key) -> Any:
    """Not true any more."""
    commands.remove_known_fault(request.actor, uid, fault_id=fault)
    return product_card(request.actor, uid)


@router.post("/products/{uuid:uid}/parts", **op("product-parts", Product))
def fit(request: Request, uid: UUID, asked: FitAsked) -> Any:
    """Says which parts fit."""
    commands.fit_part(request.actor, asked.part_uid, product_uid=uid, fits=asked.fits)
    return product_card(request.actor, uid)


@router.get("/parts", **op("parts", Page[PartShape]))
def parts(request: Request, asked: Query[EntryFilter]) -> Any:
    """Parts in pages, newest first."""
    return page_of(narrow(parts_for(request.actor), asked), asked)


@router.post("/parts", **op("parts", PartShape, status=201))
def add_part(request: Request, asked: NewPartAsked) -> Any:
    """A new part."""
    return commands.add_part(request.actor, **asked.model_dump())


@router.get("/parts/{uuid:uid}", **op("part", PartShape))
def part(request: Request, uid: UUID) -> Any:
    """A part."""
    return parts_for(request.actor).get(uid=uid)


@router.put("/parts/{uuid:uid}", **op("part", PartShape))
def change_part(request: Request, uid: UUID, asked: NewPartAsked) -> Any:
    """Corrects a part."""
    return commands.change_part(request.actor, uid, **asked.model_dump())


@router.post("/parts/{uuid:uid}/archive", **op("part-archive", PartShape))
def archive_part(request: Request, uid: UUID, asked: ArchiveAsked) -> Any:
    """No longer ordered, or offered again."""
    return commands.archive_part(request.actor, uid, restore=asked.restore)


@router.get("/services", **op("services", Page[Service]))
def services(request: Request, asked: Query[OfCategory]) -> Any:
    """Works of the price list in pages, newest first."""
    rows = services_for(request.actor).select_related("category", "product")
    return page_of(narrow(rows, asked), asked, each(service_row))


@router.post("/services", **op("services", Service, status=201))
def add_service(request: Request, asked: ServiceAsked) -> Any:
    """A new work."""
    return service_of(request, commands.add_service(request.actor, **service_said(request.actor, asked)).uid)


@router.get("/services/{uuid:uid}", **op("service", Service))
def service(request: Request, uid: UUID) -> Any:
    """A work."""
    return service_of(request, uid)


@router.put("/services/{uuid:uid}", **op("service", Service))
def change_service(request: Request, uid: UUID, asked: ServiceAsked) -> Any:
    """Corrects a work."""
    commands.change_service(request.actor, uid, **service_said(request.actor, asked))
    return service_of(request, uid)


@router.post("/services/{uuid:uid}/archive", **op("service-archive", Service))
def archive_service(request: Request, uid: UUID, asked: ArchiveAsked) -> Any:
    """No longer offered, or offered again."""
    commands.archive_service(request.actor, uid, restore=asked.restore)
    return service_of(request, uid)
