"""Rounds of our own drivers: planned at the desk, marked on the driver's phone."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.desk.couriers.forms import RoundForm, StopForm, StopsForm
from remonta.desk.couriers.frame import with_tabs
from remonta.desk.couriers.pictures import drawn, photo_of
from remonta.kernel.refusals import Missing
from remonta.logistics.commands.couriers import add_stops, drop_stop, make_stop, order_stops, plan_round
from remonta.logistics.queries.couriers import (
    DriverRoute,
    own_routes,
    rounds_of_day,
    route_stops,
    routes_for,
    with_stops,
)
from remonta.web.answers import answer_form, go, operation_of
from remonta.web.form_page import posted_uid
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request

LIST_WORDS = {
    "live_list": "logistics.driverroute",
    "empty_title": _("No rounds yet"),
    "empty_text": _("Book shipments with the account of our own drivers, then plan a round with them."),
}


def _source(request: Request) -> QuerySet[DriverRoute]:
    rows = with_stops(routes_for(request.actor))
    return rows.filter(centre_id=request.centre.id) if request.centre else rows


ROUNDS = Listing(
    name="rounds",
    title=_("Rounds"),
    columns=(
        Column("number", _("Number"), sort="id"),
        Column("day", _("Day"), kind="day", sort="day"),
        Column("driver", _("Driver"), "driver.name"),
        Column("stops_count", _("Stops"), kind="number"),
        Column("stops_done", _("Made"), kind="number"),
    ),
    source=_source,
    sort="-number",
    page="desk/couriers/rounds.html",
    url=PageOf("desk:round"),
    context=with_tabs,
)


def rounds(request: Request) -> HttpResponse:
    may_plan = request.centre is not None and request.actor.may("logistics.rounds", request.centre)
    return ROUNDS.answer(request, **LIST_WORDS, may_plan=may_plan)


def new(request: Request) -> HttpResponse:
    """A round with the shipments that wait for a driver."""
    if request.centre is None:
        raise Missing
    centre, context = (
        request.centre,
        {"title": _("New round"), "back_url": reverse("desk:rounds"), **with_tabs(request)},
    )
    context |= {"back_label": _("Rounds")}
    made: dict[str, Any] = {"actor": request.actor, "centre_id": centre.id}
    page = "web/form.html"
    if request.method != "POST":
        return render(request, page, {**context, "form": RoundForm(initial={"day": today(request)}, **made)})

    def run(*, driver_uid: str, shipments: list[str], day: date) -> Any:
        chosen = [UUID(one) for one in shipments]
        said: dict[str, Any] = {"driver_uid": UUID(driver_uid), "day": day, "shipments": chosen}
        return plan_round(request.actor, centre.uid, **said, operation=operation_of(request))

    return answer_form(request, RoundForm(request.POST, **made), run, page=page, then=_page_of, context=context)


def one(request: Request, uid: UUID) -> HttpResponse:
    """A round with its stops; planners order them and add more, the driver marks them."""
    return _shown(request, uid, None)


def add(request: Request, uid: UUID) -> HttpResponse:
    """More shipments for the round."""
    row = routes_for(request.actor).get(uid=uid)
    form = StopsForm(request.POST, actor=request.actor, centre_id=row.centre_id)
    if not form.is_valid():
        return _shown(request, uid, form)
    chosen = [UUID(one) for one in form.cleaned_data["shipments"]]
    done = add_stops(request.actor, uid, shipments=chosen, operation=operation_of(request))
    return go(request, _page_of(done), _now("Saved."))


def order(request: Request, uid: UUID) -> HttpResponse:
    """A stop goes one place up or down; `stops` are all of them in the order that was seen."""
    routes_for(request.actor).get(uid=uid)  # somebody else's round is not there, whatever is posted
    try:
        stops = [UUID(text) for text in request.POST.getlist("stops")]
        at = stops.index(posted_uid(request, "moved"))
    except ValueError as error:
        raise BadRequest("stops") from error
    to = at + (-1 if request.POST.get("to") == "up" else 1)
    if 0 <= to < len(stops):
        stops[at], stops[to] = stops[to], stops[at]
    return go(request, _page_of(order_stops(request.actor, uid, stops=stops)))


def drop(request: Request, uid: UUID) -> HttpResponse:
    """The shipment of a stop is not on this round after all."""
    routes_for(request.actor).get(uid=uid)
    done = drop_stop(request.actor, uid, stop_uid=posted_uid(request, "stop"))
    return go(request, _page_of(done), _now("Taken off the round."))


def mine(request: Request) -> HttpResponse:
    """The driver's own rounds of today, and those not finished before; one alone opens at once."""
    found = list(rounds_of_day(request.actor, today(request)).distinct()[:50])
    return render(request, "desk/couriers/my_rounds.html", {"rounds": found, **with_tabs(request)})


def stop(request: Request, uid: UUID, stop: UUID) -> HttpResponse:
    """One stop on the phone: where, whom, and marking it with signature and photo."""
    row = own_routes(request.actor).get(uid=uid)
    found = next((one for one in route_stops(request.actor, row.pk) if one.uid == stop), None)
    if found is None:
        raise Missing
    context = {"round": row, "stop": found, **with_tabs(request)}
    page = "desk/couriers/stop.html"
    if request.method != "POST":
        return render(request, page, {**context, "form": StopForm()})

    def run(*, signed_by: str, failed: str) -> Any:
        said: dict[str, Any] = {"stop_uid": stop, "signed_by": signed_by}
        said |= {"signature": drawn(request), "photos": photo_of(request)}
        if "missed" in request.POST:
            said["failed"] = failed or _now("nobody was there")
        return make_stop(request.actor, uid, **said, operation=operation_of(request))

    return answer_form(
        request, StopForm(request.POST), run, page=page, then=_page_of, context=context, say=_now("Marked.")
    )


def _shown(request: Request, uid: UUID, form: StopsForm | None) -> HttpResponse:
    row = with_stops(routes_for(request.actor)).get(uid=uid)
    stops = route_stops(request.actor, row.pk)
    may_plan = request.actor.may("logistics.rounds", row)
    drives = row.driver_id == request.actor.own_id and request.actor.may("logistics.drive", row)
    add_form = form or (StopsForm(actor=request.actor, centre_id=row.centre_id) if may_plan else None)
    context = {
        "round": row,
        "stops": stops,
        "may_plan": may_plan,
        "drives": drives,
        "form": add_form,
        **with_tabs(request),
    }
    return render(request, "desk/couriers/round.html", context, status=422 if form else 200)


def today(request: Request) -> date:
    """The day it is where the person works."""
    zone = request.centre.timezone if request.centre else "UTC"
    return request.actor.now().astimezone(ZoneInfo(zone)).date()


def _page_of(row: DriverRoute) -> str:
    return reverse("desk:round", args=[row.uid])
