"""Amounts and days as the reader writes them: one way for pages, sentences, letters and papers."""

from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.formats import date_format, number_format

from remonta.kernel.money import Money, exponent
from remonta.kernel.spoken import says

SIGNS = {
    "PLN": "zł",
    "EUR": "€",
    "USD": "$",
    "GBP": "£",
    "RUB": "₽",
    "UAH": "₴",
    "KZT": "₸",
    "CNY": "¥",
    "JPY": "¥",
    "CZK": "Kč",
}
SIGN_FIRST, SIGN_TOUCHES = ("en", "zh"), ("$", "€", "£", "¥")
HARD = "\u00a0"


def money_written(amount: Money) -> str:
    """`1 234,50 zł`, `£1,234.50` in the language in force; a currency without a sign is named by its code."""
    return in_currency(amount.major, amount.currency)


def in_currency(major: Decimal, currency: str, decimals: int | None = None) -> str:
    """Major units with the currency's own number of digits, or so many, and its sign where the language puts it."""
    places = exponent(currency) if decimals is None else decimals
    digits = number_format(abs(major), decimal_pos=places, use_l10n=True, force_grouping=True)
    minus, sign = "−" if major < 0 else "", SIGNS.get(currency, currency)
    if (translation.get_language() or "en").startswith(SIGN_FIRST):
        return f"{minus}{sign}{'' if sign in SIGN_TOUCHES else HARD}{digits}"
    return f"{minus}{digits}{HARD}{sign}"


def day_written(value: date) -> str:
    """The date in figures, as the language in force writes it."""
    return str(date_format(value, "SHORT_DATE_FORMAT"))


says(Money, money_written)
says(date, day_written)
