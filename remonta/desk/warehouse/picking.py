"""Picking lists: parts for several repairs fetched on one walk, bin by bin, by scan."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now

from remonta.desk.warehouse.forms import uid_in
from remonta.desk.warehouse.frame import with_tabs
from remonta.desk.warehouse.scanned import BinFirst, scanned_bin, scanned_part
from remonta.identity.queries import names_of
from remonta.kernel.refusals import Missing
from remonta.kernel.texts import clean
from remonta.spine.queries import timeline
from remonta.stock.queries import Place, places_for
from remonta.supply.commands import begin_picking, end_picking, pick_part
from remonta.supply.queries import pickings_for, walk_of
from remonta.web.answers import go, operation_of, uid_of
from remonta.web.requests import Request
from remonta.web.timeline import told

MOST = 300


def new(request: Request) -> HttpResponse:
    """The chosen parts become a list; all that is set aside when none is chosen."""
    if request.centre is None:
        raise Missing
    chosen = [uid_of(one) for one in request.POST.getlist("chosen")[:MOST]]
    made = begin_picking(request.actor, request.centre.uid, requisitions=chosen, operation=operation_of(request))
    return go(request, reverse("desk:store-picking", args=[made.uid]))


def picking(request: Request, uid: UUID) -> HttpResponse:
    return render(request, "desk/warehouse/picking.html", {**_context(request, uid), **with_tabs(request)})


def scanned(request: Request, uid: UUID) -> HttpResponse:
    """The bin of the next line, then what is taken out of it: that is issued to its repair."""
    found = pickings_for(request.actor).get(uid=uid)
    code = clean(request.POST.get("code", ""))
    place = scanned_bin(request, found.centre_id, code)
    if place is None:
        if not request.POST.get("place"):
            raise BinFirst
        place = places_for(request.actor).get(uid=uid_in(request.POST, "place"))
        part, which = scanned_part(request, code)
        asked: dict[str, Any] = {"place_uid": place.uid, "part_uid": part, "which": which}
        asked["accept_expired"] = "accept_expired" in request.POST
        pick_part(request.actor, uid, **asked, operation=operation_of(request))
    if request.headers.get("HX-Request"):
        return render(request, "desk/warehouse/_picking.html", _context(request, uid, place))
    return go(request, reverse("desk:store-picking", args=[uid]))


def end(request: Request, uid: UUID) -> HttpResponse:
    end_picking(request.actor, uid, operation=operation_of(request))
    return go(request, reverse("desk:issue"), _now("What was not fetched stays set aside."))


def _context(request: Request, uid: UUID, place: Place | None = None) -> dict[str, Any]:
    found = pickings_for(request.actor).select_related("centre", "account").get(uid=uid)
    events = timeline([("supply.pickinglist", found.pk)])
    return {
        "picking": found,
        "walk": walk_of(found),
        "place": place,
        "may_issue": request.actor.may("supply.issue", found),
        "may_print": request.actor.may("documents.print", found),
        "events": told(events, names_of({one.account_id for one in events if one.account_id}), {}),
    }
