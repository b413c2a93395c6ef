"""Parcels, batches, and what is to be sent on."""

from types import SimpleNamespace
from typing import Any

from django.db import transaction

from remonta.counter.commands import Repair, Which, Who, accept_parcel
from remonta.logistics.commands import (
    BatchAsked,
    Sender,
    announce_parcel,
    ask_onward,
    begin_batch,
    pack_unit,
    set_aside,
)
from remonta.logistics.models import BatchLine
from remonta.orders.commands import Asked, register_request
from remonta.stock.commands import Shift, move_parts, network_place, scrap_part
from remonta.stock.models import Place
from tests.access.rooms.ground import ground
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import order_of, taken_in
from tests.access.subjects import (
    ARGUMENTS,
    BODIES,
    COLLEAGUES,
    ELSEWHERE,
    QUERIES,
    Principal,
    Sample,
    centre_for,
    kind,
    place_for,
)
from tests.access.world import World

THERE = (COLLEAGUES, ELSEWHERE)


def announced(world: World, label: str, asker: Principal) -> Any:
    """A request that will be sent in, which nobody has checked."""
    centre = centre_for(world, label, asker)
    head = world.actor(place_for(label, asker), "head")
    name = world.canary("Sender", ("customers.see", "orders.see", "logistics.see"), centre.pk)
    asked = Asked(channel="web", contact_name=name, contact_phone=f"+486003{len(world.things):05d}", device="Vela")
    request = register_request(head, centre.uid, asked=asked, operation=world.operation())
    sender = Sender(address=world.canary("street", "logistics.see", centre.pk), email="jan@example.com")
    return announce_parcel(head, request.uid, sender=sender, operation=world.operation())


def accepted(world: World, label: str, asker: Principal) -> Any:
    """A parcel that is expected, with its order."""
    parcel, head = announced(world, label, asker), world.actor(place_for(label, asker), "head")
    said = {
        "who": Who(name=parcel.sender_name),
        "which": Which(product_uid=ground(world).product.uid),
        "repair": Repair(fault="Dead"),
    }
    return accept_parcel(head, parcel.uid, **said, operation=world.operation())


@kind("send in", *THERE)
def send_in(world: World, label: str, asker: Principal) -> Sample:
    parcel = announced(world, label, asker)
    return Sample(parcel.uid, parcel.centre_id)


@kind("parcel", *THERE)
def parcel(world: World, label: str, asker: Principal) -> Sample:
    made = accepted(world, label, asker)
    return Sample(made.uid, made.centre_id)


@kind("parcel set aside", *THERE)
def aside(world: World, label: str, asker: Principal) -> Sample:
    centre = centre_for(world, label, asker)
    name = world.canary("Aside", "logistics.see", centre.pk)
    made = set_aside(world.founder, centre.uid, sender_name=name, operation=world.operation())
    return Sample(made.uid, centre.pk)


def packed(world: World, label: str, asker: Principal) -> SimpleNamespace:
    """A batch with one unit in it, and its line."""
    key = ("packed batch", label, asker.place)
    if key not in world.things:
        centre, found = centre_for(world, label, asker), taken_in(world, label, asker)
        note = world.canary("batchnote", "logistics.see", centre.pk)
        asked = BatchAsked(to_name="Maker", note=note)
        made = begin_batch(world.founder, centre.uid, asked=asked, operation=world.operation())
        pack_unit(world.founder, made.uid, unit_uid=found.row.unit.uid, operation=world.operation())
        line = BatchLine.objects.get(batch=made)
        world.things[key] = SimpleNamespace(row=made, line=line.uid, centre=centre, order=found)
    return world.things[key]


@kind("batch", *THERE)
def batch(world: World, label: str, asker: Principal) -> Sample:
    found = packed(world, label, asker)
    return Sample(found.row.uid, found.centre.pk)


@kind("onward", *THERE)
def onward(world: World, label: str, asker: Principal) -> Sample:
    found = taken_in(world, label, asker)
    made = ask_onward(world.founder, found.row.uid, to_name="Maker", operation=world.operation())
    return Sample(made.uid, found.centre.pk)


def checked(world: World, _whose: str, _asker: Principal) -> dict[str, Any]:
    model = ground(world).product.uid
    said = {"name": "Jan", "email": "jan@example.com", "language": "pl", "fault": "Dead", "route": "counter"}
    return {"operation": str(world.operation()), "product_uid": model, **said}


def matching(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    key = ("expected for matching", whose, asker.place)
    if key not in world.things:
        world.things[key] = accepted(world, whose, asker)
    return {"operation": str(world.operation()), "expected": world.things[key].uid}


def thrown_away(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    """A part that was scrapped there."""
    key = ("thrown away", whose, asker.place)
    if key not in world.things:
        centre, part = centre_for(world, whose, asker), ground(world).part
        place = Place.objects.filter(centre=centre, kind="bin").first()
        shift = Shift(part.pk, 1000, network_place("supplier"), place)
        with transaction.atomic():
            move_parts(world.founder, [shift], reason="received")
        said = {"quantity": 1000, "source_uid": place.uid, "operation": world.operation()}
        world.things[key] = scrap_part(world.founder, part.pk, **said)
    uid = str(world.things[key].uid)
    return {"chosen": uid, "move_uids": [uid]}


def of_line(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    found = packed(world, whose, asker)
    return {"operation": str(world.operation()), "line": found.line, "line_uid": found.line, "act": "take_out"}


def line_body(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    return {"operation": str(world.operation()), "line_uid": str(packed(world, whose, asker).line)}


def a_code(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    return {"operation": str(world.operation()), "code": order_of(world, whose, asker).row.number}


BODIES |= {
    ("desk:send-in-accept", "POST"): checked,
    ("desk:send-in-answer", "POST"): with_operation(move="ask_back", question="Which one?"),
    ("desk:request-send-in", "POST"): with_operation(address="ul. Nowa 1", email="jan@example.com"),
    ("desk:parcel-aside", "POST"): with_operation(sender_name="J. K."),
    ("desk:parcel-open", "POST"): with_operation(kind="extra", thing="Kettle", why=""),
    ("desk:parcel-match", "POST"): matching,
    ("desk:parcel-move", "POST"): with_operation(move="call_off"),
    ("desk:parcel-print", "POST"): with_operation(form="send_in"),
    ("desk:exit-order", "POST"): with_operation(address="ul. Nowa 1"),
    ("desk:batch-new", "POST"): with_operation(to_name="Maker", purpose="repair"),
    ("desk:batch-scan", "POST"): a_code,
    ("desk:batch-line", "POST"): of_line,
    ("desk:batch-move", "POST"): with_operation(move="seal"),
    ("desk:batch-print", "POST"): with_operation(form="waybill"),
    ("desk:order-send-on", "POST"): with_operation(to_name="Maker", purpose="repair"),
    ("api:batch-take-out", "POST"): line_body,
    ("api:batch-receive", "POST"): line_body,
    ("api:batch-take-back", "POST"): line_body,
    ("api:batch-customs", "POST"): lambda *_asked: {"currency": "EUR", "lines": []},
    ("desk:batch-customs", "POST"): lambda *_asked: {"currency": "EUR"},
    ("desk:write-off-print", "POST"): thrown_away,
    ("api:write-off-paper", "POST"): lambda *asked: {"move_uids": thrown_away(*asked)["move_uids"]},
}
QUERIES |= {"desk:arrivals": [lambda *_asked: {"find": "Sender"}]}
ARGUMENTS += [
    ("desk:send-in*", "uid", "send in"),
    ("desk:parcel-match", "uid", "parcel set aside"),
    ("desk:parcel*", "uid", "parcel"),
    ("api:parcel-accept", "uid", "send in"),
    ("api:parcel-ask-back", "uid", "send in"),
    ("api:parcel-refuse", "uid", "send in"),
    ("desk:exit-order", "uid", "order"),
    ("desk:batch*", "uid", "batch"),
    ("desk:onward-drop", "uid", "onward"),
]
