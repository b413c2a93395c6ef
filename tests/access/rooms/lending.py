"""Loaners of the pool, and a loan."""

from datetime import timedelta
from typing import Any

from remonta.counter.commands import lend_loaner
from remonta.equipment.commands import register_unit
from remonta.stock.commands import LoanerSaid, add_loaner
from tests.access.rooms.ground import ground
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import taken_in
from tests.access.subjects import (
    ARGUMENTS,
    BODIES,
    COLLEAGUES,
    ELSEWHERE,
    Principal,
    Sample,
    centre_for,
    kind,
    place_for,
)
from tests.access.world import World

THERE = (COLLEAGUES, ELSEWHERE)


def pooled(world: World, label: str, asker: Principal) -> Any:
    """A loaner with a canary in its name, its serial number and its accessory."""
    centre, base = centre_for(world, label, asker), ground(world)
    serial = world.canary("LOAN", ("stock.see_loaners", "equipment.see", "orders.see"), centre.pk).upper()
    unit = register_unit(world.founder, product_id=base.product.pk, serial=serial, centre_id=centre.pk)
    said = LoanerSaid(
        name=world.canary("Leihgerät", "stock.see_loaners", centre.pk),
        deposit=1000,
        accessories=[world.canary("Kabel", "stock.see_loaners", centre.pk)],
    )
    shelf = base.places[place_for(label, asker), "shelf"]
    return add_loaner(
        world.founder, centre.uid, unit_uid=unit.uid, said=said, place_uid=shelf.uid, operation=world.operation()
    )


@kind("loaner", *THERE)
def loaner(world: World, label: str, asker: Principal) -> Sample:
    made = pooled(world, label, asker)
    return Sample(made.uid, made.centre_id)


@kind("loan", *THERE)
def loan(world: World, label: str, asker: Principal) -> Sample:
    found, made = taken_in(world, label, asker), pooled(world, label, asker)
    head, day = world.actor(found.place, "head"), world.founder.now().date() + timedelta(days=7)
    lent = lend_loaner(head, found.row.uid, loaner_uid=made.uid, due_on=day, operation=world.operation())
    return Sample(lent.uid, found.centre.pk)


BODIES |= {
    ("desk:loaner-change", "POST"): with_operation(name="Renamed"),
    ("desk:loaner-move", "POST"): with_operation(move="set_aside"),
    ("desk:loan-until", "POST"): with_operation(due_on="2199-01-01"),
    ("desk:loan-deposit", "POST"): with_operation(method="transfer", amount="10", reference="R-1"),
    ("desk:order-lend", "POST"): with_operation(due_on="2199-01-01"),
    ("desk:order-let-go", "POST"): with_operation(reason="agreed"),
}
ARGUMENTS[:0] = [
    ("desk:loaner*", "uid", "loaner"),
    ("desk:loan*", "uid", "loan"),
]
