"""The timeline against a plain model: whatever people do, in whatever order, each step stands there once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils.module_loading import import_string
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import (
    ChangedMeanwhile,
    TaskAsked,
    apply_move,
    end_task,
    give_task,
    lift_hold,
    lock_work_order,
    move_work_order,
    place_hold,
    write_note,
)
from remonta.orders.models import WorkOrder
from remonta.orders.workflow import StageClash, TaskClash, WorkOrderHeld
from remonta.spine.models import Event
from remonta.spine.queries import verify
from tests.cast import expected, operation
from tests.prove.driver import Life, live
from tools.sizes import PROVE_STEPS

ORDERS = 3
ORDER, WHICH = st.integers(0, ORDERS - 1), st.integers(0, 30)
BENCH = ("taken_in", "diagnosis", "parts", "repair")
STEPS = {
    "take_in": ("rita", ("registered",), "taken_in"),
    "start_diagnosis": ("emil", ("taken_in",), "diagnosis"),
    "ask_approval": ("wanda", BENCH, "approval"),
    "approve": ("rita", ("approval",), "repair"),
    "start_repair": ("emil", ("taken_in", "diagnosis", "parts"), "repair"),
    "wait_for_parts": ("emil", ("diagnosis", "repair"), "parts"),
    "finish_repair": ("emil", ("repair",), "quality"),
    "pass_check": ("quinn", ("quality",), "ready"),
    "fail_check": ("quinn", ("quality",), "repair"),
    "stop_work": ("wanda", (*BENCH, "approval", "quality"), "ready"),
    "hand_over": ("rita", ("ready",), "closed"),
    "cancel": ("rita", ("registered",), "cancelled"),
}
"""Who takes each step, where it starts and where it ends: written down once more, for the model alone."""
BY_COMMAND = ("start_diagnosis", "start_repair", "wait_for_parts", "finish_repair", "stop_work", "cancel")
BLOCKS = {"gate.parts": ("start_repair", "finish_repair"), "gate.money": ("hand_over",), "gate.all": tuple(STEPS)}
Told = tuple[str, str, str, datetime]


@dataclass
class Case:
    """What the model knows of an order: each line as (from, to, who, when), the holds that stand, the notes."""

    row: Any
    since: datetime
    state: str = "registered"
    told: list[Told] = field(default_factory=list)
    minutes: list[int] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    notes: int = 0


class Stage:
    """What every life starts from: three repairs announced by phone."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self.orders = [expected(cast, serial=f"SN-{at}") for at in range(ORDERS)]
        self.first = {order.pk: lines(order.pk) for order in self.orders}


def lines(order_id: int) -> list[Told]:
    """The timeline of an order as the database has it, in the order of its numbers."""
    rows = Event.objects.filter(subject="orders.workorder", subject_id=order_id).order_by("seq")
    return list(rows.values_list("from_state", "to_state", "actor", "occurred_at"))


class Chronicle(Life):
    """A receptionist, an engineer, a manager and who checks, who do one thing after another."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.cast = self.stage.cast
        self.began = self.cast.clock.at
        self.cases = [Case(row, row.stage_since) for row in self.stage.orders]
        self.tasks: list[tuple[UUID, str]] = []
        self.last: Any = None

    def teardown(self) -> None:
        super().teardown()
        self.cast.clock.at = self.began

    def flaws(self) -> list[Any]:
        return [str(flaw) for flaw in verify()]

    def tell(self, case: Case, who: str, state: str = "") -> None:
        """One line more, by the model."""
        state = state or case.state
        case.told.append((case.state, state, getattr(self.cast, who).label, self.cast.clock.at))
        if state != case.state:
            case.minutes.append(int((self.cast.clock.at - case.since).total_seconds() // 60))
            case.state, case.since = state, self.cast.clock.at

    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes: int) -> None:
        self.act(None, lambda: self.cast.clock.pass_(minutes=minutes))

    @rule(order=ORDER, move=st.sampled_from([*STEPS]))
    def step(self, order: int, move: str) -> None:
        case = self.cases[order]
        who, starts, ends = STEPS[move]
        refusal: type[Exception] | None = None if case.state in starts else StageClash
        if refusal is None and any(move in BLOCKS[code] for code in case.held):
            refusal = WorkOrderHeld
        actor, uid, same = getattr(self.cast, who), case.row.uid, operation(self.cast)

        def run() -> Any:
            if move in BY_COMMAND:
                return move_work_order(actor, uid, move, operation=same)
            hand = actor.trusted_with("quotes.send", "quotes.answer", "orders.take_in", "quality.check")
            return apply_move(hand, lock_work_order(hand, uid), move)

        self.act(refusal, run)
        if refusal is None:
            self.tell(case, who, ends)
            self.last = run if move in BY_COMMAND else self.last

    @rule(order=ORDER, far=st.integers(1, 9))
    def step_on_an_old_page(self, order: int, far: int) -> None:
        """What somebody looks at is older than what there is: nothing happens."""
        row = WorkOrder.objects.get(pk=self.cases[order].row.pk)
        old = {"version": row.version + far, "operation": operation(self.cast)}
        self.act(ChangedMeanwhile, lambda: move_work_order(self.cast.emil, row.uid, "start_repair", **old))

    @rule(order=ORDER)
    def step_of_a_stranger(self, order: int) -> None:
        row, stranger = self.cases[order].row, self.cast.gosia
        self.act(
            WorkOrder.DoesNotExist,
            lambda: move_work_order(stranger, row.uid, "stop_work", operation=operation(self.cast)),
        )

    @rule(order=ORDER, who=st.sampled_from(["cora", "stan"]))
    def step_without_the_right(self, order: int, who: str) -> None:
        uid, actor = self.cases[order].row.uid, getattr(self.cast, who)
        self.act(NotPermitted, lambda: move_work_order(actor, uid, "stop_work", operation=operation(self.cast)))

    @rule(order=ORDER, code=st.sampled_from([*BLOCKS]))
    def hold(self, order: int, code: str) -> None:
        """Placing twice is placing once."""
        case, hand = self.cases[order], self.cast.emil
        said = {"code": code, "reason": "Waiting for a part", "blocks": BLOCKS[code]}
        self.act(None, lambda: place_hold(hand, lock_work_order(hand, case.row.pk), **said))
        if code not in case.held:
            case.held.add(code)
            self.tell(case, "emil")

    @rule(order=ORDER, code=st.sampled_from([*BLOCKS]))
    def lift(self, order: int, code: str) -> None:
        """Lifting what does not stand is nothing."""
        case, hand = self.cases[order], self.cast.emil
        self.act(None, lambda: lift_hold(hand, lock_work_order(hand, case.row.pk), code=code))
        if code in case.held:
            case.held.remove(code)
            self.tell(case, "emil")

    @rule(order=ORDER)
    def note(self, order: int) -> None:
        case = self.cases[order]
        same = {"kind": "note", "text": "The customer called", "operation": operation(self.cast)}
        self.last = lambda: write_note(self.cast.rita, case.row.uid, **same)
        self.act(None, self.last)
        self.tell(case, "rita")
        case.notes += 1

    @rule(order=ORDER)
    def task(self, order: int) -> None:
        asked = TaskAsked(title="Call back", work_order_uid=self.cases[order].row.uid)
        same = {"asked": asked, "operation": operation(self.cast)}
        self.last = lambda: give_task(self.cast.rita, self.cast.krakow.uid, **same)
        self.tasks.append((self.act(None, self.last).uid, "open"))

    @precondition(lambda self: self.tasks)
    @rule(which=WHICH, move=st.sampled_from(["finish", "drop"]))
    def end(self, which: int, move: str) -> None:
        at = which % len(self.tasks)
        uid, state = self.tasks[at]
        same = operation(self.cast)
        self.act(
            None if state == "open" else TaskClash, lambda: end_task(self.cast.rita, uid, move=move, operation=same)
        )
        if state == "open":
            self.tasks[at] = (uid, {"finish": "done", "drop": "dropped"}[move])

    @precondition(lambda self: self.last)
    @rule()
    def same_again(self) -> None:
        """The same operation a second time adds no line."""
        self.act(None, self.last)

    @rule(order=ORDER, erase=st.booleans())
    def rewrite(self, order: int, erase: bool) -> None:
        """The past stays as it was written, whoever tries: the database itself refuses."""
        rows = Event.objects.filter(subject="orders.workorder", subject_id=self.cases[order].row.pk)
        self.act(DatabaseError, lambda: rows.delete() if erase else rows.update(actor="nobody"))

    @invariant()
    def both_say_the_same(self) -> None:
        for case in self.cases:
            row = WorkOrder.objects.get(pk=case.row.pk)
            assert lines(row.pk) == self.stage.first[row.pk] + case.told
            rows = Event.objects.filter(subject="orders.workorder", subject_id=row.pk).order_by("seq")
            assert [seq for (seq,) in rows.values_list("seq")] == list(range(1, len(rows) + 1))
            assert (row.state, row.stage_since) == (case.state, case.since)
            steps = [one for one in rows[len(self.stage.first[row.pk]) :] if one.from_state != one.to_state]
            assert [one.data["minutes"] for one in steps] == case.minutes
            assert row.notes.count() == case.notes
        events = Event.objects.filter(subject="orders.task").count()
        assert events == sum(1 if state == "open" else 2 for _uid, state in self.tasks)


def test_the_timeline_says_what_a_plain_model_says(cast: Any) -> None:
    Chronicle.stage = Stage(cast)
    live(Chronicle, 200)


def forgets(_record: Any) -> Any:
    return lambda actor, subject, fact: None


def says_it_twice(record: Any) -> Any:
    return lambda actor, subject, fact: record(actor, subject, fact) and record(actor, subject, fact)


def in_another_name(record: Any) -> Any:
    return lambda actor, subject, fact: record(replace(actor, label="account:0"), subject, fact)


@pytest.mark.parametrize("breaks", [forgets, says_it_twice, in_another_name])
def test_a_broken_chronicle_is_found_out(
    cast: Any, monkeypatch: pytest.MonkeyPatch, breaks: Callable[[Any], Any]
) -> None:
    """The proof of the proof: each of these mistakes is seen at the first step."""
    Chronicle.stage = Stage(cast)
    place = "remonta.orders.commands.work.record"
    monkeypatch.setattr(place, breaks(import_string(place)))
    broken = Chronicle()
    broken.step(order=0, move="take_in")
    with pytest.raises(AssertionError):
        broken.both_say_the_same()
    transaction.set_rollback(True)
    broken.atomic.__exit__(None, None, None)


@pytest.mark.prove
def test_the_timeline_for_as_long_as_asked(cast: Any) -> None:
    Chronicle.stage = Stage(cast)
    live(Chronicle, PROVE_STEPS)
