"""Taking money: cash with its drawer and its smallest coin, transfers, deposits, credit."""

import pytest

from remonta.billing.commands import close_shift, credit_deposit, take_deposit, take_payment
from remonta.billing.commands.refusals import (
    AmountMissing,
    CreditTooSmall,
    DeskMissing,
    MoreThanOwed,
    NoTerminal,
    ReferenceMissing,
    ShiftNotOpen,
    TooLittleCash,
)
from remonta.billing.models import Payment, Posting
from remonta.billing.queries import credit_of, drawer_balance, owed
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event
from tests.cast import operation


def book(payment):
    """Kind and amount of each posting of a payment."""
    return {line.account.kind: line.amount for line in Posting.objects.filter(entry=payment.entry)}


def test_what_is_owed_is_what_was_approved_less_what_is_paid(till):
    order = till.order("100.00")
    till.open()
    till.pay(order, 3000)
    money = owed([order.pk])[order.pk]
    assert [str(each) for each in (money.total, money.paid, money.owed)] == ["100.00 PLN", "30.00 PLN", "70.00 PLN"]


def test_cash_is_posted_to_the_drawer_and_to_the_customer(till):
    order = till.order("100.00")
    till.open()
    payment = till.pay(order, 10000, tendered=20000)
    assert (payment.state, payment.change) == ("paid", 10000)
    assert book(payment) == {"cash": 10000, "customer": -10000}
    assert drawer_balance(till.desk.pk) == 10000


def test_cash_is_rounded_to_the_smallest_coin_and_the_rest_is_posted_apart(till):
    till.cast.entity.cash_step = 5
    till.cast.entity.save()
    order = till.order("99.98")
    till.open()
    payment = till.pay(order, 9998, tendered=10000)
    assert book(payment) == {"cash": 10000, "customer": -9998, "rounding": -2}
    assert payment.change == 0
    assert till.holds(order) == {}


def test_cash_needs_an_open_shift_of_the_desk_and_says_so(till, writes_nothing):
    order = till.order()
    with writes_nothing(), pytest.raises(ShiftNotOpen, match=r"Counter 1.*closed"):
        till.pay(order, 10000)


def test_a_shift_that_was_closed_takes_no_cash(till, writes_nothing):
    order = till.order()
    shift = till.open()
    close_shift(till.cast.cora, shift.uid, counted=0, operation=operation(till.cast))
    with writes_nothing(), pytest.raises(ShiftNotOpen):
        till.pay(order, 10000)


def test_too_little_cash_is_refused_at_its_field(till, writes_nothing):
    order = till.order("100.00")
    till.open()
    with writes_nothing(), pytest.raises(TooLittleCash, match=r"zł\s100\.00.*zł\s50\.00") as refused:
        till.pay(order, 10000, tendered=5000)
    assert refused.value.field == "tendered"


@pytest.mark.parametrize(
    ("method", "amount", "refusal"),
    [
        ("cash", 0, AmountMissing),
        ("cash", -100, AmountMissing),
        ("cash", 10001, MoreThanOwed),
        ("transfer", 100, ReferenceMissing),
        ("credit", 100, CreditTooSmall),
        ("card", 100, NoTerminal),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(till, writes_nothing, method, amount, refusal):
    order = till.order("100.00")
    till.open()
    with writes_nothing(), pytest.raises(refusal):
        till.pay(order, amount, method)


def test_a_card_payment_names_its_desk(till, tender, writes_nothing):
    order = till.order()
    card = tender(method="card", amount=100)
    with writes_nothing(), pytest.raises(DeskMissing):
        take_payment(till.cast.cora, order.uid, tender=card, operation=operation(till.cast))


def test_a_slip_of_a_terminal_that_is_not_connected_is_kept_by_its_number(till):
    order = till.order()
    payment = till.pay(order, 10000, "card", reference="SLIP 17")
    assert (payment.state, payment.reference, book(payment)) == ("paid", "SLIP 17", {"card": 10000, "customer": -10000})


def test_a_transfer_is_recorded_with_its_reference(till):
    order = till.order()
    payment = till.pay(order, 10000, "transfer", reference="BANK-1")
    assert book(payment) == {"bank": 10000, "customer": -10000}
    assert till.holds(order) == {}


def test_a_deposit_may_be_taken_before_anything_is_owed(till):
    order = till.order(approved=False)
    till.open()
    payment = till.pay(order, 5000, command=take_deposit)
    assert (payment.purpose, till.holds(order)) == ("deposit", {})
    till.approve(order, "80.00")
    assert till.holds(order)["billing.unpaid"] == "unpaid zł\u00a030.00"


def test_the_same_operation_is_one_payment(till, tender):
    order = till.order()
    till.open()
    same = operation(till.cast)
    paid = tender(method="cash", amount=4000, desk_uid=till.desk.uid)
    first = take_payment(till.cast.cora, order.uid, tender=paid, operation=same)
    assert take_payment(till.cast.cora, order.uid, tender=paid, operation=same) == first
    assert Payment.objects.count() == 1


def test_credit_of_the_customer_pays_another_order_and_only_once(till):
    first = till.order(approved=False)
    second = till.order("60.00", like=first)
    till.open()
    deposit = till.pay(first, 5000, command=take_deposit)
    credit_deposit(till.cast.cora, deposit.uid, operation=operation(till.cast))
    entity, customer = till.cast.krakow.legal_entity_id, deposit.customer_id
    assert str(credit_of(customer, entity, "PLN")) == "50.00 PLN"
    till.pay(second, 5000, "credit")
    assert str(credit_of(customer, entity, "PLN")) == "0.00 PLN"
    assert till.holds(second)["billing.unpaid"] == "unpaid zł\u00a010.00"
    with pytest.raises(CreditTooSmall):
        till.pay(second, 1000, "credit")


def test_who_may_not_take_money_takes_none(till, writes_nothing):
    order = till.order()
    till.open()
    with writes_nothing(), pytest.raises(NotPermitted):
        till.pay(order, 10000, by="emil")


def test_an_order_of_another_centre_is_not_there(till, writes_nothing):
    order = till.order()
    till.open()
    with writes_nothing(), pytest.raises(type(order).DoesNotExist):
        till.pay(order, 10000, by="gosia")


def test_the_payment_stands_in_the_orders_timeline_without_names(till):
    order = till.order()
    till.open()
    till.pay(order, 10000)
    line = Event.objects.get(name="billing.payment_taken")
    assert (line.thread_id, line.data["amount"], line.data["currency"]) == (order.pk, 10000, "PLN")
    assert "Kowalski" not in str(line.data)
