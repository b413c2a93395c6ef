"""Many people at once: invoice numbers in a row, one click that was sent sixteen times, the last of a credit."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from remonta.billing import proofs
from remonta.billing.commands import Tender, credit_deposit, invoice_order, take_deposit, take_payment
from remonta.billing.commands.refusals import CreditTooSmall, ShiftNotOpen
from remonta.billing.models import Invoice, Payment
from remonta.billing.queries import drawer_balance, owed
from remonta.kernel.refusals import Refused
from tests.cast import make_cast, operation
from tests.till import Till

PEOPLE = 16


@pytest.fixture
def till(transactional_db):
    return Till(make_cast())


def at_once(run, inputs):
    """Runs it for all inputs at the same moment, each on a connection of its own; refusals are answers too."""
    start = Barrier(len(inputs))

    def one(value):
        try:
            start.wait(30)
            return run(value)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(inputs)) as crowd:
        return list(crowd.map(one, inputs))


def test_sixteen_invoices_have_sixteen_consecutive_numbers(till):
    orders = [till.order() for _ in range(PEOPLE)]
    at_once(lambda order: invoice_order(till.cast.rita, order.uid, operation=operation(till.cast)), orders)
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == [f"INV/2026/{place:06d}" for place in range(1, PEOPLE + 1)]
    assert list(proofs.numbers_have_no_gaps()) == list(proofs.entries_balance()) == []


def test_one_click_sent_sixteen_times_is_one_payment_and_sixteen_equal_answers(till):
    order, same = till.order("100.00"), operation(till.cast)
    till.open()
    tender = Tender(method="cash", amount=10000, desk_uid=till.desk.uid)
    answers = at_once(lambda _: take_payment(till.cast.cora, order.uid, tender=tender, operation=same), range(PEOPLE))
    assert {answer.pk for answer in answers} == {Payment.objects.get().pk}
    assert drawer_balance(till.desk.pk) == 10000


def test_nobody_pays_more_than_is_owed(till):
    order = till.order("100.00")
    till.open()
    answers = at_once(lambda _: till.pay(order, 10000), range(PEOPLE))
    assert sum(isinstance(answer, Payment) for answer in answers) == 1
    assert owed([order.pk])[order.pk].paid.minor == 10000


def test_a_credit_is_spent_once(till):
    first = till.order(approved=False)
    till.open()
    deposit = till.pay(first, 5000, command=take_deposit)
    credit_deposit(till.cast.cora, deposit.uid, operation=operation(till.cast))
    orders = [till.order("50.00", like=first) for _ in range(8)]
    answers = at_once(lambda order: till.pay(order, 5000, "credit"), orders)
    assert sum(isinstance(answer, Payment) for answer in answers) == 1
    assert sum(isinstance(answer, CreditTooSmall) for answer in answers) == 7


def test_a_drawer_is_counted_between_payments_never_through_one(till):
    shift, orders = till.open(), [till.order("10.00") for _ in range(8)]

    def act(order):
        return till.close(shift, 0) if order is None else till.pay(order, 1000)

    answers = at_once(act, [*orders, None])
    shift.refresh_from_db()
    taken = sum(isinstance(answer, Payment) for answer in answers)
    assert shift.expected == taken * 1000
    assert sum(isinstance(answer, ShiftNotOpen) for answer in answers) == 8 - taken
    assert list(proofs.drawers_hold_what_was_counted()) == []
