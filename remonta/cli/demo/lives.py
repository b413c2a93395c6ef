"""The lives of the demo's orders: from a call or the counter as far as their age has brought them."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from django.db import transaction

from remonta.billing.commands import Tender, take_payment
from remonta.billing.queries import desks_for, owed
from remonta.cli.demo.network import Clock, Place
from remonta.cli.demo.people import FAULTS, NAMES
from remonta.counter.commands import Given, Intake, Repair, Which, Who, hand_over, register_repair, take_in
from remonta.dispatch.commands import add_finding, answer_work, give_work, start_timer, stop_timer
from remonta.identity.queries import colleagues_for
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Refused
from remonta.orders.commands import move_work_order, set_ready_date, write_note
from remonta.quality.commands import make_final_check
from remonta.quotes.commands import LineAsked, approve_quote, decline_quote, send_quote, write_quote
from remonta.supply.commands import issue_part
from remonta.supply.queries import requisitions_for

STAGES = ("registered", "taken_in", "diagnosis", "approval", "parts", "repair", "quality", "ready", "closed")


@dataclass
class Demo:
    """Everything the lives draw from. `clock` is the demo's own time."""

    random: Random
    clock: Clock
    places: list[Place]
    products: list[Any]
    services: list[Any]
    parts: list[Any]
    quote: Any = None

    def operation(self) -> Any:
        return uuid7(self.clock())

    def later(self, low: int, high: int) -> None:
        """Some minutes pass."""
        self.clock.at += timedelta(minutes=self.random.randint(low, high))


def live_one_order(demo: Demo, number: int, orders: int) -> None:
    """One order, older ones handed over, newer ones on the way. What a rule refuses ends there, as in life."""
    place = demo.random.choice(demo.places)
    old = number / orders < 0.8
    goal = "closed" if old or demo.random.random() < 0.1 else demo.random.choice(STAGES[:-1])
    try:
        with transaction.atomic():
            _live(demo, place, STAGES.index(goal))
    except Refused:
        return


def _live(demo: Demo, place: Place, goal: int) -> None:
    order = _come(demo, place, goal)
    steps = (_diagnose, _quote, _answer, _repair, _check, _collect)
    reaches = (2, 3, 5, 6, 7, 8)
    for step, reach in zip(steps, reaches, strict=True):
        if goal < reach - (step is _answer):
            return
        demo.later(15, 240)
        if step(demo, place, order, goal) is False:
            return


def _come(demo: Demo, place: Place, goal: int) -> Any:
    who, fault = demo.random.choice(NAMES), demo.random.choice(FAULTS)
    product = demo.random.choice(demo.products)
    serial = f"SN{demo.random.randrange(10**9):09d}"
    language = "pl" if demo.random.random() < 0.7 else demo.random.choice(("en", "ru", "zh-hans"))
    phone = f"+48{demo.random.randint(500_000_000, 799_999_999)}"
    asked: dict[str, Any] = {
        "who": Who(
            name=who, phones=(phone,), language=language, email=f"customer{demo.random.randrange(10**6)}@demo.example"
        ),
        "which": Which(product_uid=product.uid, serial=serial, accept_odd_serial=True),
    }
    if goal == 0:
        repair = Repair(fault=fault, channel="call")
        return register_repair(
            place.one("receptionist"), place.row.uid, **asked, repair=repair, operation=demo.operation()
        )
    repair = Repair(fault=fault, preauthorised=demo.random.choice((0, 0, 20_000)))
    intake = Intake(looks=demo.random.choice(("Scratched", "Like new", "Cracked corner")), accessories=("charger",))
    desk = place.one("receptionist")
    order = take_in(desk, place.row.uid, **asked, repair=repair, intake=intake, operation=demo.operation())
    due = demo.clock() + timedelta(days=demo.random.randint(2, 9))
    set_ready_date(place.one("workshop_manager"), order.uid, due_at=due, operation=demo.operation())
    return order


def _engineer(demo: Demo, place: Place) -> Actor:
    people = place.people.get("engineer") or place.people["partner_staff"]
    return demo.random.choice(people)


def _diagnose(demo: Demo, place: Place, order: Any, _goal: int) -> None:
    engineer, manager = _engineer(demo, place), place.one("workshop_manager")
    uid = colleagues_for(manager).get(pk=engineer.own_id).uid
    given = give_work(manager, order.uid, engineer_uid=uid, operation=demo.operation())
    if given.state == "offered":
        answer_work(engineer, given.uid, move="accept", operation=demo.operation())
    move_work_order(engineer, order.uid, "start_diagnosis", operation=demo.operation())
    start_timer(engineer, order.uid, operation=demo.operation())
    demo.later(10, 50)
    stop_timer(engineer, order.uid, operation=demo.operation())
    words = demo.random.choice(("Connector corroded", "Board short circuit", "Worn out", "Broken glass"))
    add_finding(engineer, order.uid, text=words, operation=demo.operation())


def _quote(demo: Demo, place: Place, order: Any, _goal: int) -> None:
    writer = place.one("workshop_manager")
    fitting = [one for one in demo.services if one.category_id in (None, order.product.category_id)] or demo.services
    lines = [LineAsked(service_uid=demo.random.choice(fitting).uid)]
    if demo.random.random() < 0.7:
        lines.append(LineAsked(part_uid=demo.random.choice(demo.parts).uid))
    if demo.random.random() < 0.4:
        lines.append(LineAsked(service_uid=demo.random.choice(fitting).uid, variant="recommended"))
    quote = write_quote(writer, order.uid, lines=lines, operation=demo.operation())
    send_quote(writer, quote.uid, operation=demo.operation())
    demo.quote = quote


def _answer(demo: Demo, place: Place, order: Any, goal: int) -> bool:
    quote, clerk = demo.quote, place.one("receptionist")
    quote.refresh_from_db()
    signed = {"name": order.customer.name, "shown_hash": quote.shown_hash, "means": "phone"}
    if demo.random.random() < 0.08:
        decline_quote(clerk, quote.uid, **signed, reason="Too expensive", operation=demo.operation())
        return False
    chosen = [line.uid for line in quote.lines.all() if line.variant == "necessary" or demo.random.random() < 0.5]
    approve_quote(clerk, quote.uid, lines=chosen, **signed, operation=demo.operation())
    if goal == STAGES.index("parts"):
        move_work_order(place.one("engineer"), order.uid, "wait_for_parts", operation=demo.operation())
        return False
    return True


def _repair(demo: Demo, place: Place, order: Any, _goal: int) -> bool:
    keeper = place.one("storekeeper")
    wanted = requisitions_for(keeper).filter(work_order_id=order.pk, state__in=["reserved", "wanted"])
    if wanted.filter(state="wanted").exists():
        return False
    for requisition in wanted:
        issue_part(keeper, requisition.uid, operation=demo.operation())
    demo.later(30, 90)
    write_note(place.one("engineer"), order.uid, kind="note", text="Done and tested", operation=demo.operation())
    move_work_order(_owner(place, order), order.uid, "finish_repair", operation=demo.operation())
    return True


def _check(demo: Demo, place: Place, order: Any, _goal: int) -> bool:
    checker = next(
        (
            who
            for role in ("quality", "partner_staff")
            for who in place.people.get(role, [])
            if who.account_id != _engineer_of(order)
        ),
        None,
    )
    if checker is None:
        return False
    make_final_check(checker, order.uid, passed=True, operation=demo.operation())
    return True


def _collect(demo: Demo, place: Place, order: Any, _goal: int) -> None:
    demo.later(60, 1500)
    cashier = place.one("cashier")
    money = owed([order.pk])[order.pk].owed
    desk = desks_for(cashier).filter(centre_id=place.row.pk).first()
    if money and desk:
        tender = Tender(method="cash", amount=money.minor, desk_uid=desk.uid)
        take_payment(cashier, order.uid, tender=tender, operation=demo.operation())
    given = Given(taken_by=order.customer.name, shown=order.number)
    hand_over(place.one("receptionist"), order.uid, given=given, operation=demo.operation())


def _engineer_of(order: Any) -> int | None:
    order.refresh_from_db()
    return order.engineer_id  # type: ignore[no-any-return]


def _owner(place: Place, order: Any) -> Actor:
    key = _engineer_of(order)
    people = place.people.get("engineer") or place.people["partner_staff"]
    return next((who for who in people if who.account_id == key), people[0])
