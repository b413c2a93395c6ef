"""Orders of which nothing was heard for the days a centre has set count as forgotten."""

import pytest

from remonta.identity.commands import set_setting
from remonta.orders.commands import write_note
from remonta.orders.queries import only_forgotten, order_rows, with_forgotten, with_row, work_orders_for
from tests.cast import intake, operation


def forgotten(cast, who="hana"):
    """The numbers that the filter finds, which the marks of a list must agree with."""
    orders, now = work_orders_for(getattr(cast, who)), cast.clock()
    marked = {row.number for row in with_forgotten(order_rows(with_row(orders), now), now) if row.forgotten}
    assert marked == set(only_forgotten(orders, now).values_list("number", flat=True))
    return marked


def test_an_order_is_forgotten_after_five_silent_days_until_somebody_writes(cast):
    order = intake(cast)
    cast.clock.pass_(days=4, hours=23)
    assert forgotten(cast) == set()
    cast.clock.pass_(hours=2)
    assert forgotten(cast) == {order.number}
    write_note(cast.emil, order.uid, text="Waiting", kind="note", operation=operation(cast))
    assert forgotten(cast) == set()


def test_each_centre_says_how_long(cast):
    here, there = intake(cast), intake(cast, by="gosia", at="gdansk", serial="SN-2")
    set_setting(cast.ada, "orders.stale_days", 10)
    set_setting(cast.ada, "orders.stale_days", 2, centre_uid=cast.gdansk.uid)
    cast.clock.pass_(days=3)
    assert forgotten(cast, "ada") == {there.number}
    assert forgotten(cast) == set()
    cast.clock.pass_(days=8)
    assert forgotten(cast, "ada") == {here.number, there.number}


def test_an_order_that_is_over_is_not_forgotten(cast):
    order = intake(cast)
    work_orders_for(cast.ada).filter(pk=order.pk).update(state="closed")
    cast.clock.pass_(days=30)
    assert forgotten(cast) == set()


@pytest.mark.parametrize(("days", "statements"), [(0, 1), (3, 3)])
def test_marks_take_two_statements_and_none_while_all_is_fresh(cast, django_assert_num_queries, days, statements):
    for number in range(3):
        intake(cast, serial=f"SN-{number}")
    cast.clock.pass_(days=days)
    with django_assert_num_queries(statements):
        with_forgotten(order_rows(with_row(work_orders_for(cast.hana)), cast.clock()), cast.clock())
