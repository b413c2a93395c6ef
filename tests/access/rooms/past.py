"""A repair with its whole past, one in each place: a word of its own in everything that people write on the way."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from remonta.billing.commands import Tender, take_deposit, take_payment
from remonta.billing.queries import owed
from remonta.calls.commands import Reported, report_call
from remonta.catalogue.commands import add_part, set_price
from remonta.counter.commands import Given, Intake, Repair, Talk, Which, Who, hand_over, note_talk, take_in
from remonta.customers.commands import add_address, add_phone, register_customer
from remonta.dispatch.commands import add_finding, answer_work, give_work
from remonta.equipment.commands import register_unit
from remonta.identity.commands import change_centre, change_person, make_link
from remonta.identity.queries import link_actor
from remonta.notices.commands import save_text
from remonta.notices.queries import OCCASIONS
from remonta.orders.commands import (
    Asked,
    TaskAsked,
    add_photo,
    close_request,
    confirm_fault,
    fill_checklist,
    give_task,
    lock_work_order,
    move_work_order,
    place_hold,
    refuse_request,
    register_request,
    write_from_customer,
    write_note,
    write_request_note,
)
from remonta.quality.commands import make_final_check, rate_work
from remonta.quotes.commands import LineAsked, approve_quote, decline_quote, send_quote, write_quote
from remonta.supply.commands import Delivered, receive_goods
from tests.access.rooms.goods import checklist_line
from tests.access.rooms.ground import ground
from tests.access.rooms.repair import picture
from tests.access.subjects import NETWORKS, NOBODY, Sample
from tests.access.world import World

SEEN = ("orders.see",)
CUSTOMER = ("customers.see", "orders.see")
QUALITY = ("quality.see", "orders.see")


TOLD = {"Nachname", "own number", "mailto", "wailing", "PAST", "cable", "to_customer", "line", "remark"}
"""What may leave the house by mail or SMS to the order's own customer."""


class Story:
    """One place's people and words. `word` plants a canary where people write, for who may read it there."""

    def __init__(self, world: World, place: str) -> None:
        self.world, self.place, self.centre = world, place, world.centres[place]
        self.head, self.engineer = world.actor(place, "head"), world.actor(place, "engineer")
        self.receptionist = world.actor(place, "receptionist")
        self.base, self.number = ground(world), [*world.centres].index(place)

    def word(self, name: str, *permissions: str) -> str:
        return self.world.canary(name, permissions or SEEN, self.centre.pk)

    def once(self, run: Any, actor: Any, *named: Any, **values: Any) -> Any:
        return run(actor, *named, **values, operation=self.world.operation())

    def phone(self, name: str, last: int, *permissions: str) -> str:
        """A number as a canary: in E.164 and as people read it."""
        number = f"+4873{self.number}{last:06d}"
        shown = f"+48 {number[3:6]} {number[6:9]} {number[9:]}"
        return self.world.spelled(name, (number, shown, shown[4:]), permissions, self.centre.pk)[0]

    def amount(self, name: str, minor: int, *permissions: str) -> Decimal:
        """An amount as a canary, in the ways that pages, papers, programs and spreadsheets write it."""
        major = Decimal(minor + self.number * 100) / 100
        ways = (
            f"{major}",
            f"{major:,}",
            f"{major:,}".replace(",", " ").replace(".", ","),
            f"{major}".replace(".", ","),
        )
        self.world.spelled(name, ways, permissions, self.centre.pk)
        return major


def past_of(world: World, place: str) -> dict[str, list[Any]]:
    """Made once for each place, by kind: an order that was handed over, one that was declined, requests that ended."""
    key = ("past", place)
    if key not in world.things:
        story = Story(world, place)
        requests = _beside(story)
        orders = [_kept(story, make) for make in (_declined, _handed_over)]
        world.things[key] = {
            "order": [order.uid for order in orders],
            "customer": [order.customer.uid for order in orders],
            "unit": [order.unit.uid for order in orders],
            "request": [request.uid for request in requests],
        }
    return world.things[key]


def _kept(story: Story, make: Any) -> Any:
    """An order, and beside it the words that its own customer may be written."""
    planted = len(story.world.canaries)
    order = make(story)
    words = {one.name: one.word for one in story.world.canaries[planted:] if one.name in TOLD}
    story.world.things["words of", order.pk] = SimpleNamespace(row=order, words=words)
    return order


def stand_in(world: World, turn: int) -> set[str]:
    """Puts things of the past in the place of the usual samples, by turns; returns the kinds that have some."""
    kinds: set[str] = set()
    for place, centre in world.centres.items():
        for key, sample in world.things.items():
            if (
                isinstance(sample, Sample)
                and sample.centre_id == centre.pk
                and key[0] in (own := past_of(world, place))
            ):
                world.things[key] = replace(sample, value=own[key[0]][turn % len(own[key[0]])])
                kinds.add(key[0])
    return kinds


def _known(story: Story, last: int) -> Any:
    """A customer with name, number, mail and address."""
    make = story.world.founder
    customer = register_customer(
        make,
        name=f"Ola {story.word('Nachname', *CUSTOMER)}",
        phones=[story.phone("own number", last, *CUSTOMER)],
        email=f"{story.word('mailto', *CUSTOMER).lower()}@example.com",
        tax_id=story.word("NIP", *CUSTOMER).upper(),
        note=story.word("manners", "customers.see"),
        centre_id=story.centre.pk,
    )
    second = story.phone("second number", last + 500_000, *CUSTOMER)
    add_phone(make, customer.uid, phone=second, label=story.word("wife", *CUSTOMER))
    where = {name: story.word(name, *CUSTOMER) for name in ("street", "town", "postcode", "lobby")}
    where = {"lines": where["street"], "city": where["town"], "postcode": where["postcode"], "label": where["lobby"]}
    add_address(make, customer.uid, **where)
    return customer


def _come(story: Story, last: int) -> Any:
    """A known customer brings a unit, and everything is written down."""
    customer = _known(story, last)
    unit = register_unit(
        story.world.founder,
        product_id=story.base.product.pk,
        serial=story.word("PAST", "equipment.see", *SEEN).upper(),
        second_serial=story.word("IMEI", "equipment.see", *SEEN).upper(),
        batch=story.word("batch", "equipment.see", *SEEN),
        note=story.word("crack", "equipment.see", *SEEN),
        owner_id=customer.pk,
        centre_id=story.centre.pk,
    )
    return story.once(
        take_in,
        story.receptionist,
        story.centre.uid,
        who=Who(uid=customer.uid),
        which=Which(uid=unit.uid),
        repair=Repair(fault=story.word("wailing")),
        intake=Intake(
            place_uid=story.base.places[story.place, "desk"].uid,
            looks=story.word("worn"),
            accessories=(story.word("cable"),),
            passcode=story.word("secret", "orders.passcode"),
        ),
    )


def _diagnosed(story: Story, last: int) -> Any:
    """Given to an engineer who refused at first; looked at, with notes by everybody and a sheet that was ticked."""
    order, people = _come(story, last), story.world.colleagues
    for move, reason in (("reject", story.word("refusal", *SEEN, "dispatch.see")), ("accept", "")):
        uid = people[f"engineer {story.place}"].account.uid
        given = story.once(give_work, story.head, order.uid, engineer_uid=uid)
        story.once(answer_work, story.engineer, given.uid, move=move, reason=reason)
    story.once(move_work_order, story.engineer, order.uid, "start_diagnosis")
    story.once(confirm_fault, story.head, order.uid, fault=story.word("confirmed", "equipment.see", *SEEN))
    story.once(add_finding, story.engineer, order.uid, text=story.word("corroded"))
    for kind in ("note", "talk", "to_customer"):
        story.once(write_note, story.head, order.uid, kind=kind, text=story.word(kind))
    line = str(checklist_line_of(story.world))
    sheet = {"moment": "intake", "results": {line: "bad"}, "notes": {line: story.word("ticked")}}
    story.once(fill_checklist, story.head, order.uid, **sheet)
    add_photo(story.head, order.uid, file=picture(20 + last % 40), name=story.word("snapshot") + ".png")
    said = {"title": story.word("chore", "orders.tasks"), "text": story.word("howto", "orders.tasks")}
    asked = TaskAsked(**said, work_order_uid=order.uid)
    story.once(give_task, story.head, story.centre.uid, asked=asked)
    return order


def checklist_line_of(world: World) -> Any:
    """The line that the kind "checklist line" has made, or makes now."""
    if ("checklist line", NETWORKS, "") not in world.things:
        world.things["checklist line", NETWORKS, ""] = checklist_line(world, NETWORKS, NOBODY)
    return world.things["checklist line", NETWORKS, ""].value


def _quoted(story: Story, order: Any) -> tuple[Any, dict[str, Any]]:
    """A quote with a part whose price is known and whose cost and profit are for few; how it may be answered."""
    part = _part(story)
    lines = [LineAsked(text=story.word("line", "quotes.see", *SEEN), price=Decimal("10")), LineAsked(part_uid=part.uid)]
    quote = story.once(write_quote, story.head, order.uid, lines=lines, note=story.word("remark", "quotes.see"))
    sent = story.once(send_quote, story.head, quote.uid)
    return sent, {"name": story.word("signer", "quotes.see", *SEEN), "shown_hash": sent.shown_hash}


def _part(story: Story) -> Any:
    key = ("part of the past", story.place)
    if key not in story.world.things:
        make = story.world.founder
        part = add_part(make, number=f"PAST-{story.number}", name=f"Board {story.number}")
        entity, cost = story.centre.legal_entity, story.amount("cost", 412_783, "catalogue.see_cost", "stock.see_cost")
        set_price(make, legal_entity_id=entity.pk, part_uid=part.uid, amount=Decimal("5000.00"), cost=cost)
        story.once(
            receive_goods,
            make,
            story.centre.uid,
            supplier=story.word("vendor", "supply.see", "supply.receive"),
            note_number=story.word("waybill", "supply.see", "supply.receive"),
            lines=[Delivered(part.uid, story.base.places[story.place, "bin"].uid, 9000, cost)],
        )
        story.world.things[key] = part
    return story.world.things[key]


def _declined(story: Story) -> Any:
    """The customer did not want it: who said so, and why."""
    order = _diagnosed(story, 100)
    quote, signed = _quoted(story, order)
    story.once(decline_quote, story.head, quote.uid, **signed, reason=story.word("toodear", "quotes.see", *SEEN))
    with transaction.atomic():
        held = lock_work_order(story.head, order.uid)
        place_hold(story.head, held, code="matrix", reason=story.word("heldback"), blocks=("hand_over",))
    return order


def _handed_over(story: Story) -> Any:
    """Paid in two parts, sent back once by who checked it, given to somebody, rated."""
    order = _diagnosed(story, 200)
    transfer = Tender(method="transfer", amount=100, reference=story.word("depositref", "billing.see"))
    story.once(take_deposit, story.head, order.uid, tender=transfer)
    quote, signed = _quoted(story, order)
    lines = list(quote.lines.filter(part=None).values_list("uid", flat=True))
    story.once(approve_quote, story.head, quote.uid, lines=lines, **signed)
    for passed in (False, True):
        story.once(move_work_order, story.engineer, order.uid, "finish_repair")
        story.once(make_final_check, story.head, order.uid, passed=passed, note=story.word("checked", *QUALITY))
    reference, owes = story.word("transferref", "billing.see"), owed([order.pk])[order.pk].owed.minor
    rest = Tender(method="transfer", amount=owes, reference=reference)
    story.once(take_payment, story.head, order.uid, tender=rest)
    story.once(hand_over, story.head, order.uid, given=Given(taken_by=story.word("taker"), shown="receipt"))
    _link, token = make_link(story.head, "order", "orders.workorder", order.pk, story.world.later)
    customer = link_actor(token, "order")
    story.once(write_from_customer, customer, order.uid, text=story.word("thanks"))
    story.once(rate_work, customer, order.uid, score=2, text=story.word("rated", *QUALITY))
    return order


def _beside(story: Story) -> list[Any]:
    """Requests that ended, a talk with a promise, a call, a colleague's number, a text of the centre."""
    asked = Asked(
        contact_name=story.word("caller", "orders.register"),
        contact_phone=story.phone("contact number", 300_000, "orders.register", *SEEN),
        contact_email=f"{story.word('replyto', 'orders.register').lower()}@example.com",
        device=story.word("gadget", "orders.register"),
        fault=story.word("humming", "orders.register"),
    )
    at = story.centre.uid
    closed, refused = (story.once(register_request, story.head, at, asked=asked) for _ in range(2))
    story.once(write_request_note, story.head, closed.uid, kind="talk", text=story.word("overheard", "orders.register"))
    story.once(close_request, story.head, closed.uid, answer=story.word("advice", "orders.register"))
    why = {"reason": "price", "note": story.word("because", "orders.register")}
    story.once(refuse_request, story.head, refused.uid, **why)
    talk = Talk(
        fault=story.word("chat", "orders.register"), outcome="lead", promise=story.word("offered", "orders.register")
    )
    lead = story.once(note_talk, story.head, at, who=Who(phones=("+48600200300",)), talk=talk)
    number, line = story.phone("caller's number", 400_000, "calls.see"), f"+4812000{story.centre.pk:04d}"
    change_centre(story.world.founder, at, phone=line)
    named = {"exchange": "pbx", "external_id": f"past {story.number}", "number": number, "line": line}
    with transaction.atomic():
        report_call(story.world.founder, Reported(state="ringing", **named))
    colleague = story.world.colleagues[f"receptionist {story.place}"].account
    change_person(
        story.world.founder, colleague.uid, phone=story.phone("colleague's number", 600_000, "identity.manage_staff")
    )
    words = {"code": next(iter(OCCASIONS)), "channel": "email", "language": "ru", "centre_uid": at}
    save_text(story.world.founder, **words, title="Remonta", body=story.word("ourtext", "notices.texts"))
    return [closed, refused, lead]
