"""Working time: hours of the week in a zone, days off, and how far a number of working minutes reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FARTHEST = timedelta(days=3660)
Hours = tuple[time, time]


class NoWorkingTime(ValueError):
    """A calendar without a working hour in ten years: nothing can be promised by it."""


@dataclass(frozen=True)
class Calendar:
    """`week` has the hours of Monday (0) to Sunday (6); `days` replaces single dates: no hours for a holiday."""

    zone: ZoneInfo
    week: Mapping[int, tuple[Hours, ...]]
    days: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict)

    def hours_of(self, day: date) -> tuple[Hours, ...]:
        return self.days.get(day, self.week.get(day.weekday(), ()))

    def spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working spans between two instants, earliest first, in the calendar's zone."""
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            for opens, closes in self.hours_of(day):
                begins = max(datetime.combine(day, opens, self.zone), start.astimezone(self.zone))
                ends = min(datetime.combine(day, closes, self.zone), end.astimezone(self.zone))
                if _utc(begins) < _utc(ends):
                    yield begins, ends
            day += timedelta(days=1)

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes between two instants."""
        return int(
            sum((_utc(ends) - _utc(begins) for begins, ends in self.spans(start, end)), timedelta()).total_seconds()
            // 60
        )

    def after(self, start: datetime, minutes: int) -> datetime:
        """The instant at which so many working minutes have passed since `start`. Raises NoWorkingTime."""
        left = timedelta(minutes=minutes)
        for begins, ends in self.spans(start, start + FARTHEST):
            length = _utc(ends) - _utc(begins)
            if left <= length:
                return _utc(begins) + left
            left -= length
        raise NoWorkingTime


def _utc(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo("UTC"))
