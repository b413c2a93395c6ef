"""The ways in which files write dates."""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

NOON = time(12)
EARLIEST, LATEST = 1900, 2100
ISO = "iso"
DATE_FORMATS: dict[str, tuple[object, str]] = {
    ISO: (_("2026-03-31"), ""),
    "dmy.": (_("31.03.2026"), "%d.%m.%Y"),
    "dmy/": (_("31/03/2026"), "%d/%m/%Y"),
    "mdy/": (_("03/31/2026"), "%m/%d/%Y"),
    "dmy-": (_("31-03-2026"), "%d-%m-%Y"),
    "ymd/": (_("2026/03/31"), "%Y/%m/%d"),
    "ymd": (_("20260331"), "%Y%m%d"),
    "dmy.short": (_("31.03.26"), "%d.%m.%y"),
    "mdy/short": (_("03/31/26"), "%m/%d/%y"),
}
CLOCKS = ("", " %H:%M", " %H:%M:%S")


def moment(text: str, written: str, zone: ZoneInfo) -> datetime | None:
    """The instant a cell names; a day without a time is its noon there, so that it is that day in every list."""
    found = _read(text.strip(), written)
    if found is None or not EARLIEST <= found.year <= LATEST:
        return None
    if found.time() == time() and ":" not in text:
        found = datetime.combine(found.date(), NOON, found.tzinfo)
    return found if found.tzinfo else found.replace(tzinfo=zone)


def format_of(samples: Sequence[str]) -> str:
    """The first way of writing in which most samples that are filled in are dates; ISO when none is."""
    filled = [text.strip() for text in samples if text.strip()]
    fits = {name: sum(_read(text, name) is not None for text in filled) for name in DATE_FORMATS}
    return max(fits, key=lambda name: fits[name]) if any(fits.values()) else ISO


def _read(text: str, written: str) -> datetime | None:
    try:
        if written == ISO:
            return datetime.fromisoformat(text) if "-" in text else None
    except ValueError:
        return None
    for clock in CLOCKS:
        try:
            return datetime.strptime(text, DATE_FORMATS[written][1] + clock)
        except ValueError:
            continue
    return None
