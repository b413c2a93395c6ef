"""The demo's buying: three suppliers in three currencies, orders in every state, goods that go back, advice."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from remonta.cli.demo.lives import Demo
from remonta.cli.demo.network import Place
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.stock.queries import store_places
from remonta.supply.commands import (
    Chosen,
    Confirmed,
    Delivered,
    add_landed_cost,
    add_purchase_line,
    add_return_line,
    add_supplier,
    add_supplier_part,
    ask_advice,
    ask_plan,
    begin_return,
    confirm_purchase,
    order_wanted,
    receive_purchase,
    send_purchase,
    send_return,
    set_rate,
)
from remonta.supply.queries import purchase_page, rate_entities_for, suppliers_for, to_order

SUPPLIERS: tuple[dict[str, Any], ...] = (
    {
        "name": "Shenzhen Ronghua Components",
        "currency": "CNY",
        "lead_days": 24,
        "warranty_months": 12,
        "minimum": 80_000,
        "email": "orders@ronghua.example",
        "contact": "Chen Li",
        "language": "zh-hans",
    },
    {
        "name": "Ersatzteil Direkt GmbH",
        "currency": "EUR",
        "lead_days": 5,
        "warranty_months": 24,
        "email": "bestellung@ersatzteil-direkt.example",
        "our_number": "PL-20418",
        "language": "en",
    },
    {
        "name": "Hurtownia Części Wola",
        "currency": "PLN",
        "lead_days": 2,
        "warranty_months": 6,
        "phone": "+48223334455",
        "language": "pl",
    },
)
RATES = {"CNY": Decimal("0.5230"), "EUR": Decimal("4.2610")}
WORTH = {"CNY": Decimal(1), "EUR": Decimal("0.16"), "PLN": Decimal("0.68")}
SHARE = {"CNY": 1.0, "EUR": 0.6, "PLN": 0.3}


def open_suppliers(demo: Demo, setup: Actor) -> None:
    """Whom parts are bought from, at which prices, and what foreign money was worth week by week."""
    for said in SUPPLIERS:
        supplier = add_supplier(setup, **said)
        lots = {"minimum": 5000, "multiple": 5000} if supplier.currency == "CNY" else {}
        for at, part in enumerate(demo.parts):
            if demo.random.random() > SHARE[supplier.currency]:
                continue
            yuan = Decimal(demo.random.randint(900, 38_000)) / 100
            price = (yuan * WORTH[supplier.currency]).quantize(Decimal("0.01"))
            terms = {"number": f"{supplier.name[:2].upper()}-{4100 + at}", "price": price, **lots}
            add_supplier_part(setup, supplier.uid, part_uid=part.uid, **terms)
    for entity in rate_entities_for(setup):
        for weeks in range(9):
            for currency, usual in RATES.items():
                wave = Decimal(demo.random.randint(-80, 80)) / 10_000
                said_on = demo.clock().date() + timedelta(weeks=weeks)
                set_rate(setup, entity.uid, currency=currency, day=said_on, rate=(usual * (1 + wave)).quantize(wave))


def buy_first(demo: Demo) -> None:
    """At the beginning each own centre has bought in CNY; it came whole, with freight and duty."""
    for place in _own(demo):
        buyer = place.one("purchaser")
        supplier = suppliers_for(buyer).get(currency="CNY")
        for part in demo.random.sample(_countable(demo), 4):
            about = {"supplier_uid": supplier.uid, "part_uid": part.uid, "quantity": 10_000}
            order = add_purchase_line(buyer, place.row.uid, **about, operation=demo.operation())
        send_purchase(buyer, order.uid, operation=demo.operation())
        demo.later(300, 900)
        receipt = _receive(demo, place, order.uid, share=1)
        for kind, amount in (("freight", 18_500), ("duty", 6_240)):
            said: dict[str, Any] = {"kind": kind, "amount": amount, "currency": "EUR"}
            add_landed_cost(buyer, receipt.uid, **said, operation=demo.operation())


def buy_now(demo: Demo) -> None:
    """What repairs wait for is on order: sent in one centre, confirmed and partly here in the next, a draft in the
    last; some goods go back, and it is being worked out what to order. What a rule refuses is left."""
    for state, place in enumerate(_own(demo)):
        buyer = place.one("purchaser")
        _order(demo, place, buyer, state)
        try:
            _send_back(demo, place, buyer)
        except Refused:
            continue
        ask_advice(buyer, place.row.uid, operation=demo.operation())
        ask_plan(buyer, place.row.uid, months=6, operation=demo.operation())


def _order(demo: Demo, place: Place, buyer: Actor, state: int) -> None:
    """The wanted parts, and two for the shelf, at the supplier in EUR; the last centre leaves it at that."""
    supplier = suppliers_for(buyer).get(currency="EUR")
    rows = [row for row in to_order(buyer, [place.row.pk]) if row.offers]
    if rows:
        chosen = [Chosen(row.kind, row.uid, row.offers[0].supplier_uid) for row in rows[:6]]
        order_wanted(buyer, chosen=chosen, operation=demo.operation())
    for part in demo.random.sample(_countable(demo), 2):
        about = {"supplier_uid": supplier.uid, "part_uid": part.uid, "quantity": 3000}
        order = add_purchase_line(buyer, place.row.uid, **about, operation=demo.operation())
    if state == 2:
        return
    send_purchase(buyer, order.uid, operation=demo.operation())
    if state == 0:
        return
    day: date = demo.clock().date() + timedelta(days=6)
    lines = [Confirmed(line.uid, line.quantity, day) for line in purchase_page(buyer, order.uid).lines]
    confirm_purchase(buyer, order.uid, lines=lines, reference="AB-77120", operation=demo.operation())
    _receive(demo, place, order.uid, share=2)


def _receive(demo: Demo, place: Place, uid: Any, *, share: int) -> Any:
    """All of an order, or only the first lines of it, into the first bin."""
    keeper = place.one("storekeeper")
    lines = purchase_page(keeper, uid).lines
    spot = store_places(keeper, place.row.pk)[0]
    came = [Delivered(line.part_uid, spot.uid, line.quantity) for line in lines[: max(len(lines) // share, 1)]]
    return receive_purchase(keeper, uid, lines=came, note_number="WZ 4471", operation=demo.operation())


def _send_back(demo: Demo, place: Place, buyer: Actor) -> None:
    supplier = suppliers_for(buyer).get(currency="CNY")
    made = begin_return(buyer, place.row.uid, supplier_uid=supplier.uid, note="RMA 5530", operation=demo.operation())
    bought = purchase_page(buyer, supplier.orders.filter(centre=place.row).order_by("pk")[0].uid).lines[0]
    said: dict[str, Any] = {
        "part_uid": bought.part_uid,
        "quantity": 1000,
        "reason": "failed",
        "note": "dead on arrival",
    }
    add_return_line(buyer, made.uid, **said, operation=demo.operation())
    send_return(buyer, made.uid, courier="DHL", tracking="JD0146", operation=demo.operation())


def _own(demo: Demo) -> Sequence[Place]:
    return [place for place in demo.places if place.row.kind == "own"]


def _countable(demo: Demo) -> list[Any]:
    return [part for part in demo.parts if part.tracking == "quantity"]
