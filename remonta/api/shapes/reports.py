"""Figures."""

from uuid import UUID

from remonta.api.fields import Label, Shape


class ReportShape(Shape):
    """A report there is."""

    name: str
    label: Label


class ColumnShape(Shape):
    """A column; `kind` is text, number, percent, day, moment, minutes or score."""

    name: str
    label: Label
    kind: str


class ReportLine(Shape):
    """A line: a value for each column, and the order it is about, if any."""

    values: list[str | int | float | None]
    order_uid: UUID | None


class ReportOut(ReportShape):
    """A report as a table. `more`: there are more lines than were asked for."""

    columns: list[ColumnShape]
    lines: list[ReportLine]
    more: bool
