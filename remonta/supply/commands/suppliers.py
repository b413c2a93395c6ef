"""Whom parts are bought from: suppliers, and what they sell at which price."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from remonta.catalogue.queries import parts_for
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean, sort_key
from remonta.spine.commands import command, record, record_first
from remonta.supply import facts
from remonta.supply.commands.refusals import (
    LotWrong,
    NoSuchCurrency,
    PriceWrong,
    SupplierKnown,
    SupplierMissing,
    SupplierPartKnown,
)
from remonta.supply.models import Supplier, SupplierPart
from remonta.supply.queries.suppliers import supplier_parts_for, suppliers_for

CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
FINEST, HIGHEST = Decimal("0.000001"), Decimal(10) ** 9
OF_SUPPLIER = ("lead_days", "minimum", "warranty_months", "language")
OF_PART = ("price", "minimum", "multiple", "lead_days", "warranty_months")
TEXTS = ("contact", "email", "phone", "address", "tax_id", "our_number", "notes")


@command
def add_supplier(actor: Actor, *, name: str, currency: str, **more: Any) -> Supplier:
    """A new supplier; `more` out of lead_days, minimum (minor units), warranty_months,
    language and texts. Raises SupplierKnown,
    SupplierMissing, NoSuchCurrency."""
    permit(actor)
    values = _of_supplier({"name": name, "currency": currency, **more})
    made = Supplier.objects.create(uid=uuid7(actor.now()), **_new_name(values, None))
    record_first(actor, made, facts.SupplierAdded(supplier_id=made.pk))
    return made


@command
def change_supplier(actor: Actor, uid: UUID, **changes: Any) -> Supplier:
    """Corrects what is said of a supplier. Raises SupplierKnown, SupplierMissing, NoSuchCurrency."""
    permit(actor)
    supplier = _locked(actor, uid)
    values = _new_name(_of_supplier(changes), supplier.pk)
    fields = tuple(name for name, value in values.items() if getattr(supplier, name) != value)
    for name in fields:
        setattr(supplier, name, values[name])
    if fields:
        supplier.save(update_fields=fields)
        record(actor, supplier, facts.SupplierChanged(supplier_id=supplier.pk, fields=fields))
    return supplier


@command
def archive_supplier(actor: Actor, uid: UUID, *, restore: bool = False) -> Supplier:
    """Nothing is bought there any more, or again. Doing it twice is doing it once. Raises SupplierKnown."""
    permit(actor)
    supplier = _locked(actor, uid)
    if restore == (supplier.archived_at is None):
        return supplier
    if restore:
        _new_name({"name": supplier.name}, supplier.pk)
    supplier.archived_at = None if restore else actor.now()
    supplier.save(update_fields=["archived_at"])
    fact = facts.SupplierRestored if restore else facts.SupplierArchived
    record(actor, supplier, fact(supplier_id=supplier.pk))
    return supplier


@command
def add_supplier_part(actor: Actor, supplier_uid: UUID, *, part_uid: UUID, **values: Any) -> SupplierPart:
    """The supplier sells that part; `values` out of number, price (major units for one), currency, minimum, multiple
    (thousandths), lead_days and warranty_months. Raises SupplierPartKnown, PriceWrong, LotWrong, NoSuchCurrency."""
    permit(actor)
    supplier = _locked(actor, supplier_uid)
    part = parts_for(actor).get(uid=part_uid)
    kept = _of_part(values, supplier.currency)
    number = kept.setdefault("number", "")
    if SupplierPart.objects.filter(supplier=supplier, part=part, number=number).exists():
        raise SupplierPartKnown(number=number or part.number)
    kept.setdefault("currency", supplier.currency)
    if kept.get("price") is not None:
        kept["priced_on"] = actor.now().date()
    made = SupplierPart.objects.create(uid=uuid7(actor.now()), supplier=supplier, part=part, **kept)
    record(actor, supplier, facts.SupplierPartSet(supplier_id=supplier.pk, part_id=part.pk, part=part.number))
    return made


@command
def change_supplier_part(actor: Actor, uid: UUID, **values: Any) -> SupplierPart:
    """Corrects the supplier's number, price, lots or lead time; `archived` takes it out of what is offered, or back.

    Raises SupplierPartKnown, PriceWrong, LotWrong, NoSuchCurrency.
    """
    permit(actor)
    rows = supplier_parts_for(actor).select_related("part", "supplier").select_for_update(of=("supplier", "self"))
    row = rows.get(uid=uid)
    archived = values.pop("archived", row.archived_at is not None)
    kept = _of_part(values, row.supplier.currency)
    others = SupplierPart.objects.filter(supplier=row.supplier, part=row.part).exclude(pk=row.pk)
    if others.filter(number=kept.get("number", row.number)).exists():
        raise SupplierPartKnown(number=kept.get("number") or row.part.number)
    if kept.get("price") is not None and kept["price"] != row.price:
        kept["priced_on"] = actor.now().date()
    if archived != (row.archived_at is not None):
        kept["archived_at"] = actor.now() if archived else None
    for name, value in kept.items():
        setattr(row, name, value)
    row.save(update_fields=list(kept)) if kept else None
    told: dict[str, Any] = {"supplier_id": row.supplier_id, "part_id": row.part_id, "part": row.part.number}
    record(actor, row.supplier, facts.SupplierPartSet(**told))
    return row


def permit(actor: Actor) -> None:
    """Suppliers and rates are the whole network's. Raises NotPermitted."""
    if not actor.may_at("supply.keep_suppliers", None):
        raise NotPermitted


def known_currency(code: str) -> str:
    """An ISO 4217 code as it is kept. Raises NoSuchCurrency."""
    plain = clean(code).upper()
    if not CURRENCY.fullmatch(plain):
        raise NoSuchCurrency(code=plain)
    return plain


def _locked(actor: Actor, uid: UUID) -> Supplier:
    return suppliers_for(actor).select_for_update(of=("self",)).get(uid=uid)


def _of_supplier(values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: clean(values[name]) for name in TEXTS if name in values}
    kept |= {name: values[name] for name in OF_SUPPLIER if values.get(name) is not None}
    if "name" in values:
        kept["name"] = clean(values["name"])
        if not kept["name"]:
            raise SupplierMissing
    if "currency" in values:
        kept["currency"] = known_currency(values["currency"])
    return kept


def _new_name(values: dict[str, Any], besides: int | None) -> dict[str, Any]:
    """With the key it is sorted by. Raises SupplierKnown when another one is called so."""
    if "name" not in values:
        return values
    key = sort_key(values["name"])
    if Supplier.objects.filter(sort_name=key, archived_at=None).exclude(pk=besides or 0).exists():
        raise SupplierKnown(name=values["name"])
    return {**values, "sort_name": key}


def _of_part(values: Mapping[str, Any], currency: str) -> dict[str, Any]:
    kept = {name: values[name] for name in OF_PART if name in values}
    if "number" in values:
        kept["number"] = clean(values["number"])
    if "currency" in values:
        kept["currency"] = known_currency(values["currency"] or currency)
    price = kept.get("price")
    if price is not None and (not 0 <= price < HIGHEST or price != price.quantize(FINEST)):
        raise PriceWrong
    if any(kept.get(name, 1) is None or kept.get(name, 1) <= 0 for name in ("minimum", "multiple")):
        raise LotWrong
    return kept
