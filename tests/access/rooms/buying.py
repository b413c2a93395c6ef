"""Suppliers, what they sell, exchange rates."""

from decimal import Decimal

from remonta.supply.commands import add_supplier, add_supplier_part
from tests.access.rooms.ground import ground
from tests.access.rooms.people import with_operation
from tests.access.subjects import ARGUMENTS, BODIES, NETWORKS, Principal, Sample, kind
from tests.access.world import World


@kind("supplier", NETWORKS)
def supplier(world: World, label: str, asker: Principal) -> Sample:
    return Sample(add_supplier(world.founder, name="Shenzhen Parts", currency="CNY", email="sales@sz.example").uid)


@kind("supplier part", NETWORKS)
def supplier_part(world: World, label: str, asker: Principal) -> Sample:
    of = add_supplier(world.founder, name="Dongguan Parts", currency="CNY")
    sold = {"part_uid": ground(world).part.uid, "number": "DG-7", "price": Decimal("88.125")}
    return Sample(add_supplier_part(world.founder, of.uid, **sold).uid)


SAID = {"name": "Another", "currency": "EUR", "lead_days": "7", "language": "en"}
BODIES |= {
    ("desk:supplier-new", "POST"): with_operation(**SAID),
    ("desk:supplier", "POST"): with_operation(**SAID),
}
ARGUMENTS += [
    ("desk:supplier-part", "uid", "supplier part"),
    ("desk:supplier*", "uid", "supplier"),
    ("api:supplier-part", "uid", "supplier part"),
    ("api:supplier*", "uid", "supplier"),
    ("api:exchange-rate*", "entity", "entity of prices"),
]
