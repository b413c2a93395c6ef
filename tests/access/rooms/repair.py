"""Orders, customers and units."""

import io
from types import SimpleNamespace
from typing import Any

from PIL import Image

from remonta.counter.commands import Intake, Repair, Which, Who, register_repair, take_in
from remonta.customers.commands import add_address, register_customer
from remonta.dispatch.commands import add_finding, give_work
from remonta.equipment.commands import register_unit
from remonta.kernel.ids import uuid7
from remonta.orders.commands import Asked, TaskAsked, add_photo, give_task, register_request, save_draft, write_note
from tests.access.rooms.ground import ground
from tests.access.rooms.people import with_operation
from tests.access.subjects import (
    ARGUMENTS,
    AS_JSON,
    BODIES,
    COLLEAGUES,
    ELSEWHERE,
    KINDS,
    OWN,
    QUERIES,
    WHOSE,
    Principal,
    Sample,
    centre_for,
    kind,
    place_for,
)
from tests.access.world import World

THERE = (COLLEAGUES, ELSEWHERE)
BENCH = {"engineer", "partner_staff"}


def one(world: World, name: str, label: str, asker: Principal) -> Any:
    """What stands in the address for a thing of another kind, of the same ownership."""
    kinds = KINDS[name]
    return kinds.make(world, label if label in kinds.whose else kinds.whose[0], asker).value


def order_of(world: World, label: str, asker: Principal) -> SimpleNamespace:
    """An order with canaries in name, phone, fault, passcode, accessory, looks and a note."""
    key = ("row of order", label, asker.name if label == OWN else asker.place)
    if key not in world.things:
        world.things[key] = taken_in(world, label, asker)
    return world.things[key]


def taken_in(world: World, label: str, asker: Principal) -> SimpleNamespace:
    place, centre = place_for(label, asker), centre_for(world, label, asker)
    base, number = ground(world), len(world.things)
    words = {
        "customer": world.canary("Kunde", ("customers.see", "orders.see"), centre.pk),
        "serial": world.canary("SER", ("equipment.see", "orders.see"), centre.pk).upper(),
        **{name: world.canary(name, "orders.see", centre.pk) for name in ("fault", "looks", "bag")},
        "passcode": world.canary("code", "orders.passcode", centre.pk),
        "note": world.canary("note", "orders.see", centre.pk),
    }
    desk = base.places[place, "desk"]
    order = take_in(
        world.actor(place, "receptionist"),
        centre.uid,
        who=Who(name=f"Jan {words['customer']}", phones=(f"+486001{number:05d}",)),
        which=Which(product_uid=base.product.uid, serial=words["serial"]),
        repair=Repair(fault=words["fault"]),
        intake=Intake(
            place_uid=desk.uid, looks=words["looks"], accessories=(words["bag"],), passcode=words["passcode"]
        ),
        operation=world.operation(),
    )
    write_note(world.actor(place, "head"), order.uid, text=words["note"], kind="note", operation=world.operation())
    if label == OWN and asker.name in BENCH:
        given = {"engineer_uid": asker.account.uid, "operation": world.operation()}
        give_work(world.actor(place, "head"), order.uid, **given)
    return SimpleNamespace(row=order, centre=centre, place=place, words=words)


@kind("order", OWN, COLLEAGUES, ELSEWHERE, personal=True)
def order(world: World, label: str, asker: Principal) -> Sample:
    """`own` for engineers is the one given to them, for others one of their centre."""
    found = order_of(world, label if asker.name in BENCH else COLLEAGUES if label == OWN else label, asker)
    return Sample(found.row.uid, found.centre.pk)


@kind("expected order", *THERE)
def expected_order(world: World, label: str, asker: Principal) -> Sample:
    place, centre = place_for(label, asker), centre_for(world, label, asker)
    serial = world.canary("EXP", ("equipment.see", "orders.see"), centre.pk)
    made = register_repair(
        world.actor(place, "receptionist"),
        centre.uid,
        who=Who(name=world.canary("Erwartet", ("customers.see", "orders.see"), centre.pk), phones=("+48600200300",)),
        which=Which(product_uid=ground(world).product.uid, serial=serial),
        repair=Repair(fault=world.canary("announced", "orders.see", centre.pk), channel="call"),
        operation=world.operation(),
    )
    return Sample(made.uid, centre.pk)


@kind("customer", *THERE)
def customer(world: World, label: str, asker: Principal) -> Sample:
    centre = centre_for(world, label, asker)
    made = register_customer(
        world.founder,
        name=world.canary("Klient", "customers.see", centre.pk),
        phones=[f"+48500{len(world.things):06d}"],
        note=world.canary("temper", "customers.see", centre.pk),
        centre_id=centre.pk,
    )
    address = add_address(world.founder, made.uid, lines=world.canary("Gasse", "customers.see", centre.pk))
    world.things["address of", made.uid] = address.uid
    world.things["phone of", made.uid] = made.phones.first().pk
    return Sample(made.uid, centre.pk, of="customers.")


@kind("address", *THERE)
def address(world: World, label: str, asker: Principal) -> Sample:
    return Sample(world.things["address of", one(world, "customer", label, asker)])


@kind("phone", *THERE)
def phone(world: World, label: str, asker: Principal) -> Sample:
    return Sample(world.things["phone of", one(world, "customer", label, asker)])


@kind("unit", *THERE)
def unit(world: World, label: str, asker: Principal) -> Sample:
    centre = centre_for(world, label, asker)
    made = register_unit(
        world.founder,
        product_id=ground(world).product.pk,
        serial=world.canary("UNI", "equipment.see", centre.pk).upper(),
        note=world.canary("dent", "equipment.see", centre.pk),
        centre_id=centre.pk,
    )
    return Sample(made.uid, centre.pk, of="equipment.")


@kind("file", *THERE)
def file(world: World, label: str, asker: Principal) -> Sample:
    found = order_of(world, label, asker)
    name = world.canary("photo", "orders.see", found.centre.pk) + ".png"
    head = world.actor(found.place, "head")
    return Sample(add_photo(head, found.row.uid, file=picture(len(name)), name=name).uid)


def picture(size: int = 8) -> io.BytesIO:
    """A small real PNG."""
    kept = io.BytesIO()
    Image.new("RGB", (size, size), "teal").save(kept, "PNG")
    kept.seek(0)
    kept.name = "photo.png"
    return kept


@kind("request", *THERE)
def request(world: World, label: str, asker: Principal) -> Sample:
    place, centre = place_for(label, asker), centre_for(world, label, asker)
    asked = Asked(
        contact_name=world.canary("Anfrager", "orders.register", centre.pk),
        contact_phone="+48600333444",
        device=world.canary("device", "orders.register", centre.pk),
        fault=world.canary("asks", "orders.register", centre.pk),
    )
    head = world.actor(place, "head")
    return Sample(register_request(head, centre.uid, asked=asked, operation=world.operation()).uid, centre.pk)


@kind("draft", OWN, "another’s", personal=True)
def draft(world: World, label: str, asker: Principal) -> Sample:
    of = world.colleagues["receptionist elsewhere"]
    if label == OWN and asker.actor.may_at("orders.take_in", world.centres[asker.place].pk):
        of = asker
    data = {"fault": world.canary("half", "", owner=of.name)}
    return Sample(save_draft(of.actor, uuid7(), centre_uid=world.centres[of.place].uid, data=data).uid)


@kind("dispatch", OWN, COLLEAGUES, ELSEWHERE, personal=True)
def dispatch(world: World, label: str, asker: Principal) -> Sample:
    """The work of an order, offered to the asker (if one repairs) or to a colleague."""
    found = order_of(world, label if asker.name in BENCH else COLLEAGUES if label == OWN else label, asker)
    own = label == OWN and asker.name in BENCH
    of = asker if own else world.colleagues[f"engineer {found.place}"]
    given = {"engineer_uid": of.account.uid, "operation": world.operation()}
    return Sample(give_work(world.actor(found.place, "head"), found.row.uid, **given).uid, found.centre.pk)


@kind("finding", *THERE)
def finding(world: World, label: str, asker: Principal) -> Sample:
    found = order_of(world, label, asker)
    head, text = world.actor(found.place, "head"), world.canary("finding", "orders.see", found.centre.pk)
    made = add_finding(head, found.row.uid, text=text, operation=world.operation())
    return Sample(made.uid, found.centre.pk)


@kind("task", OWN, "another’s", ELSEWHERE, personal=True)
def task(world: World, label: str, asker: Principal) -> Sample:
    """Given to the asker, to a colleague, or to somebody in another centre."""
    place, centre = place_for(label, asker), centre_for(world, label, asker)
    owner = asker if label == OWN and asker.account else world.colleagues[f"engineer {place}"]
    asked = TaskAsked(
        title=world.canary("task", "orders.tasks", centre.pk, owner=owner.name), owner_uid=owner.account.uid
    )
    head = world.actor(place, "head")
    return Sample(give_task(head, centre.uid, asked=asked, operation=world.operation()).uid, centre.pk)


@kind("moment", "-")
def moment(world: World, label: str, asker: Principal) -> Sample:
    return Sample("intake")


def other_customer(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    return {"other": other(world, asker, "customer"), "kind": "household", "into": other(world, asker, "customer")}


def other_unit(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    found = other(world, asker, "unit")
    return {"other": found, "kind": "part_of", "into": found, "owner": ""}


def other(world: World, asker: Principal, name: str) -> str:
    """A second one of the kind, at the asker's own place."""
    key = ("second", name, asker.place)
    if key not in world.things:
        centre_id = world.centres[asker.place].pk
        make = {
            "customer": lambda: register_customer(world.founder, name="Second", centre_id=centre_id),
            "unit": lambda: register_unit(world.founder, product_id=ground(world).product.pk, centre_id=centre_id),
        }
        world.things[key] = make[name]().uid
    return str(world.things[key])


def intake_body(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    base = ground(world)
    return {
        "operation": world.operation(),
        "name": "Anna Nowak",
        "phone": "+48600111222",
        "language": "pl",
        "product_uid": base.product.uid,
        "serial": "SN-NEW",
        "fault": "Does not start",
        "route": "counter",
        "place_uid": base.places[asker.place, "desk"].uid,
    }


def found_by(*names: str) -> Any:
    """Asks a search for each word of the order of that ownership, all but its last letter."""
    return [
        lambda world, whose, asker, name=name: {"q": order_of(world, whose, asker).words[name][:-1]} for name in names
    ]


def scanned(world: World, whose: str, asker: Principal) -> Any:
    """What a page sends when the order's number is scanned."""
    number = order_of(world, whose, asker).row.number
    return {"code": number, "context": "", "operation": str(world.operation())}


WHOSE |= {"web:scan": THERE, "web:palette": THERE}
AS_JSON.add("web:scan")
QUERIES |= {
    "web:palette": found_by("customer", "serial", "fault"),
    "desk:customers": found_by("customer"),
    "desk:units": found_by("serial"),
    "desk:orders": found_by("customer", "serial"),
    "desk:calls-find": found_by("customer"),
    "desk:intake": [lambda world, _whose, asker: {"draft": one(world, "draft", OWN, asker)}],
}
CUSTOMER = {"name": "Anna Nowak", "kind": "person", "language": "pl"}
BODIES |= {
    ("desk:task-new", "POST"): with_operation(title="Call back"),
    ("desk:task-end", "POST"): with_operation(move="finish"),
    ("desk:order-move", "POST"): with_operation(move="start_diagnosis"),
    ("desk:order-finding", "POST"): with_operation(text="Dead display"),
    ("desk:order-timer", "POST"): with_operation(move="start"),
    ("desk:order-give", "POST"): lambda world, whose, asker: {
        "operation": world.operation(),
        "to": f"engineer:{world.colleagues[f'engineer {place_for(whose, asker)}'].account.uid}",
    },
    ("desk:dispatch-answer", "POST"): with_operation(move="accept"),
    ("web:scan", "POST"): scanned,
    ("desk:order-photos", "POST"): lambda world, _whose, _asker: {
        "operation": world.operation(),
        "photo": picture(),
    },
    ("desk:request-move", "POST"): with_operation(move="accept"),
    ("desk:request-note", "POST"): with_operation(kind="note", text="Called back."),
    ("desk:request-promise", "POST"): with_operation(text="Tomorrow"),
    ("desk:order-note", "POST"): with_operation(kind="note", text="Seen."),
    ("desk:order-fault", "POST"): with_operation(fault="Confirmed"),
    ("desk:order-date", "POST"): with_operation(due_at="2030-03-05T12:00"),
    ("desk:order-status", "POST"): with_operation(status_uid=""),
    ("desk:order-priority", "POST"): with_operation(priority=2),
    ("desk:intake", "POST"): intake_body,
    ("desk:intake-expected", "POST"): intake_body,
    ("desk:intake-draft", "POST"): with_operation(fault="half"),
    ("desk:customer-new", "POST"): with_operation(**CUSTOMER),
    ("desk:customer-edit", "POST"): with_operation(**CUSTOMER),
    ("desk:customer-phone", "POST"): with_operation(phone="+48600999888"),
    ("desk:customer-address-new", "POST"): with_operation(lines="ul. Nowa 1"),
    ("desk:customer-address", "POST"): with_operation(lines="ul. Nowa 1"),
    ("desk:customer-flag", "POST"): with_operation(flag="vip"),
    ("desk:customer-erase", "POST"): with_operation(sure="on"),
    ("desk:customer-merge", "POST"): other_customer,
    ("desk:customer-relate", "POST"): other_customer,
    ("desk:customer-part", "POST"): other_customer,
    ("desk:unit-new", "POST"): with_operation(product="Vela One", quantity=1),
    ("desk:unit-edit", "POST"): with_operation(product="Vela One", quantity=1),
    ("desk:unit-move", "POST"): with_operation(move="deactivate", reason="scrapped"),
    ("desk:unit-owner", "POST"): other_unit,
    ("desk:unit-link", "POST"): other_unit,
    ("desk:unit-merge", "POST"): other_unit,
}
ARGUMENTS += [
    ("api:task*", "uid", "task"),
    ("desk:task*", "uid", "task"),
    ("desk:intake-draft", "uid", "draft"),
    ("desk:intake-expected", "uid", "expected order"),
    ("desk:order-checklist", "moment", "moment"),
    ("desk:dispatch*", "uid", "dispatch"),
    ("desk:finding-*", "uid", "finding"),
    ("web:file", "uid", "file"),
    ("api:file", "uid", "file"),
    ("desk:request*", "uid", "request"),
    ("desk:hand-over", "uid", "order"),
    ("desk:order*", "uid", "order"),
    ("desk:issue-*", "uid", "order"),
    ("desk:customer*", "uid", "customer"),
    ("desk:customer-address", "address", "address"),
    ("desk:customer-phone*", "phone_id", "phone"),
    ("desk:unit*", "uid", "unit"),
]
