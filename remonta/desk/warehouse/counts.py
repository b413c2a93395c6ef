"""Stocktakes: the list, a new one, and the page on which it is finished, approved and posted."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.desk.warehouse.frame import with_tabs
from remonta.identity.queries import names_of
from remonta.kernel.refusals import Missing
from remonta.spine.queries import timeline
from remonta.stock.commands import (
    approve_stocktake,
    begin_stocktake,
    cancel_stocktake,
    count_again,
    finish_counting,
    reopen_stocktake,
    resume_posting,
    stop_posting,
)
from remonta.stock.queries import (
    CountScope,
    Stocktake,
    count_progress,
    counted_places_for,
    counting_now,
    difference_worth,
    differences,
    stocktakes_for,
)
from remonta.stock.workflow import STOCKTAKE, StocktakeState
from remonta.web.answers import go, operation_of
from remonta.web.form_page import form_page
from remonta.web.listing import Column, ListFilter, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.timeline import told

LIST_WORDS = {
    "live_list": "stock.stocktake",
    "empty_title": _("No stocktakes yet"),
    "empty_text": _("Begin one for the whole store, for a zone, or for the places whose turn it is."),
}
STEPS = {
    "reopen": reopen_stocktake,
    "approve": approve_stocktake,
    "stop": stop_posting,
    "resume": resume_posting,
    "cancel": cancel_stocktake,
}
MOST_COUNTED = 100
BY_WORK = ("complete", "recount")


class CountFilter(ListFilter):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any state")), *StocktakeState.choices])


class CountForm(forms.Form):
    scope = forms.ChoiceField(label=_("What is counted"), choices=CountScope.choices)
    prefix = forms.CharField(  # type: ignore[assignment]
        label=_("Zone"), max_length=40, required=False, help_text=_("What its addresses begin with, such as A-01.")
    )
    at_most = forms.IntegerField(
        label=_("Places at most"),
        min_value=1,
        max_value=1000,
        initial=20,
        help_text=_("For counting in turn: the most valuable places each month, the others more seldom."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


def _source(request: Request) -> QuerySet[Stocktake]:
    done = Count("places", filter=Q(places__state__in=["counted", "posted"]))
    rows = stocktakes_for(request.actor).select_related("centre").annotate(places_all=Count("places"), done=done)
    return rows.filter(centre_id=request.centre.id) if request.centre else rows


def _narrow(rows: QuerySet[Stocktake], wanted: Mapping[str, Any], _request: Request) -> QuerySet[Stocktake]:
    return rows.filter(state=wanted["state"]) if "state" in wanted else rows


COUNTS = Listing(
    name="counts",
    title=_("Stocktakes"),
    columns=(
        Column("number", _("Number"), sort="id"),
        Column("scope", _("What is counted"), lambda row: f"{row.get_scope_display()} {row.prefix}".strip()),
        Column("state", _("State"), lambda row: row.get_state_display()),
        Column("places_all", _("Places"), kind="number"),
        Column("done", _("Counted"), kind="number"),
        Column("created_at", _("Begun"), kind="moment"),
        Column("note", _("Note")),
    ),
    source=_source,
    sort="-number",
    page="desk/warehouse/counts.html",
    filters=CountFilter,
    narrow=_narrow,
    url=PageOf("desk:count"),
    context=with_tabs,
)


def counts(request: Request) -> HttpResponse:
    may_begin = request.centre is not None and request.actor.may("stock.lead_counts", request.centre)
    return COUNTS.answer(request, **LIST_WORDS, may_begin=may_begin)


def new(request: Request) -> HttpResponse:
    if request.centre is None:
        raise Missing
    run: Any = begin_stocktake
    if request.method == "POST":
        run = partial(begin_stocktake, request.actor, request.centre.uid, operation=operation_of(request))
    then = lambda made: reverse("desk:count", args=[made.uid])  # noqa: E731 - one line
    back: dict[str, Any] = {"back_url": reverse("desk:counts"), "back_label": _("Stocktakes")}
    return form_page(request, CountForm, run, title=_("New stocktake"), then=then, **back, **with_tabs(request))


def count(request: Request, uid: UUID) -> HttpResponse:
    return render(request, "desk/warehouse/count.html", {**_context(request, uid), **with_tabs(request)})


def state(request: Request, uid: UUID) -> HttpResponse:
    """How far it is alone, fetched anew while it is being posted."""
    return render(request, "desk/warehouse/_count_state.html", _context(request, uid))


def move(request: Request, uid: UUID) -> HttpResponse:
    """Finished, opened again, approved, stopped, resumed, cancelled; or a place counted again."""
    step, operation = request.POST.get("move", ""), operation_of(request)
    if step == "finish":
        finish_counting(request.actor, uid, leave_out="leave_out" in request.POST, operation=operation)
    elif step in STEPS:
        STEPS[step](request.actor, uid, operation=operation)
    else:
        raise BadRequest("move")
    return go(request, reverse("desk:count", args=[uid]), _now("Saved."))


def again(request: Request, uid: UUID) -> HttpResponse:
    """One place is counted once more; `uid` is the place's in the stocktake."""
    row = count_again(request.actor, uid, operation=operation_of(request))
    return go(request, reverse("desk:count", args=[row.stocktake.uid]), _now("It is counted again."))


def _context(request: Request, uid: UUID) -> dict[str, Any]:
    actor = request.actor
    found = stocktakes_for(actor).select_related("centre__legal_entity", "approved_by", "begun_by").get(uid=uid)
    lines = timeline([("stock.stocktake", found.pk)])
    open_ = found.state == StocktakeState.COUNTING
    counted = (
        counted_places_for(actor)
        .filter(stocktake=found, state="counted")
        .select_related("place", "account")
        .order_by("-counted_at")
    )
    names = names_of({line.account_id for line in lines if line.account_id})
    return {
        "count": found,
        "progress": count_progress(found.pk),
        "counting": tuple(counting_now(found.pk)),
        "differences": differences(actor, found),
        "worth": difference_worth(actor, found),
        "currency": found.centre.legal_entity.currency,
        "moves": [one for one in STOCKTAKE.open_to(actor, found) if one.name not in BY_WORK],
        "may_count": open_ and actor.may("stock.count", found),
        "counted": counted[:MOST_COUNTED] if open_ and actor.may("stock.lead_counts", found) else (),
        "events": told(lines, names, {}),
    }
