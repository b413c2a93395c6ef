"""The book of money against a plain model: whatever people do in whatever order, both say the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from remonta.billing.commands import cancel_card_payment as call_off
from remonta.billing.commands import (
    correct_invoice,
    invoice_order,
    move_cash,
    refund_payment,
    take_deposit,
    take_payment,
)
from remonta.billing.commands.refusals import (
    CardPending,
    CreditTooSmall,
    DeskOpenAlready,
    DrawerTooEmpty,
    InvoicedAlready,
    MoreThanOwed,
    MoreThanPaid,
    NothingToInvoice,
    ShiftNotOpen,
)
from remonta.billing.models import Payment, Posting
from remonta.billing.queries import credit_of, drawer_balance, owed
from remonta.billing.simulated_terminal import SimulatedTerminal
from remonta.billing.workflow import PENDING, PaymentClash
from remonta.spine.queries import verify
from tests.cast import NOON, operation
from tests.till import Till
from tools.sizes import PROVE_STEPS

pytestmark = pytest.mark.prove

STEPS_A_LIFE = 50
MOST_ORDERS = 5
ORDER, PART = st.integers(0, MOST_ORDERS - 1), st.integers(1, 120)
TAILS = {5: "refused", 7: "cancelled", 21: "slow", 23: "waiting"}


@dataclass
class Paid:
    """What the model knows of a payment."""

    row: Any
    amount: int
    method: str
    state: str = "paid"
    left: int = 0
    of: "Paid | None" = None

    @property
    def outcome(self) -> str:
        """What the terminal will say, by the amount's last two digits."""
        return TAILS.get(abs(self.amount) % 100, "paid")


@dataclass
class Case:
    """What the model knows of an order."""

    row: Any
    total: int = 0
    declined: bool = False
    invoiced: Any = None
    payments: list[Paid] = field(default_factory=list)

    @property
    def paid(self) -> int:
        return sum(each.amount for each in self.payments if each.state in ("paid", "refunded"))

    @property
    def owed(self) -> int:
        return max(self.total - self.paid, 0)

    @property
    def pending(self) -> Paid | None:
        return next((each for each in self.payments if each.state == "started"), None)


def coins(amount: int) -> int:
    """To the nearest five, which is the smallest coin here."""
    return (abs(amount) + 2) // 5 * 5 * (1 if amount > 0 else -1)


class Counter(RuleBasedStateMachine):
    """People at one counter. Each rule does one thing to the product and to the model, and both agree on refusals."""

    till: Till
    terminal: SimulatedTerminal
    done = 0

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.till.cast.clock.at = NOON
        self.cases: list[Case] = []
        self.drawer = self.credit = 0
        self.shift: Any = None

    def teardown(self) -> None:
        try:
            assert list(verify()) == []
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def act(self, refusal: type[Exception] | None, run: Callable[[], Any]) -> Any:
        """Runs a command; it must refuse exactly as the model says."""
        Counter.done += 1
        if refusal is None:
            return run()
        with pytest.raises(refusal), transaction.atomic():
            run()
        return None

    def case(self, place: int) -> Case:
        return self.cases[place % len(self.cases)]

    def new_id(self) -> Any:
        return operation(self.till.cast)

    @initialize(cost=st.integers(1, 30_000))
    def open_for_business(self, cost: int) -> None:
        """Every life begins with an order that costs something and an open desk."""
        self.take_in()
        self.answer_quote(0, cost, yes=True)
        self.turn_the_key(10_000, 0, again=False)

    @precondition(lambda self: len(self.cases) < MOST_ORDERS)
    @rule()
    def take_in(self) -> None:
        Counter.done += 1
        first = self.cases[0].row if self.cases else None
        self.cases.append(Case(self.till.order(approved=False, like=first)))

    @precondition(lambda self: any(not case.declined for case in self.cases))
    @rule(place=ORDER, cost=st.integers(1, 30_000), yes=st.booleans())
    def answer_quote(self, place: int, cost: int, yes: bool) -> None:
        open_ones = [case for case in self.cases if not case.declined]
        case = open_ones[place % len(open_ones)]
        Counter.done += 1
        if yes:
            self.till.approve(case.row, f"{cost / 100:.2f}")
            case.total = cost
        else:
            self.till.decline(case.row)
            case.total, case.declined = 0, True

    @rule(place=ORDER, part=PART, ahead=st.booleans())
    def pay_in_cash(self, place: int, part: int, ahead: bool) -> None:
        self.pay(self.case(place), part, "cash", ahead)

    @rule(place=ORDER, part=PART, ahead=st.booleans())
    def pay_by_card(self, place: int, part: int, ahead: bool) -> None:
        self.pay(self.case(place), part, "card", ahead)

    @rule(place=ORDER, part=PART, method=st.sampled_from(["transfer", "credit"]), ahead=st.booleans())
    def pay_otherwise(self, place: int, part: int, method: str, ahead: bool) -> None:
        self.pay(self.case(place), part, method, ahead)

    def pay(self, case: Case, part: int, method: str, ahead: bool) -> None:
        ahead = ahead or bool(not case.owed and part % 5)
        amount = max(case.owed * part // 100, 1) if case.owed else part * 7
        refusal = self.refuses_payment(case, amount, method, ahead)
        command = take_deposit if ahead else take_payment
        row = self.act(refusal, lambda: self.till.pay(case.row, amount, method, reference="R", command=command))
        if row is not None:
            self.keep(case, Paid(row, amount, method, left=amount))

    def refuses_payment(self, case: Case, amount: int, method: str, ahead: bool) -> type[Exception] | None:
        if case.pending:
            return CardPending
        if not ahead and amount > case.owed:
            return MoreThanOwed
        if method == "cash" and self.shift is None:
            return ShiftNotOpen
        return CreditTooSmall if method == "credit" and amount > self.credit else None

    @precondition(lambda self: any(case.payments for case in self.cases))
    @rule(place=ORDER, which=st.integers(0, 9), part=PART, as_credit=st.booleans())
    def give_back(self, place: int, which: int, part: int, as_credit: bool) -> None:
        paid = [case for case in self.cases if case.payments]
        case = paid[place % len(paid)]
        payment = case.payments[which % len(case.payments)]
        amount = max(payment.left * part // 100, 1)
        method = "credit" if as_credit else payment.method
        refusal = self.refuses_refund(case, payment, amount, method)
        again = {"amount": amount, "method": method, "operation": self.new_id()}
        row = self.act(refusal, lambda: refund_payment(self.till.cast.cora, payment.row.uid, **again))
        if row is not None:
            self.keep(case, Paid(row, -amount, method, of=payment))

    def refuses_refund(self, case: Case, payment: Paid, amount: int, method: str) -> type[Exception] | None:
        if payment.state != "paid" or payment.of:
            return PaymentClash
        if case.pending:
            return CardPending
        if amount > payment.left:
            return MoreThanPaid
        if method == "cash" and self.shift is None:
            return ShiftNotOpen
        return DrawerTooEmpty if method == "cash" and self.drawer < -coins(-amount) else None

    def keep(self, case: Case, payment: Paid) -> None:
        """Into the model: cards wait for their terminal."""
        case.payments.append(payment)
        if payment.method == "card":
            payment.state = "started"
        else:
            self.settle(payment)

    def settle(self, payment: Paid) -> None:
        payment.state = "paid"
        if payment.method == "cash":
            self.drawer += coins(payment.amount)
        if payment.method == "credit":
            self.credit -= payment.amount
        if payment.of:
            payment.of.left += payment.amount
            payment.of.state = "paid" if payment.of.left else "refunded"

    @precondition(lambda self: any(case.pending for case in self.cases))
    @rule(call=st.booleans())
    def wait_for_terminal(self, call: bool) -> None:
        """Time passes, terminals answer; whoever hesitates may be called off."""
        waiting = [case.pending for case in self.cases if case.pending]
        Counter.done += 1
        if call:
            self.act(None, lambda: call_off(self.till.cast.cora, waiting[0].row.uid, operation=self.new_id()))
        self.till.work(seconds=3)
        for payment in waiting:
            payment.row.refresh_from_db()
            if payment.row.state not in PENDING:
                self.hear(payment, called=call and payment is waiting[0])

    def hear(self, payment: Paid, *, called: bool) -> None:
        wanted = {"slow": "paid"}.get(payment.outcome, payment.outcome)
        if called and payment.outcome in ("slow", "waiting"):
            wanted = "cancelled"
        assert payment.row.state == wanted
        charges = self.terminal.charges.get(str(payment.row.uid), 0)
        assert charges == (wanted == "paid")
        if wanted == "paid":
            self.settle(payment)
        else:
            payment.state = wanted

    @precondition(lambda self: any(case.total for case in self.cases))
    @rule(place=ORDER)
    def invoice(self, place: int) -> None:
        case = self.case(place)
        refusal = InvoicedAlready if case.invoiced else CardPending if case.pending else None
        refusal = refusal or (None if case.total else NothingToInvoice)
        row = self.act(refusal, lambda: invoice_order(self.till.cast.rita, case.row.uid, operation=self.new_id()))
        case.invoiced = row or case.invoiced

    @precondition(lambda self: any(case.invoiced for case in self.cases))
    @rule(place=ORDER)
    def correct(self, place: int) -> None:
        issued = [case for case in self.cases if case.invoiced]
        case = issued[place % len(issued)]
        again = {"reason": "goodwill", "operation": self.new_id()}
        self.act(None, lambda: correct_invoice(self.till.cast.hana, case.invoiced.uid, **again))
        case.invoiced = None

    @rule(counted=st.none() | st.integers(0, 50_000), off=st.integers(-3, 3), again=st.booleans())
    def turn_the_key(self, counted: int | None, off: int, again: bool) -> None:
        """A closed desk is opened, an open one closed with a miscount, or opened once more by mistake."""
        if self.shift is None or again:
            shift = self.act(DeskOpenAlready if self.shift else None, lambda: self.till.open(counted))
            if shift is not None:
                self.shift, self.drawer = shift, self.drawer if counted is None else counted
            return
        counted = max(self.drawer + off, 0)
        closed = self.act(None, lambda: self.till.close(self.shift, counted))
        assert (closed.expected, closed.counted) == (self.drawer, counted)
        self.shift, self.drawer = None, counted

    @precondition(lambda self: self.shift is not None)
    @rule(amount=st.integers(1, 40_000), kind=st.sampled_from(["to_safe", "from_safe", "expense"]))
    def move(self, amount: int, kind: str) -> None:
        came = amount if kind == "from_safe" else -amount
        refusal = DrawerTooEmpty if self.drawer + came < 0 else None
        again = {"amount": amount, "kind": kind, "operation": self.new_id()}
        if self.act(refusal, lambda: move_cash(self.till.cast.cora, self.shift.uid, **again)) is not None:
            self.drawer += came

    @invariant()
    def both_say_the_same(self) -> None:
        money = owed([case.row.pk for case in self.cases])
        for case in self.cases:
            said = money[case.row.pk]
            assert (said.total.minor, said.paid.minor, said.owed.minor) == (case.total, case.paid, case.owed)
        assert drawer_balance(self.till.desk.pk) == self.drawer
        assert (Posting.objects.aggregate(sum=Sum("amount"))["sum"] or 0) == 0
        if self.cases:
            krakow = self.till.cast.krakow
            assert credit_of(self.cases[0].row.customer_id, krakow.legal_entity_id, "PLN").minor == self.credit
        assert Payment.objects.count() == sum(len(case.payments) for case in self.cases)


def test_the_book_of_money_says_what_a_plain_model_says(cast):
    cast.entity.cash_step = 5
    cast.entity.save()
    with SimulatedTerminal(slow_seconds=0.0) as terminal:
        Counter.till, Counter.terminal, Counter.done = Till(cast), terminal, 0
        Counter.till.desk.terminal = terminal.url
        Counter.till.desk.save()
        while Counter.done < PROVE_STEPS:
            lives = max((PROVE_STEPS - Counter.done) // STEPS_A_LIFE, 1)
            run_state_machine_as_test(
                Counter,
                settings=hypothesis.settings(
                    max_examples=lives,
                    stateful_step_count=STEPS_A_LIFE,
                    deadline=None,
                    database=None,
                    phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
                    suppress_health_check=list(hypothesis.HealthCheck),
                ),
            )
