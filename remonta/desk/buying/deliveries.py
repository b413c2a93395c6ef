"""Receiving against an order by scanning, and what it cost to get a delivery here."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.catalogue.queries import find_part, parts_for
from remonta.desk.buying.forms import CostForm, NoteForm
from remonta.desk.buying.frame import with_tabs
from remonta.desk.warehouse.forms import delivery_lines, line_before, proposed_bin, scanned_line
from remonta.kernel.gs1 import code_of
from remonta.kernel.refusals import NotPermitted
from remonta.spine.queries import recognise
from remonta.stock.queries import store_places
from remonta.supply.commands import add_landed_cost, receive_purchase
from remonta.supply.queries import GoodsReceipt, landing_of, purchase_page, receipts_for
from remonta.web.answers import answer_form, operation_of
from remonta.web.requests import Request


def receive(request: Request, uid: UUID) -> HttpResponse:
    """What is still to come, and part after part by scan; a line with a mistake keeps what was typed."""
    page = purchase_page(request.actor, uid)
    actor, template = request.actor, "desk/buying/receive.html"
    bins = store_places(actor, page.centre_id)[:500]
    context: dict[str, Any] = {"page": page, "bins": bins, **with_tabs(request)}
    if request.method == "GET":
        return render(request, template, {**context, "form": NoteForm()})
    lines, booked = delivery_lines(actor, page.centre_id, request.POST)
    form = NoteForm(request.POST)
    if any(line.errors for line in lines):
        return render(request, template, {**context, "form": form, "lines": lines}, status=422)
    operation = operation_of(request)

    def run(**said: Any) -> GoodsReceipt:
        return receive_purchase(actor, uid, **said, lines=booked, operation=operation)

    context["lines"] = lines
    say = _("Received. Repairs that waited for these parts have been served.")
    return answer_form(request, form, run, page=template, then=_receipt_of, context=context, say=say)


def line(request: Request, uid: UUID) -> HttpResponse:
    """One more line of the delivery: a part of the order by its supplier’s number too, else as anywhere."""
    text = code_of(request.GET.get("code", ""))
    page = purchase_page(request.actor, uid)
    part_id = next((one.part_id for one in page.lines if text and text in (one.number, one.part_number)), None)
    found = recognise(request.actor, text, ("part",)) if text and part_id is None else None
    if found and found.kind == "part":
        part_id = found.id
    known = tuple(parts_for(request.actor).filter(pk=part_id)) if part_id else ()
    before = line_before(request) if text else None
    words = text and (before is None or request.GET.get("typed"))
    part = next(iter(known or (find_part(request.actor, text) if words else ())), None)
    meant = part or before
    ordered = next((one for one in page.lines if meant and one.part_id == meant.pk), None)
    where = request.GET.get("bin", "") or proposed_bin(request, page.centre_id, meant)
    shown = scanned_line(meant, where, text, own=part is not None) if meant else None
    context = {"line": shown, "code": text, "more": True, "ordered": ordered}
    return render(request, "desk/buying/_receive_line.html", context)


def costs(request: Request, uid: UUID) -> HttpResponse:
    """What a delivery cost us in the end, and one more cost of getting it here."""
    receipt = receipts_for(request.actor).select_related("centre__legal_entity").get(uid=uid)
    landing = landing_of(request.actor, receipt.pk)
    if landing is None:
        raise NotPermitted
    template, may_add = "desk/buying/costs.html", request.actor.may("supply.buy", receipt)
    context = {"receipt": receipt, "landing": landing, "may_add": may_add, **with_tabs(request)}
    if request.method == "GET":
        return render(request, template, {**context, "form": CostForm(initial={"currency": landing.currency})})
    operation = operation_of(request)

    def run(**said: Any) -> object:
        return add_landed_cost(request.actor, uid, **said, operation=operation)

    form, then = CostForm(request.POST), reverse("desk:receipt-costs", args=[uid])
    say = _("Shared out; the averages have been corrected.")
    return answer_form(request, form, run, page=template, then=then, context=context, say=say)


def _receipt_of(receipt: GoodsReceipt) -> str:
    return reverse("desk:receipt", args=[receipt.uid])
