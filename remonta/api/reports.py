"""Figures: the reports there are, and each as a table."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from remonta.api.fields import Day
from remonta.api.shapes.reports import ReportOut, ReportShape
from remonta.api.spoken import op
from remonta.identity.queries import every_centre
from remonta.reports.queries import Wanted, report, reports_for
from remonta.web.requests import Request

router = Router()


class ReportFilter(BaseModel):
    """Of which days and which centre; `silent_days` is for orders of which nothing was heard."""

    centre: UUID | None = None
    since: Day | None = None
    until: Day | None = None
    silent_days: int = Field(7, ge=1, le=3650)
    origin: Literal["", "own", "imported"] = ""
    limit: int = Field(500, ge=1, le=10_000)

    def wanted(self) -> Wanted:
        """As queries take it. One statement for a centre. Raises DoesNotExist."""
        centre_id = every_centre().values_list("pk", flat=True).get(uid=self.centre) if self.centre else None
        return Wanted(centre_id, self.since, self.until, self.silent_days, self.origin, self.limit)


def bare(value: Any) -> Any:
    """A value of a table: labels in words, times as text, numbers as they are."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@router.get("/reports", **op("reports", list[ReportShape]))
def listed(request: Request) -> Any:
    """The reports the key may read."""
    return [{"name": one.name, "label": one.label} for one in reports_for(request.actor)]


@router.get("/reports/{slug:name}", **op("report", ReportOut))
def one(request: Request, name: str, asked: Query[ReportFilter]) -> Any:
    """A report as a table: columns, and a line of values for each row."""
    found = report(request.actor, name, asked.wanted())
    lines = [{"values": [bare(value) for value in line.values], "order_uid": line.order_uid} for line in found.lines]
    return {"name": found.name, "label": found.label, "columns": found.columns, "lines": lines, "more": found.more}
