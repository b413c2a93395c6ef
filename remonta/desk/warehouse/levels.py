"""How much of a part should be there: the list, a part's own, a table of them, and what is below its minimum."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import having, parts_for
from remonta.desk.warehouse.forms import thousandths, uid_in
from remonta.desk.warehouse.frame import with_tabs
from remonta.kernel.refusals import Missing
from remonta.stock.commands import LevelsRead, LevelWrong, import_levels, set_level
from remonta.stock.queries import Level, levels_for, with_what_is_there
from remonta.supply.commands import fill_levels
from remonta.supply.queries import below_minimum
from remonta.web.answers import back, go, operation_of
from remonta.web.listing import Column, ListFilter, Listing
from remonta.web.requests import Request

MOST_BYTES = 2_000_000
LIST_WORDS = {
    "empty_title": _("No minimum is set"),
    "empty_text": _("Set one on the page of a part, or bring in a table."),
}


class LevelFilter(ListFilter):
    q = forms.CharField(label=_("Part"), max_length=80, widget=forms.SearchInput)
    place = forms.CharField(label=_("Place"), max_length=40)


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Table"),
        help_text=_("CSV with part number, minimum, maximum, place. Without a place it is the whole centre."),
    )


def _source(request: Request) -> QuerySet[Level]:
    rows = with_what_is_there(levels_for(request.actor)).select_related("part", "place", "centre")
    return rows.filter(centre_id=request.centre.id) if request.centre else rows


def _narrow(rows: QuerySet[Level], wanted: Mapping[str, Any], request: Request) -> QuerySet[Level]:
    if "q" in wanted:
        rows = rows.filter(part__in=parts_for(request.actor).filter(having(wanted["q"])))
    return rows.filter(place__code__istartswith=wanted["place"].strip()) if "place" in wanted else rows


LEVELS = Listing(
    name="levels",
    title=_("Minimum and maximum"),
    columns=(
        Column("number", _("Number"), "part.number", sort="part__number"),
        Column("name", _("Part"), "part.name", sort="part__sort_name"),
        Column("centre", _("Centre"), "centre.name"),
        Column("place", _("Place"), "place.code"),
        Column("minimum", _("Minimum"), kind="quantity", sort="minimum"),
        Column("maximum", _("Maximum"), kind="quantity", sort="maximum"),
        Column("on_hand", _("On hand"), kind="quantity"),
        Column("reserved", _("Set aside"), kind="quantity"),
    ),
    source=_source,
    sort="name",
    page="desk/warehouse/levels.html",
    filters=LevelFilter,
    narrow=_narrow,
    url=lambda row: reverse("desk:part-stock", args=[row.part.uid]),
    context=with_tabs,
)


def levels(request: Request) -> HttpResponse:
    may_keep = request.centre is not None and request.actor.may("stock.keep_levels", request.centre)
    return LEVELS.answer(request, **LIST_WORDS, may_keep=may_keep)


def keep(request: Request, uid: UUID) -> HttpResponse:
    """Minimum and maximum of a part here, or in one place of this centre; `uid` is the part's."""
    if request.centre is None:
        raise Missing
    operation_of(request)
    place_uid = uid_in(request.POST, "place") if request.POST.get("place") else None
    minimum = _said(request.POST.get("minimum", ""))
    maximum = _said(request.POST.get("maximum", "")) if request.POST.get("maximum", "").strip() else None
    asked: dict[str, Any] = {"part_uid": uid, "minimum": minimum, "maximum": maximum, "place_uid": place_uid}
    set_level(request.actor, request.centre.uid, **asked)
    return go(request, reverse("desk:part-stock", args=[uid]), _now("Saved."))


def table(request: Request) -> HttpResponse:
    """A table of minima and maxima; every row of it is kept, or named with the reason why not."""
    if request.centre is None:
        raise Missing
    context: dict[str, Any] = {"form": TableForm(), **with_tabs(request)}
    page, status = "desk/warehouse/levels_file.html", 200
    if request.method == "POST":
        operation_of(request)
        form = TableForm(request.POST, request.FILES)
        context["form"] = form
        if form.is_valid():
            context["read"] = _read(request, form)
        status = 422 if form.errors else 200
    return render(request, page, context, status=status)


def below(request: Request) -> HttpResponse:
    """What this centre has too little of."""
    if request.centre is None:
        raise Missing
    actor, centre = request.actor, request.centre
    may_fill = actor.may("supply.request", centre) and actor.may("stock.ask_transfers", centre)
    context = {"rows": below_minimum(actor, [centre.id]), "may_fill": may_fill, **with_tabs(request)}
    return render(request, "desk/warehouse/below.html", context)


def fill(request: Request) -> HttpResponse:
    """What is missing is asked of other centres and of purchasing."""
    if request.centre is None:
        raise Missing
    operation_of(request)
    done = fill_levels(request.actor, request.centre.id)
    said = _now("Asked of other centres: %(transfers)s, to be ordered: %(requests)s.")
    said %= {"transfers": done.transfers, "requests": done.requests}
    return go(request, back(request, reverse("desk:store-below")), said)


def _read(request: Request, form: TableForm) -> LevelsRead | None:
    assert request.centre is not None
    try:
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)[:MOST_BYTES]
        return import_levels(request.actor, request.centre.uid, content=content)
    except LevelWrong as refusal:
        form.add_error("file", str(refusal))
        return None


def _said(text: str) -> int:
    """A number from zero on, as thousandths. Raises LevelWrong."""
    if text.strip() in ("", "0"):
        return 0
    found = thousandths(text)
    if found is None:
        raise LevelWrong
    return found
