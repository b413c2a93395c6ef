"""What units in the field will need."""

import pytest

from remonta.supply.wearing import PRIOR, Cohort, age_at, ages_between, month_of, needs

PHONE, KETTLE, BATTERY, LID = 1, 2, 10, 20
JANUARY = month_of(2026, 1)


def test_ages_are_counted_in_unit_years():
    found = ages_between([Cohort(PHONE, JANUARY - 18, 24)], JANUARY - 12, JANUARY)
    assert found == {(PHONE, 0): pytest.approx(12), (PHONE, 1): pytest.approx(12)}


def test_units_count_from_the_month_in_which_they_came():
    found = ages_between([Cohort(PHONE, JANUARY + 2, 12)], JANUARY, JANUARY + 6)
    assert found == {(PHONE, 0): pytest.approx(4)}
    assert age_at(JANUARY - 500, JANUARY) == 10


def test_what_wears_with_age_is_needed_when_units_get_old():
    cohorts = [Cohort(PHONE, JANUARY - 36, 1000)]
    past = ages_between(cohorts, JANUARY - 36, JANUARY)
    used = {(PHONE, BATTERY, 0): 0.0, (PHONE, BATTERY, 1): 50.0, (PHONE, BATTERY, 2): 200.0}
    young = ages_between([Cohort(PHONE, JANUARY, 1000)], JANUARY, JANUARY + 12)
    two = ages_between([Cohort(PHONE, JANUARY - 24, 1000)], JANUARY, JANUARY + 12)
    assert needs(past, used, young)[PHONE, BATTERY] == pytest.approx(
        1000 * PRIOR * 250 / (3000 + PRIOR) / (1000 + PRIOR)
    )
    assert needs(past, used, two)[PHONE, BATTERY] == pytest.approx(199, abs=2)


def test_an_age_nobody_has_reached_takes_what_the_model_needs_at_any():
    past, used = {(PHONE, 0): 1000.0}, {(PHONE, BATTERY, 0): 100.0}
    assert needs(past, used, {(PHONE, 5): 100.0})[PHONE, BATTERY] == pytest.approx(10, rel=0.02)


def test_one_failure_of_two_new_units_does_not_make_a_plan():
    past, used = {(PHONE, 0): 0.2}, {(PHONE, BATTERY, 0): 1.0}
    assert needs(past, used, {(PHONE, 0): 1.0})[PHONE, BATTERY] < 0.2


def test_models_do_not_mix_and_a_part_of_several_models_is_needed_for_each():
    past = {(PHONE, 0): 100.0, (KETTLE, 0): 50.0}
    used = {(PHONE, BATTERY, 0): 10.0, (KETTLE, LID, 0): 5.0, (KETTLE, BATTERY, 0): 1.0}
    found = needs(past, used, past)
    assert set(found) == {(PHONE, BATTERY), (KETTLE, LID), (KETTLE, BATTERY)}
    assert found[PHONE, BATTERY] == pytest.approx(10, rel=0.02)


def test_a_model_without_units_in_the_field_needs_nothing():
    assert needs({}, {(PHONE, BATTERY, 0): 10.0}, {}) == {}
