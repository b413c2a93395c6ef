"""Repairs that came to an end, the history from files included: by outcome, kind of device, brand and year."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import categories
from remonta.kernel.actor import Actor
from remonta.orders.words import OUTCOMES
from remonta.reports.queries.scope import ended
from remonta.reports.queries.shapes import Column, Line, Report, Wanted

FIXED, UNCLEAR = ("repaired", "fixed"), ("unknown", "")
MOST_BRANDS = 200
# The brand as the file had it, letter by letter; of our own orders that of the model.
BRAND = Case(
    When(imported="", then=Coalesce("product__brand__name", Value(""))),
    default=F("request__device"),
    output_field=CharField(),
)
COUNTS: dict[str, Any] = {
    "all": Count("pk"),
    "fixed": Count("pk", filter=Q(outcome__in=FIXED)),
    "known": Count("pk", filter=~Q(outcome__in=UNCLEAR)),
}
FIGURES = (
    Column("all", _("Repairs"), "number"),
    Column("fixed", _("Fixed"), "number"),
    Column("rate", _("Fixed, of those known"), "percent"),
)


def outcomes(actor: Actor, wanted: Wanted) -> Report:
    """Repairs by how they ended. One statement."""
    rows = ended(actor, wanted).order_by().values_list("outcome").annotate(all=Count("pk"))
    most_first = sorted(rows, key=lambda row: (-row[1], row[0]))
    lines = [Line((OUTCOMES.get(code, code or "–"), many)) for code, many in most_first]
    columns = (Column("outcome", _("Outcome")), Column("all", _("Repairs"), "number"))
    return Report("outcomes", _("Repairs by outcome"), columns, tuple(lines), "doughnut")


def by_category(actor: Actor, wanted: Wanted) -> Report:
    """Repairs by kind of device. Two statements."""
    names: dict[int | None, str] = {one.id: one.name for one in categories(get_language() or "en")}
    rows = _counted(ended(actor, wanted), F("product__category_id"))
    head = Column("category", _("Kind of device"))
    lines = _lines(sorted(rows, key=_most), {row["of"]: names.get(row["of"], "–") for row in rows})
    return Report("categories", _("Repairs by kind of device"), (head, *FIGURES), lines)


def by_brand(actor: Actor, wanted: Wanted) -> Report:
    """Repairs by brand, exactly as it is written. One statement."""
    most = wanted.limit or MOST_BRANDS
    found = list(_counted(ended(actor, wanted), BRAND).order_by("-all", "of")[: most + 1])
    lines = _lines(found[:most], {row["of"]: row["of"] or "–" for row in found})
    head = Column("brand", _("Brand, as written"))
    return Report("brands", _("Repairs by brand"), (head, *FIGURES), lines, more=len(found) > most)


def by_year(actor: Actor, wanted: Wanted) -> Report:
    """Repairs by the year in which they ended, in the reader's zone. One statement."""
    rows = _counted(ended(actor, wanted), ExtractYear("closed_at"))
    lines = _lines(sorted(rows, key=lambda row: row["of"]), {row["of"]: str(row["of"]) for row in rows})
    return Report("years", _("Repairs by year"), (Column("year", _("Year")), *FIGURES[:2]), _cut(lines, 3), "line")


def _counted(rows: QuerySet[Any], of: Any) -> Any:
    return rows.order_by().values(of=of).annotate(**COUNTS)


def _most(row: Mapping[str, Any]) -> tuple[int, int]:
    return -row["all"], row["of"] or 0


def _lines(rows: Iterable[Mapping[str, Any]], names: Mapping[Any, str]) -> tuple[Line, ...]:
    return tuple(Line((names[row["of"]], row["all"], row["fixed"], _rate(row))) for row in rows)


def _rate(row: Mapping[str, Any]) -> float | None:
    return round(row["fixed"] / row["known"], 4) if row["known"] else None


def _cut(lines: Iterable[Line], columns: int) -> tuple[Line, ...]:
    return tuple(Line(line.values[:columns]) for line in lines)
