"""Money, quantities and dates on paper."""

from datetime import UTC, date, datetime

import pytest

from remonta.documents.written import day, moment, money, quantity
from remonta.kernel.money import Money


@pytest.mark.parametrize(
    ("language", "written"),
    [("pl", "1 234,50 zł"), ("ru", "1 234,50 zł"), ("en", "zł 1,234.50"), ("zh-hans", "zł 1,234.50")],
)
def test_money_is_written_as_the_language_does(language, written):
    assert money(Money(123450, "PLN"), language).replace("\u00a0", " ").replace("\u202f", " ") == written


def test_signs_that_touch_other_currencies_and_debts():
    assert money(Money(-5, "GBP"), "en") == "−£0.05"
    assert money(Money(1500, "JPY"), "en").endswith("1,500")
    assert money(Money(1, "KWD"), "en") == "KWD\u00a00.001"


@pytest.mark.parametrize(("thousandths", "written"), [(1000, "1"), (1500, "1,5"), (125, "0,125"), (2_000_000, "2 000")])
def test_quantities_have_no_useless_zeros(thousandths, written):
    assert quantity(thousandths, "pl").replace("\u00a0", " ").replace("\u202f", " ") == written


def test_times_are_those_of_the_centre():
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert day(late, "pl", "Europe/Warsaw") == "03.03.2026"
    assert day(late, "en", "Europe/London") == "2 Mar 2026"
    assert moment(late, "pl", "Europe/Warsaw").endswith("00:30")
    assert day(None, "pl") == moment(None, "pl") == ""
    assert "2026" in day(date(2026, 3, 2), "zh-hans")
