"""What to order, as it was worked out, with its reasons; chosen lines stand among what is to be ordered."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.desk.buying.frame import with_tabs
from remonta.desk.buying.working import calculation_context, state_of, work_of
from remonta.kernel.texts import normal
from remonta.supply.commands import ask_advice, take_advice
from remonta.supply.queries import AdviceLine, Advised, advice_for, advised
from remonta.web.answers import go, operation_of, uid_of
from remonta.web.listing import Column, ListFilter, Listing
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge

KIND = "advice"
WHICH = [("", _("to be ordered now")), ("all", _("all that are asked for"))]


class AdviceFilter(ListFilter):
    q = forms.CharField(label=_("Part"), max_length=80, widget=forms.SearchInput)
    supplier = forms.CharField(label=_("Supplier"), max_length=80, widget=forms.SearchInput)
    which = forms.ChoiceField(label=_("Which"), choices=WHICH)


def _source(request: Request) -> QuerySet[AdviceLine]:
    rows = advice_for(request.actor).select_related("part", "offer__supplier")
    return rows.filter(calculation__centre=request.centre.id) if request.centre else rows


def _narrow(rows: QuerySet[AdviceLine], wanted: Mapping[str, Any], request: Request) -> QuerySet[AdviceLine]:
    if "q" in wanted:
        text = wanted["q"].strip()
        rows = rows.filter(Q(part__number__icontains=text) | Q(part__sort_name__contains=normal(text)))
    if "supplier" in wanted:
        rows = rows.filter(offer__supplier__name__icontains=wanted["supplier"].strip())
    return rows if "which" in wanted else rows.filter(quantity__gt=0)


def _why(row: Advised) -> object:
    taken = badge(_now("on the list"), "good", "check") if row.asked_for else ""
    return format_html("{} {}", format_html_join(" ", "{}", ((one,) for one in row.reasons)), taken)


ADVICE = Listing(
    name="advice",
    title=_("What to order"),
    columns=(
        Column("part_number", _("Part"), sort="part__number"),
        Column("part_name", _("Name"), sort="part__sort_name"),
        Column("quantity", _("Order now"), kind="quantity", sort="quantity"),
        Column("stock", _("of it for the shelf"), kind="quantity", shown=False),
        Column("mean", _("A month"), kind="quantity", sort="mean"),
        Column("free", _("Free here"), kind="quantity", sort="free"),
        Column("on_order", _("On order"), kind="quantity"),
        Column("wanted", _("Repairs wait for"), kind="quantity", sort="wanted"),
        Column("safety", _("Safety stock"), kind="quantity", shown=False),
        Column("point", _("Order at"), kind="quantity", sort="point", shown=False),
        Column("supplier", _("Buy from")),
        Column("lead_days", _("Lead time in days"), kind="number", sort="lead_days", shown=False),
        Column("reasons", _("Why"), lambda row: " ".join(row.reasons), html=_why),
    ),
    source=_source,
    sort="-quantity",
    page="desk/buying/advice.html",
    filters=AdviceFilter,
    narrow=_narrow,
    shape=lambda _request, rows: advised(rows),
    url=lambda row: reverse("desk:part-stock", args=[row.part_uid]),
    context=with_tabs,
)


def advice(request: Request) -> HttpResponse:
    """The list; a POST puts the chosen lines among what is to be ordered."""
    if request.method == "POST":
        chosen = [uid_of(one) for one in request.POST.getlist("chosen")[:500]]
        take_advice(request.actor, chosen=chosen, operation=operation_of(request))
        return go(request, reverse("desk:to-order"), _now("They stand among what is to be ordered."))
    context = calculation_context(request, KIND)
    title, text = _now("Nothing was worked out yet"), _now("Have it worked out from the history of this centre.")
    if context["done"]:
        title, text = _now("Nothing has to be ordered now"), _now("All parts are above the level at which to order.")
    return ADVICE.answer(request, **context, empty_title=title, empty_text=text)


def work(request: Request) -> HttpResponse:
    return work_of(request, KIND, ask_advice)


def state(request: Request) -> HttpResponse:
    return state_of(request, KIND)
