"""Lists, declared once: filtered, sorted, paged by keyset, with columns one chooses, views one saves, and exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from remonta.kernel.refusals import NotPermitted
from remonta.web.export import KINDS, MOST_ROWS, as_file, as_pdf
from remonta.web.keyset import Order, Piece, piece_of
from remonta.web.queries import views_of
from remonta.web.requests import Request
from remonta.web.templatetags import formats

EXPORT_PIECE = 500
NOBODY = "00000000-0000-0000-0000-000000000000"
AS_TEXT: Mapping[str, Callable[[Any], Any]] = {
    "text": lambda value: "" if value is None else value,
    "number": formats.number,
    "money": formats.money,
    "quantity": formats.quantity,
    "percent": formats.percent,
    "day": formats.day,
    "moment": formats.moment,
    "ago": formats.ago,
    "phone": lambda value: formats.phone(value or ""),
    "duration": formats.duration,
}
NUMERIC = {"number", "money", "quantity", "percent", "duration"}


@dataclass(frozen=True)
class Column:
    """One column. `value` is a function of the row or a path of attributes (`customer.name`; the column's own name
    unless given), `kind` how it is written, `sort` the database column it sorts by, `nulls` whether that can be empty.

    `html` writes the cell where words do not suffice; exports still take `value`. `shown` is whether it stands there
    until the person chooses; `right` leaves it out for everybody without that permission.
    """

    name: str
    label: object
    value: str | Callable[[Any], Any] = ""
    kind: str = "text"
    sort: str = ""
    nulls: bool = False
    shown: bool = True
    right: str = ""
    html: Callable[[Any], object] | None = None

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC

    def of(self, row: Any) -> Any:
        """The bare value, as exports write it."""
        if callable(self.value):
            return self.value(row)
        value = row
        for name in (self.value or self.name).split("."):
            value = getattr(value, name, None)
        return value

    def said(self, row: Any) -> object:
        """The value as the page shows it."""
        return self.html(row) if self.html else AS_TEXT[self.kind](self.of(row))

    def on_paper(self, row: Any) -> object:
        """The same where time stands still."""
        return formats.moment(self.of(row)) if self.kind == "ago" else self.said(row)


@dataclass(frozen=True)
class Line:
    """A row with its cells in the chosen columns: pairs of the column and what stands there."""

    row: Any
    url: str
    cells: tuple[tuple[Column, object], ...]

    def html(self, before: str = "") -> str:
        """The row as the table shows it, behind the cells `before`; its first cell leads to the row's page."""
        said = [(' class="num"' if column.numeric else "", _escaped(text)) for column, text in self.cells]
        leads = ""
        if said and self.url:
            address = escape(self.url)
            leads, said[0] = f' data-href="{address}"', (said[0][0], f'<a href="{address}">{said[0][1]}</a>')
        return f"<tr{leads}>{before}{''.join(f'<td{numeric}>{text}</td>' for numeric, text in said)}</tr>\n"


def _escaped(value: object) -> str:
    """As a template would write it."""
    if isinstance(value, SafeString):
        return value
    return escape(value if isinstance(value, str) else str(localize(value)))


@dataclass(frozen=True)
class PageOf:
    """Where a row leads: the page of that route for its outside id. The address is worked out once."""

    route: str

    def __call__(self, row: Any) -> str:
        return _address(self.route, get_script_prefix()).replace(NOBODY, str(row.uid))


@cache
def _address(route: str, _prefix: str) -> str:
    return reverse(route, args=[UUID(NOBODY)])


class ListFilter(forms.Form):
    """The filters of a list; none has to be filled in. `self.request` is there for choices that depend on who asks."""

    def __init__(self, data: Any, request: Request) -> None:
        self.request = request
        super().__init__(data)
        for each in self.fields.values():
            each.required = False

    def wanted(self) -> dict[str, Any]:
        """What is filled in and readable."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False, [])}

    def told(self) -> str:
        """The filters in force in words, for the head of a printed list."""
        return " · ".join(f"{self[name].label}: {self._said(name, value)}" for name, value in self.wanted().items())

    def _said(self, name: str, value: Any) -> object:
        field = self.fields[name]
        rows = isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField)
        words = {} if rows else dict(field.choices)  # type: ignore[attr-defined]
        every = value if isinstance(value, (list, tuple)) else [value]
        return ", ".join(str(words.get(one) or (_("yes") if one is True else one)) for one in every)


@dataclass(frozen=True)
class Listing:
    """A list; `title` stands on top of its PDF.

    `source` gives the rows the actor may see; `narrow(rows, wanted, request)` applies the filters.
    `shape(request, rows)` turns a page of rows into what columns read, with a fixed number of statements; `url(row)` is
    where a row leads; `sort` names the first order, `-` before it for the other way round; `export_right` is asked
    beside the list's own for exports. `page` extends web/list.html; `rows` is its fragment.
    """

    name: str
    title: object
    columns: tuple[Column, ...]
    source: Callable[[Request], QuerySet[Any]]
    sort: str = "-pk"
    page: str = "web/list.html"
    rows: str = "web/parts/list_rows.html"
    filters: type[ListFilter] | None = None
    narrow: Callable[[QuerySet[Any], Mapping[str, Any], Request], QuerySet[Any]] | None = None
    shape: Callable[[Request, list[Any]], Sequence[Any]] | None = None
    url: Callable[[Any], str] | None = None
    size: int = 50
    export_right: str = ""
    context: Callable[[Request], Mapping[str, Any]] | None = None

    def answer(self, request: Request, **context: Any) -> HttpResponse:
        """The page, the next rows of it, or a file. Statements: one for the rows, the shape's, one for saved views."""
        asked = Asked(self, request)
        if kind := request.GET.get("export"):
            return asked.exported(kind)
        if "after" in request.GET and request.headers.get("HX-Request"):
            return render(request, self.rows, {**asked.rows_context(), **context})
        more = self.context(request) if self.context else {}
        return render(request, self.page, {**asked.page_context(), **more, **context})

    def narrowed(self, request: Request) -> QuerySet[Any]:
        """The filtered rows without order and pages, for a board or a calendar of the same list. No statement."""
        return Asked(self, request).narrowed


class Asked:
    """One request for a list: what is filtered, in which order, with which columns."""

    def __init__(self, listing: Listing, request: Request) -> None:
        self.listing, self.request = listing, request
        self.columns = [one for one in listing.columns if not one.right or request.actor.may_somewhere(one.right)]
        self.form = listing.filters(request.GET, request) if listing.filters else None
        self.wanted = self.form.wanted() if self.form else {}
        self.sort = self.readable(request.GET.get("sort", "")) or listing.sort

    @property
    def narrowed(self) -> QuerySet[Any]:
        rows = self.listing.source(self.request)
        return self.listing.narrow(rows, self.wanted, self.request) if self.listing.narrow else rows

    @property
    def order(self) -> Order:
        name = self.sort.removeprefix("-")
        column = next((one for one in self.columns if one.name == name), None)
        by = Order(column.sort, nulls=column.nulls) if column else Order(name)
        return replace(by, descending=self.sort.startswith("-"))

    @property
    def chosen(self) -> list[Column]:
        """The columns the person wants to see; those shown at first until they choose."""
        kept = columns_chosen(self.request, self.listing.name)
        wanted = [one for one in self.columns if one.name in kept] if kept else []
        return wanted or [one for one in self.columns if one.shown]

    @property
    def may_export(self) -> bool:
        return not self.listing.export_right or self.request.actor.may_somewhere(self.listing.export_right)

    def readable(self, sort: str) -> str:
        """The order asked for, if there is such a one."""
        return sort if any(one.sort and one.name == sort.removeprefix("-") for one in self.columns) else ""

    def piece(self, after: str, size: int) -> Piece:
        found = piece_of(self.narrowed, self.order, after=after, size=size)
        return replace(found, rows=list(self.listing.shape(self.request, found.rows))) if self.listing.shape else found

    def rows_context(self) -> dict[str, Any]:
        found = self.piece(self.request.GET.get("after", ""), self.listing.size)
        chosen = self.chosen
        url = self.listing.url
        lines = [
            Line(row, url(row) if url else "", tuple((one, one.said(row)) for one in chosen)) for row in found.rows
        ]
        return {
            "rows": found.rows,
            "lines": lines,
            "shown": {one.name: True for one in chosen},
            "next_url": with_query(self.request, after=found.after) if found.after else "",
            "columns_count": len(chosen),
        }

    def page_context(self) -> dict[str, Any]:
        name = self.listing.name
        chosen = {one.name for one in self.chosen}
        kinds = KINDS if self.may_export else ()
        return {
            **self.rows_context(),
            "rows_template": self.listing.rows,
            "columns": [self.head(one, one.name in chosen) for one in self.columns],
            "filters_form": self.form,
            "filtered": bool(self.wanted),
            "sort_now": self.sort if self.sort != self.listing.sort else "",
            "views": self.views(),
            "save_view_url": reverse("web:list-view", args=[name]),
            "columns_url": reverse("web:list-columns", args=[name]),
            "exports": [{"label": kind.upper(), "url": with_query(self.request, export=kind)} for kind in kinds],
        }

    def head(self, column: Column, shown: bool) -> dict[str, Any]:
        """A column's head: a second click on it turns the order round."""
        now = self.sort.removeprefix("-") == column.name and bool(column.sort)
        descending = self.sort.startswith("-")
        turned = column.name if not now or descending else f"-{column.name}"
        return {
            "name": column.name,
            "label": column.label,
            "numeric": column.numeric,
            "shown": shown,
            "sort_url": with_query(self.request, sort=turned) if column.sort else "",
            "sorted": ("descending" if descending else "ascending") if now else "",
        }

    def views(self) -> list[dict[str, Any]]:
        found = views_of(self.request.actor, self.listing.name)
        now = with_query(self.request)
        shown = [
            {
                "label": view.name,
                "url": f"?{view.query}",
                "current": f"?{view.query}" == now,
                "shared": not view.own,
                "drop_url": reverse("web:list-view-drop", args=[view.uid]) if view.own else "",
            }
            for view in found
        ]
        every = {"label": _("All"), "url": self.request.path, "current": now == "?", "shared": False}
        return [every, *shown]

    def exported(self, kind: str) -> HttpResponse:
        """Every filtered row in the chosen columns."""
        if not self.may_export:
            raise NotPermitted
        if kind not in KINDS:
            raise BadRequest("export")
        chosen = self.chosen
        if kind == "pdf":
            return self.printed(chosen)
        lines = ([one.of(row) for one in chosen] for row in self.every_row())
        return as_file(kind, self.listing.name, [str(one.label) for one in chosen], lines)  # type: ignore[return-value]

    def printed(self, chosen: list[Column]) -> HttpResponse:
        """The first rows as the page shows them, on paper."""
        head = [(str(one.label), one.numeric) for one in chosen]
        lines = ([one.on_paper(row) for one in chosen] for row in self.every_row())
        told = self.form.told() if self.form else ""
        return as_pdf(self.listing.name, self.listing.title, head, lines, told)  # type: ignore[return-value]

    def every_row(self) -> Iterator[Any]:
        after, left = "", MOST_ROWS
        while left > 0:
            found = self.piece(after, min(EXPORT_PIECE, left))
            yield from found.rows
            left -= len(found.rows)
            if found.after is None:
                return
            after = found.after


def with_query(request: HttpRequest, **changes: str | None) -> str:
    """The page's own query with some values changed, None taking one out; a new order begins at the first row."""
    query = request.GET.copy()
    for name in ("after", "export"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    for name in [name for name, values in query.lists() if not any(values)]:
        del query[name]
    return f"?{query.urlencode()}"


def columns_chosen(request: Request, listing: str) -> list[str]:
    """The names of the columns this person chose for a list; none until they do. No statement."""
    kept = getattr(request.user, "preferences", {}).get("columns", {})
    return list(kept.get(listing, [])) if isinstance(kept, dict) else []
