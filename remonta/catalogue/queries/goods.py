"""Reading models, parts, works and what belongs to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from remonta.catalogue.models import Brand, Category, ChecklistItem, FaultCode, KnownFault, Part, Product, Service
from remonta.kernel.actor import Actor
from remonta.kernel.texts import normal, said
from remonta.spine.queries import remember, remembered, search_kind

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Named:
    """An entry with its name in the reader's language."""

    id: int
    uid: UUID
    code: str
    name: str


@dataclass(frozen=True)
class Device:
    """A kind of device with what is asked at intake."""

    id: int
    uid: UUID
    code: str
    name: str
    parent_id: int | None
    accessories: tuple[str, ...]
    looks: tuple[str, ...]
    asks_passcode: bool
    serial_is_imei: bool


@dataclass(frozen=True)
class CheckLine:
    """One line of a checklist."""

    id: int
    uid: UUID
    text: str
    required: bool
    position: int


@dataclass(frozen=True)
class ChecklistLine:
    """A line as the catalogue lists it: with its moment and the kind of device it is for."""

    uid: UUID
    text: str
    required: bool
    moment: str
    category_id: int | None


@dataclass(frozen=True)
class Fault:
    """A fault that is known of a model; `service_id` is the work that helps."""

    id: int
    symptoms: str
    remedy: str
    service_id: int | None
    service: str


@dataclass(frozen=True)
class ProductCard:
    """Everything a page shows of a model."""

    id: int
    uid: UUID
    name: str
    brand: str
    full_name: str
    code: str
    category_id: int
    category: str
    archived_at: datetime | None
    faults: tuple[Fault, ...]
    parts: tuple[Part, ...]


def products_for(actor: Actor) -> QuerySet[Product]:
    """Models, archived ones too, with brand and category: the same for everybody who reads the catalogue."""
    return _open_to(actor, Product.objects.select_related("brand", "category"))


def product_of(actor: Actor, named: UUID | int) -> Product:
    """A model with its brand and category, by key or outside id. Raises DoesNotExist. One statement a command."""
    column = "uid" if isinstance(named, UUID) else "pk"
    found = remembered(("product", named), lambda: products_for(actor).get(**{column: named}))
    remember(("product", found.pk), found)
    return found


def parts_for(actor: Actor) -> QuerySet[Part]:
    """Parts, archived ones too."""
    return _open_to(actor, Part.objects.all())


def services_for(actor: Actor) -> QuerySet[Service]:
    """Works of the price list, archived ones too."""
    return _open_to(actor, Service.objects.all())


def categories_for(actor: Actor) -> QuerySet[Category]:
    """Kinds of devices."""
    return _open_to(actor, Category.objects.all())


def fault_codes_for(actor: Actor) -> QuerySet[FaultCode]:
    """Codes of diagnosis."""
    return _open_to(actor, FaultCode.objects.all())


def brands() -> tuple[Named, ...]:
    """Brands by name. One statement."""
    rows = Brand.objects.order_by("name").values_list("pk", "uid", "name")
    return tuple(Named(pk, uid, name, name) for pk, uid, name in rows)


def find_product(actor: Actor, text: str, limit: int = 10) -> tuple[Product, ...]:
    """Models that hold every word, in any order and case; shortest name first. One statement."""
    found = products_for(actor).filter(having(text), archived_at=None).order_by("sort_name", "pk")
    return tuple(sorted(found[: limit * 4], key=lambda product: len(product.words))[:limit])


def find_service(actor: Actor, text: str, limit: int = 10) -> tuple[Service, ...]:
    """Works that hold every word in one of their languages. One statement."""
    return tuple(services_for(actor).filter(having(text), archived_at=None).order_by("code")[:limit])


def having(text: str) -> Q:
    """Every word of the text stands in `words`."""
    wanted = Q()
    for word in normal(text).split():
        wanted &= Q(words__contains=word)
    return wanted


def product_card(actor: Actor, uid: UUID) -> ProductCard:
    """A model with its known faults and the parts that fit. Three statements. Raises DoesNotExist."""
    one = products_for(actor).get(uid=uid)
    fitting = parts_for(actor).filter(fits__product=one).order_by("sort_name", "pk")
    return ProductCard(
        id=one.pk,
        uid=one.uid,
        name=one.name,
        brand=one.brand.name if one.brand else "",
        full_name=str(one),
        code=one.code,
        category_id=one.category_id,
        category=said(one.category.names, actor.language),
        archived_at=one.archived_at,
        faults=known_faults(one.pk, actor.language),
        parts=tuple(fitting),
    )


def parts_fitting(actor: Actor, product_id: int) -> tuple[Part, ...]:
    """Parts that fit a model and are still offered. One statement."""
    return tuple(parts_for(actor).filter(fits__product_id=product_id, archived_at=None).order_by("sort_name", "pk"))


def known_faults(product_id: int, language: str = "en") -> tuple[Fault, ...]:
    """What is known to go wrong with a model, and what helps. One statement."""
    rows = KnownFault.objects.filter(product_id=product_id).select_related("service").order_by("pk")
    return tuple(
        Fault(
            row.pk,
            said(row.symptoms, language),
            said(row.remedy, language),
            row.service_id,
            said(row.service.names, language) if row.service else "",
        )
        for row in rows
    )


def categories(language: str = "en") -> tuple[Device, ...]:
    """Kinds of devices with their accessories and looks in that language, by name. One statement.

    The same for everybody, the public request form included.
    """
    rows = [device_of(category, language) for category in Category.objects.all()]
    return tuple(sorted(rows, key=lambda one: normal(one.name)))


def device_of(category: Category, language: str) -> Device:
    """A category in the reader's words."""
    return Device(
        id=category.pk,
        uid=category.uid,
        code=category.code,
        name=said(category.names, language),
        parent_id=category.parent_id,
        accessories=tuple(said(names, language) for names in category.accessories),
        looks=tuple(said(names, language) for names in category.looks),
        asks_passcode=category.asks_passcode,
        serial_is_imei=category.serial_is_imei,
    )


def checklist(category_id: int | None, moment: str, language: str = "en") -> tuple[CheckLine, ...]:
    """What is checked at that moment: lines for all devices, of the category and of the one above. One statement."""
    rows = ChecklistItem.objects.filter(_of_category(category_id), moment=moment, archived_at=None).order_by(
        "position", "pk"
    )
    return tuple(CheckLine(row.pk, row.uid, said(row.names, language), row.required, row.position) for row in rows)


def checklist_items_for(actor: Actor) -> QuerySet[ChecklistItem]:
    """Lines of all checklists that are still asked."""
    return _open_to(actor, ChecklistItem.objects.filter(archived_at=None))


def checklist_items(actor: Actor) -> tuple[ChecklistLine, ...]:
    """Every line with its moment and kind of device, in order. One statement."""
    rows = checklist_items_for(actor).order_by("moment", "category_id", "position", "pk")
    return tuple(
        ChecklistLine(row.uid, said(row.names, actor.language), row.required, row.moment, row.category_id)
        for row in rows
    )


def fault_codes(kind: str, category_id: int | None = None, language: str = "en") -> tuple[Named, ...]:
    """Codes of diagnosis (symptom, defect, repair) for all devices, and those of the category. One statement."""
    rows = FaultCode.objects.filter(_of_category(category_id), kind=kind).order_by("code")
    return tuple(Named(row.pk, row.uid, row.code, said(row.names, language)) for row in rows)


def _of_category(category_id: int | None) -> Q:
    if category_id is None:
        return Q(category=None)
    above = Category.objects.filter(pk=category_id).values("parent_id")
    return Q(category=None) | Q(category_id=category_id) | Q(category_id__in=above)


def _open_to(actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    return rows if actor.may_somewhere("catalogue.see") else rows.none()


search_kind("part", "catalogue.see", common=True)
