"""Adding and changing models, parts and works."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from remonta.catalogue.commands.entries import (
    AlreadyThere,
    TextMissing,
    Texts,
    added,
    archived,
    changed,
    lock,
    permit,
    texts,
    words_of,
)
from remonta.catalogue.models import Brand, Category, Part, PartFit, Product, Service, Tracking, UnitOfMeasure
from remonta.catalogue.queries import parts_for, products_for, services_for
from remonta.catalogue.search import index_part
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.texts import clean, normal, sort_key
from remonta.spine.commands import command


@command
def add_brand(actor: Actor, *, name: str) -> Brand:
    """The brand of that name, new if need be; brands that differ only in case and accents are one."""
    permit(actor)
    if not (known_as := clean(name)):
        raise TextMissing
    alike = (brand for brand in Brand.objects.all() if normal(brand.name) == normal(known_as))
    return next(alike, None) or added(actor, Brand.objects.create(uid=uuid7(actor.now()), name=known_as))


@command
def add_product(actor: Actor, *, category_id: int, name: str, brand: str = "", code: str = "") -> Product:
    """A model of a device. Raises AlreadyThere for a model of that brand and name."""
    permit(actor)
    of = add_brand(actor, name=brand) if brand.strip() else None
    values = _of_product(of, clean(name), clean(code))
    if Product.objects.filter(brand=of, name__iexact=values["name"]).exists():
        raise AlreadyThere(name=f"{brand} {values['name']}".strip())
    category = Category.objects.get(pk=category_id)
    return added(actor, Product.objects.create(uid=uuid7(actor.now()), category=category, brand=of, **values))


@command
def change_product(actor: Actor, uid: UUID, *, category_id: int, name: str, brand: str = "", code: str = "") -> Product:
    """Corrects a model. Raises AlreadyThere."""
    permit(actor)
    product = lock(products_for(actor), uid)
    of = add_brand(actor, name=brand) if brand.strip() else None
    values = _of_product(of, clean(name), clean(code))
    if Product.objects.filter(brand=of, name__iexact=values["name"]).exclude(pk=product.pk).exists():
        raise AlreadyThere(name=f"{brand} {values['name']}".strip())
    changed(actor, product, {"brand_id": of.pk if of else None, "category_id": category_id, **values})
    return product


@command
def archive_product(actor: Actor, uid: UUID, *, restore: bool = False) -> Product:
    """No longer offered at intake; units and orders of the model stay."""
    permit(actor)
    product = lock(products_for(actor), uid)
    archived(actor, product, restore=restore)
    return product


@command
def add_part(actor: Actor, /, *, number: str, name: str, product_ids: Iterable[int] = (), **more: Any) -> Part:
    """A spare part; `more` out of measure, gtin, tracking, exchange. Raises AlreadyThere for a taken number."""
    permit(actor)
    values = _of_part(number, name, more)
    if Part.objects.filter(number__iexact=values["number"]).exists():
        raise AlreadyThere(name=values["number"])
    part = added(actor, Part.objects.create(uid=uuid7(actor.now()), **values))
    PartFit.objects.bulk_create([PartFit(part=part, product_id=pk) for pk in product_ids], ignore_conflicts=True)
    index_part(part)
    return part


@command
def change_part(actor: Actor, /, uid: UUID, *, number: str, name: str, **more: Any) -> Part:
    """Corrects a part; `more` out of measure, gtin, tracking, exchange. Raises AlreadyThere; and, by stock's reaction,
    TrackingFixed when its tracking changes while something of it is in stock."""
    permit(actor)
    part = lock(parts_for(actor), uid)
    kept = {field: getattr(part, field) for field in ("measure", "gtin", "tracking", "exchange")}
    values = _of_part(number, name, kept | more)
    if Part.objects.filter(number__iexact=values["number"]).exclude(pk=part.pk).exists():
        raise AlreadyThere(name=values["number"])
    if changed(actor, part, values):
        index_part(part)
    return part


@command
def archive_part(actor: Actor, uid: UUID, *, restore: bool = False) -> Part:
    """No longer ordered or offered; what lies in stock stays."""
    permit(actor)
    part = lock(parts_for(actor), uid)
    archived(actor, part, restore=restore)
    index_part(part)
    return part


@command
def fit_part(actor: Actor, uid: UUID, *, product_uid: UUID, fits: bool = True) -> Part:
    """The part fits the model, or does not after all; saying it twice is saying it once."""
    permit(actor)
    part, product = lock(parts_for(actor), uid), products_for(actor).get(uid=product_uid)
    if fits:
        PartFit.objects.bulk_create([PartFit(part=part, product=product)], ignore_conflicts=True)
    else:
        PartFit.objects.filter(part=part, product=product).delete()
    return part


@command
def add_service(
    actor: Actor,
    *,
    code: str,
    names: Texts,
    minutes: int = 60,
    keywords: str = "",
    category_id: int | None = None,
    product_id: int | None = None,
) -> Service:
    """A work of the price list for all devices, a category or one model. Raises AlreadyThere for a taken code."""
    permit(actor)
    values = _of_service(code, names, minutes, keywords)
    if Service.objects.filter(code__iexact=values["code"]).exists():
        raise AlreadyThere(name=values["code"])
    of = {"category_id": category_id, "product_id": product_id}
    return added(actor, Service.objects.create(uid=uuid7(actor.now()), **of, **values))


@command
def change_service(
    actor: Actor,
    uid: UUID,
    *,
    code: str,
    names: Texts,
    minutes: int = 60,
    keywords: str = "",
    category_id: int | None = None,
    product_id: int | None = None,
) -> Service:
    """Corrects a work. Raises AlreadyThere."""
    permit(actor)
    service = lock(services_for(actor), uid)
    values = _of_service(code, names, minutes, keywords)
    if Service.objects.filter(code__iexact=values["code"]).exclude(pk=service.pk).exists():
        raise AlreadyThere(name=values["code"])
    changed(actor, service, {"category_id": category_id, "product_id": product_id, **values})
    return service


@command
def archive_service(actor: Actor, uid: UUID, *, restore: bool = False) -> Service:
    """No longer offered; quotes that name it stay."""
    permit(actor)
    service = lock(services_for(actor), uid)
    archived(actor, service, restore=restore)
    return service


def _of_product(brand: Brand | None, name: str, code: str) -> dict[str, Any]:
    if not name:
        raise TextMissing
    whole = f"{brand.name} {name}" if brand else name
    return {"name": name, "code": code, "sort_name": sort_key(whole), "words": words_of(whole, code)}


def _of_part(number: str, name: str, more: dict[str, Any]) -> dict[str, Any]:
    known_as, article = clean(name), clean(number)
    if not known_as or not article:
        raise TextMissing
    gtin = clean(str(more.get("gtin", "")))
    return {
        "number": article,
        "name": known_as,
        "sort_name": sort_key(known_as),
        "words": words_of(article, known_as, gtin),
        "measure": more.get("measure") or UnitOfMeasure.PIECE,
        "gtin": gtin,
        "tracking": Tracking(more.get("tracking") or Tracking.QUANTITY),
        "exchange": bool(more.get("exchange")),
    }


def _of_service(code: str, names: Texts, minutes: int, keywords: str) -> dict[str, Any]:
    kept, word = texts(names), clean(keywords)
    known = clean(code)
    if not known:
        raise TextMissing
    return {
        "code": known,
        "names": kept,
        "minutes": minutes,
        "keywords": word,
        "words": words_of(known, *kept.values(), word),
    }
