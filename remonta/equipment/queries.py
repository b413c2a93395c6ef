"""Reading the product archive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce, TruncMonth
from django.utils.translation import gettext_lazy as _

from remonta.customers.queries import customers_for
from remonta.equipment.models import (
    KnownUnit,
    LinkKind,
    Shipment,
    ShipmentLine,
    ShippedPiece,
    UnitLink,
    UnitList,
    UnitPart,
)
from remonta.equipment.models import Unit as Unit
from remonta.equipment.workflow import UnitState
from remonta.identity.queries import in_reach
from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.kernel.texts import said, serial_normal
from remonta.spine.queries import search_kind

FROM_OTHER_SIDE = {
    LinkKind.PART_OF: _("contains"),
    LinkKind.REPLACED_BY: _("replaces"),
    LinkKind.LOANED_FOR: _("has a loaner"),
}


@dataclass(frozen=True)
class LinkedUnit:
    """Another unit that belongs to this one."""

    uid: UUID
    kind: str
    label: str
    name: str
    number: str


@dataclass(frozen=True)
class UnitCard:
    """Everything a page shows of a unit; owner's name and uid are empty where the actor may not see them."""

    id: int
    uid: UUID
    product_id: int
    product_uid: UUID
    product: str
    category_id: int
    category: str
    serial: str
    second_serial: str
    tag: str
    number: str
    quantity: int
    batch: str
    owner_id: int | None
    owner_uid: UUID | None
    owner: str
    sold_on: date | None
    warranty_until: date | None
    note: str
    state: str
    state_label: str
    created_at: datetime
    links: tuple[LinkedUnit, ...]


@dataclass(frozen=True)
class UnitPartLine:
    """A part in a unit (quantity in thousandths), `depth` levels below; who fitted or took it out, where a repair did.
    `fitted_order` is the key of a work order."""

    id: int
    part_uid: UUID
    number: str
    name: str
    quantity: int
    reference: str
    serial: str
    depth: int
    fitted_at: datetime | None
    fitted_order: int | None
    removed_at: datetime | None


@dataclass(frozen=True)
class UnitParts:
    """What a unit consists of, and what is gone; whence it is (as built, or the list's version in force on a day)."""

    source: str
    source_label: str
    day: date | None
    version: int | None
    lines: tuple[UnitPartLine, ...]
    gone: tuple[UnitPartLine, ...]


def units_for(actor: Actor, permission: str = "equipment.see") -> QuerySet[Unit]:
    """The units the actor may see: all, or those known at centres of theirs; never a duplicate that was merged."""
    return Unit.objects.filter(_reach(actor, permission), merged_into=None)


def numbered(number: str, *, beginning: bool = False) -> Q:
    """Units of that serial number or tag in normal form, or of one that begins so, as the indexes can find them."""
    how = "begins" if beginning else "exact"
    return Q(**{f"serial_normal__{how}": number}) & ~Q(serial_normal="") | Q(**{f"tag__{how}": number}) & ~Q(tag="")


def find_units(actor: Actor, text: str, limit: int = 10) -> tuple[Unit, ...]:
    """Units whose serial number or tag is that, or begins so; whole matches first. One statement."""
    wanted = serial_normal(text)
    if len(wanted) < 2:
        return ()
    rows = units_for(actor).filter(numbered(wanted, beginning=True)).select_related("product__brand")
    rows = rows.order_by("serial_normal", "pk")
    return tuple(sorted(rows[: limit * 2], key=lambda unit: wanted not in (unit.serial_normal, unit.tag))[:limit])


def units_of(actor: Actor, customer_ids: list[int], limit: int = 50) -> tuple[Unit, ...]:
    """The active units of these customers (a customer and their duplicates), newest first. One statement."""
    rows = units_for(actor).filter(owner_id__in=customer_ids).select_related("product__brand")
    return tuple(rows.order_by("state", "-pk")[:limit])


def unit_card(actor: Actor, uid: UUID) -> UnitCard:
    """The unit with its model, owner and links. Three statements. Raises DoesNotExist."""
    rows = units_for(actor).select_related("product__brand", "product__category", "owner__merged_into")
    one = rows.get(uid=uid)
    owner = (one.owner.merged_into or one.owner) if one.owner else None
    shown = owner if owner and customers_for(actor).filter(pk=owner.pk).exists() else None
    return UnitCard(
        id=one.pk,
        uid=one.uid,
        product_id=one.product_id,
        product_uid=one.product.uid,
        product=str(one.product),
        category_id=one.product.category_id,
        category=said(one.product.category.names, actor.language),
        serial=one.serial,
        second_serial=one.second_serial,
        tag=one.tag,
        number=str(one),
        quantity=one.quantity,
        batch=one.batch,
        owner_id=shown.pk if shown else None,
        owner_uid=shown.uid if shown else None,
        owner=shown.name if shown else "",
        sold_on=one.sold_on,
        warranty_until=one.warranty_until,
        note=one.note,
        state=one.state,
        state_label=one.get_state_display(),
        created_at=one.created_at,
        links=links_of(actor, one.pk),
    )


def links_of(actor: Actor, unit_id: int) -> tuple[LinkedUnit, ...]:
    """The units that belong to this one, as far as the actor may see them. One statement."""
    seen = units_for(actor).values("pk")
    either = Q(unit_id=unit_id, other__in=seen) | Q(other_id=unit_id, unit__in=seen)
    rows = UnitLink.objects.filter(either).select_related("unit__product__brand", "other__product__brand")
    lines = []
    for row in rows.order_by("pk"):
        forth = row.unit_id == unit_id
        them = row.other if forth else row.unit
        label = row.get_kind_display() if forth else FROM_OTHER_SIDE[LinkKind(row.kind)]
        lines.append(LinkedUnit(them.uid, row.kind, str(label), str(them.product), str(them)))
    return tuple(lines)


def unit_family(unit_id: int) -> list[int]:
    """The unit and the duplicates merged into it: rooms above read its history by these keys. One statement."""
    return [unit_id, *Unit.objects.filter(merged_into_id=unit_id).values_list("pk", flat=True)]


def shipments_for(actor: Actor) -> QuerySet[Shipment]:
    """Sales documents of the centres where the actor sees units."""
    return Shipment.objects.filter(in_reach(actor, "equipment.see"))


def shipped_pieces_for(actor: Actor) -> QuerySet[ShippedPiece]:
    """What was shipped, piece by piece, of those documents."""
    return ShippedPiece.objects.filter(line__shipment__in=shipments_for(actor))


def shipment_line(actor: Actor, uid: UUID) -> ShipmentLine:
    """A line of a sales document with its document and product. One statement. Raises DoesNotExist."""
    rows = ShipmentLine.objects.filter(shipment__in=shipments_for(actor))
    return rows.select_related("shipment__customer", "shipment__centre", "product__brand").get(uid=uid)


def unit_parts(actor: Actor, unit_id: int) -> UnitParts | None:
    """What a unit consists of, assemblies before what is in them; None without a list of its own. Three statements."""
    seen = units_for(actor).filter(pk=unit_id).values("pk")
    head = UnitList.objects.filter(unit__in=seen).select_related("copied_from").first()
    if head is None:
        return None
    rows = UnitPart.objects.filter(unit_id=unit_id).select_related("part").order_by("pk")
    below: dict[int | None, list[UnitPart]] = {}
    gone = []
    for row in rows:
        if row.removed_at is None:
            below.setdefault(row.above_id, []).append(row)
        else:
            gone.append(_part_line(row, 0))
    version = head.copied_from.version if head.copied_from else None
    label = str(head.get_source_display())
    return UnitParts(head.source, label, head.day, version, tuple(_down(below, None, 0)), tuple(gone))


def units_with_parts() -> QuerySet[UnitList, int]:
    """The keys of units that have a parts list of their own, for rooms above to narrow by. No statement."""
    return UnitList.objects.values_list("unit_id", flat=True)


def sold_to(actor: Actor, document: Shipment) -> str:
    """To whom it was shipped: as the customer is called here, else as the sales system wrote it; nothing for who may
    not see customers. No statement when read with its customer."""
    if not actor.may_at("customers.see", document.centre_id):
        return ""
    return document.customer.name if document.customer else document.customer_name


def shipped_with(actor: Actor, unit_id: int) -> ShippedPiece | None:
    """The piece of a shipment that the unit was. One statement."""
    rows = shipped_pieces_for(actor).filter(unit__in=unit_family(unit_id))
    return rows.select_related("line__shipment").order_by("-pk").first()


def field_by_month() -> Iterator[tuple[int, date, int]]:
    """Units in the field, of the whole network: the model, the month in which they were sold or else came to us, and
    how many. For commands that permit it. One statement."""
    rows = Unit.objects.filter(state=UnitState.ACTIVE, merged_into=None)
    since = TruncMonth(Coalesce("sold_on", Cast("created_at", DateField())))
    grouped = rows.annotate(began=since).values_list("product_id", "began").annotate(units=Sum("quantity"))
    yield from grouped.order_by().iterator()


def _down(below: Mapping[int | None, list[UnitPart]], above: int | None, depth: int) -> Iterator[UnitPartLine]:
    for row in below.get(above, ()):
        yield _part_line(row, depth)
        yield from _down(below, row.pk, depth + 1)


def _part_line(row: UnitPart, depth: int) -> UnitPartLine:
    part = row.part
    said = (part.number, part.name, row.quantity, row.reference, row.serial)
    return UnitPartLine(row.pk, part.uid, *said, depth, row.fitted_at, row.fitted_order, row.removed_at)


def _reach(actor: Actor, permission: str) -> Q:
    places = actor.places_of(permission)
    if EVERYWHERE in places:
        return Q()
    here = Q(Exists(KnownUnit.objects.filter(unit=OuterRef("pk"), centre_id__in=sorted(places))))
    return here | Q(pk__in=sorted(actor.granted("equipment.unit")))


search_kind("unit", "equipment.see")
