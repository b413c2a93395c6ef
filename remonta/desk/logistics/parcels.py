"""The workplace of the road, the arrival station, and the page of a parcel."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import find_product
from remonta.counter.commands import open_parcel
from remonta.desk.logistics.forms import AsideForm, ParcelMoveForm, RoadFilter, opened_from, uid_or_none
from remonta.desk.logistics.frame import with_tabs
from remonta.documents.commands import print_labels, print_send_in
from remonta.documents.queries import label_sizes
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing
from remonta.kernel.texts import clean
from remonta.logistics.commands import match_parcel, set_aside
from remonta.logistics.queries import (
    DifferenceKind,
    Parcel,
    coming_batches,
    find_expected,
    open_batches,
    parcel_page,
    parcels_for,
    proposals,
    sent_batches,
    unchecked,
)
from remonta.logistics.workflow import ParcelState
from remonta.spine.queries import attachments_for, recognise
from remonta.stock.queries import unit_places
from remonta.web.answers import answer_form, go, operation_of
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.timeline import told


class ParcelFilter(RoadFilter):
    """Which parcels."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["state"].choices = [("", _now("any state")), *ParcelState.choices]  # type: ignore[attr-defined]


def _narrow(rows: QuerySet[Parcel], wanted: Mapping[str, Any], _request: Request) -> QuerySet[Parcel]:
    if "state" in wanted:
        rows = rows.filter(state=wanted["state"])
    if "number" in wanted:
        rows = rows.filter(number__istartswith=wanted["number"])
    return rows.exclude(late_at=None).filter(ended_at=None) if wanted.get("late") else rows


PARCELS = Listing(
    name="parcels",
    title=_("Parcels"),
    source=lambda request: parcels_for(request.actor).select_related("centre"),
    columns=(
        Column("number", _("Number"), sort="id"),
        Column("way", _("Way"), lambda row: row.get_way_display()),
        Column("state", _("State"), lambda row: row.get_state_display()),
        Column("sender_name", _("Customer")),
        Column("courier", _("Courier")),
        Column("tracking", _("Courier’s number")),
        Column("due_at", _("Expected"), kind="moment"),
        Column("created_at", _("Since"), kind="moment"),
        Column("centre", _("Centre"), "centre.name", shown=False),
    ),
    sort="-number",
    filters=ParcelFilter,
    narrow=_narrow,
    url=PageOf("desk:parcel"),
    page="desk/logistics/parcels.html",
    context=with_tabs,
)


def overview(request: Request) -> HttpResponse:
    """Everything that waits for somebody today."""
    if request.centre is None:
        raise Missing
    actor, here = request.actor, request.centre.id
    mine = parcels_for(actor).filter(centre_id=here)
    context = {
        "unchecked": unchecked(actor).count(),
        "expected": mine.filter(state="expected").count(),
        "asides": mine.filter(state="aside").order_by("pk")[:20],
        "proposals": proposals(actor, here),
        "packing": open_batches(actor, here)[:20],
        "coming": coming_batches(actor, here)[:20],
        "sent": sent_batches(actor, here)[:20],
        "packed": mine.filter(state="packed").order_by("pk")[:20],
        "under_way": mine.filter(state="sent").order_by("due_at")[:20],
        "may_handle": actor.may("logistics.handle", request.centre),
        "now": actor.now(),
        **with_tabs(request),
    }
    return render(request, "desk/logistics/overview.html", context)


def parcels(request: Request) -> HttpResponse:
    words = {
        "live_list": "logistics.parcel",
        "empty_title": _("No parcels yet"),
        "empty_text": _("Parcels that customers send in, and those that go back, stand here."),
    }
    return PARCELS.answer(request, **words)


def arrivals(request: Request) -> HttpResponse:
    """A field for the document's code; without a document, looking for whose it is."""
    text = clean(request.GET.get("find", ""))
    found = recognise(request.actor, text, ("parcel", "batch")) if text else None
    if found and found.kind in ("parcel", "batch"):
        return go(request, reverse(f"desk:{found.kind}", args=[found.uid]))
    context = {
        "text": text,
        "found": find_expected(request.actor, text) if text else (),
        "asides": parcels_for(request.actor).filter(state="aside").order_by("pk")[:50],
        "form": AsideForm(initial={"operation": uuid7()}),
        **with_tabs(request),
    }
    return render(request, "desk/logistics/arrivals.html", context)


def models(request: Request) -> HttpResponse:
    """Models for what was typed, for a unit nobody announced."""
    text = request.GET.get("model", "").strip()
    found = find_product(request.actor, text, limit=8) if len(text) > 1 else ()
    return render(request, "desk/logistics/_models.html", {"found": found, "text": text})


def aside(request: Request) -> HttpResponse:
    """A parcel without a document gets a number of ours and waits."""
    if request.centre is None:
        raise Missing
    actor, centre_uid = request.actor, request.centre.uid
    return answer_form(
        request,
        AsideForm(request.POST),
        lambda **said: set_aside(actor, centre_uid, **said),
        page="desk/logistics/arrivals.html",
        then=lambda made: reverse("desk:parcel", args=[made.uid]),
        context=with_tabs(request),
        say=_("Set aside."),
    )


def parcel(request: Request, uid: UUID) -> HttpResponse:
    """One parcel: to be opened, matched, picked up or followed, as it stands."""
    return render(request, "desk/logistics/parcel.html", _context(request, uid))


def open_it(request: Request, uid: UUID) -> HttpResponse:
    """It was opened: what is ticked is taken in."""
    open_parcel(request.actor, uid, opened=opened_from(request.POST), operation=operation_of(request))
    return go(request, reverse("desk:parcel", args=[uid]), _("Taken in. Print the labels now."))


def match(request: Request, uid: UUID) -> HttpResponse:
    """The parcel set aside is that one."""
    expected = uid_or_none(request.POST.get("expected", ""))
    if expected is None:
        raise BadRequest("expected")
    done = match_parcel(request.actor, uid, expected_uid=expected, operation=operation_of(request))
    return go(request, reverse("desk:parcel", args=[done.uid]), _("Matched. Open it now."))


def print_it(request: Request, uid: UUID) -> HttpResponse:
    """The customer's document, or the labels of a unit that came or goes in it."""
    form = request.POST.get("form", "")
    if form == "send_in":
        return redirect("desk:paper", print_send_in(request.actor, uid).uid)
    order, size = uid_or_none(form.partition(":")[2]), request.POST.get("size", "58x40")
    if order is None or size not in label_sizes() or not parcels_for(request.actor).filter(uid=uid).exists():
        raise BadRequest("form")
    return redirect("desk:paper", print_labels(request.actor, order, size=size).uid)


def _context(request: Request, uid: UUID) -> dict[str, Any]:
    actor, page = request.actor, parcel_page(request.actor, uid)
    one = page.parcel
    may_handle = actor.may("logistics.handle", one)
    text = clean(request.GET.get("find", "")) or one.sender_name
    photos = attachments_for(actor, [("orders.workorder", order.pk) for order in page.orders]).order_by("pk")
    return {
        "page": page,
        "parcel": one,
        "orders": page.orders,
        "moves": {move.name for move in page.moves},
        "may_handle": may_handle,
        "may_print": actor.may("documents.print", one),
        "may_write": actor.may("orders.write", one),
        "places": unit_places(actor, one.centre_id)[:300] if may_handle else (),
        "kinds": DifferenceKind.choices,
        "found": find_expected(actor, text) if one.state == "aside" else (),
        "text": text,
        "photos": [_photo(file) for file in photos],
        "move_form": ParcelMoveForm(initial={"operation": uuid7(), "courier": one.courier, "tracking": one.tracking}),
        "events": told(page.lines, page.names, {}),
        **with_tabs(request),
    }


def _photo(one: Any) -> dict[str, str]:
    url = reverse("web:file", args=[one.uid])
    return {"url": url, "thumb": f"{url}?small=1", "label": one.name}
