"""The plain Python everything stands on."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remonta.kernel.ids import made_at, uuid7
from remonta.kernel.money import CurrencyMismatch, Money, Rounding, line_total, rounded, tax_within
from remonta.kernel.serials import is_imei, is_meid, looks_mistyped
from remonta.kernel.texts import chinese_pairs, clean, normal, said, serial_normal
from remonta.kernel.working_time import Calendar, NoWorkingTime

WORKDAYS = {day: ((time(9), time(13)), (time(14), time(18))) for day in range(5)}


def test_money_reads_what_it_wrote():
    for minor, currency in ((3000, "PLN"), (-5, "EUR"), (500, "JPY"), (1234567, "KWD")):
        assert Money.read(str(Money(minor, currency))) == Money(minor, currency)
    for text in ("much money", "100"):
        with pytest.raises(ValueError, match=text):
            Money.read(text)


def test_ids_carry_their_time_and_sort_by_it():
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    assert made_at(uuid7(early)) == early
    assert uuid7(early) < uuid7(late)
    assert uuid7(early).version == 7


@pytest.mark.parametrize(
    ("typed", "found"), [("ŁÓDŹ", "lodz"), ("Ёлка  ЛЕС", "елка лес"), ("Straße", "strasse"), ("①", "1")]
)
def test_words_are_found_however_they_are_written(typed, found):
    assert normal(typed) == found


@given(st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text):
    assert normal(normal(text)) == normal(text)


def test_serials_are_compared_without_their_dress():
    assert serial_normal(" ab-12/34 x") == "AB1234X"


def test_chinese_names_are_indexed_in_pairs():
    assert list(chinese_pairs("王小明 x 李四")) == ["王小", "小明", "李四"]


def test_what_is_typed_loses_only_what_nobody_sees():
    assert clean(" a\x00b\u0301 ") == "ab́"


def test_a_text_is_said_in_the_nearest_language():
    assert said({"en": "Lamp", "pl": "Lampa"}, "pl") == "Lampa"
    assert said({"en": "Lamp"}, "zh-hans") == "Lamp"


def test_an_imei_is_told_from_a_mistyped_one():
    assert is_imei("490154203237518")
    assert looks_mistyped("490154203237519")
    assert is_meid("A0000000002329")


@pytest.mark.parametrize(
    ("price", "quantity", "currency", "minor"),
    [
        ("19.99", 1000, "PLN", 1999),
        ("0.333333", 3000, "PLN", 100),
        ("150", 2500, "JPY", 375),
        ("1.0005", 1000, "KWD", 1001),
    ],
)
def test_a_line_costs_price_times_quantity_in_the_currencys_smallest_coin(price, quantity, currency, minor):
    assert line_total(Decimal(price), quantity, currency) == minor


def test_currencies_never_mix():
    with pytest.raises(CurrencyMismatch):
        Money(1, "PLN") + Money(1, "EUR")


def test_cash_is_rounded_to_the_coin_there_is():
    assert rounded(Decimal(1023), step=5) == 1025
    assert rounded(Decimal("2.5"), Rounding.HALF_EVEN) == 2
    assert tax_within(12300, Decimal("0.23")) == 2300


def test_working_minutes_pass_only_in_working_hours():
    calendar = Calendar(ZoneInfo("Europe/Warsaw"), WORKDAYS, {date(2026, 3, 3): ()})
    monday = datetime(2026, 3, 2, 16, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
    assert calendar.after(monday, 180) == datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
    assert calendar.minutes_between(monday, datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))) == 180


@given(st.integers(1, 20_000))
def test_working_minutes_there_and_back_are_the_same(minutes):
    calendar = Calendar(ZoneInfo("Europe/Warsaw"), WORKDAYS)
    start = datetime(2026, 3, 25, 8, tzinfo=UTC)
    assert calendar.minutes_between(start, calendar.after(start, minutes)) == minutes


def test_a_calendar_without_work_promises_nothing():
    with pytest.raises(NoWorkingTime):
        Calendar(ZoneInfo("UTC"), {}).after(datetime(2026, 1, 1, tzinfo=UTC), 1)
