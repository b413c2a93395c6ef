"""When to order, and how much."""

from dataclasses import replace

import pytest

from remonta.supply.forecasting import AVERAGE, NONE, Forecast
from remonta.supply.replenishing import MONTH_DAYS, Stand, Terms, level

EVEN = Forecast(AVERAGE, mean=3.0, error=1.0, months=24, demands=24)
MONTHLY = Terms(lead_days=round(MONTH_DAYS) - 7, review_days=7, cover_days=30, service=0.95)


def test_the_point_is_the_need_of_the_lead_time_and_safety_for_the_error():
    found = level(EVEN, Stand(), MONTHLY)
    assert (found.safety, found.point) == (2000, 5000)
    assert found.quantity == 8000


def test_above_the_point_nothing_is_ordered():
    assert level(EVEN, Stand(free=6000), MONTHLY).quantity == 0
    assert level(EVEN, Stand(free=2000, on_order=4000), MONTHLY).quantity == 0
    assert level(EVEN, Stand(free=5000), MONTHLY).quantity == 3000


def test_more_service_and_a_longer_way_need_more():
    better = level(EVEN, Stand(), replace(MONTHLY, service=0.99))
    longer = level(EVEN, Stand(), replace(MONTHLY, lead_days=90))
    assert better.point > level(EVEN, Stand(), MONTHLY).point
    assert longer.point > better.point


def test_the_suppliers_lots_count():
    assert level(EVEN, Stand(), replace(MONTHLY, minimum=20000)).quantity == 20000
    assert level(EVEN, Stand(), replace(MONTHLY, multiple=5000)).quantity == 10000


def test_waiting_repairs_are_served_first_and_not_ordered_twice():
    found = level(EVEN, Stand(wanted=2000, unordered=2000), MONTHLY)
    assert (found.quantity, found.stock) == (10000, 8000)


@pytest.mark.parametrize(("stand", "quantity"), [(Stand(), 0), (Stand(wanted=1000, unordered=1000), 1000)])
def test_what_nobody_asks_for_needs_no_stock(stand, quantity):
    found = level(Forecast(NONE, months=24), stand, MONTHLY)
    assert (found.point, found.quantity, found.stock) == (0, quantity, 0)
