"""Places, deliveries, requisitions; the catalogue."""

from datetime import date
from decimal import Decimal
from typing import Any

from remonta.catalogue.commands import (
    add_checklist_item,
    add_fault_code,
    add_known_fault,
    add_list_line,
    add_part,
    begin_list,
    replace_part,
)
from remonta.catalogue.queries import parts_for
from remonta.equipment.commands import Shipped, list_shipment, register_unit
from remonta.orders.queries import work_orders_for
from remonta.stock.commands import Salvaged, Which, add_place, place_unit, receive_unit, take_apart
from remonta.stock.queries import pieces_for, whereabouts
from remonta.supply.commands import Delivered, ask_part, receive_goods, take_out_old_part
from remonta.supply.models import OldPart
from tests.access.rooms.ground import ground
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import order_of
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
    place_for,
)
from tests.access.world import HOME, World

THERE = (COLLEAGUES, ELSEWHERE)


@kind("place", *THERE)
def place(world: World, label: str, asker: Principal) -> Sample:
    centre = centre_for(world, label, asker)
    name = world.canary("corner", "stock.see_places", centre.pk)
    operation = world.operation()
    made = add_place(
        world.founder, centre.uid, kind="shelf", code=f"S-{len(world.things)}", name=name, operation=operation
    )
    return Sample(made.uid, centre.pk)


@kind("move", *THERE)
def move(world: World, label: str, asker: Principal) -> Sample:
    """A unit put on the shelf of its own centre by somebody else."""
    found = order_of(world, label, asker)
    shelf, unit_id = ground(world).places[found.place, "shelf"], found.row.unit_id
    made = place_unit(world.founder, unit_id, shelf.uid, operation=world.operation())
    return Sample(made.uid, found.centre.pk)


@kind("receipt", *THERE)
def receipt(world: World, label: str, asker: Principal) -> Sample:
    centre, base = centre_for(world, label, asker), ground(world)
    bin_uid = base.places[place_for(label, asker), "bin"].uid
    made = receive_goods(
        world.founder,
        centre.uid,
        supplier=world.canary("Lieferant", "supply.see", centre.pk),
        note_number=world.canary("LS", "supply.see", centre.pk),
        lines=[Delivered(base.part.uid, bin_uid, 5000, Decimal("12.34"))],
        operation=world.operation(),
    )
    return Sample(made.uid, centre.pk)


@kind("piece", *THERE)
def piece(world: World, label: str, asker: Principal) -> Sample:
    """A display with a serial number that only those may read who see the places there."""
    centre, base = centre_for(world, label, asker), ground(world)
    bin_ = base.places[place_for(label, asker), "bin"]
    part = parts_for(world.founder).filter(number="DSP-S").first()
    part = part or add_part(world.founder, number="DSP-S", name="Display by number", tracking="serial")
    serial = world.canary("SN", "stock.see_places", centre.pk)
    line = Delivered(part.uid, bin_.uid, 1000, which=Which((serial,)))
    said = {"supplier": "Lieferant", "lines": [line], "operation": world.operation()}
    receive_goods(world.founder, centre.uid, **said)
    return Sample(pieces_for(world.founder).get(serial=serial).uid, centre.pk)


@kind("donor", *THERE)
def donor(world: World, label: str, asker: Principal) -> Sample:
    """A unit that is nobody's, on a shelf."""
    centre, base = centre_for(world, label, asker), ground(world)
    made = register_unit(world.founder, product_id=base.product.pk, centre_id=centre.pk)
    shelf = base.places[place_for(label, asker), "shelf"]
    receive_unit(world.founder, made.pk, shelf.pk)
    return Sample(made.uid, centre.pk)


@kind("dismantling", *THERE)
def dismantling(world: World, label: str, asker: Principal) -> Sample:
    """Such a unit taken apart, with a word on it and a cost that only those may read who see costs."""
    centre, base = centre_for(world, label, asker), ground(world)
    unit_uid = donor(world, label, asker).value
    note = world.canary("wreck", "stock.see_places", centre.pk)
    lines = [Salvaged(base.part.uid, base.places[place_for(label, asker), "bin"].uid, share=Decimal(1))]
    said = {"lines": lines, "cost": 3333, "note": note, "operation": world.operation()}
    return Sample(take_apart(world.founder, unit_uid, **said).uid, centre.pk)


@kind("requisition", *THERE)
def requisition(world: World, label: str, asker: Principal) -> Sample:
    found = order_of(world, label, asker)
    head = world.actor(found.place, "head")
    made = ask_part(head, found.row.uid, part_uid=ground(world).part.uid, operation=world.operation())
    return Sample(made.uid, found.centre.pk)


@kind("old part", *THERE)
def old_part(world: World, label: str, asker: Principal) -> Sample:
    found = order_of(world, label, asker)
    head = world.actor(found.place, "head")
    part = ground(world).part.uid
    move = take_out_old_part(head, found.row.uid, part_uid=part, operation=world.operation())
    return Sample(OldPart.objects.get(move=move).uid, found.centre.pk)


@kind("part", NETWORKS)
def part(world: World, label: str, asker: Principal) -> Sample:
    return Sample(ground(world).part.uid)


@kind("product", NETWORKS)
def product(world: World, label: str, asker: Principal) -> Sample:
    return Sample(ground(world).product.uid)


@kind("parts list", NETWORKS)
def parts_list(world: World, label: str, asker: Principal) -> Sample:
    """A draft: what is published does not change any more."""
    return Sample(draft_with_line(world).uid)


@kind("parts list line", NETWORKS)
def parts_list_line(world: World, label: str, asker: Principal) -> Sample:
    return Sample(draft_with_line(world).lines.get().pk)


@kind("replacement", NETWORKS)
def replacement(world: World, label: str, asker: Principal) -> Sample:
    return Sample(replace_part(world.founder, ground(world).part.uid, new_uid=spare(world).uid).uid)


@kind("sale", *THERE)
def sale(world: World, label: str, asker: Principal) -> Sample:
    """A line of a sales document, in the name of a customer that only some may read."""
    centre = centre_for(world, label, asker)
    said = {"shipped_on": date(2026, 2, 1), "product_id": ground(world).product.pk, "serials": (f"S-{centre.code}",)}
    name = world.canary("Kunde", "customers.see", centre.pk)
    line = list_shipment(world.founder, centre.pk, Shipped(f"WZ-{centre.code}", customer_name=name, **said))
    return Sample(line.uid, centre.pk)


def draft_with_line(world: World) -> Any:
    """The draft of what the model consists of, with one part in it."""
    draft = begin_list(world.founder, product_uid=ground(world).product.uid)
    if not draft.lines.exists():
        add_list_line(world.founder, draft.uid, part_uid=ground(world).part.uid)
    return draft


def spare(world: World) -> Any:
    """A second part."""
    known = parts_for(world.founder).filter(number="DSP-2").first()
    return known or add_part(world.founder, number="DSP-2", name="Display, brighter")


def with_list(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    """What the pages of parts lists and replacements send."""
    base = ground(world)
    return {
        "part": spare(world).uid,
        "new": spare(world).uid,
        "model": base.product.uid,
        "quantity": "1",
        "valid_from": "2026-03-02",
    }


@kind("service", NETWORKS)
def service(world: World, label: str, asker: Principal) -> Sample:
    return Sample(ground(world).service.uid)


@kind("category", NETWORKS)
def category(world: World, label: str, asker: Principal) -> Sample:
    return Sample(ground(world).category.uid)


@kind("checklist line", NETWORKS)
def checklist_line(world: World, label: str, asker: Principal) -> Sample:
    of = ground(world).category.pk
    line = add_checklist_item(world.founder, moment="intake", names={"en": "Screen whole"}, category_id=of)
    return Sample(line.uid)


@kind("fault code", NETWORKS)
def fault_code(world: World, label: str, asker: Principal) -> Sample:
    return Sample(add_fault_code(world.founder, kind="symptom", code="S1", names={"en": "Dead"}).uid)


@kind("known fault", NETWORKS)
def known_fault(world: World, label: str, asker: Principal) -> Sample:
    told = {"symptoms": {"en": "Swells"}, "remedy": {"en": "Change the battery"}}
    return Sample(add_known_fault(world.founder, ground(world).product.uid, **told).pk)


@kind("entity of prices", NETWORKS)
def entity_of_prices(world: World, label: str, asker: Principal) -> Sample:
    return Sample(world.centres[HOME].legal_entity.uid)


@kind("kind of price", "-")
def kind_of_price(world: World, label: str, asker: Principal) -> Sample:
    return Sample("part")


def with_part(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    base = ground(world)
    return {
        "operation": world.operation(),
        "part": base.part.uid,
        "code": "DSP-1",
        "quantity": "1",
        "place": base.places[place_for(whose, asker), "shelf"].uid,
        "chosen": base.places[place_for(whose, asker), "shelf"].uid,
    }


def elsewhere_here(world: World, whose: str, asker: Principal, name: str = "place") -> dict[str, Any]:
    """A place of the order's centre at which its unit is not: another sample may have moved it."""
    uid = KINDS["order"].make(world, whose, asker).value
    unit_id = work_orders_for(world.founder).values_list("unit_id", flat=True).get(uid=uid)
    at, places = whereabouts([unit_id]).get(unit_id), ground(world).places
    shelf, desk = (places[place_for(whose, asker), sort] for sort in ("shelf", "desk"))
    other = (desk if at and at.place_id == shelf.pk else shelf).uid
    return {"operation": world.operation(), name: str(other)}


def with_salvaged(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    """A line of what is got out of a unit, into the bin of its centre."""
    bin_code = ground(world).places[place_for(whose, asker), "bin"].code
    return {"operation": world.operation(), "part": ground(world).part.uid, "place": bin_code, "quantity": "1"}


BODIES |= {
    ("desk:take-apart", "POST"): with_salvaged,
    **{
        (f"desk:{name}", "POST"): with_list
        for name in ("bom-line-new", "bom-line", "bom-publish", "part-replace", "part-fit")
    },
    ("desk:place-new", "POST"): with_operation(kind="shelf", code="Z-9"),
    ("desk:place-bins", "POST"): with_operation(first="Z-01", last="Z-03"),
    ("desk:place-rename", "POST"): with_operation(name="Renamed"),
    ("desk:requisition-expect", "POST"): with_operation(expected_on="2030-03-05"),
    ("desk:old-part", "POST"): with_operation(what="scrap:scrapped"),
    ("desk:requisition-terms", "POST"): with_operation(terms="free", reason="agreed"),
    ("desk:requisition-used", "POST"): with_operation(used="1"),
    ("desk:issue-note", "POST"): with_operation(form="sales_note"),
    **{
        (f"desk:{name}", "POST"): with_part
        for name in ("place-labels", "order-parts", "order-old-part", "issue-scan", "requisition-return")
    },
    ("desk:order-place", "POST"): elsewhere_here,
    ("api:order-place", "POST"): lambda *asked: elsewhere_here(*asked, name="place_uid"),
}
ARGUMENTS += [
    ("desk:price-set", "entity", "entity of prices"),
    ("desk:price-set", "kind", "kind of price"),
    ("desk:price-set", "uid", "part"),
    ("desk:product-fault-drop", "fault", "known fault"),
    ("desk:sale*", "uid", "sale"),
    ("desk:bom*", "uid", "parts list"),
    ("desk:bom*", "line", "parts list line"),
    ("desk:replacement*", "uid", "replacement"),
    ("desk:checklist-*", "uid", "checklist line"),
    ("desk:fault-code", "uid", "fault code"),
    ("desk:place*", "uid", "place"),
    ("desk:receipt", "uid", "receipt"),
    ("desk:piece", "uid", "piece"),
    ("desk:take-apart", "uid", "donor"),
    ("api:unit-take-apart", "uid", "donor"),
    ("desk:taken-apart", "uid", "dismantling"),
    ("api:dismantling", "uid", "dismantling"),
    ("api:piece", "uid", "piece"),
    ("web:undo-move", "uid", "move"),
    ("web:undo-issue", "uid", "requisition"),
    ("api:move-undo", "uid", "move"),
    ("api:delivery*", "uid", "receipt"),
    ("api:requisition", "uid", "requisition"),
    ("api:price*", "entity", "entity of prices"),
    ("api:price", "kind", "kind of price"),
    ("api:price", "uid", "part"),
    ("api:product-fault", "fault", "known fault"),
    ("desk:old-part", "uid", "old part"),
    ("desk:requisition-*", "uid", "requisition"),
    ("desk:part*", "uid", "part"),
    ("desk:product*", "uid", "product"),
    ("desk:service*", "uid", "service"),
    ("desk:category", "uid", "category"),
]
