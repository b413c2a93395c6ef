"""Money, quantities and dates as people of a language write them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime

from remonta.kernel.money import QUANTITY_SCALE, Money, exponent
from remonta.spine.queries import money_written

HARD = "\u00a0"


def money(amount: Money, language: str) -> str:
    """`1 234,50 zł`, `£1,234.50`; a currency without a sign is named by its code."""
    with translation.override(language):
        return money_written(amount)


def price(value: Decimal, currency: str, language: str) -> str:
    """A unit price in major units: as many digits as the currency has, more only where they say something."""
    digits = max(exponent(currency), -int(value.normalize().as_tuple().exponent))
    with translation.override(language):
        return str(number_format(value, digits, use_l10n=True, force_grouping=True))


def percent(fraction: Decimal, language: str) -> str:
    """A tax rate: 0.23 is `23 %`."""
    hundredths = (fraction * 100).normalize()
    places = max(0, -int(hundredths.as_tuple().exponent))
    with translation.override(language):
        return f"{number_format(hundredths, places, use_l10n=True)}{HARD}%"


def quantity(thousandths: int, language: str) -> str:
    """`2`, `0,5`: no digits that say nothing."""
    pieces = (Decimal(thousandths) / QUANTITY_SCALE).normalize()
    with translation.override(language):
        return str(number_format(pieces if pieces % 1 else int(pieces), use_l10n=True, force_grouping=True))


def day(value: date | datetime | None, language: str, zone: str = "UTC") -> str:
    """The date where the centre is; nothing for nothing."""
    return _dated(value, language, zone, "SHORT_DATE_FORMAT")


def moment(value: datetime | None, language: str, zone: str = "UTC") -> str:
    """Date and time where the centre is."""
    return _dated(value, language, zone, "SHORT_DATETIME_FORMAT")


def _dated(value: date | datetime | None, language: str, zone: str, form: str) -> str:
    if value is None:
        return ""
    with translation.override(language):
        return str(date_format(localtime(value, ZoneInfo(zone)) if isinstance(value, datetime) else value, form))


def phone(number: str) -> str:
    """A number in E.164 grouped as it is read aloud: `+48 601 555 321`; other text as it is."""
    import phonenumbers  # noqa: PLC0415 - 50 ms and 15 MB that most pages never need

    try:
        known = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
