"""A catalogue to begin with: kinds of devices, models, works, parts, codes and checklists in four languages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from remonta.catalogue.commands.dictionaries import (
    add_category,
    add_checklist_item,
    add_fault_code,
    add_known_fault,
)
from remonta.catalogue.commands.goods import add_part, add_product, add_service
from remonta.catalogue.commands.prices import set_price
from remonta.catalogue.models import Category, ChecklistItem, FaultCode, KnownFault, Part, Product, Service
from remonta.catalogue.queries import price_lists_for
from remonta.kernel.actor import Actor
from remonta.kernel.texts import said
from remonta.spine.commands import command

DATA = Path(__file__).resolve().parents[1] / "starter_data"
EVERY_TRADE = "all"
TRADES = ("electronics", "appliances", "machinery", EVERY_TRADE)
# What 1 euro of the starter prices becomes, roughly; they are there to be changed.
FACTORS = {
    "EUR": "1",
    "USD": "1.1",
    "GBP": "0.9",
    "CHF": "1",
    "PLN": "4.3",
    "CZK": "25",
    "UAH": "45",
    "RUB": "90",
    "KZT": "520",
    "CNY": "7.5",
    "JPY": "160",
}


@dataclass
class Starter:
    """What has been put in so far, by its code in the data."""

    actor: Actor
    legal_entity_id: int
    factor: Decimal
    categories: dict[str, Category] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)

    def category_id(self, row: dict[str, Any]) -> int | None:
        return self.categories[row["category"]].pk if row["category"] else None

    def of_trade(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows for all devices, and those of the categories of the trade."""
        return (row for row in rows_of(name) if row["category"] is None or row["category"] in self.categories)

    def priced(self, price: str) -> Decimal:
        """The starter price in the entity's currency: whole units, from a hundred on in steps of five."""
        amount = Decimal(price) * self.factor
        step = 5 if amount >= 100 else 1
        return (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step


@command
def load_starter_catalogue(actor: Actor, legal_entity_id: int, trade: str = EVERY_TRADE) -> int:
    """Fills the catalogue for a trade (one of TRADES) with prices of that legal entity; how many entries are new.

    Parts are named in the actor's language. What is there already, by its code, stays as it is.
    """
    currency = {one.id: one.currency for one in price_lists_for(actor)}.get(legal_entity_id, "")
    starter = Starter(actor, legal_entity_id, Decimal(FACTORS.get(currency, "1")))
    steps = (_categories(starter, trade), _products(starter), _services(starter), _parts(starter))
    more = (_codes(starter), _checklists(starter), _faults(starter))
    return sum(1 for step in (*steps, *more) for _ in step)


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of one file of the starter data."""
    rows: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def _categories(starter: Starter, trade: str) -> Iterator[Category]:
    known = {row.code: row for row in Category.objects.all()}
    for row in rows_of("categories"):
        of = row.pop("trade")
        if trade not in (EVERY_TRADE, of):
            continue
        new = row["code"] not in known
        starter.categories[row["code"]] = add_category(starter.actor, **row) if new else known[row["code"]]
        if new:
            yield starter.categories[row["code"]]


def _products(starter: Starter) -> Iterator[Product]:
    known = {row.code: row for row in Product.objects.exclude(code="")}
    named = {(str(row.brand), row.name): row for row in Product.objects.exclude(brand=None).select_related("brand")}
    for row in starter.of_trade("products"):
        there = known.get(row["code"]) or named.get((row["brand"], row["name"]))
        category_id = starter.category_id(row)
        assert category_id is not None, "every starter model has a category"
        names = {"name": row["name"], "brand": row["brand"], "code": row["code"]}
        starter.products[row["code"]] = there or add_product(starter.actor, category_id=category_id, **names)
        if there is None:
            yield starter.products[row["code"]]


def _services(starter: Starter) -> Iterator[Service]:
    known = {row.code: row for row in Service.objects.all()}
    for row in starter.of_trade("services"):
        there = known.get(row["code"])
        values = {key: row[key] for key in ("code", "names", "minutes", "keywords")}
        work = there or add_service(starter.actor, category_id=starter.category_id(row), **values)
        starter.services[row["code"]] = work
        if there is None:
            _price(starter, row, service_uid=work.uid)
            yield work


def _parts(starter: Starter) -> Iterator[Part]:
    known = set(Part.objects.values_list("number", flat=True))
    for row in starter.of_trade("parts"):
        for code in row["fits"]:
            number, product = f"{row['code']}-{code}", starter.products[code]
            if number in known:
                continue
            name = f"{said(row['names'], starter.actor.language)} {product.name}"
            part = add_part(starter.actor, number=number, name=name, product_ids=[product.pk], exchange=row["exchange"])
            _price(starter, row, part_uid=part.uid)
            yield part


def _codes(starter: Starter) -> Iterator[FaultCode]:
    known = set(FaultCode.objects.values_list("kind", "code"))
    for row in starter.of_trade("codes"):
        if (row["kind"], row["code"]) not in known:
            names = {"kind": row["kind"], "code": row["code"], "names": row["names"]}
            yield add_fault_code(starter.actor, category_id=starter.category_id(row), **names)


def _checklists(starter: Starter) -> Iterator[ChecklistItem]:
    known = {
        (moment, category, names.get("en"))
        for moment, category, names in ChecklistItem.objects.values_list("moment", "category_id", "names")
    }
    for row in starter.of_trade("checklists"):
        category_id = starter.category_id(row)
        if (row["moment"], category_id, row["names"]["en"]) not in known:
            values = {key: row[key] for key in ("moment", "names", "required")}
            yield add_checklist_item(starter.actor, category_id=category_id, **values)


def _faults(starter: Starter) -> Iterator[KnownFault]:
    known = set(KnownFault.objects.values_list("product_id", flat=True))
    for row in rows_of("faults"):
        product = starter.products.get(row["product"])
        if product is not None and product.pk not in known:
            service = starter.services[row["service"]]
            texts = {"symptoms": row["symptoms"], "remedy": row["remedy"]}
            yield add_known_fault(starter.actor, product.uid, service_uid=service.uid, **texts)


def _price(starter: Starter, row: dict[str, Any], **of: Any) -> None:
    cost = (Decimal(row["cost"]) * starter.factor).quantize(Decimal("0.01")) if "cost" in row else None
    set_price(
        starter.actor,
        legal_entity_id=starter.legal_entity_id,
        amount=starter.priced(row["price"]),
        cost=cost,
        **of,
    )
