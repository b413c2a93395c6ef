"""A large history for measurements: some hundred real lives of orders, copied inside the database."""

import argparse
import sys
from datetime import timedelta
from decimal import Decimal
from random import Random
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from remonta.catalogue.queries import products_for
from remonta.cli.demo.links import setup_actor
from remonta.cli.demo.network import Clock, Place, make_places
from remonta.cli.demo.people import FAULTS, NAMES
from remonta.counter.commands import Given, Intake, Repair, Which, Who, hand_over, take_in
from remonta.dispatch.commands import answer_work, give_work
from remonta.identity.queries import all_permissions, colleagues_for, every_centre
from remonta.kernel.actor import system
from remonta.kernel.ids import uuid7
from remonta.orders.commands import move_work_order
from remonta.quality.commands import make_final_check
from remonta.quotes.commands import LineAsked, approve_quote, send_quote, write_quote
from remonta.spine.commands import Copied, another_number, floors_of, merge_index, multiply, renamed, start_series

LIVES = 500
OPEN_SHARE = 50
FIRST_NUMBER = 9_000_001
PHONE, PHONE_TURNED = "555111", "111555"
NUMBERS = (("KRK-", "9"), ("KRK", "9"), ("krk", "9"), ("R", "9"), ("r", "9"), ("SN", "T"), ("sn", "t"))


def declare_seed(commands: Any) -> None:
    parser = commands.add_parser("seed", help="fill an empty database with a large history, for measurements")
    parser.add_argument("--orders", type=int, default=10_000)
    parser.set_defaults(run=seed)


def seed(asked: argparse.Namespace) -> int:
    """Two orders in a hundred are open; each has a dozen events, two moves and a quote."""
    if every_centre().exists():
        print("This database is in use. Seed an empty one.", file=sys.stderr)
        return 1
    started = monotonic()
    clock = Clock(timezone.now() - timedelta(days=30))
    setup = system("setup", clock, *(held.name for held in all_permissions()))
    place = make_places(setup, clock)[0]
    lives = min(LIVES, asked.orders)
    with transaction.atomic():
        start_series(f"work_order:{place.row.pk}", FIRST_NUMBER)
        start_series("request", FIRST_NUMBER)
    copies = _texts()
    floors = floors_of([copied.label for copied in copies])
    _live(place, clock, lives)
    times = max(0, asked.orders // lives - 1)
    print(f"{lives} lives, {monotonic() - started:.0f} s", flush=True)
    multiply(list(copies), floors, times, lambda done: _tell(done, lives, started))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for _step in merge_index():
        pass
    print(f"\n{lives * (times + 1):,} orders, {monotonic() - started:.0f} s")
    return 0


def _live(place: Place, clock: Clock, lives: int) -> None:
    """The lives that are copied: all in one centre, paid for by warranty, so that no money moves."""
    random = Random(11)
    products = list(products_for(setup_actor()).select_related("brand"))
    people = {role: place.one(role) for role in ("receptionist", "workshop_manager", "engineer", "quality")}
    engineer_uid = colleagues_for(people["workshop_manager"]).get(pk=people["engineer"].own_id).uid
    for number in range(lives):
        clock.at = timezone.now() - timedelta(minutes=5 * (lives - number))
        who = Who(name=random.choice(NAMES), phones=(f"+48{PHONE}{number:03d}",), language="pl")
        which = Which(product_uid=random.choice(products).uid, serial=f"SNT{number:06d}", accept_odd_serial=True)
        repair = Repair(fault=random.choice(FAULTS), under_warranty=True)
        asked: dict[str, Any] = {"who": who, "which": which, "repair": repair, "intake": Intake(looks="Scratched")}
        order = take_in(people["receptionist"], place.row.uid, **asked, operation=uuid7(clock()))
        _work(people, order.uid, engineer_uid, clock, to_the_end=number % OPEN_SHARE != 0)


def _work(people: dict[str, Any], uid: Any, engineer_uid: Any, clock: Clock, *, to_the_end: bool) -> None:
    engineer, manager, desk = people["engineer"], people["workshop_manager"], people["receptionist"]
    given = give_work(manager, uid, engineer_uid=engineer_uid, operation=uuid7(clock()))
    answer_work(engineer, given.uid, move="accept", operation=uuid7(clock()))
    move_work_order(engineer, uid, "start_diagnosis", operation=uuid7(clock()))
    line = LineAsked(text="Warranty repair", price=Decimal(0))
    quote = write_quote(manager, uid, lines=[line], operation=uuid7(clock()))
    quote = send_quote(manager, quote.uid, operation=uuid7(clock()))
    if not to_the_end:
        return
    chosen = [one.uid for one in quote.lines.all()]
    signed: dict[str, Any] = {"name": "Maker", "shown_hash": quote.shown_hash}
    approve_quote(desk, quote.uid, lines=chosen, **signed, operation=uuid7(clock()))
    move_work_order(engineer, uid, "finish_repair", operation=uuid7(clock()))
    make_final_check(people["quality"], uid, passed=True, operation=uuid7(clock()))
    hand_over(desk, uid, given=Given(taken_by="Owner"), operation=uuid7(clock()))


def _tell(done: int, lives: int, started: float) -> None:
    print(f"\r{(done + 1) * lives:,} orders, {monotonic() - started:.0f} s", end="", flush=True)


def _texts() -> tuple[Copied, ...]:
    """What differs between copies: numbers, serials and phones carry the number of the copy."""
    words = {
        name: another_number(renamed(f't."{name}"', *NUMBERS), PHONE) for name in ("title", "hint", "text", "exact")
    }
    turned = another_number('t."reversed_digits"', PHONE_TURNED)
    by_subject = {f"subject={label}": label for label in SUBJECTS}
    by_kind = {f"kind={kind}": label for kind, label in KINDS.items()}
    order = {"thread_id": "orders.workorder"}
    return (
        Copied("customers.customer"),
        Copied("customers.phone", {"number": another_number('t."number"', PHONE), "reversed_digits": turned}),
        Copied("customers.knowncustomer"),
        Copied("equipment.unit", {name: renamed(f't."{name}"', ("SN", "T")) for name in ("serial", "serial_normal")}),
        Copied("equipment.knownunit"),
        Copied("orders.request", {"number": renamed('t."number"', ("R", "9"))}),
        Copied("orders.workorder", {"number": renamed('t."number"', ("KRK-", "9"))}),
        Copied("quotes.quote"),
        Copied("quotes.quoteline"),
        Copied("quotes.answer"),
        Copied("dispatch.dispatchorder"),
        Copied("quality.finalcheck"),
        Copied("counter.handover"),
        Copied("stock.move", shifts=order),
        Copied("stock.whereabouts"),
        Copied("spine.searchentry", words, cases={"subject_id": by_kind}),
        Copied("spine.searchphone", {"reversed_digits": turned}),
        Copied("spine.event", shifts=order, cases={"subject_id": by_subject}),
    )


KINDS = {
    "customer": "customers.customer",
    "unit": "equipment.unit",
    "request": "orders.request",
    "work_order": "orders.workorder",
}
SUBJECTS = (
    *("customers.customer", "equipment.unit", "orders.request", "orders.workorder", "quotes.quote"),
    *("dispatch.dispatchorder", "quality.finalcheck", "counter.handover", "stock.move"),
)
COMMANDS = (declare_seed,)
