"""Suppliers, what they sell, exchange rates."""

from decimal import Decimal

from django.db import transaction

from remonta.stock.commands import move_part, network_place, quarantine_place
from remonta.supply.commands import (
    add_purchase_line,
    add_return_line,
    add_supplier,
    add_supplier_part,
    ask_advice,
    begin_return,
    change_purchase_line,
    request_purchase,
    stop_calculation,
)
from remonta.supply.queries import purchase_page, return_page
from tests.access.rooms.ground import ground
from tests.access.rooms.people import with_operation
from tests.access.subjects import (
    ARGUMENTS,
    BODIES,
    COLLEAGUES,
    ELSEWHERE,
    KINDS,
    NETWORKS,
    Principal,
    Sample,
    centre_for,
    kind,
)
from tests.access.world import World

THERE = (COLLEAGUES, ELSEWHERE)


def price_of(world: World, permission: str, centre_id: int | None) -> Decimal:
    """A price that stands nowhere else, looked for in every way in which it is written."""
    whole = 4100 + len(world.canaries)
    ways = f"{whole}.37", f"{whole:,}.37", f"{whole},37", f"{whole:,}.37".replace(",", " ").replace(".", ",")
    world.spelled("price", ways, (permission,), centre_id)
    return Decimal(ways[0])


@kind("supplier", NETWORKS)
def supplier(world: World, label: str, asker: Principal) -> Sample:
    return Sample(add_supplier(world.founder, name="Shenzhen Parts", currency="CNY", email="sales@sz.example").uid)


@kind("supplier part", NETWORKS)
def supplier_part(world: World, label: str, asker: Principal) -> Sample:
    of = add_supplier(world.founder, name="Dongguan Parts", currency="CNY")
    price = price_of(world, "supply.keep_suppliers", None)
    sold = {"part_uid": ground(world).part.uid, "number": "DG-7", "price": price}
    return Sample(add_supplier_part(world.founder, of.uid, **sold).uid)


@kind("purchase", *THERE)
def purchase(world: World, label: str, asker: Principal) -> Sample:
    """A draft with one line, whose price nobody may read who may not see costs."""
    centre = centre_for(world, label, asker)
    about = {"supplier_uid": KINDS["supplier"].make(world, NETWORKS, asker).value, "part_uid": ground(world).part.uid}
    made = add_purchase_line(world.founder, centre.uid, **about, quantity=1000, operation=world.operation())
    line, price = purchase_page(world.founder, made.uid).lines[0], price_of(world, "stock.see_cost", centre.pk)
    change_purchase_line(world.founder, line.uid, quantity=1000, price=price, operation=world.operation())
    return Sample(made.uid, centre.pk)


@kind("purchase line", *THERE)
def purchase_line(world: World, label: str, asker: Principal) -> Sample:
    order = KINDS["purchase"].make(world, label, asker)
    return Sample(purchase_page(world.founder, order.value).lines[0].uid, order.centre_id)


@kind("purchase request", *THERE)
def purchase_request(world: World, label: str, asker: Principal) -> Sample:
    centre = centre_for(world, label, asker)
    said = {"quantity": 2000, "reason": world.canary("Nachschub", "supply.see", centre.pk)}
    part_uid, operation = ground(world).part.uid, world.operation()
    made = request_purchase(world.founder, centre.uid, part_uid=part_uid, **said, operation=operation)
    return Sample(made.uid, centre.pk)


@kind("goods return", *THERE)
def goods_return(world: World, label: str, asker: Principal) -> Sample:
    """Asked for, with one line of a part that lies in quarantine; what is wrong with it is for who may see orders."""
    centre = centre_for(world, label, asker)
    supplier, part = KINDS["supplier"].make(world, NETWORKS, asker), ground(world).part
    with transaction.atomic():
        quarantine = quarantine_place(centre.pk)
        came = move_part(world.founder, part.pk, 1000, network_place("customer"), quarantine, reason="old")
    about = {"supplier_uid": supplier.value, "operation": world.operation()}
    made = begin_return(world.founder, centre.uid, **about)
    said = {"part_uid": part.uid, "quantity": 1000, "reason": "failed", "place_uid": came.target.uid}
    note = world.canary("Flackern", "supply.see_orders", centre.pk)
    add_return_line(world.founder, made.uid, **said, note=note, operation=world.operation())
    return Sample(made.uid, centre.pk)


@kind("goods return line", *THERE)
def goods_return_line(world: World, label: str, asker: Principal) -> Sample:
    found = KINDS["goods return"].make(world, label, asker)
    return Sample(return_page(world.founder, found.value).lines[0].uid, found.centre_id)


@kind("calculation", *THERE)
def calculation(world: World, label: str, asker: Principal) -> Sample:
    """One that was stopped: only one runs at a time in a centre."""
    centre = centre_for(world, label, asker)
    made = ask_advice(world.founder, centre.uid, operation=world.operation())
    return Sample(stop_calculation(world.founder, made.uid, operation=world.operation()).uid, centre.pk)


SAID = {"name": "Another", "currency": "EUR", "lead_days": "7", "language": "en"}
BODIES |= {
    ("desk:supplier-new", "POST"): with_operation(**SAID),
    ("desk:supplier", "POST"): with_operation(**SAID),
    ("desk:purchase-send", "POST"): with_operation(marked="1"),
    ("desk:purchase-line", "POST"): with_operation(quantity="2", price="9.5"),
}
ARGUMENTS += [
    ("desk:calculation*", "uid", "calculation"),
    ("api:calculation*", "uid", "calculation"),
    ("desk:goods-return-line-drop", "uid", "goods return line"),
    ("api:supplier-return-line", "uid", "goods return line"),
    ("desk:goods-return*", "uid", "goods return"),
    ("api:supplier-return*", "uid", "goods return"),
    ("desk:purchase-line", "uid", "purchase line"),
    ("api:purchase-line", "uid", "purchase line"),
    ("desk:purchase-ask-cancel", "uid", "purchase request"),
    ("api:purchase-request-cancel", "uid", "purchase request"),
    ("desk:purchase*", "uid", "purchase"),
    ("api:purchase*", "uid", "purchase"),
    ("desk:receipt-costs", "uid", "receipt"),
    ("desk:supplier-part", "uid", "supplier part"),
    ("desk:supplier*", "uid", "supplier"),
    ("api:supplier-part", "uid", "supplier part"),
    ("api:supplier*", "uid", "supplier"),
    ("api:exchange-rate*", "entity", "entity of prices"),
]
