"""What a report is: a table of figures, and what was asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone


@dataclass(frozen=True)
class Wanted:
    """Filters: a centre, days from and until (both within), days of silence, own repairs or those from files."""

    centre_id: int | None = None
    since: date | None = None
    until: date | None = None
    days: int = 7
    origin: str = ""
    limit: int | None = None

    def at(self, column: str = "centre_id") -> Q:
        return Q(**{column: self.centre_id}) if self.centre_id else Q()

    def within(self, column: str) -> Q:
        """The days asked for, in the reader's zone; nothing asked is all time."""
        asked = Q()
        if self.since:
            asked &= Q(**{f"{column}__gte": _midnight(self.since)})
        if self.until:
            asked &= Q(**{f"{column}__lt": _midnight(self.until + timedelta(days=1))})
        return asked


@dataclass(frozen=True)
class Column:
    """One column; `kind` out of text, number, percent, day, moment, minutes, score."""

    name: str
    label: object
    kind: str = "text"

    @property
    def numeric(self) -> bool:
        return self.kind in ("number", "percent", "minutes", "score")


@dataclass(frozen=True)
class Line:
    """One row of a report; `order_uid` where it is about one work order."""

    values: tuple[Any, ...]
    order_uid: UUID | None = None


@dataclass(frozen=True)
class Report:
    """A table of figures; `chart` is bar, stack, line, doughnut or nothing; `more` whether rows were left off."""

    name: str
    label: object
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    chart: str = ""
    more: bool = False

    @property
    def unit(self) -> str:
        """The kind of figures a chart draws: that of the first column with figures. Others have an axis of their own,
        so they stay in the table."""
        return next((column.kind for column in self.columns if column.numeric), "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
