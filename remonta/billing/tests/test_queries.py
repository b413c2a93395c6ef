"""Reading money: in scope, in few statements, whatever the number of orders."""

import pytest

from remonta.billing.commands import credit_deposit, invoice_order, take_deposit
from remonta.billing.queries import balances_of, invoices_for, money_of_order, owed, payment_shape, payments_for
from remonta.kernel.refusals import NotPermitted
from remonta.orders.models import WorkOrder
from tests.cast import operation


@pytest.fixture
def paid(till):
    till.open()
    order = till.order("100.00")
    till.pay(order, 4000)
    return order


def test_what_is_owed_takes_as_many_statements_for_one_order_as_for_many(till, paid, django_assert_num_queries):
    many = [paid.pk, *(till.order("10.00").pk for _ in range(5))]
    for keys in (many[:1], many):
        with django_assert_num_queries(4):
            assert len(owed(keys)) == len(keys)
    with django_assert_num_queries(0):
        assert owed([]) == {}


def test_the_panel_takes_as_many_statements_however_much_was_paid(till, paid, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(6):
            money = money_of_order(till.cast.cora, paid.pk)
        till.pay(paid, 1000)
    assert [str(each) for each in (money.total, money.paid, money.owed)] == ["100.00 PLN", "50.00 PLN", "50.00 PLN"]
    assert [row.left.minor for row in money.payments] == [4000, 1000]


def test_strangers_find_no_money(till, paid):
    for actor in (till.cast.gosia, till.cast.petra, till.cast.emil):
        assert not payments_for(actor).exists()
        assert not invoices_for(actor).exists()
    with pytest.raises(WorkOrder.DoesNotExist):
        money_of_order(till.cast.gosia, paid.pk)
    with pytest.raises(NotPermitted):
        money_of_order(till.cast.emil, paid.pk)
    assert payment_shape(till.cast.cora, payments_for(till.cast.cora).get().uid).order_number == paid.number


def test_a_customer_owes_what_is_invoiced_and_unpaid_and_keeps_what_was_credited(till, paid):
    invoice_order(till.cast.rita, paid.uid, operation=operation(till.cast))
    other = till.order(approved=False, like=paid)
    deposit = till.pay(other, 700, command=take_deposit)
    credit_deposit(till.cast.cora, deposit.uid, operation=operation(till.cast))
    (balance,) = balances_of(till.cast.cora, paid.customer_id)
    assert (str(balance.open), str(balance.credit)) == ("60.00 PLN", "7.00 PLN")
    assert balances_of(till.cast.gosia, paid.customer_id) == ()
