"""InvenTree's tables: parts, lists of assemblies, serialised stock as units, and suppliers' numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.db import transaction

from remonta.catalogue import commands as catalogue
from remonta.catalogue.queries import list_on, parts_for, parts_lists_for, products_for
from remonta.customers.queries import customers_for
from remonta.equipment.commands import register_unit, withdraw_units
from remonta.equipment.queries import units_for
from remonta.exchange.commands.devices import Devices
from remonta.exchange.commands.pieces import standing
from remonta.exchange.inventree import BOM, PARTS, STOCK, SUPPLIERS
from remonta.exchange.models import Import, ImportRow
from remonta.exchange.rows import Row
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import sort_key
from remonta.supply.commands import add_supplier, add_supplier_part, change_supplier_part
from remonta.supply.queries import supplier_parts_for, suppliers_for

RIGHTS = (
    "catalogue.see",
    "catalogue.write",
    "customers.see",
    "equipment.see",
    "equipment.write",
    "supply.see_suppliers",
    "supply.keep_suppliers",
)
CURRENCY = "USD"
KIND = "InvenTree"


class Inventree:
    """Which table the file is stands in its rows; parts of other files are found by their InvenTree id."""

    def __init__(self, actor: Actor, run: Import) -> None:
        self.actor, self.run = actor.trusted_with(*RIGHTS), run
        self.makes: dict[str, Callable[[Row], int | str]] = {
            PARTS: self.part,
            BOM: self.line,
            STOCK: self.unit,
            SUPPLIERS: self.supplied,
        }

    def resolved(self, rows: Sequence[Row]) -> list[Row]:
        """The parts that rows of lists, stock and suppliers name. One statement for all of them."""
        names = ("owner", "part")
        keys = {row.said[name] for row in rows if not row.reason for name in names if row.said.get(name)}
        known = {key: row.subject_id for key, row in standing(self.run, list(keys)).items()} if keys else {}
        found = []
        for row in rows:
            ids = {f"{name}_id": known.get(row.said[name]) for name in names if name in row.said}
            lacking = not row.reason and None in ids.values()
            found.append(replace(row, reason="part" if lacking else row.reason, said={**row.said, **ids}))
        return found

    def new_kind(self, row: Row) -> str:
        return ""

    def add(self, rows: Sequence[Row]) -> list[int | str]:
        return [self.made(row) for row in rows]

    def made(self, row: Row) -> int | str:
        """One row, or the reason why a rule refuses it."""
        try:
            with transaction.atomic():
                return self.makes[row.said["file"]](row)
        except catalogue.ContainsItself:
            return "circle"
        except Refused:
            return "taken"

    def part(self, row: Row) -> int:
        said = {name: row.said[name] for name in ("name", "measure", "tracking")}
        return catalogue.add_part(self.actor, number=self.number(row), **said).pk

    def number(self, row: Row, besides: int = 0) -> str:
        """The part's number; where another part has it already, with InvenTree's id behind it."""
        wanted = row.said["number"]
        taken = parts_for(self.actor).filter(number__iexact=wanted).exclude(pk=besides).exists()
        return f"{wanted} #{row.said['id']}" if taken else wanted

    def line(self, row: Row) -> int:
        owner = parts_for(self.actor).get(pk=row.said["owner_id"])
        part = parts_for(self.actor).get(pk=row.said["part_id"])
        draft = catalogue.begin_list(self.actor, part_uid=owner.uid, note=KIND)
        said = {name: row.said[name] for name in ("quantity", "reference", "optional", "note")}
        return catalogue.add_list_line(self.actor, draft.uid, part_uid=part.uid, **said).pk

    def unit(self, row: Row) -> int | str:
        """A unit of the model that is called as the part, which is made with a list of that one part if need be."""
        said = row.said
        part = parts_for(self.actor).get(pk=said["part_id"])
        product_id = self.product_of(part)
        if units_for(self.actor).filter(product_id=product_id, serial=said["serial"]).exists():
            return "here"
        return register_unit(
            self.actor,
            product_id=product_id,
            serial=said["serial"],
            batch=said["batch"],
            note=said["note"],
            owner_id=self.owner_of(said["customer"]),
            centre_id=self.run.centre_id,
            accept_odd_serial=True,
        ).pk

    def owner_of(self, name: str) -> int | None:
        """The one customer of that very name."""
        named = customers_for(self.actor).filter(sort_name=sort_key(name))
        found = list(named.values_list("pk", flat=True)[:2]) if name else []
        return found[0] if len(found) == 1 else None

    def product_of(self, part: Any) -> int:
        known = products_for(self.actor).filter(code=part.number).values_list("pk", flat=True).first()
        if known:
            return int(known)
        named = products_for(self.actor).filter(brand=None, name__iexact=part.name).exists()
        name = f"{part.name} {part.number}" if named else part.name
        kind = Devices(self.actor).kind_of(KIND)
        made = catalogue.add_product(self.actor, category_id=kind, name=name, code=part.number)
        if list_on(self.actor.now().date(), part_id=part.pk):
            draft = catalogue.begin_list(self.actor, product_uid=made.uid, note=KIND)
            catalogue.add_list_line(self.actor, draft.uid, part_uid=part.uid)
            catalogue.publish_list(self.actor, draft.uid, valid_from=self.actor.now().date())
        return made.pk

    def supplied(self, row: Row) -> int:
        part = parts_for(self.actor).get(pk=row.said["part_id"])
        name, number = row.said["supplier"], row.said["number"]
        supplier = suppliers_for(self.actor).filter(sort_name=sort_key(name), archived_at=None).first()
        supplier = supplier or add_supplier(self.actor, name=name, currency=CURRENCY)
        same = supplier_parts_for(self.actor).filter(supplier=supplier, part=part, number=number).first()
        if same:
            return change_supplier_part(self.actor, same.uid, archived=False).pk
        return add_supplier_part(self.actor, supplier.uid, part_uid=part.uid, number=number).pk

    def correct(self, row: Row, subject_id: int) -> dict[str, Any] | str:
        """Parts are corrected, and lines of lists while they are drafts; the rest is looked after here."""
        if row.said["file"] == PARTS:
            return self.corrected_part(subject_id, row)
        return self.corrected_line(subject_id, row.said) if row.said["file"] == BOM else "touched"

    def corrected_part(self, subject_id: int, row: Row) -> dict[str, Any] | str:
        part = parts_for(self.actor).get(pk=subject_id)
        before = {name: getattr(part, name) for name in ("number", "name", "measure", "tracking")}
        said = {name: row.said[name] for name in ("name", "measure", "tracking")}
        try:
            catalogue.change_part(self.actor, part.uid, number=self.number(row, part.pk), **said)
        except Refused:
            return "taken"
        return before

    def corrected_line(self, line_id: int, said: Any) -> dict[str, Any] | str:
        draft = parts_lists_for(self.actor).filter(state="draft", lines=line_id).first()
        line = draft.lines.filter(pk=line_id).first() if draft else None
        if draft is None or line is None:
            return "touched"
        names = ("quantity", "reference", "optional", "note")
        before = {name: getattr(line, name) for name in names}
        catalogue.change_list_line(self.actor, draft.uid, line_id=line_id, **{name: said[name] for name in names})
        return before

    def finish(self) -> None:
        """The lists this import has filled are in force from today; one that a rule keeps back stays a draft."""
        lines = self.run.rows.filter(key__startswith="bom:", outcome="created").values_list("subject_id", flat=True)
        drafts = parts_lists_for(self.actor).filter(state="draft", lines__in=list(lines)).distinct().order_by("pk")
        for uid in list(drafts.values_list("uid", flat=True)):
            with suppress(Refused), transaction.atomic():
                catalogue.publish_list(self.actor, uid, valid_from=self.actor.now().date())

    def withdraw(self, rows: Sequence[ImportRow]) -> set[int]:
        """Parts, lines and units nobody uses are gone; suppliers' numbers are archived."""
        ids = [row.subject_id for row in rows if row.subject_id]
        file = rows[0].key.partition(":")[0] if rows else ""
        if file == "part":
            return catalogue.withdraw_parts(self.actor, ids)
        if file == "bom":
            return catalogue.withdraw_list_lines(self.actor, ids)
        if file == "stock":
            return withdraw_units(self.actor, ids)
        for uid in list(supplier_parts_for(self.actor).filter(pk__in=ids).values_list("uid", flat=True)):
            change_supplier_part(self.actor, uid, archived=True)
        return set(ids)

    def restore(self, row: ImportRow) -> bool:
        before = dict(row.before or {})
        if row.key.startswith("part:"):
            part = parts_for(self.actor).get(pk=row.subject_id or 0)
            with suppress(Refused), transaction.atomic():
                catalogue.change_part(self.actor, part.uid, **before)
                return True
            return False
        return isinstance(self.corrected_line(row.subject_id or 0, before), dict)
