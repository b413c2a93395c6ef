"""What became of each row of a file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from remonta.desk.imports.forms import BECAME, FATES, RowFilter
from remonta.exchange.queries import import_page, import_rows_for
from remonta.exchange.words import REASONS
from remonta.web.listing import Column, Listing
from remonta.web.requests import Request


def narrow(found: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    if "q" in wanted:
        found = found.filter(key__startswith=wanted["q"].strip())
    return found.filter(**{name: wanted[name] for name in ("outcome", "reason", "fate") if name in wanted})


def as_read(row: Any) -> str:
    """The row as it stood in the file."""
    return " · ".join(f"{name}: {value}" for name, value in row.values.items() if value.strip())


ROWS = Listing(
    name="import-rows",
    title=_("Every row"),
    columns=(
        Column("row", _("Row"), kind="number", sort="row"),
        Column("key", _("Number")),
        Column("outcome", _("What became of it"), lambda row: dict(BECAME).get(row.outcome, row.outcome)),
        Column("reason", _("Reason"), lambda row: REASONS.get(row.reason, row.reason)),
        Column("fate", _("Undone"), lambda row: dict(FATES)[row.fate] if row.fate else ""),
        Column("values", _("As it stood in the file"), as_read),
    ),
    source=lambda request: import_rows_for(request.actor),
    sort="row",
    page="desk/imports/rows.html",
    filters=RowFilter,
    narrow=narrow,
)


def rows(request: Request, uid: UUID) -> HttpResponse:
    """Every row, filtered; also as a file."""
    page = import_page(request.actor, uid)
    return _of(page.id).answer(request, page=page)


def _of(run_id: int) -> Listing:
    return replace(ROWS, source=lambda request: import_rows_for(request.actor).filter(run_id=run_id))
