"""The spare-part plan from the units in the field; chosen lines are asked of purchasing or of another centre."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from remonta.desk.buying.frame import with_tabs
from remonta.desk.buying.working import calculation_context, state_of, work_of
from remonta.kernel.texts import normal
from remonta.kernel.workflow import Move
from remonta.supply.commands import ask_plan, take_plan
from remonta.supply.queries import PlanLine, Planned, plan_for, planned
from remonta.web.answers import go, operation_of, uid_of
from remonta.web.listing import Column, ListFilter, Listing
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge

KIND = "plan"
WHICH = [("", _("missing")), ("all", _("all that will be needed"))]
AHEAD = (3, 6, 12, 24)
MONTHS = ngettext_lazy("%(months)s month ahead", "%(months)s months ahead", "months")


class PlanFilter(ListFilter):
    q = forms.CharField(label=_("Part"), max_length=80, widget=forms.SearchInput)
    which = forms.ChoiceField(label=_("Which"), choices=WHICH)


def _source(request: Request) -> QuerySet[PlanLine]:
    rows = plan_for(request.actor).select_related("part", "calculation", "transfer")
    return rows.filter(calculation__centre=request.centre.id) if request.centre else rows


def _narrow(rows: QuerySet[PlanLine], wanted: Mapping[str, Any], request: Request) -> QuerySet[PlanLine]:
    if "q" in wanted:
        text = wanted["q"].strip()
        rows = rows.filter(Q(part__number__icontains=text) | Q(part__sort_name__contains=normal(text)))
    return rows if "which" in wanted else rows.filter(quantity__gt=0)


def _why(row: Planned) -> object:
    word = _now("on the list") if row.asked_for else row.transfer
    became = badge(word, "good", "check") if word else ""
    return format_html("{} {}", format_html_join(" ", "{}", ((one,) for one in row.reasons)), became)


PLAN = Listing(
    name="plan",
    title=_("Spare-part plan"),
    columns=(
        Column("part_number", _("Part"), sort="part__number"),
        Column("part_name", _("Name"), sort="part__sort_name"),
        Column("quantity", _("Missing"), kind="quantity", sort="quantity"),
        Column("need", _("Will be needed"), kind="quantity", sort="need"),
        Column("units", _("Units in the field"), kind="number", sort="units"),
        Column("used", _("Used so far"), kind="quantity", sort="used", shown=False),
        Column("free", _("Free here"), kind="quantity", sort="free"),
        Column("on_order", _("On order"), kind="quantity"),
        Column("reasons", _("Why"), lambda row: " ".join(row.reasons), html=_why),
    ),
    source=_source,
    sort="-quantity",
    page="desk/buying/plan.html",
    filters=PlanFilter,
    narrow=_narrow,
    shape=lambda request, rows: planned(request.actor, rows),
    url=lambda row: reverse("desk:part-stock", args=[row.part_uid]),
    context=with_tabs,
)


def plan(request: Request) -> HttpResponse:
    """The list; a POST asks purchasing, or another centre, for what is missing of the chosen lines."""
    if request.method == "POST":
        return _take(request)
    context = calculation_context(request, KIND)
    if context["done"] and request.actor.may_at("stock.ask_transfers", context["done"].centre_id):
        context["bulk"] = [*context["bulk"], Move("elsewhere", _("Ask another centre"), (), "", "stock.ask_transfers")]
    title, text = (
        _now("Nothing was planned yet"),
        _now("Have it planned from the units in the field and their repairs."),
    )
    if context["done"]:
        title, text = _now("Nothing is missing"), _now("What the units in the field will need is here or coming.")
    ahead = [(months, MONTHS % {"months": months}) for months in AHEAD]
    return PLAN.answer(request, **context, ahead=ahead, empty_title=title, empty_text=text)


def work(request: Request) -> HttpResponse:
    text = request.POST.get("months", "")
    if text not in {str(months) for months in AHEAD}:
        raise BadRequest("months")
    return work_of(request, KIND, ask_plan, months=int(text))


def state(request: Request) -> HttpResponse:
    return state_of(request, KIND)


def _take(request: Request) -> HttpResponse:
    chosen = [uid_of(one) for one in request.POST.getlist("chosen")[:500]]
    elsewhere = request.POST.get("move") == "elsewhere"
    take_plan(request.actor, chosen=chosen, elsewhere=elsewhere, operation=operation_of(request))
    if elsewhere:
        return go(request, reverse("desk:plan"), _now("The other centre has been asked."))
    return go(request, reverse("desk:to-order"), _now("They stand among what is to be ordered."))
