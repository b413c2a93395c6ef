"""The book of things against a plain model: whatever people do in whatever order, both say the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils.module_loading import import_string
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from remonta.equipment.commands import register_unit
from remonta.orders.commands import apply_move, lock_work_order, move_work_order
from remonta.spine.queries import verify
from remonta.stock.commands import (
    AlreadyThere,
    NotEnough,
    NotHereYet,
    NotThere,
    hand_unit_back,
    network_place,
    place_part,
    place_unit,
    quarantine_part,
    quarantine_place,
    receive_unit,
    repair_place,
    scrap_part,
)
from remonta.stock.models import Balance, Place, Whereabouts
from remonta.supply.commands import (
    Delivered,
    NoneFree,
    NotAtPlace,
    OrderOver,
    TooMuchBack,
    ask_part,
    cancel_requisition,
    issue_part,
    issue_scanned,
    receive_goods,
    return_unused_part,
    serve_waiting,
    take_out_old_part,
)
from remonta.supply.models import Requisition
from remonta.supply.workflow import RequisitionClash
from tests.cast import intake, operation
from tests.prove.driver import Life, live
from tests.prove.shelves import Asked, Shelves
from tests.prove.told_apart import ToldApart, more_goods
from tools.sizes import PROVE_STEPS

ORDERS, PARTS, BINS = 3, 2, 3
ORDER, PART, BIN, WHICH = (st.integers(0, most) for most in (ORDERS - 1, PARTS - 1, BINS - 1, 30))
QUANTITY = st.sampled_from([500, 1000, 1000, 1000, 2000, 3000, 7000])
ANY_ASKED = precondition(lambda self: self.shelves.asked)


class Stage:
    """What every life starts from: three orders whose units stand at the desk, two parts, one by serial number, one by
    batch, three empty bins."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self.orders = [intake(cast, serial=f"SN-{at}", phone=f"+4860010020{at}") for at in range(ORDERS)]
        battery = type(cast.display).objects.create(number="BAT-1", name="Battery", sort_name="battery")
        self.parts = [cast.display, battery]
        self.screen, self.glue = more_goods(cast.display)
        rights = ("stock.approve_counts", "stock.see_places", "stock.take_apart", "equipment.see")
        self.boss = replace(cast.stan, label="account:boss", account_id=None).trusted_with(*rights)
        own = Place.objects.filter(centre=cast.krakow)
        more = [Place.objects.create(centre=cast.krakow, kind="bin", code=f"B-{at}") for at in range(2)]
        self.bins = [own.get(code="A-01-01"), *more]
        self.desks = [own.get(code="D-1"), own.get(code="S-1")]
        self.repairs = [repair_place(order.pk, cast.krakow.pk) for order in self.orders]
        self.customer, self.supplier, self.scrap = (network_place(kind) for kind in ("customer", "supplier", "scrap"))
        self.difference, self.taken_from = network_place("difference"), network_place("donor")
        self.donor = register_unit(cast.rita, product_id=cast.phone.pk, serial="DONOR", centre_id=cast.krakow.pk)
        receive_unit(cast.rita, self.donor.pk, self.desks[1].pk)
        self.quarantine = quarantine_place(cast.krakow.pk)


class Store(ToldApart, Life):
    """A storekeeper, an engineer and a receptionist, who do one thing after another."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        shelf = self.stage.desks[1].pk
        self.shelves = Shelves((shelf, *(one.pk for one in self.stage.bins)))
        self.units = [Whereabouts.objects.get(unit_id=order.unit_id).place_id for order in self.stage.orders]
        self.states = ["taken_in"] * ORDERS
        self.last: Any = None
        self.begin_told_apart()

    def flaws(self) -> list[Any]:
        return [str(flaw) for flaw in verify()]

    def once(self, refusal: type[Exception] | None, command: Any, who: str, *args: Any, **values: Any) -> Any:
        """A command with an operation id of its own, kept so that the same one can arrive again."""
        values["operation"] = operation(self.stage.cast)
        found = self.act(refusal, lambda: command(getattr(self.stage.cast, who), *args, **values))
        if found is not None:
            self.last = (command, who, args, values, found.pk)
        return found

    def asked(self, which: int) -> tuple[Asked, Requisition]:
        one = self.shelves.asked[which % len(self.shelves.asked)]
        return one, Requisition.objects.get(pk=one.pk)

    @rule(part=PART, bin_=BIN, quantity=QUANTITY)
    def receive(self, part: int, bin_: int, quantity: int) -> None:
        stage, goods = self.stage, Delivered(self.stage.parts[part].uid, self.stage.bins[bin_].uid, quantity)
        self.once(None, receive_goods, "stan", stage.cast.krakow.uid, supplier="Parts Ltd", lines=[goods])
        self.shelves.carry(stage.supplier.pk, stage.bins[bin_].pk, stage.parts[part].pk, quantity)
        self.shelves.serve(stage.parts[part].pk)

    @rule(order=ORDER, part=PART, quantity=QUANTITY)
    def ask(self, order: int, part: int, quantity: int) -> None:
        asked = {"part_uid": self.stage.parts[part].uid, "quantity": quantity}
        refusal = OrderOver if self.states[order] == "closed" else None
        first = self.once(refusal, ask_part, "emil", self.stage.orders[order].uid, **asked)
        if first is not None:
            made = self.shelves.ask(order, self.stage.parts[part].pk, quantity)
            for place, each in enumerate(made):
                each.pk = first.pk + place

    @rule()
    def look_again(self) -> None:
        parts = [part.pk for part in self.stage.parts]
        self.act(None, lambda: serve_waiting(self.stage.cast.stan, parts, self.stage.cast.krakow.pk))
        self.shelves.serve(*parts)

    @ANY_ASKED
    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        one, row = self.asked(which)
        refusal = None if one.state in ("wanted", "reserved") else RequisitionClash
        if self.once(refusal, cancel_requisition, "emil", row.uid) is not None:
            self.shelves.let_go(one)
            one.state = "cancelled"

    @ANY_ASKED
    @rule(which=WHICH, bin_=st.none() | BIN)
    def issue(self, which: int, bin_: int | None) -> None:
        one, row = self.asked(which)
        place = self.stage.bins[bin_] if bin_ is not None else None
        chosen = self.chosen(one, place.pk if place else None)
        refusal = self.refuses_issue(one, chosen)
        uid = place.uid if place else None
        if self.once(refusal, issue_part, "stan", row.uid, place_uid=uid) is not None:
            self.shelves.issue(one, chosen or 0, self.stage.repairs[one.order].pk)

    def chosen(self, one: Asked, place: int | None) -> int | None:
        """The bin from which it will be taken, if there is one."""
        if one.state == "reserved" and place in (None, one.bin):
            return one.bin
        if place is None:
            return self.shelves.fitting(one.part, one.quantity)
        return place if self.shelves.free(place, one.part) >= one.quantity else None

    def refuses_issue(self, one: Asked, chosen: int | None) -> type[Exception] | None:
        if self.states[one.order] == "closed":
            return OrderOver
        if one.state not in ("reserved", "wanted"):
            return RequisitionClash
        if chosen is None:
            return NotAtPlace if one.state == "reserved" else NoneFree
        return None

    @rule(order=ORDER, part=PART, quantity=QUANTITY)
    def scan(self, order: int, part: int, quantity: int) -> None:
        """Part and order: what was asked for first, else what lies there."""
        key = self.stage.parts[part].pk
        pending = [one for one in self.shelves.asked if (one.order, one.part) == (order, key)]
        pending = [one for one in pending if one.state in ("reserved", "wanted")]
        one = min(pending, key=lambda each: (each.state, each.pk), default=Asked(order, key, quantity, "wanted"))
        chosen = self.chosen(one, None)
        refusal = self.refuses_issue(one, chosen)
        scanned = {"part_uid": self.stage.parts[part].uid, "quantity": quantity}
        row = self.once(refusal, issue_scanned, "stan", self.stage.orders[order].uid, **scanned)
        if row is not None:
            self.shelves.issue(one, chosen or 0, self.stage.repairs[order].pk)
            if not one.pk:
                one.pk = row.pk
                self.shelves.asked.append(one)

    @ANY_ASKED
    @rule(which=WHICH, bin_=BIN, part_of_it=st.booleans(), too_much=st.booleans())
    def give_back(self, which: int, bin_: int, part_of_it: bool, too_much: bool) -> None:
        one, row = self.asked(which)
        repair = self.stage.repairs[one.order].pk
        quantity = one.quantity + 1 if too_much else max(one.quantity // 2, 1) if part_of_it else one.quantity
        refusal: type[Exception] | None = None
        if quantity > one.quantity:
            refusal = TooMuchBack
        elif one.state != "issued":
            refusal = RequisitionClash
        elif self.shelves.amounts.get((repair, one.part), 0) < quantity:
            refusal = NotEnough
        back = {"place_uid": self.stage.bins[bin_].uid, "quantity": quantity}
        if self.once(refusal, return_unused_part, "stan", row.uid, **back) is not None:
            self.shelves.carry(repair, self.stage.bins[bin_].pk, one.part, quantity)
            one.state = "returned" if quantity == one.quantity else one.state
            one.quantity -= quantity if one.state == "issued" else 0

    @rule(part=PART, start=BIN, end=BIN, quantity=QUANTITY, way=st.sampled_from(["place", "quarantine", "scrap"]))
    def put(self, part: int, start: int, end: int, quantity: int, way: str) -> None:
        stage, key = self.stage, self.stage.parts[part].pk
        source, target = stage.bins[start], stage.bins[end]
        target = {"quarantine": stage.quarantine, "scrap": stage.scrap}.get(way, target)
        refusal = NotEnough if self.shelves.free(source.pk, key) < quantity else None
        refusal = AlreadyThere if source == target else refusal
        asked = {"quantity": quantity, "source_uid": source.uid}
        if way == "place":
            asked["target_uid"] = target.uid
        command = {"quarantine": quarantine_part, "scrap": scrap_part}.get(way, place_part)
        if self.once(refusal, command, "stan", key, **asked) is not None:
            self.shelves.carry(source.pk, target.pk, key, quantity)

    @rule(order=ORDER, part=PART)
    def take_out(self, order: int, part: int) -> None:
        refusal = OrderOver if self.states[order] == "closed" else None
        old = {"part_uid": self.stage.parts[part].uid}
        if self.once(refusal, take_out_old_part, "emil", self.stage.orders[order].uid, **old) is not None:
            self.shelves.carry(self.stage.customer.pk, self.stage.quarantine.pk, self.stage.parts[part].pk, 1000)

    @rule(order=ORDER, desk=st.integers(0, 1))
    def move(self, order: int, desk: int) -> None:
        target, row = self.stage.desks[desk], self.stage.orders[order]
        refusal = AlreadyThere if self.units[order] == target.pk else None
        refusal = NotHereYet if self.units[order] == self.stage.customer.pk else refusal
        if self.once(refusal, place_unit, "rita", row.unit_id, target.uid, thread_id=row.pk) is not None:
            self.units[order] = target.pk

    @rule(order=ORDER)
    def end(self, order: int) -> None:
        """Stopped, then handed over, then, maybe, brought again."""
        row, cast = self.stage.orders[order], self.stage.cast
        if self.states[order] == "taken_in":
            self.once(None, move_work_order, "emil", row.uid, "stop_work")
            self.shelves.end_order(order)
            self.states[order] = "ready"
        elif self.states[order] == "ready":
            self.act(None, lambda: self.hand_over(order))
        else:
            refusal = NotThere if self.units[order] != self.stage.customer.pk else None
            if self.act(refusal, lambda: receive_unit(cast.rita, row.unit_id, self.stage.desks[0].pk)):
                self.units[order] = self.stage.desks[0].pk

    def hand_over(self, order: int) -> None:
        row, rita = self.stage.orders[order], self.stage.cast.rita
        hand_unit_back(rita, row.unit_id, thread_id=row.pk)
        apply_move(rita, lock_work_order(rita, row.pk), "hand_over")
        repair, customer = self.stage.repairs[order].pk, self.stage.customer.pk
        for part in self.stage.parts:
            self.shelves.carry(repair, customer, part.pk, self.shelves.amounts.get((repair, part.pk), 0))
        self.hand_told_over(order)
        self.shelves.end_order(order)
        self.states[order], self.units[order] = "closed", customer

    @precondition(lambda self: self.last)
    @rule()
    def same_again(self) -> None:
        """The same operation a second time: one effect, the same answer."""
        command, who, args, values, pk = self.last
        found = self.act(None, lambda: command(getattr(self.stage.cast, who), *args, **values))
        assert found.pk == pk

    @invariant()
    def both_say_the_same(self) -> None:
        kept = {key: amount for key, amount in self.shelves.kept.items() if amount}
        amounts = {key: amount for key, amount in self.shelves.amounts.items() if amount}
        rows = list(Balance.objects.values_list("place_id", "part_id", "on_hand", "reserved"))
        assert {(place, part): on_hand for place, part, on_hand, _reserved in rows if on_hand} == amounts
        assert {(place, part): reserved for place, part, _on_hand, reserved in rows if reserved} == kept
        said = dict(Requisition.objects.values_list("pk", "state"))
        assert said == {one.pk: one.state for one in (*self.shelves.asked, *self.issued)}
        places = dict(Whereabouts.objects.values_list("unit_id", "place_id"))
        assert [places[order.unit_id] for order in self.stage.orders] == self.units


def test_the_book_of_things_says_what_a_plain_model_says(cast):
    Store.stage = Stage(cast)
    live(Store, 200)


def loses_parts(carry: Any) -> Any:
    return lambda shift, balances: carry(replace(shift, target=shift.source), balances)


def never_lets_go(_release: Any) -> Any:
    return lambda actor, reservation_id: None


def forgets_where(write: Any) -> Any:
    return lambda actor, where, target, reason, thread_id: write(actor, where, where.place, reason, thread_id)


def asked_for_and_cancelled(store: Store) -> None:
    store.receive(part=0, bin_=0, quantity=1000)
    store.ask(order=0, part=0, quantity=1000)
    store.cancel(which=0)


def seen(store: Store, happens: Callable[[Store], None]) -> None:
    happens(store)
    store.both_say_the_same()


@pytest.mark.parametrize(
    ("place", "breaks", "happens"),
    [
        (
            "remonta.stock.commands.parts._carry",
            loses_parts,
            lambda store: store.receive(part=0, bin_=0, quantity=1000),
        ),
        ("remonta.supply.commands.ask.release_reservation", never_lets_go, asked_for_and_cancelled),
        ("remonta.stock.commands.units._write", forgets_where, lambda store: store.move(order=0, desk=1)),
    ],
)
def test_a_broken_store_is_found_out(cast, monkeypatch, place, breaks, happens):
    """The proof of the proof: each of these mistakes is seen at the first thing that runs into it."""
    Store.stage = Stage(cast)
    sound = Store()
    seen(sound, happens)
    sound.teardown()
    monkeypatch.setattr(place, breaks(import_string(place)))
    broken = Store()
    with pytest.raises((AssertionError, DatabaseError)):
        seen(broken, happens)
    broken.atomic.__exit__(AssertionError, None, None)


@pytest.mark.prove
def test_the_book_of_things_for_as_long_as_asked(cast):
    Store.stage = Stage(cast)
    live(Store, PROVE_STEPS)
