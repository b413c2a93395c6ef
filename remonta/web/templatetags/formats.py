"""Dates, money, names, phones and sizes in the reader's habit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django import template
from django.template.defaultfilters import date as format_date
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from remonta.kernel.money import QUANTITY_SCALE, Money, exponent
from remonta.spine.queries import in_currency, money_written

register = template.Library()

NARROW = "\u202f"
HARD = "\u00a0"
STEPS = ((86400, "days"), (3600, "hours"), (60, "minutes"))


@register.filter
def money(value: Money | None) -> str:
    """320.00 PLN as the reader writes it: "zł 320.00", "320,00 zł". Nothing for None."""
    if value is None:
        return ""
    return money_written(value)


@register.filter
def minor(value: int | None, currency: str) -> str:
    """An amount of minor units: `{{ row.total|minor:row.currency }}`."""
    return "" if value is None else money(Money(value, currency))


@register.filter
def unit_price(value: Decimal | None, currency: str) -> str:
    """A price per piece in major units: the currency's digits, and more only where they say something."""
    if value is None:
        return ""
    needed = -int(value.normalize().as_tuple().exponent)
    return in_currency(value, currency, max(needed, exponent(currency)))


@register.filter
def quantity(value: int | None) -> str:
    """Thousandths as a number of pieces, without useless zeros: 1500 is 1.5."""
    if value is None:
        return ""
    pieces = (Decimal(value) / QUANTITY_SCALE).normalize()
    return number_format(pieces if pieces % 1 else int(pieces), use_l10n=True, force_grouping=True)


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """A number grouped as the reader groups it."""
    return "" if value is None else number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def percent(value: float | Decimal | None) -> str:
    """A fraction as a percentage: 0.23 is 23 %."""
    if value is None:
        return ""
    shown = (Decimal(str(value)) * 100).quantize(Decimal("0.1")).normalize()
    return f"{number_format(shown if shown % 1 else int(shown), use_l10n=True)}{HARD}%"


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """A date, in the reader's order of day, month and year."""
    if not value:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return format_html(
        '<time datetime="{}">{}</time>', f"{local:%Y-%m-%d}", _written(_day_of(local), "SHORT_DATE_FORMAT", _now_read())
    )


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Date and time in the centre's zone; today's are shown by the time alone."""
    if not value:
        return ""
    local, today = timezone.localtime(value), timezone.localdate()
    clock = f"{local:%H:%M}"
    text = clock if local.date() == today else f"{_written(local.date(), 'SHORT_DATE_FORMAT', _now_read())} {clock}"
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), full(local), text)


@register.filter
def ago(value: datetime | None) -> SafeString | str:
    """How long ago, or in what time; the page keeps it true while it stands open."""
    if not value:
        return ""
    return format_html(
        '<time datetime="{}" title="{}" data-ago>{}</time>',
        value.isoformat(),
        full(timezone.localtime(value)),
        relative(value - timezone.now()),
    )


def full(local: datetime) -> str:
    """The whole date and time, for the title of shorter forms."""
    return f"{_written(local.date(), 'DATE_FORMAT', _now_read())} {local:%H:%M}"


@lru_cache(maxsize=4096)
def _written(day: date, form: str, _language: str) -> str:
    """A day in the form of the language that is read now; one list shows the same days many times."""
    return str(format_date(day, form))


def _now_read() -> str:
    return get_language() or ""


def _day_of(local: date | datetime) -> date:
    return local.date() if isinstance(local, datetime) else local


def relative(away: timedelta) -> str:
    """ "in 3 hours", "2 days ago", "just now"."""
    seconds = int(away.total_seconds())
    if abs(seconds) < 60:
        return _("just now")
    size, unit = next((size, unit) for size, unit in STEPS if abs(seconds) >= size)
    count = abs(seconds) // size
    ahead, behind = sentences(unit, count)
    return (ahead if seconds > 0 else behind) % {"count": count}


def sentences(unit: str, count: int) -> tuple[str, str]:
    """The sentence ahead of now and the one behind it."""
    if unit == "days":
        return ngettext("in %(count)s day", "in %(count)s days", count), ngettext(
            "%(count)s day ago", "%(count)s days ago", count
        )
    if unit == "hours":
        return ngettext("in %(count)s hour", "in %(count)s hours", count), ngettext(
            "%(count)s hour ago", "%(count)s hours ago", count
        )
    return ngettext("in %(count)s minute", "in %(count)s minutes", count), ngettext(
        "%(count)s minute ago", "%(count)s minutes ago", count
    )


@register.filter
def duration(value: timedelta | int | None) -> str:
    """A length of time (or its seconds) in two units at most: 2 d 3 h, 45 min."""
    if value is None:
        return ""
    minutes = int(value.total_seconds() if isinstance(value, timedelta) else value) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        parts = [_("%(n)s d") % {"n": days}, _("%(n)s h") % {"n": hours} if hours else ""]
    elif hours:
        parts = [_("%(n)s h") % {"n": hours}, _("%(n)s min") % {"n": rest} if rest else ""]
    else:
        parts = [_("%(n)s min") % {"n": rest}]
    return " ".join(part for part in parts if part)


@register.filter
def phone(value: str | None) -> str:
    """A stored number (E.164) as people read it; what cannot be read is shown as it is."""
    if not value:
        return ""
    import phonenumbers  # noqa: PLC0415 - 40 ms and 8 MB that most pages never need

    try:
        parsed = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    shown: str = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return shown.replace(" ", HARD)


@register.filter
def filesize(value: int | None) -> str:
    """Bytes in the nearest unit."""
    return "" if value is None else str(filesizeformat(value))


@register.filter
def initials(name: str | None) -> str:
    """Two letters of a person's name; of a Chinese name its last two signs."""
    words = (name or "").split()
    if not words:
        return "?"
    if len(words) == 1:
        word = words[0]
        return word[-2:] if word[0] >= "\u2e80" else word[:2].upper()
    return (words[0][0] + words[-1][0]).upper()
