"""Cash desks, shifts, payments, invoices."""

from decimal import Decimal
from typing import Any

from remonta.billing.commands import Tender, create_cash_desk, invoice_order, open_shift, take_deposit
from remonta.quotes.commands import LineAsked, approve_quote, send_quote, write_quote
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import order_of
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


def drawer(world: World, label: str, asker: Principal) -> tuple[object, object]:
    """An open cash desk and its shift, one for each centre."""
    key = ("drawer", place_for(label, asker))
    if key not in world.things:
        centre, head = centre_for(world, label, asker), world.actor(place_for(label, asker), "head")
        name = world.canary("Kasse", "billing.see", centre.pk)
        desk = create_cash_desk(head, centre.uid, name=name)
        world.things[key] = desk, open_shift(head, desk.uid, counted=0, operation=world.operation())
    return world.things[key]


@kind("cash desk", *THERE)
def cash_desk(world: World, label: str, asker: Principal) -> Sample:
    return Sample(drawer(world, label, asker)[0].uid, centre_for(world, label, asker).pk)


@kind("shift", *THERE)
def shift(world: World, label: str, asker: Principal) -> Sample:
    return Sample(drawer(world, label, asker)[1].uid, centre_for(world, label, asker).pk)


@kind("payment", *THERE)
def payment(world: World, label: str, asker: Principal) -> Sample:
    found, (desk, _shift) = order_of(world, label, asker), drawer(world, label, asker)
    tender = Tender(method="cash", amount=1234, desk_uid=desk.uid, tendered=2000)
    head = world.actor(found.place, "head")
    return Sample(take_deposit(head, found.row.uid, tender=tender, operation=world.operation()).uid, found.centre.pk)


BODIES |= {
    ("desk:order-pay", "POST"): with_operation(method="transfer", amount="10", reference="R-1"),
    ("desk:payment-refund", "POST"): with_operation(method="cash", amount="1"),
    ("desk:payment-settle", "POST"): with_operation(charged="no"),
    ("desk:invoice-correct", "POST"): with_operation(reason="mistake"),
    ("desk:cash-desk-new", "POST"): with_operation(name="Second"),
    ("desk:cash-desk", "POST"): with_operation(name="Renamed"),
    ("desk:cash-open", "POST"): with_operation(counted="0"),
    ("desk:cash-close", "POST"): with_operation(counted="0"),
    ("desk:cash-move", "POST"): with_operation(kind="to_safe", amount="1"),
}
ARGUMENTS += [
    ("desk:cash-desk*", "uid", "cash desk"),
    ("desk:cash-open", "uid", "cash desk"),
    ("desk:cash-*", "uid", "shift"),
    ("desk:payment*", "uid", "payment"),
]


def approved(world: World, label: str, asker: Principal) -> Any:
    """An approved quote with a canary in its note and its line."""
    key = ("row of quote", label, asker.place)
    if key not in world.things:
        found = order_of(world, label, asker)
        head, centre_id = world.actor(found.place, "head"), found.centre.pk
        line = LineAsked(text=world.canary("Arbeit", "quotes.see", centre_id), price=Decimal("123.45"))
        note = world.canary("Angebot", "quotes.see", centre_id)
        quote = write_quote(head, found.row.uid, lines=[line], note=note, operation=world.operation())
        sent = send_quote(head, quote.uid, operation=world.operation())
        lines = list(sent.lines.values_list("uid", flat=True))
        signed = {"lines": lines, "name": "Jan", "shown_hash": sent.shown_hash, "operation": world.operation()}
        world.things[key] = approve_quote(head, sent.uid, **signed)
    return world.things[key]


@kind("quote", *THERE)
def quote(world: World, label: str, asker: Principal) -> Sample:
    return Sample(approved(world, label, asker).uid, centre_for(world, label, asker).pk)


@kind("invoice", *THERE)
def invoice(world: World, label: str, asker: Principal) -> Sample:
    """Of an order whose quote was approved."""
    found = order_of(world, label, asker)
    head = world.actor(found.place, "head")
    approved(world, label, asker)
    return Sample(invoice_order(head, found.row.uid, operation=world.operation()).uid, found.centre.pk)


ARGUMENTS += [("desk:invoice*", "uid", "invoice"), ("desk:quote*", "uid", "quote")]
