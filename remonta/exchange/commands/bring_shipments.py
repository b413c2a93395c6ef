"""Lines of a sales system as shipments: the product by its code, parts really used by their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db.models import Q

from remonta.catalogue.queries import parts_for, products_for
from remonta.equipment.commands import Shipped, correct_shipment, list_shipment, withdraw_shipments
from remonta.exchange.models import Import, ImportRow
from remonta.exchange.rows import Row
from remonta.kernel.actor import Actor
from remonta.kernel.texts import sort_key

RIGHTS = ("catalogue.see", "equipment.see", "equipment.write", "customers.see")


class Shipments:
    """A row is a line of a shipment; its centre is the import's."""

    def __init__(self, actor: Actor, run: Import) -> None:
        self.actor, self.run = actor.trusted_with(*RIGHTS), run

    def resolved(self, rows: Sequence[Row]) -> list[Row]:
        """Two statements for all of them."""
        asked = [row for row in rows if not row.reason]
        products = self.products({row.said["product"] for row in asked})
        parts = self.parts({built["part"] for row in asked for built in row.said["built"]})
        return [row if row.reason else _resolved(row, products, parts) for row in rows]

    def products(self, codes: Iterable[str]) -> dict[str, set[int]]:
        """By code or full name, as the file calls them, without case: the models that are meant."""
        wanted = {code: sort_key(code) for code in codes if code}
        named = Q(code__in=wanted) | Q(code__in=[code.upper() for code in wanted]) | Q(sort_name__in=wanted.values())
        found: dict[str, set[int]] = {}
        for pk, code, name in products_for(self.actor).filter(named).values_list("pk", "code", "sort_name"):
            for asked, key in wanted.items():
                if code.lower() == asked.lower() or name == key:
                    found.setdefault(asked, set()).add(pk)
        return found

    def parts(self, numbers: Iterable[str]) -> dict[str, int]:
        wanted = list(numbers)
        return dict(parts_for(self.actor).filter(number__in=wanted).values_list("number", "pk")) if wanted else {}

    def new_kind(self, row: Row) -> str:
        return ""

    def add(self, rows: Sequence[Row]) -> list[int | str]:
        return [list_shipment(self.actor, self.run.centre_id, _shipped(row)).pk for row in rows]

    def correct(self, row: Row, subject_id: int) -> dict[str, Any] | str:
        before = correct_shipment(self.actor, subject_id, _shipped(row))
        return asdict(before) | {"shipped_on": before.shipped_on.isoformat()} if before else "touched"

    def finish(self) -> None:
        """Each line is whole by itself."""

    def withdraw(self, rows: Sequence[ImportRow]) -> set[int]:
        return withdraw_shipments(self.actor, [row.subject_id for row in rows if row.subject_id])

    def restore(self, row: ImportRow) -> bool:
        before = dict(row.before or {})
        day, serials = date.fromisoformat(before["shipped_on"]), tuple(before["serials"])
        past = Shipped(**before | {"shipped_on": day, "serials": serials})
        return row.subject_id is not None and correct_shipment(self.actor, row.subject_id, past) is not None


def _resolved(row: Row, products: dict[str, set[int]], parts: dict[str, int]) -> Row:
    models = products.get(row.said["product"], set())
    if len(models) != 1:
        return replace(row, reason="models" if models else "product")
    built = [{**one, "part": parts.get(one["part"])} for one in row.said["built"]]
    if any(one["part"] is None for one in built):
        return replace(row, reason="part")
    return replace(row, said={**row.said, "product_id": next(iter(models)), "built": built})


def _shipped(row: Row) -> Shipped:
    said = row.said
    return Shipped(
        number=said["number"],
        shipped_on=said["day"],
        product_id=said["product_id"],
        quantity=said["quantity"],
        serials=said["serials"],
        customer_name=said["customer"],
        built_with=said["built"],
    )
