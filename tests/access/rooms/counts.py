"""Stocktakes and the places counted in them."""

from types import SimpleNamespace
from typing import Any

from remonta.stock.commands import add_place, begin_stocktake, open_count
from tests.access.rooms.ground import ground
from tests.access.rooms.people import with_operation
from tests.access.subjects import ARGUMENTS, BODIES, COLLEAGUES, ELSEWHERE, Principal, Sample, centre_for, kind
from tests.access.world import World

THERE = (COLLEAGUES, ELSEWHERE)


def counted(world: World, label: str, asker: Principal) -> SimpleNamespace:
    """A zone of one shelf that is being counted."""
    centre, zone = centre_for(world, label, asker), f"ZONE-{len(world.things)}"
    world.things[zone] = zone
    add_place(world.founder, centre.uid, kind="shelf", code=zone, operation=world.operation())
    note = world.canary("count", "stock.count", centre.pk)
    asked: dict[str, Any] = {"scope": "zone", "prefix": zone, "note": note, "operation": world.operation()}
    made = begin_stocktake(world.founder, centre.uid, **asked)
    place = made.places.get().place
    row = open_count(world.founder, made.uid, place_uid=place.uid, operation=world.operation())
    return SimpleNamespace(row=made, place=place, counted=row, centre=centre)


@kind("stocktake", *THERE)
def stocktake(world: World, label: str, asker: Principal) -> Sample:
    found = counted(world, label, asker)
    return Sample(found.row.uid, found.centre.pk)


@kind("counted place", *THERE)
def counted_place(world: World, label: str, asker: Principal) -> Sample:
    found = counted(world, label, asker)
    return Sample(found.counted.uid, found.centre.pk)


def with_part(world: World, _whose: str, _asker: Principal) -> dict[str, Any]:
    part = str(ground(world).part.uid)
    return {"operation": str(world.operation()), "part": part, "quantity": "2"}


BODIES |= {
    ("desk:count-new", "POST"): with_operation(scope="zone", prefix="NOWHERE", at_most="5"),
    ("desk:count-move", "POST"): with_operation(move="cancel"),
    ("desk:counting-scan", "POST"): with_operation(code="DSP-1", quantity="1"),
    ("desk:counting-correct", "POST"): with_part,
    ("desk:counting-close", "POST"): with_operation(move="close"),
}
ARGUMENTS += [
    ("desk:counting-again", "uid", "counted place"),
    ("desk:counting-correct", "uid", "counted place"),
    ("desk:counting-close", "uid", "counted place"),
    ("desk:count", "uid", "stocktake"),
    ("desk:count-*", "uid", "stocktake"),
    ("desk:counting*", "uid", "stocktake"),
    ("api:stocktake*", "uid", "stocktake"),
    ("api:counted*", "uid", "counted place"),
]
