"""Requests: the list, and one with everything that was said and promised."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.calls.forms import PromiseForm, RequestMoveForm
from remonta.desk.logistics.forms import AnnounceForm
from remonta.desk.orders.forms import NoteForm
from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money
from remonta.kernel.refusals import Refused
from remonta.logistics.queries import parcel_of_request
from remonta.orders.commands import (
    accept_request,
    close_request,
    keep_lead,
    mark_called_back,
    promise_customer,
    refuse_request,
    write_request_note,
)
from remonta.orders.queries import Request as Case
from remonta.orders.queries import request_page as read_page
from remonta.orders.queries import requests_for
from remonta.orders.workflow import RequestState
from remonta.web.answers import go
from remonta.web.listing import Column, ListFilter, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.timeline import told

RUN = {
    "accept": lambda actor, uid, said: accept_request(actor, uid, operation=said["operation"]),
    "keep": lambda actor, uid, said: keep_lead(actor, uid, operation=said["operation"]),
    "refuse": lambda actor, uid, said: refuse_request(
        actor, uid, reason=said["reason"], note=said["text"], operation=said["operation"]
    ),
    "close": lambda actor, uid, said: close_request(actor, uid, answer=said["text"], operation=said["operation"]),
    "called": lambda actor, uid, said: mark_called_back(actor, uid, operation=said["operation"]),
}
STATES = [("", gettext_lazy("any state")), *RequestState.choices]


class RequestFilter(ListFilter):
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=20)
    calls = forms.BooleanField(label=gettext_lazy("To be called back"))


def _narrow(rows: QuerySet[Case], wanted: Mapping[str, Any], _request: Request) -> QuerySet[Case]:
    if "state" in wanted:
        rows = rows.filter(state=wanted["state"])
    if "number" in wanted:
        rows = rows.filter(number__begins=wanted["number"].upper())
    return rows.filter(wants_call=True) if wanted.get("calls") else rows


REQUESTS = Listing(
    name="requests",
    title=gettext_lazy("Requests"),
    source=lambda request: requests_for(request.actor).select_related("customer", "product__brand", "centre"),
    columns=(
        Column("number", gettext_lazy("Number"), sort="id"),
        Column("state", gettext_lazy("State"), lambda row: row.get_state_display()),
        Column("channel", gettext_lazy("Came by"), lambda row: row.get_channel_display()),
        Column("who", gettext_lazy("Who"), lambda row: row.customer.name if row.customer else row.contact_name),
        Column("device", gettext_lazy("Device"), lambda row: str(row.product) if row.product else row.device),
        Column("fault", gettext_lazy("Fault"), lambda row: row.fault[:120]),
        Column("created_at", gettext_lazy("When"), kind="moment"),
        Column("centre", gettext_lazy("Centre"), "centre.name", shown=False),
    ),
    sort="-number",
    filters=RequestFilter,
    narrow=_narrow,
    url=PageOf("desk:request"),
    page="desk/calls/requests.html",
)


def requests(request: Request) -> HttpResponse:
    words = {
        "empty_title": _("No requests"),
        "empty_text": _("Calls, web requests and visits at the counter stand here."),
    }
    return REQUESTS.answer(request, live_list="orders.request", **words)


def request_page(request: Request, uid: UUID, **more: Any) -> HttpResponse:
    page = read_page(request.actor, uid)
    parcel = parcel_of_request(request.actor, page.id)
    sends = request.actor.may("orders.register", page) and page.state not in ("refused", "closed")
    awaited = parcel is not None and parcel.state in ("unchecked", "asked", "expected")
    start = {"operation": uuid7(), "email": page.contact_email}
    context = {
        "parcel": parcel,
        "may_send_in": sends or parcel is not None,
        "send_in_form": AnnounceForm(initial=start) if sends and not awaited else None,
        "case": page,
        "events": told(page.lines, page.names, page.notes),
        "note_form": NoteForm(initial={"operation": uuid7(), "kind": "talk"}),
        "promise_form": PromiseForm(initial={"operation": uuid7()}),
        "move_form": RequestMoveForm(initial={"operation": uuid7()}),
        **more,
    }
    return render(request, "desk/calls/request.html", context, status=422 if "refusal" in more else 200)


def move(request: Request, uid: UUID) -> HttpResponse:
    form = RequestMoveForm(request.POST)
    if not form.is_valid():
        return request_page(request, uid, move_form=form, refusal=_("Look at the marked fields."))
    try:
        RUN[form.cleaned_data["move"]](request.actor, uid, form.cleaned_data)
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        form.add_error(refusal.field, str(refusal))
        return request_page(request, uid, move_form=form, refusal=str(refusal))
    return go(request, reverse("desk:request", args=[uid]))


def promise(request: Request, uid: UUID) -> HttpResponse:
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return request_page(request, uid, promise_form=form, refusal=_("Look at the marked fields."))
    said = dict(form.cleaned_data)
    currency = read_page(request.actor, uid).currency
    said["price"] = None if said["price"] is None else Money.of(said["price"], currency).minor
    try:
        promise_customer(request.actor, uid, **said)
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        form.add_error(refusal.field, str(refusal))
        return request_page(request, uid, promise_form=form, refusal=str(refusal))
    return go(request, reverse("desk:request", args=[uid]))


def note(request: Request, uid: UUID) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return request_page(request, uid, note_form=form, refusal=_("Write something first."))
    write_request_note(request.actor, uid, **form.cleaned_data)
    return go(request, reverse("desk:request", args=[uid]))
