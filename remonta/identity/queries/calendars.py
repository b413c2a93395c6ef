"""When a centre works: its week, public holidays, and days of its own."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from remonta.identity.models import CalendarDay, Centre
from remonta.kernel.working_time import Calendar, Hours

USUAL_WEEK: dict[int, tuple[Hours, ...]] = {day: ((time(9), time(18)),) for day in range(5)}


class SpecialDays(Mapping[date, tuple[Hours, ...]]):
    """Single dates with hours of their own; public holidays, worked out year by year when first asked, have none."""

    def __init__(self, own: Mapping[date, tuple[Hours, ...]], country: str, subdivision: str) -> None:
        self.own = own
        self.off = public_holidays(country, subdivision) if country else {}

    def __getitem__(self, day: date) -> tuple[Hours, ...]:
        if day in self.own:
            return self.own[day]
        if day in self.off:
            return ()
        raise KeyError(day)

    def __iter__(self) -> Iterator[date]:
        return iter({*self.own, *self.off})

    def __len__(self) -> int:
        return len({*self.own, *self.off})


@lru_cache(maxsize=64)
def public_holidays(country: str, subdivision: str = "") -> Any:
    """The public holidays of a country (ISO 3166-1) or a part of it (ISO 3166-2); none for a country nobody lists."""
    import holidays  # noqa: PLC0415 - 60 ms and 20 MB that most pages never need

    try:
        return holidays.country_holidays(country, subdiv=subdivision or None)
    except NotImplementedError:
        return {}


def calendar_of(centre: Centre) -> Calendar:
    """The centre's working time; Monday to Friday from nine to six where none is set. Two statements at most."""
    zone = ZoneInfo(centre.timezone)
    kept = centre.calendar
    if kept is None:
        return Calendar(zone, USUAL_WEEK, SpecialDays({}, centre.country, ""))
    own = dict(CalendarDay.objects.filter(calendar=kept).values_list("day", "hours"))
    days = {day: as_hours(hours) for day, hours in own.items()}
    week = {int(day): as_hours(hours) for day, hours in kept.week.items()}
    return Calendar(zone, week, SpecialDays(days, kept.country, kept.subdivision))


def as_hours(pairs: list[list[str]]) -> tuple[Hours, ...]:
    """[["09:00", "18:00"]] as times."""
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in pairs)
