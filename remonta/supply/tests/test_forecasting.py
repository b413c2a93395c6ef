"""Forecasts of intermittent demand against statsforecast 2.1.1, and the choice between the methods."""

import pytest

from remonta.supply.forecasting import AVERAGE, NONE, SBA, SMOOTHED, TSB, croston, forecast, smoothed, tsb

LUMPY = [0, 0, 3, 0, 0, 0, 5, 0, 1, 0, 0, 2, 0, 0, 0, 0, 4, 0, 0, 1, 0, 0, 0, 2]
STEADY = [4, 3, 5, 4, 6, 5, 4, 3, 5, 4, 4, 6, 5, 3, 4, 5, 4, 6, 5, 4, 3, 4, 5, 4]
DYING = [2, 0, 3, 1, 0, 2, 0, 4, 0, 1, 2, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
ONE = [0] * 11 + [7] + [0] * 12

# CrostonClassic, CrostonSBA, TSB(0.1, 0.1) and SimpleExponentialSmoothing(0.1) of statsforecast 2.1.1.
REFERENCE = {
    "lumpy": (LUMPY, 0.8339821449580227, 0.7922830377101215, 0.7870472461336648, 0.6502153857434516),
    "steady": (STEADY, 4.323662642990622, 4.107479510841091, 4.323662642990622, 4.323662642990622),
    "dying": (DYING, 1.4659892638739809, 1.3926898006802817, 0.4931605219753907, 0.5046995002565753),
    "one": (ONE, 0.5833333333333334, 0.5541666666666667, 0.1977006755367001, 0.19770067553670015),
}


@pytest.mark.parametrize("name", REFERENCE)
def test_each_method_is_what_a_maintained_library_computes(name):
    demand, classic, corrected, fading, even = REFERENCE[name]
    assert croston(demand)[0] == pytest.approx(classic, rel=1e-12)
    assert croston(demand, debias=True)[0] == pytest.approx(corrected, rel=1e-12)
    assert tsb(demand)[0] == pytest.approx(fading, rel=1e-12)
    assert smoothed(demand)[0] == pytest.approx(even, rel=1e-12)


def test_what_was_forecast_for_a_month_knows_only_the_months_before():
    for method in (croston, tsb, smoothed):
        for until in range(4, len(LUMPY)):
            assert method(LUMPY)[1][until] == pytest.approx(method(LUMPY[:until])[0])


@pytest.mark.parametrize(
    ("demand", "method"),
    [(LUMPY, SBA), (STEADY, SMOOTHED), (DYING, TSB), (ONE, AVERAGE), ([0] * 24, NONE), ([], NONE)],
)
def test_the_method_fits_the_demand(demand, method):
    assert forecast(demand).method == method


def test_a_part_nobody_asks_for_any_more_needs_less_than_it_did():
    assert forecast(DYING).mean < forecast(DYING[:14]).mean / 2


def test_a_new_part_is_not_held_back_by_the_years_before_it_came():
    young = [0] * 30 + [2, 3, 2, 4, 3, 2]
    assert forecast(young).mean == pytest.approx(2.7, abs=0.4)
    assert forecast(young).months == 6


def test_even_demand_has_a_small_error_and_lumpy_demand_a_large_one():
    assert forecast(STEADY).error < 1
    assert forecast(LUMPY).error > 1.2


def test_returns_never_make_demand_negative():
    assert forecast([2, -5, 2, 2]).mean >= 0
