"""Batches: the list, a new one, and the page of one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.desk.logistics.forms import BatchForm, BatchMoveForm, RoadFilter
from remonta.desk.logistics.frame import with_tabs
from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing
from remonta.logistics.commands import begin_batch
from remonta.logistics.queries import Batch, batch_page, batches_for
from remonta.logistics.queries.couriers import shipments_of
from remonta.logistics.workflow import BatchState
from remonta.spine.queries import attachments_for
from remonta.stock.queries import Place, store_places, unit_places
from remonta.web.answers import answer_form
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.timeline import told


class BatchFilter(RoadFilter):
    """Which batches."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["state"].choices = [("", _now("any state")), *BatchState.choices]  # type: ignore[attr-defined]


def _narrow(rows: QuerySet[Batch], wanted: Mapping[str, Any], _request: Request) -> QuerySet[Batch]:
    if "state" in wanted:
        rows = rows.filter(state=wanted["state"])
    if "number" in wanted:
        rows = rows.filter(number__istartswith=wanted["number"])
    return rows.exclude(late_at=None).filter(state="sent") if wanted.get("late") else rows


def _source(request: Request) -> QuerySet[Batch]:
    inside = Count("lines", filter=~Q(lines__state="taken_out"))
    return batches_for(request.actor).select_related("centre", "to_centre").annotate(count=inside)


BATCHES = Listing(
    name="batches",
    title=_("Batches"),
    source=_source,
    columns=(
        Column("number", _("Number"), sort="id"),
        Column("state", _("State"), lambda row: row.get_state_display()),
        Column("centre", _("From"), "centre.name"),
        Column("destination", _("To"), lambda row: row.destination),
        Column("purpose", _("Why"), lambda row: row.get_purpose_display()),
        Column("count", _("Things"), kind="number"),
        Column("courier", _("Courier")),
        Column("tracking", _("Courier’s number")),
        Column("due_at", _("Expected"), kind="moment"),
    ),
    sort="-number",
    filters=BatchFilter,
    narrow=_narrow,
    url=PageOf("desk:batch"),
    page="desk/logistics/batches.html",
    context=with_tabs,
)


def batches(request: Request) -> HttpResponse:
    words = {
        "live_list": "logistics.batch",
        "empty_title": _("No batches yet"),
        "empty_text": _("Begin one for a partner, another centre or a maker; scan units into it."),
    }
    return BATCHES.answer(request, **words)


def new(request: Request) -> HttpResponse:
    """Where it goes; a proposal fills the form by the address."""
    if request.centre is None:
        raise Missing
    actor, here = request.actor, request.centre
    choices = [(str(one.uid), one.name) for one in every_centre().exclude(pk=here.id).order_by("name")]
    page, context = "desk/logistics/batch_new.html", with_tabs(request)
    if request.method == "GET":
        known = {name: request.GET[name] for name in ("to_centre_uid", "to_name", "purpose") if name in request.GET}
        form = BatchForm(initial={"operation": uuid7(), **known}, centres=choices)
        return render(request, page, {**context, "form": form})
    form = BatchForm(request.POST, centres=choices)

    def run(**said: Any) -> Batch:
        return begin_batch(actor, here.uid, asked=form.asked(), operation=said["operation"])

    then = lambda made: reverse("desk:batch", args=[made.uid])  # noqa: E731 - one line
    return answer_form(request, form, run, page=page, then=then, context=context)


def batch(request: Request, uid: UUID) -> HttpResponse:
    """What is in it, and the step it waits for."""
    page = batch_page(request.actor, uid)
    one = page.batch
    back = one.to_centre_id is None and one.state in ("arrived", "received")
    back = back and request.actor.may_at("logistics.handle", one.centre_id)
    puts = page.receives or back
    context = {
        "page": page,
        "batch": one,
        "moves": {move.name for move in page.moves},
        "back": back,
        "places": _places(request.actor, one.holder_id) if puts else (),
        "bins": store_places(request.actor, one.holder_id)[:500] if page.packs else (),
        "may_print": request.actor.may_at("documents.print", one.centre_id)
        or request.actor.may_at("documents.print", one.to_centre_id),
        "languages": settings.LANGUAGES,
        "files": attachments_for(request.actor, [("logistics.batch", one.pk)]),
        "handles": request.actor.may_at("logistics.handle", one.holder_id)
        and one.state not in ("received", "cancelled"),
        "shipments": shipments_of(request.actor, "logistics.batch", one.pk),
        "may_book": request.actor.may_at("logistics.handle", one.holder_id),
        "move_form": BatchMoveForm(initial={"operation": uuid7(), "courier": one.courier, "tracking": one.tracking}),
        "events": told(page.timeline, page.names, {}),
        **with_tabs(request),
    }
    return render(request, "desk/logistics/batch.html", context)


def _places(actor: Actor, centre_id: int) -> list[Place]:
    """Where a unit can be put, the desk first: that is where a box is opened."""
    return sorted(unit_places(actor, centre_id)[:300], key=lambda one: one.kind != "desk")
