"""Giving back: whole or in part, the way it came or as credit; and what a declined quote leaves to be done."""

import pytest

from remonta.billing.commands import close_shift, credit_deposit, refund_payment, take_deposit
from remonta.billing.commands.refusals import MoreThanPaid, RefundWay, ShiftNotOpen
from remonta.billing.models import Posting
from remonta.billing.queries import credit_of, drawer_balance, owed
from remonta.billing.workflow import PaymentClash
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import move_work_order
from tests.cast import expected, operation


def give(till, payment, by="cora", **values):
    return refund_payment(getattr(till.cast, by), payment.uid, operation=operation(till.cast), **values)


def test_a_payment_goes_back_in_parts_until_nothing_is_left(till, writes_nothing):
    order = till.order("100.00")
    till.open()
    payment = till.pay(order, 10000)
    give(till, payment, amount=3000)
    assert till.holds(order)["billing.unpaid"] == "unpaid zł\u00a030.00"
    with writes_nothing(), pytest.raises(MoreThanPaid, match=r"zł\s70\.00"):
        give(till, payment, amount=7001)
    give(till, payment)
    payment.refresh_from_db()
    assert (payment.state, drawer_balance(till.desk.pk), owed([order.pk])[order.pk].paid.minor) == ("refunded", 0, 0)
    with writes_nothing(), pytest.raises(PaymentClash):
        give(till, payment)


def test_cash_comes_out_of_an_open_drawer(till, writes_nothing):
    transfer = till.pay(till.order("100.00"), 10000, "transfer", reference="B-1")
    with writes_nothing(), pytest.raises(RefundWay):
        give(till, transfer, method="cash")
    shift = till.open()
    cash = till.pay(till.order("50.00"), 5000)
    close_shift(till.cast.cora, shift.uid, counted=5000, operation=operation(till.cast))
    with writes_nothing(), pytest.raises(ShiftNotOpen):
        give(till, cash)


def test_a_deposit_kept_as_credit_is_nobodys_cash(till):
    order = till.order(approved=False)
    till.open()
    deposit = till.pay(order, 5000, command=take_deposit)
    credit_deposit(till.cast.cora, deposit.uid, operation=operation(till.cast))
    deposit.refresh_from_db()
    assert (deposit.state, drawer_balance(till.desk.pk)) == ("refunded", 5000)
    assert credit_of(deposit.customer_id, till.cast.krakow.legal_entity_id, "PLN").minor == 5000
    assert sum(Posting.objects.filter(account__kind="customer").values_list("amount", flat=True)) == -5000


def test_a_declined_quote_holds_the_unit_until_the_deposit_is_returned(till):
    order = till.order(approved=False)
    till.open()
    deposit = till.pay(order, 5000, command=take_deposit)
    till.decline(order)
    assert till.holds(order)["billing.deposit"].startswith("zł\u00a050.00 too much was paid")
    give(till, deposit, amount=2000)
    assert till.holds(order)["billing.deposit"].startswith("zł\u00a030.00")
    credit_deposit(till.cast.cora, deposit.uid, operation=operation(till.cast))
    assert till.holds(order) == {}


def test_a_deposit_for_a_repair_that_was_cancelled_becomes_credit(till):
    order = expected(till.cast)
    till.open()
    deposit = till.pay(order, 5000, command=take_deposit)
    move_work_order(till.cast.rita, order.uid, "cancel", operation=operation(till.cast))
    deposit.refresh_from_db()
    assert (deposit.state, owed([order.pk])[order.pk].paid.minor) == ("refunded", 0)
    assert credit_of(deposit.customer_id, till.cast.krakow.legal_entity_id, "PLN").minor == 5000


def test_a_dearer_and_a_cheaper_quote_move_the_hold(till):
    order = till.order("100.00")
    till.open()
    till.pay(order, 10000)
    till.approve(order, "130.00")
    assert till.holds(order) == {"billing.unpaid": "unpaid zł\u00a030.00"}
    till.approve(order, "80.00")
    assert set(till.holds(order)) == {"billing.deposit"}


def test_receptionists_take_money_but_do_not_give_it_back(till, writes_nothing):
    order = till.order()
    till.open()
    payment = till.pay(order, 10000, by="rita")
    with writes_nothing(), pytest.raises(NotPermitted):
        give(till, payment, by="rita")
