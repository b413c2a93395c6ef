"""Transfers that come to each place from a depot of ours, where nobody of the cast works."""

from types import SimpleNamespace
from typing import Any

from remonta.identity.commands import create_centre
from remonta.stock.commands import (
    add_place,
    approve_transfer,
    finish_receiving,
    pack_part,
    propose_transfer,
    receive_parts,
    send_transfer,
)
from remonta.supply.commands import ask_part, begin_picking
from tests.access.rooms.ground import ground
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import order_of
from tests.access.subjects import (
    ARGUMENTS,
    BODIES,
    COLLEAGUES,
    ELSEWHERE,
    Sample,
    centre_for,
    kind,
    place_for,
)
from tests.access.world import ELSEWHERE as FAR
from tests.access.world import PARTNER, Principal, World

THERE = (COLLEAGUES, ELSEWHERE)


def depot(world: World) -> SimpleNamespace:
    """A centre of ours with a bin full of the part."""
    if "depot" not in world.things:
        entity = world.centres[FAR].legal_entity
        terms = {"legal_entity_uid": entity.uid, "timezone": "Europe/Warsaw", "city": "Łódź"}
        centre = create_centre(world.founder, code="DEP", name="Depot", **terms)
        shelf = add_place(world.founder, centre.uid, kind="bin", code="D-1", operation=world.operation())
        receive_parts(world.founder, [(ground(world).part.pk, 900_000, shelf)], centre.pk)
        world.things["depot"] = SimpleNamespace(centre=centre, bin=shelf)
    found: SimpleNamespace = world.things["depot"]
    return found


def coming(world: World, label: str, asker: Principal) -> SimpleNamespace:
    """Two of the part are on the way; partners get nothing, theirs goes elsewhere."""
    place = place_for(label, asker)
    centre = world.centres[FAR] if place == PARTNER else centre_for(world, label, asker)
    base, giver = ground(world), depot(world)
    note = world.canary("transfernote", "stock.see_transfers", centre.pk)
    asked = [(base.part.pk, 2000)]
    made = propose_transfer(world.founder, centre.pk, giver.centre.pk, asked, note=note)
    approve_transfer(world.founder, made.uid, operation=world.operation())
    scan = {"part_uid": base.part.uid, "place_uid": giver.bin.uid, "quantity": 2000}
    pack_part(world.founder, made.uid, **scan, operation=world.operation())
    send_transfer(world.founder, made.uid, operation=world.operation())
    return SimpleNamespace(row=made, line=made.lines.get(), centre=centre)


@kind("transfer", *THERE)
def transfer(world: World, label: str, asker: Principal) -> Sample:
    found = coming(world, label, asker)
    return Sample(found.row.uid, found.centre.pk)


@kind("transfer line", *THERE)
def transfer_line(world: World, label: str, asker: Principal) -> Sample:
    """A line of one of which nothing has arrived."""
    found = coming(world, label, asker)
    finish_receiving(world.founder, found.row.uid, operation=world.operation())
    return Sample(found.line.uid, found.centre.pk)


@kind("picking list", *THERE)
def picking_list(world: World, label: str, asker: Principal) -> Sample:
    """One part that an order of the place asked for, set aside in its bin."""
    found, base = order_of(world, label, asker), ground(world)
    shelf = base.places[found.place, "bin"]
    receive_parts(world.founder, [(base.part.pk, 5000, shelf)], found.centre.pk)
    head = world.actor(found.place, "head")
    ask_part(head, found.row.uid, part_uid=base.part.uid, operation=world.operation())
    made = begin_picking(world.founder, found.centre.uid, operation=world.operation())
    return Sample(made.uid, found.centre.pk)


def with_part(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    base = ground(world)
    place = base.places[place_for(whose, asker), "bin"].uid
    return {"operation": str(world.operation()), "code": "DSP-1", "part": "DSP-1", "quantity": "1", "place": str(place)}


def with_giver(world: World, _whose: str, _asker: Principal) -> dict[str, Any]:
    giver = str(depot(world).centre.uid)
    return {"operation": str(world.operation()), "giver": giver, "part": "DSP-1", "quantity": "1", "note": ""}


BODIES |= {
    ("desk:store-picking-scan", "POST"): with_part,
    ("desk:store-level", "POST"): with_operation(minimum="1", maximum="2"),
    ("desk:transfer-new", "POST"): with_giver,
    ("desk:transfer-line", "POST"): with_part,
    ("desk:transfer-scan", "POST"): with_part,
    ("desk:transfer-move", "POST"): with_operation(move="arrive"),
    ("desk:transfer-settle", "POST"): with_operation(way="lost"),
    ("desk:requisition-transfer", "POST"): with_giver,
}
ARGUMENTS += [
    ("desk:store-picking*", "uid", "picking list"),
    ("api:store-put-away", "uid", "part"),
    ("desk:store-level", "uid", "part"),
    ("desk:transfer-unpack", "uid", "transfer line"),
    ("desk:transfer-settle", "uid", "transfer line"),
    ("desk:transfer", "uid", "transfer"),
    ("desk:transfer-*", "uid", "transfer"),
]
