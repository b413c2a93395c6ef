"""Figures in the reader's habit."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from remonta.kernel.money import Money
from remonta.web.templatetags import formats

HARD = "\u00a0"


@pytest.mark.parametrize(
    ("language", "amount", "shown"),
    [
        ("en", Money(123450, "USD"), "$1,234.50"),
        ("en", Money(-4200, "EUR"), "−€42.00"),
        ("pl", Money(123450, "PLN"), f"1{HARD}234,50{HARD}zł"),
        ("ru", Money(123450, "RUB"), f"1{HARD}234,50{HARD}₽"),
        ("zh-hans", Money(5000, "JPY"), "¥5,000"),
        ("en", Money(1234567, "KWD"), f"KWD{HARD}1,234.567"),
    ],
)
def test_money_has_the_currencys_digits_and_the_sign_where_the_language_puts_it(language, amount, shown) -> None:
    with translation.override(language):
        assert formats.money(amount).replace("\u202f", HARD) == shown


def test_nothing_is_shown_for_money_that_is_not_there() -> None:
    assert formats.money(None) == ""


def test_thousandths_lose_their_useless_zeros() -> None:
    with translation.override("en"):
        assert [formats.quantity(value) for value in (1000, 1500, 250, 12000)] == ["1", "1.5", "0.25", "12"]


def test_a_moment_ago_and_a_time_to_come_are_told_apart() -> None:
    with translation.override("en"):
        assert formats.relative(timedelta(hours=-3)) == "3 hours ago"
        assert formats.relative(timedelta(days=1, minutes=1)) == "in 1 day"
        assert formats.relative(timedelta(seconds=20)) == "just now"


def test_a_time_carries_itself_for_the_script_that_keeps_it_true() -> None:
    at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert f'datetime="{at.isoformat()}"' in formats.ago(at)


def test_lengths_of_time_have_two_units_at_most() -> None:
    with translation.override("en"):
        shown = [formats.duration(timedelta(minutes=minutes)) for minutes in (45, 205, 60, 3000, 1440)]
    assert shown == ["45 min", "3 h 25 min", "1 h", "2 d 2 h", "1 d"]


def test_a_number_is_shown_as_people_read_it_and_an_unreadable_one_as_it_is() -> None:
    assert formats.phone("+48601234567") == f"+48{HARD}601{HARD}234{HARD}567"
    assert formats.phone("ext. 12") == "ext. 12"


def test_the_first_letters_of_a_name_in_three_writings() -> None:
    assert [formats.initials(name) for name in ("Anna Nowak", "Пётр Ильич Иванов", "王小明", "Max", "")] == [
        "AN",
        "ПИ",
        "小明",
        "MA",
        "?",
    ]
