"""Issuing parts to repairs by scan, taking them back, and what is missing."""

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.catalogue.queries import find_part
from remonta.desk.warehouse.elsewhere import with_givers
from remonta.desk.warehouse.forms import day_of, thousandths, uid_in, which_in
from remonta.desk.warehouse.frame import with_tabs
from remonta.kernel.gs1 import code_of, trade_item
from remonta.kernel.refusals import Missing
from remonta.kernel.texts import clean
from remonta.orders.queries import work_orders_for
from remonta.spine.queries import recognise
from remonta.stock.commands import Which
from remonta.stock.queries import batches_of_parts, pieces_for, pieces_there, store_places, told_in_repair
from remonta.supply.commands import cancel_requisition, expect_part, issue_part, issue_scanned, return_unused_part
from remonta.supply.queries import (
    demand_for,
    open_pickings,
    parts_of_order,
    picking_list,
    requisition_lines,
    waiting_demand,
)
from remonta.supply.workflow import Terms
from remonta.web.answers import back, go, operation_of
from remonta.web.requests import Request


def issue(request: Request) -> HttpResponse:
    """What lies set aside in this centre, in the order of the bins, and a field to begin with an order."""
    if request.centre is None:
        raise Missing
    if code := clean(request.GET.get("order", "")):
        found = recognise(request.actor, code, ("order",))
        if found and found.kind == "order":
            return go(request, reverse("desk:issue-order", args=[found.uid]))
    lines = picking_list(request.actor, request.centre.id)
    may_issue = request.actor.may("supply.issue", request.centre)
    lists = open_pickings(request.actor, request.centre.id)[:20]
    context = {"lines": lines, "lists": lists, "may_issue": may_issue, "code": code, **with_tabs(request)}
    return render(request, "desk/warehouse/issue.html", context)


def order(request: Request, uid: UUID) -> HttpResponse:
    context = {**_parts(request, uid), **with_tabs(request)}
    return render(request, "desk/warehouse/issue_order.html", context)


def parts(request: Request, uid: UUID) -> HttpResponse:
    """The order's parts alone, fetched anew after a scan."""
    return render(request, "desk/warehouse/_issue_parts.html", _parts(request, uid))


def scanned(request: Request, uid: UUID) -> HttpResponse:
    """The part typed or scanned into the field is issued to the order."""
    code = code_of(request.POST.get("code", ""))
    found = recognise(request.actor, code, ("part", "piece")) if code else None
    item = trade_item(code)
    which = Which((item.serial,) if item and item.serial else (), item.batch if item else "")
    if found and found.kind == "piece":
        piece = pieces_there(request.actor, pieces_for(request.actor).filter(pk=found.id))[0]
        part_uid, which = piece.part_uid, Which((piece.serial,))
    else:
        part_uid = found.uid if found and found.kind == "part" else _typed(request, code)
    quantity = thousandths(request.POST.get("quantity", "1")) or 0
    terms = request.POST.get("terms", "")
    asked: dict[str, Any] = {"part_uid": part_uid, "quantity": quantity, "which": which, "terms": terms}
    issue_scanned(request.actor, uid, **asked, operation=operation_of(request))
    return go(request, reverse("desk:issue-order", args=[uid]), _("Issued."))


def hand_out(request: Request, uid: UUID) -> HttpResponse:
    said: dict[str, Any] = {"which": which_in(request.POST), "accept_expired": "accept_expired" in request.POST}
    said["terms"] = request.POST.get("terms", "")
    issue_part(request.actor, uid, **said, operation=operation_of(request))
    return go(request, back(request, reverse("desk:issue")), _("Issued."))


def take_back(request: Request, uid: UUID) -> HttpResponse:
    """An unused part goes into the bin chosen, or back into the one it came from."""
    place_uid, quantity = uid_in(request.POST, "place"), thousandths(request.POST.get("quantity", ""))
    said: dict[str, Any] = {"place_uid": place_uid, "quantity": quantity, "which": which_in(request.POST)}
    return_unused_part(request.actor, uid, **said, operation=operation_of(request))
    return go(request, back(request, reverse("desk:issue")), _("Returned."))


def cancel(request: Request, uid: UUID) -> HttpResponse:
    cancel_requisition(request.actor, uid, operation=operation_of(request))
    return go(request, back(request, reverse("desk:issue")), _("Cancelled."))


def expect(request: Request, uid: UUID) -> HttpResponse:
    """The day on which a wanted part comes; an empty field says that nobody knows."""
    text = request.POST.get("expected_on", "")
    day = day_of(text)
    if text and day is None:
        raise BadRequest("expected_on")
    expect_part(request.actor, uid, expected_on=day, operation=operation_of(request))
    return go(request, back(request, reverse("desk:demand")), _("Saved."))


def demand(request: Request) -> HttpResponse:
    """What repairs wait for: by part, and request by request."""
    here = [request.centre.id] if request.centre and request.GET.get("here") else None
    wanted = demand_for(request.actor)
    rows = wanted.filter(centre_id__in=here) if here else wanted
    context = {
        "demand": waiting_demand(request.actor, here),
        "lines": with_givers(request, requisition_lines(rows.order_by("part__sort_name", "pk")[:300])),
        "may_see_transfers": request.actor.may_somewhere("stock.see_transfers"),
        "may_expect": request.actor.may_somewhere("supply.expect"),
        "here": bool(here),
        **with_tabs(request),
    }
    return render(request, "desk/warehouse/demand.html", context)


def _parts(request: Request, uid: UUID) -> dict[str, Any]:
    found = work_orders_for(request.actor).select_related("product__brand", "unit").get(uid=uid)
    lines = parts_of_order(request.actor, found.pk)
    may_issue = request.actor.may("supply.issue", found)
    bins = store_places(request.actor, found.centre_id)[:500] if may_issue else ()
    by_batch = {line.part_id for line in lines if line.tracking == "batch" and line.state == "reserved"}
    batches = batches_of_parts(request.actor, by_batch) if by_batch else ()
    told = told_in_repair(found.pk)
    rows = [
        {
            "line": line,
            "told": told.get(line.part_id, ()) if line.state == "issued" else (),
            "batches": [one for one in batches if (one.part_id, one.place_id) == (line.part_id, line.bin_id)],
        }
        for line in lines
    ]
    shown = {"order": found, "rows": rows, "lines": lines, "may_issue": may_issue}
    return {**shown, "bins": bins, "terms": Terms.choices}


def _typed(request: Request, text: str) -> UUID:
    part = next(iter(find_part(request.actor, text, led=False)), None) if text else None
    if part is None:
        raise Missing
    return part.uid
