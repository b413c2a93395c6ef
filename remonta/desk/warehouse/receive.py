"""Receiving goods: a delivery note, and part after part by scan."""

from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import find_part, parts_for
from remonta.desk.warehouse.forms import DeliveryForm, delivery_lines, line_before, proposed_bin, scanned_line
from remonta.desk.warehouse.frame import with_tabs
from remonta.kernel.gs1 import code_of
from remonta.kernel.refusals import Missing
from remonta.spine.queries import recognise
from remonta.stock.queries import store_places
from remonta.supply.commands import receive_goods
from remonta.supply.queries import GoodsReceipt, receipt_page, receipts_for
from remonta.web.answers import answer_form, operation_of
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request

LIST_WORDS = {
    "live_list": "supply.goodsreceipt",
    "empty_title": _("No deliveries yet"),
    "empty_text": _("Receive goods against a delivery note; they appear here with their number."),
}


def _source(request: Request) -> QuerySet[GoodsReceipt]:
    rows = receipts_for(request.actor).annotate(count=Count("lines"))
    return rows.filter(centre_id=request.centre.id) if request.centre else rows


RECEIPTS = Listing(
    name="receipts",
    title=_("Deliveries"),
    columns=(
        Column("number", _("Number"), sort="id"),
        Column("supplier", _("Supplier")),
        Column("note_number", _("Delivery note")),
        Column("received_at", _("Received"), kind="moment"),
        Column("count", _("Lines"), kind="number"),
    ),
    source=_source,
    sort="-number",
    page="desk/warehouse/receipts.html",
    url=PageOf("desk:receipt"),
    context=with_tabs,
)


def receipts(request: Request) -> HttpResponse:
    return RECEIPTS.answer(request, **LIST_WORDS)


def receipt(request: Request, uid: UUID) -> HttpResponse:
    found = receipt_page(request.actor, uid)
    may_print = request.actor.may("documents.print", found)
    context = {"receipt": found, "may_print": may_print, **with_tabs(request)}
    return render(request, "desk/warehouse/receipt.html", context)


def receive(request: Request) -> HttpResponse:
    """The delivery note with its lines; a line with a mistake keeps what was typed."""
    if request.centre is None:
        raise Missing
    actor, centre = request.actor, request.centre
    context: dict[str, Any] = {"bins": store_places(actor, centre.id)[:500], **with_tabs(request)}
    page = "desk/warehouse/receive.html"
    if request.method == "GET":
        return render(request, page, {**context, "form": DeliveryForm()})
    lines, booked = delivery_lines(actor, centre.id, request.POST)
    form = DeliveryForm(request.POST)
    if any(line.errors for line in lines):
        return render(request, page, {**context, "form": form, "lines": lines}, status=422)
    operation = operation_of(request)

    def run(**said: Any) -> GoodsReceipt:
        return receive_goods(actor, centre.uid, **said, lines=booked, operation=operation)

    context["lines"] = lines
    say = _now("Received. Repairs that waited for these parts have been served.")
    return answer_form(request, form, run, page=page, then=_page_of, context=context, say=say)


def line(request: Request) -> HttpResponse:
    """One more line of the delivery: the part by uid, by scan, or by its first words."""
    text = code_of(request.GET.get("code", ""))
    found = recognise(request.actor, text, ("part",)) if text else None
    before = line_before(request) if text else None
    if found and found.kind == "part":
        candidates = tuple(parts_for(request.actor).filter(pk=found.id))
    else:
        words = text and (before is None or request.GET.get("typed"))
        candidates = find_part(request.actor, text, led=False) if words else ()
    part = next(iter(candidates), None)
    known = part or before
    where = request.GET.get("bin", "") or proposed_bin(request, request.centre.id if request.centre else 0, known)
    shown = scanned_line(known, where, text, own=part is not None) if known else None
    return render(request, "desk/warehouse/_receive_line.html", {"line": shown, "code": text, "more": True})


def _page_of(receipt: GoodsReceipt) -> str:
    return reverse("desk:receipt", args=[receipt.uid])
