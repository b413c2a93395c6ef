"""What was thrown away, and the act that says so."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remonta.desk.warehouse.frame import with_tabs
from remonta.documents.commands import NothingChosen, print_write_off
from remonta.stock.queries import Move, thrown_away, written_off_for
from remonta.web.listing import Column, ListFilter, Listing
from remonta.web.requests import Request

WORDS = {
    "empty_title": _("Nothing was thrown away"),
    "empty_text": _(
        "Parts are scrapped on their own page. They and units taken apart stand here, to be put on a write-off act."
    ),
}
DAY = {"type": "date"}


class WrittenOffFilter(ListFilter):
    """What was thrown away, by part and by day."""

    q = forms.CharField(label=_("Part or serial number"), max_length=80, widget=forms.SearchInput)
    since = forms.DateField(label=pgettext_lazy("day", "From"), widget=forms.DateInput(attrs=DAY))


class Act:
    """The one thing that is done with what is chosen."""

    name, label = "print", _("Write-off act")


def _source(request: Request) -> QuerySet[Move]:
    rows = written_off_for(request.actor)
    return rows.filter(centre_id=request.centre.id) if request.centre else rows


def _narrow(rows: QuerySet[Move], wanted: Mapping[str, Any], _request: Request) -> QuerySet[Move]:
    if "q" in wanted:
        rows = rows.filter(Q(part__number__istartswith=wanted["q"]) | Q(unit__serial__istartswith=wanted["q"]))
    return rows.filter(occurred_at__date__gte=wanted["since"]) if "since" in wanted else rows


WRITTEN_OFF = Listing(
    name="written-off",
    title=_("Written off"),
    columns=(
        Column("at", _("Day"), "occurred_at", kind="moment", sort="id"),
        Column("part", _("Part"), lambda row: str(thrown_away(row))),
        Column("serial", _("Serial number or batch"), lambda row: thrown_away(row).serial),
        Column("quantity", _("Quantity"), kind="quantity"),
        Column("cause", _("Why"), lambda row: thrown_away(row).cause),
        Column("place", _("From"), "source.code"),
    ),
    source=_source,
    sort="-at",
    filters=WrittenOffFilter,
    narrow=_narrow,
    page="desk/warehouse/written_off.html",
    context=with_tabs,
)


def written_off(request: Request) -> HttpResponse:
    may_print = request.actor.may_somewhere("documents.print")
    more = {"bulk": (Act,), "bulk_url": reverse("desk:write-off-print")} if may_print else {}
    return WRITTEN_OFF.answer(request, **WORDS, **more)


def print_act(request: Request) -> HttpResponse:
    """One act for all that was chosen."""
    return redirect("desk:paper", print_write_off(request.actor, _chosen(request)).uid)


def _chosen(request: Request) -> list[UUID]:
    try:
        return [UUID(text) for text in request.POST.getlist("chosen")[:500]]
    except ValueError as error:
        raise NothingChosen from error
