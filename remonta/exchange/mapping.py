"""Which column is what, and which word is which outcome: guessed, changed by people, kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.exchange.dates import DATE_FORMATS, format_of
from remonta.exchange.tables import DELIMITERS, ENCODINGS, Shape
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import normal
from remonta.orders.words import OUTCOMES as LABELS

FIELDS: dict[str, tuple[object, tuple[str, ...]]] = {
    "key": (
        gettext_lazy("Number in the old system"),
        ("id", "number", "no", "order", "order number", "key", "nr", "номер"),
    ),
    "date": (gettext_lazy("Date"), ("event date", "date", "data", "created", "created at", "closed at", "дата")),
    "outcome": (gettext_lazy("Outcome"), ("repair status", "status", "outcome", "result", "статус", "wynik")),
    "category": (
        gettext_lazy("Kind of device"),
        ("product category", "category", "device", "type", "kategoria", "категория", "вид техники"),
    ),
    "brand": (gettext_lazy("Brand"), ("brand", "make", "manufacturer", "marka", "марка", "бренд")),
    "problem": (
        gettext_lazy("Fault"),
        ("problem", "fault", "description", "defect", "symptom", "usterka", "неисправность", "описание"),
    ),
}
NEEDED = ("date", "outcome")
SHIPMENT_FIELDS: dict[str, tuple[object, tuple[str, ...]]] = {
    "number": (
        gettext_lazy("Document number"),
        ("document", "document number", "invoice", "order", "number", "no", "nr", "dokument", "номер", "单号"),
    ),
    "line": (gettext_lazy("Line of the document"), ("line", "line number", "position", "pozycja", "строка")),
    "date": (gettext_lazy("Date"), ("date", "shipped on", "shipped", "data", "дата", "日期")),
    "customer": (gettext_lazy("Customer"), ("customer", "client", "buyer", "klient", "клиент", "客户")),
    "product": (
        gettext_lazy("Product code"),
        ("product code", "product", "code", "model", "article", "sku", "kod", "артикул", "型号"),
    ),
    "serials": (
        gettext_lazy("Serial numbers"),
        ("serial numbers", "serial number", "serials", "serial", "sn", "numer seryjny", "серийный номер", "序列号"),
    ),
    "quantity": (gettext_lazy("Quantity"), ("quantity", "qty", "pieces", "ilość", "количество", "数量")),
    "parts": (gettext_lazy("Parts really used"), ("parts", "built with", "components", "części", "комплектующие")),
}
PRICE_FIELDS: dict[str, tuple[object, tuple[str, ...]]] = {
    "number": (
        gettext_lazy("Supplier’s number"),
        (
            *("part no", "part no.", "part number", "article", "sku", "supplier number", "mpn", "item name", "serial"),
            *("reference", "model number", "indeks", "numer", "артикул", "код", "型号", "料号"),
        ),
    ),
    "part": (gettext_lazy("Our part number"), ("our number", "our part number", "internal number", "ipn")),
    "name": (
        gettext_lazy("Name"),
        ("description", "name", "item", "designation", "nazwa", "opis", "наименование", "описание", "名称"),
    ),
    "price": (
        gettext_lazy("Price for one"),
        ("price", "unit price", "price per unit", "net price", "purchase cost", "cena", "цена", "单价", "价格"),
    ),
    "currency": (gettext_lazy("Currency"), ("currency", "waluta", "валюта", "币种")),
    "minimum": (gettext_lazy("Smallest lot"), ("moq", "minimum", "min", "smallest lot", "lot", "起订量")),
    "quantity": (
        gettext_lazy("Quantity it has"),
        ("qty", "quantity", "stock", "available", "ilość", "stan", "количество", "остаток", "数量", "库存"),
    ),
}
FIELDS_OF = {"repairs": FIELDS, "shipments": SHIPMENT_FIELDS, "inventree": {}, "prices": PRICE_FIELDS}
NEEDED_OF = {
    "repairs": NEEDED,
    "shipments": ("number", "date", "product"),
    "inventree": (),
    "prices": ("number",),
}
INVENTREE = {
    "parts": ("part_id", "name"),
    "bom": ("assembly_id", "component_id", "quantity"),
    "stock": ("stock_id", "part_id", "serial"),
    "suppliers": ("part_id", "supplier", "SKU"),
}
"""The columns by which a file of InvenTree is known."""
OUTCOMES: dict[str, tuple[object, tuple[str, ...]]] = {
    "fixed": (LABELS["fixed"], ("fixed", "repaired", "ok", "done", "naprawione", "отремонтировано", "готово")),
    "end_of_life": (LABELS["end_of_life"], ("end of life", "scrap", "scrapped", "списано", "zlom")),
    "repairable": (LABELS["repairable"], ("repairable", "not yet", "в работе", "do naprawy")),
    "unknown": (LABELS["unknown"], ("unknown", "", "неизвестно", "nieznany")),
}


class MappingWrong(Refused):
    text = gettext_lazy("The mapping cannot be used: %(why)s")
    field = "mapping"


@dataclass(frozen=True)
class RepairMapping:
    """`columns` by field, `outcomes` by the words of the file, `dates` a name of DATE_FORMATS.

    `options` hold for the whole of a price list: the `supplier` (uid), a `currency`, `new_parts` (yes).
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    dates: str = "iso"
    shape: Shape = field(default_factory=Shape)
    options: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "columns": dict(self.columns),
            "outcomes": dict(self.outcomes),
            "dates": self.dates,
            "options": dict(self.options),
            **vars(self.shape),
        }

    def checked(self, head: Sequence[str], kind: str = "repairs") -> RepairMapping:
        """The mapping, if it fits those headings for that kind of import. Raises MappingWrong."""
        if kind == "inventree":
            inventree_file(head)
        if kind == "prices" and not self.options.get("supplier"):
            raise MappingWrong(why=_("choose the supplier whose list it is."))
        for name, column in self.columns.items():
            if column not in head:
                raise MappingWrong(why=_("there is no column “%(name)s”.") % {"name": column})
            if name not in FIELDS_OF[kind]:
                raise MappingWrong(why=_("“%(name)s” is not a field.") % {"name": name})
        for name in NEEDED_OF[kind]:
            if name not in self.columns:
                raise MappingWrong(why=_("choose a column for “%(field)s”.") % {"field": FIELDS_OF[kind][name][0]})
        return self


def read_mapping(given: Any) -> RepairMapping:
    """A mapping from JSON, as a text or already read; what is left out has its usual value. Raises MappingWrong."""
    try:
        data = json.loads(given) if isinstance(given, str | bytes) else given
        columns, outcomes = dict(data.get("columns", {})), dict(data.get("outcomes", {}))
        known: dict[str, Any] = {name: str(data[name]) for name in ("encoding", "delimiter", "sheet") if data.get(name)}
        known["above"] = max(0, int(data.get("above") or 0))
        options = {str(name): str(value) for name, value in dict(data.get("options", {})).items()}
        found = RepairMapping(columns, outcomes, str(data.get("dates", "iso")), Shape(**known), options)
    except (ValueError, TypeError, AttributeError) as error:
        raise MappingWrong(why=_("it is not the JSON that a mapping is.")) from error
    wrong = [one for one in outcomes.values() if one not in OUTCOMES]
    said = [one for one in (*columns.values(), *outcomes) if not isinstance(one, str)]
    if wrong or said:
        raise MappingWrong(why=_("“%(name)s” is not an outcome.") % {"name": (wrong or said)[0]})
    if found.dates not in DATE_FORMATS:
        raise MappingWrong(why=_("“%(name)s” is not a way to write dates.") % {"name": found.dates})
    if found.shape.encoding not in ENCODINGS or found.shape.delimiter not in DELIMITERS:
        raise MappingWrong(why=_("its encoding or separator is not known."))
    return found


def inventree_file(head: Sequence[str]) -> str:
    """Which of InvenTree's tables has those headings: parts, bom, stock or suppliers. Raises MappingWrong."""
    known = [name for name, columns in INVENTREE.items() if set(columns) <= set(head)]
    if not known:
        raise MappingWrong(why=_("these are not the columns of parts, lists, stock or suppliers of InvenTree."))
    return known[-1]


def guess(head: Sequence[str], rows: Iterable[Sequence[str]], shape: Shape, kind: str = "repairs") -> RepairMapping:
    """What the headings and the first rows suggest."""
    columns = {}
    for name, (_label, words) in FIELDS_OF[kind].items():
        by_words = {plain(column): column for column in reversed(head)}
        if fits := next((by_words[word] for word in words if word in by_words), None):
            columns[name] = fits
    found = RepairMapping(columns, shape=shape)
    samples = list(rows)
    dates = [
        row[place] for row in samples if (place := place_of(head, columns.get("date"))) is not None and place < len(row)
    ]
    return replace(found, dates=format_of(dates), outcomes=outcomes_in(head, samples, found))


def outcomes_in(head: Sequence[str], rows: Iterable[Sequence[str]], mapping: RepairMapping) -> dict[str, str]:
    """The words of the outcome's column, each with what it probably means; what is unclear is left out."""
    place = place_of(head, mapping.columns.get("outcome"))
    met = {row[place] for row in rows if len(row) > place} if place is not None else set()
    words = {word: code for code, (_label, known) in OUTCOMES.items() for word in known}
    return {word: words[plain(word)] for word in sorted(met) if plain(word) in words} | dict(mapping.outcomes)


def place_of(head: Sequence[str], column: str | None) -> int | None:
    return head.index(column) if column in head else None


def plain(heading: str) -> str:
    """A heading or a word as it is compared: `repair_status` is `repair status`."""
    return normal(heading.replace("_", " "))
