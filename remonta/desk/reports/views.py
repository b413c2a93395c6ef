"""Figures as pages and files."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.desk.reports.forms import ReportFilter
from remonta.kernel.refusals import Missing
from remonta.reports.queries import Column, Report, overview, report, reports_for
from remonta.web.export import KINDS, MOST_ROWS, as_file, as_pdf
from remonta.web.listing import with_query
from remonta.web.requests import Request
from remonta.web.templatetags import formats

AS_TEXT: dict[str, Callable[[Any], object]] = {
    "text": lambda value: "" if value is None else value,
    "number": formats.number,
    "percent": formats.percent,
    "day": formats.day,
    "moment": formats.moment,
    "minutes": lambda value: formats.duration(None if value is None else value * 60),
    "score": lambda value: formats.number(None if value is None else round(value, 2)),
}


def overview_page(request: Request) -> HttpResponse:
    """How things stand: tiles and charts, each with its table behind."""
    form = ReportFilter(request)
    found = overview(request.actor, form.asked())
    context = {
        "filters_form": form,
        "tiles": [{"tile": tile, "said": formats.number(tile.figure) or "–"} for tile in found.tiles],
        "charts": [table(one) for one in found.charts],
        "tabs": tabs(request),
    }
    return render(request, "desk/reports/overview.html", context)


def report_page(request: Request, name: str) -> HttpResponse | FileResponse:
    """One report, filtered; or the whole of it as a file."""
    listed = next((one for one in reports_for(request.actor) if one.name == name), None)
    if listed is None:
        raise Missing
    form, kind = ReportFilter(request, listed), request.GET.get("export", "")
    if kind and kind not in KINDS:
        raise BadRequest("export")
    found = report(request.actor, name, form.asked(MOST_ROWS if kind else None))
    if kind == "pdf":
        heads = [(str(column.label), column.numeric) for column in found.columns]
        lines = ([one["said"] for one in cells(found.columns, line.values)] for line in found.lines)
        return as_pdf(name, found.label, heads, lines)
    if kind:
        head = [str(column.label) for column in found.columns]
        return as_file(kind, name, head, ([bare(value) for value in line.values] for line in found.lines))
    context = {
        "report": table(found),
        "filters_form": form,
        "exports": [{"label": one.upper(), "url": with_query(request, export=one)} for one in KINDS],
        "tabs": tabs(request, name),
    }
    return render(request, "desk/reports/report.html", context)


def table(found: Report) -> dict[str, Any]:
    """A report as the page writes it."""
    return {
        "report": found,
        "url": reverse("desk:report", args=[found.name]),
        "lines": [
            {
                "url": reverse("desk:order", args=[line.order_uid]) if line.order_uid else "",
                "cells": list(cells(found.columns, line.values)),
            }
            for line in found.lines
        ],
    }


def cells(columns: Iterable[Column], values: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """Each value in words; `bare` is what a chart draws (hours for lengths of time)."""
    for column, value in zip(columns, values, strict=True):
        drawn = round((value or 0) / 60, 2) if column.kind == "minutes" else value
        yield {"column": column, "said": AS_TEXT[column.kind](value), "bare": drawn if column.numeric else None}


def bare(value: Any) -> Any:
    """A value for a file: labels in words, the rest as it is."""
    return value if value is None or isinstance(value, int | float | str) or hasattr(value, "isoformat") else str(value)


def tabs(request: Request, name: str = "") -> list[dict[str, Any]]:
    """The reports there are for this person. No statement."""
    every = [
        {"label": one.label, "url": reverse("desk:report", args=[one.name]), "current": one.name == name}
        for one in reports_for(request.actor)
    ]
    return [{"label": _("Overview"), "url": reverse("desk:reports"), "current": not name}, *every]
