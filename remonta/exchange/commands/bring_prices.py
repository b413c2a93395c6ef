"""Price lists: each line becomes what a supplier sells, under our part; the whole list can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from remonta.catalogue.commands import add_part
from remonta.catalogue.queries import parts_for
from remonta.exchange.mapping import MappingWrong, read_mapping
from remonta.exchange.models import Import, ImportRow
from remonta.exchange.rows import Row
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import normal
from remonta.supply.commands import Listed, list_price, take_list_back
from remonta.supply.queries import Supplier, supplier_parts_for, suppliers_for

RIGHTS = ("catalogue.see", "catalogue.write", "supply.see_suppliers", "supply.keep_suppliers")


class Prices:
    """A row is a line of one supplier's list. With `new_parts`, parts nobody knows here are added to the catalogue."""

    def __init__(self, actor: Actor, run: Import) -> None:
        self.actor, self.run = actor.trusted_with(*RIGHTS), run
        options = read_mapping(run.mapping).options
        self.new_parts, self.currency = options.get("new_parts") == "yes", options.get("currency", "")
        self.source = f"import:{run.uid}"
        self.supplier = self.chosen(options.get("supplier", ""))

    def chosen(self, uid: str) -> Supplier:
        found = suppliers_for(self.actor).filter(uid=uid).first() if uid else None
        if found is None:
            raise MappingWrong(why=_("choose the supplier whose list it is."))
        return found

    def resolved(self, rows: Sequence[Row]) -> list[Row]:
        """Each line counts by itself, also one whose number comes again. Two statements for all of them."""
        asked = [row for row in rows if not row.reason]
        numbers = {row.said["number"] for row in asked}
        sold = supplier_parts_for(self.actor).filter(supplier=self.supplier, number__in=numbers)
        by_sold = dict(sold.order_by("pk").values_list("number", "part_id"))
        by_number = self.parts(numbers | {row.said["part"] for row in asked})
        return [row if row.reason else self.line(row, by_sold, by_number) for row in rows]

    def parts(self, numbers: set[str]) -> dict[str, int]:
        """Our parts by number, without case and accents."""
        wanted = [number for number in numbers if number]
        named = Q(number__in=wanted) | Q(number__in=[number.upper() for number in wanted])
        return {normal(number): pk for number, pk in parts_for(self.actor).filter(named).values_list("number", "pk")}

    def line(self, row: Row, by_sold: dict[str, int], by_number: dict[str, int]) -> Row:
        ours, theirs = row.said["part"], row.said["number"]
        part_id = by_number.get(normal(ours)) if ours else by_sold.get(theirs) or by_number.get(normal(theirs))
        if part_id is None and not self.new_parts:
            return replace(row, reason="part")
        key = f"{theirs}@{self.run.pk}#{row.number}"
        return replace(row, key=key, said={**row.said, "part_id": part_id})

    def new_kind(self, row: Row) -> str:
        return ""

    def add(self, rows: Sequence[Row]) -> list[int | str]:
        made: dict[str, int] = {}
        return [self.listed(row, made) for row in rows]

    def listed(self, row: Row, made: dict[str, int]) -> int | str:
        """The supplier's part the line became; or why a rule refuses it."""
        said, number = row.said, row.said["part"] or row.said["number"]
        try:
            part_id = said["part_id"] or made.get(normal(number)) or self.new_part(number, said["name"])
            made[normal(number)] = part_id
            line = Listed(
                part_id=part_id,
                number=said["number"],
                price=said["price"],
                currency=said["currency"] or self.currency or self.supplier.currency,
                minimum=thousandths(said["minimum"]) or None,
                available=thousandths(said["quantity"]),
            )
            return int(list_price(self.actor, self.supplier.pk, line, source=self.source))
        except Refused:
            return "terms"

    def new_part(self, number: str, name: str) -> int:
        known = self.parts({number})
        return known.get(normal(number)) or add_part(self.actor, number=number, name=name or number).pk

    def correct(self, row: Row, subject_id: int) -> dict[str, Any] | str:
        """Lines have keys of their own in each list: nothing is ever the same line."""
        return "touched"

    def finish(self) -> None:
        """Each line is whole by itself."""

    def withdraw(self, rows: Sequence[ImportRow]) -> set[int]:
        wanted = {row.subject_id for row in rows if row.subject_id}
        take_list_back(self.actor, wanted, source=self.source)
        return wanted

    def restore(self, row: ImportRow) -> bool:
        return False


def thousandths(value: Decimal | None) -> int | None:
    """Pieces as they are kept."""
    return None if value is None else int(value * 1000)
