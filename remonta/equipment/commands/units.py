"""Registering units and changing what is known of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import product_of, products_for
from remonta.customers.queries import customers_for
from remonta.equipment import facts
from remonta.equipment.commands.finding import index_again, index_new
from remonta.equipment.models import KnownUnit, LinkKind, Unit, UnitLink
from remonta.equipment.queries import units_for
from remonta.equipment.workflow import UNIT
from remonta.identity.queries import workplace
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.serials import looks_mistyped
from remonta.kernel.texts import clean, serial_normal
from remonta.spine.commands import command, record, record_first, take_number
from remonta.spine.queries import remember, remembered

# As the index says it that finds a serial number at once.
SERIAL_ONCE = ~Q(serial_normal="") & Q(merged_into=None)
TAG_SERIES = "unit_tag"
DESCRIBES = {"second_serial", "quantity", "batch", "sold_on", "warranty_until", "note"}
CHANGEABLE = ("serial", "second_serial", "product_id", "sold_on", "warranty_until", "note", "batch", "quantity")


class SerialLooksWrong(Refused):
    text = _(
        "“%(serial)s” has 15 digits like an IMEI, but its check digit is wrong. Read it again, or keep it as it is."
    )
    field = "serial"


class SerialTaken(Refused):
    text = _("Another unit of this model has the serial number “%(serial)s”. Open that one, or merge the two.")
    field = "serial"


class LinkedToItself(Refused):
    text = _("A unit cannot be linked to itself. Choose another one.")
    field = "other"


@command
def register_unit(
    actor: Actor,
    /,
    *,
    product_id: int,
    serial: str = "",
    owner_id: int | None = None,
    centre_id: int,
    accept_odd_serial: bool = False,
    uid: UUID | None = None,
    **more: Any,
) -> Unit:
    """The unit of that model and serial number, new if nobody of us has seen it; known at the centre from now on.

    Without a serial number it always is a new one, with a tag of our own. A known unit without an owner gets this one.
    `more` out of second_serial, quantity, batch, sold_on, warranty_until, note. Raises SerialLooksWrong for a mistyped
    IMEI unless told to accept it.
    """
    if not actor.may_at("equipment.write", centre_id):
        raise NotPermitted
    product = product_of(actor, product_id)
    normal = serial_normal(serial)
    if normal and product.category.serial_is_imei and looks_mistyped(normal) and not accept_odd_serial:
        raise SerialLooksWrong(serial=clean(serial))
    if normal and (known := _known(product.pk, normal)):
        return _met_again(actor, known, owner_id, centre_id)
    numbers = {"serial": clean(serial), "serial_normal": normal, "tag": "" if normal else _next_tag()}
    made = {"uid": uid or uuid7(actor.now()), "created_at": actor.now()}
    unit = Unit(product=product, owner_id=owner_id, **numbers, **made, **_described(more))
    if not _kept(unit):
        return _met_again(actor, _met(product.pk, normal), owner_id, centre_id)
    KnownUnit.objects.create(unit=unit, centre_id=centre_id)
    remember(_unit_known(unit.pk, centre_id), True)
    index_new(unit, workplace(centre_id).kind, centre_id)
    record_first(actor, unit, facts.UnitRegistered(unit_id=unit.pk, product_id=product.pk, centre_id=centre_id))
    return unit


@command
def change_unit(actor: Actor, /, uid: UUID, *, accept_odd_serial: bool = False, **changes: Any) -> Unit:
    """Corrects fields out of serial, second_serial, product_id, sold_on, warranty_until, note, batch, quantity.

    Raises SerialLooksWrong, SerialTaken.
    """
    unit = lock_unit(actor, uid)
    given = {field: clean(value) if isinstance(value, str) else value for field, value in changes.items()}
    changed = [field for field in CHANGEABLE if field in given and getattr(unit, field) != given[field]]
    for field in changed:
        setattr(unit, field, given[field])
    if "serial" in changed or "product_id" in changed:
        unit.product = products_for(actor).get(pk=unit.product_id)
        unit.serial_normal = serial_normal(unit.serial)
        _check_serial(unit, accept_odd_serial)
        unit.tag = unit.tag or ("" if unit.serial_normal else _next_tag())
    if changed:
        unit.save(update_fields=[*changed, "serial_normal", "tag"])
        index_again(unit)
        record(actor, unit, facts.UnitChanged(unit_id=unit.pk, fields=tuple(changed)))
    return unit


@command
def give_unit(actor: Actor, unit_id: int, *, owner_id: int | None) -> Unit:
    """As `change_owner`, for commands of rooms above, which have checked the right. The same owner again is nothing."""
    unit = Unit.objects.select_related("product__brand").select_for_update(of=("self",)).get(pk=unit_id)
    if unit.owner_id != owner_id:
        former, unit.owner_id = unit.owner_id, owner_id
        unit.save(update_fields=["owner"])
        record(actor, unit, facts.OwnerChanged(unit_id=unit.pk, owner_id=owner_id, former_id=former))
    return unit


@command
def change_owner(actor: Actor, uid: UUID, *, owner_uid: UUID | None) -> Unit:
    """The unit belongs to somebody else now, or to nobody we know."""
    unit = lock_unit(actor, uid)
    owner = customers_for(actor).get(uid=owner_uid) if owner_uid else None
    given: Unit = give_unit(actor, unit.pk, owner_id=owner.pk if owner else None)
    return given


@command
def know_unit(actor: Actor, unit_id: int, centre_id: int) -> None:
    """The centre has the unit: for commands of rooms above, which have checked the right.

    Knowing twice is knowing once. One statement when already known, once in a command.
    """
    known = KnownUnit.objects.filter(unit_id=unit_id, centre_id=centre_id)
    if remembered(_unit_known(unit_id, centre_id), known.exists):
        return
    remember(_unit_known(unit_id, centre_id), True)
    unit = Unit.objects.select_related("product__brand").select_for_update(of=("self",)).get(pk=unit_id)
    KnownUnit.objects.bulk_create([KnownUnit(unit=unit, centre_id=centre_id)], ignore_conflicts=True)
    index_again(unit)
    record(actor, unit, facts.UnitKnown(unit_id=unit.pk, centre_id=centre_id))


@command
def link_units(actor: Actor, uid: UUID, *, other_uid: UUID, kind: str) -> Unit:
    """The unit is part of the other, was replaced by it, or is lent for it. Linking twice is linking once."""
    if uid == other_uid:
        raise LinkedToItself
    unit = lock_unit(actor, uid)
    other = units_for(actor).get(uid=other_uid)
    known = {"unit": unit, "other": other, "kind": LinkKind(kind)}
    if UnitLink.objects.get_or_create(**known, defaults={"since": actor.now()})[1]:
        record(actor, unit, facts.UnitsLinked(unit_id=unit.pk, other_id=other.pk, kind=kind))
    return unit


@command
def deactivate_unit(actor: Actor, uid: UUID, *, reason: str = "") -> Unit:
    """Out of service for good: written off, destroyed, gone; `reason` is a code. Raises UnitClash."""
    return _move(actor, uid, "deactivate", lambda pk: facts.UnitDeactivated(unit_id=pk, reason=reason))


@command
def reactivate_unit(actor: Actor, uid: UUID) -> Unit:
    """In service again after all. Raises UnitClash."""
    return _move(actor, uid, "reactivate", lambda pk: facts.UnitReactivated(unit_id=pk))


def lock_unit(actor: Actor, uid: UUID, permission: str = "equipment.write") -> Unit:
    """The unit's row, locked. Raises DoesNotExist out of sight, NotPermitted without the right where it is known."""
    unit = units_for(actor).select_related("product__brand").select_for_update(of=("self",)).get(uid=uid)
    if not units_for(actor, permission).filter(pk=unit.pk).exists():
        raise NotPermitted
    return unit


def _unit_known(unit_id: int, centre_id: int) -> tuple[str, int, int]:
    """By what a command remembers that the centre knows the unit."""
    return "unit known", unit_id, centre_id


def _known(product_id: int, normal: str) -> Unit | None:
    rows = Unit.objects.select_related("product__brand").select_for_update(of=("self",))
    return rows.filter(SERIAL_ONCE, product_id=product_id, serial_normal=normal).first()


def _met(product_id: int, normal: str) -> Unit:
    if (unit := _known(product_id, normal)) is None:
        raise LookupError("the unit that stood in the way is gone")
    return unit


def _kept(unit: Unit) -> bool:
    """Whether the new row could be written; another counter may have registered the serial number meanwhile."""
    try:
        with transaction.atomic():
            unit.save(force_insert=True)
    except IntegrityError:
        if not unit.serial_normal:
            raise
        return False
    return True


def _described(given: Mapping[str, Any]) -> dict[str, Any]:
    """Only what describes a unit, and texts without outer blanks."""
    if unknown := given.keys() - DESCRIBES:
        raise TypeError(f"register_unit() does not know {', '.join(sorted(unknown))}")
    return {field: clean(value) if isinstance(value, str) else value for field, value in given.items()}


def _next_tag() -> str:
    return f"U{take_number(TAG_SERIES):06}"


def _met_again(actor: Actor, unit: Unit, owner_id: int | None, centre_id: int) -> Unit:
    know_unit(actor, unit.pk, centre_id)
    if owner_id and unit.owner_id is None:
        give_unit(actor, unit.pk, owner_id=owner_id)
        unit.owner_id = owner_id
    return unit


def _check_serial(unit: Unit, accept_odd_serial: bool) -> None:
    normal = unit.serial_normal
    if normal and unit.product.category.serial_is_imei and looks_mistyped(normal) and not accept_odd_serial:
        raise SerialLooksWrong(serial=unit.serial)
    alike = Unit.objects.filter(SERIAL_ONCE, product_id=unit.product_id, serial_normal=normal)
    if normal and alike.exclude(pk=unit.pk).exists():
        raise SerialTaken(serial=unit.serial)


def _move(actor: Actor, uid: UUID, move: str, fact: Any) -> Unit:
    unit = units_for(actor).select_related("product__brand").select_for_update(of=("self",)).get(uid=uid)
    UNIT.apply(move, unit, actor)
    unit.save(update_fields=["state"])
    record(actor, unit, fact(unit.pk))
    return unit
