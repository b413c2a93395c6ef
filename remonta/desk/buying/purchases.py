"""Orders at suppliers: the list, the order, its lines, sending it, and what the supplier answers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.buying.forms import AddLineForm, LineForm, PurchaseFilter, SendForm
from remonta.desk.buying.frame import with_tabs
from remonta.desk.warehouse.forms import day_of, thousandths
from remonta.documents.commands import print_purchase, send_purchase_by_mail
from remonta.identity.queries import names_of
from remonta.supply.commands import (
    Confirmed,
    add_purchase_line,
    cancel_purchase,
    change_purchase_line,
    close_purchase,
    confirm_purchase,
    send_purchase,
    tell_new_date,
)
from remonta.supply.queries import PurchaseOrder, PurchasePage, purchase_page, purchases_for
from remonta.web.answers import answer_form, go, operation_of
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge
from remonta.web.timeline import told

TOLD = ("sent", "confirmed", "partly")
TONES = {"sent": "wait", "confirmed": "info", "partly": "warn", "complete": "good"}


def _narrow(rows: QuerySet[PurchaseOrder], wanted: Mapping[str, Any], request: Request) -> QuerySet[PurchaseOrder]:
    if "q" in wanted:
        rows = rows.filter(number__icontains=wanted["q"].strip())
    if "supplier" in wanted:
        rows = rows.filter(supplier__name__icontains=wanted["supplier"].strip())
    return rows.filter(state=wanted["state"]) if "state" in wanted else rows


PURCHASES = Listing(
    name="purchases",
    title=gettext_lazy("Orders at suppliers"),
    columns=(
        Column("number", gettext_lazy("Number"), sort="id"),
        Column("supplier", gettext_lazy("Supplier"), "supplier.name"),
        Column(
            "state",
            gettext_lazy("State"),
            lambda row: row.get_state_display(),
            html=lambda row: badge(row.get_state_display(), TONES.get(row.state, "quiet")),
        ),
        Column("centre", gettext_lazy("Centre"), "centre.name"),
        Column("currency", gettext_lazy("Currency")),
        Column("reference", gettext_lazy("Supplier’s number")),
        Column("created_at", gettext_lazy("Begun"), kind="moment"),
        Column("sent_at", gettext_lazy("Sent"), kind="moment"),
    ),
    source=lambda request: purchases_for(request.actor).select_related("supplier", "centre"),
    sort="-number",
    page="desk/buying/purchases.html",
    filters=PurchaseFilter,
    narrow=_narrow,
    url=PageOf("desk:purchase"),
    context=with_tabs,
)


def purchases(request: Request) -> HttpResponse:
    text = _("Choose parts that are to be bought; they become orders here.")
    return PURCHASES.answer(request, live_list="supply.purchaseorder", empty_title=_("No orders yet"), empty_text=text)


def purchase(request: Request, uid: UUID) -> HttpResponse:
    return render(request, "desk/buying/purchase.html", context_of(request, purchase_page(request.actor, uid)))


def add_line(request: Request, uid: UUID) -> HttpResponse:
    """One more part onto the draft."""
    page, operation = purchase_page(request.actor, uid), operation_of(request)
    form = AddLineForm(request.POST, request=request)

    def run(part: Any, quantity: int) -> PurchaseOrder:
        said: dict[str, Any] = {"part_uid": part.uid, "quantity": quantity, "operation": operation}
        return add_purchase_line(request.actor, page.centre_uid, supplier_uid=page.supplier_uid, **said)

    context = {**context_of(request, page), "add_form": form}
    return answer_form(request, form, run, page="desk/buying/purchase.html", then=_page_of, context=context)


def change_line(request: Request, uid: UUID) -> HttpResponse:
    """Another quantity or price; `drop` takes the line out."""
    form = LineForm(request.POST)
    if not form.is_valid():
        raise BadRequest("line")
    said = form.cleaned_data
    quantity = 0 if "drop" in request.POST else said["quantity"] or 0
    order = change_purchase_line(
        request.actor, uid, quantity=quantity, price=said["price"], operation=operation_of(request)
    )
    return go(request, _page_of(order), _("Saved."))


def send(request: Request, uid: UUID) -> HttpResponse:
    """To the supplier by mail, or only marked as sent where it went another way."""
    operation = operation_of(request)
    if "marked" in request.POST:
        return go(request, _page_of(send_purchase(request.actor, uid, operation=operation)), _("Marked as sent."))
    form = SendForm(request.POST)

    def run(**said: str) -> PurchaseOrder:
        return send_purchase_by_mail(request.actor, uid, **said, operation=operation)

    context = {**context_of(request, purchase_page(request.actor, uid)), "send_form": form}
    say = _("On its way to the supplier.")
    return answer_form(request, form, run, page="desk/buying/purchase.html", then=_page_of, context=context, say=say)


def confirm(request: Request, uid: UUID) -> HttpResponse:
    """What the supplier says comes, and when."""
    page = purchase_page(request.actor, uid)
    if request.method == "GET":
        return render(request, "desk/buying/confirm.html", {"page": page, **with_tabs(request)})
    lines, wrong = [], set()
    for line in page.lines:
        quantity = thousandths(request.POST.get(f"quantity-{line.uid}", ""))
        text = request.POST.get(f"day-{line.uid}", "")
        day = day_of(text)
        if text and day is None:
            raise BadRequest("day")
        if quantity is None and request.POST.get(f"quantity-{line.uid}", "").strip() != "0":
            wrong.add(line.uid)
        lines.append(Confirmed(line.uid, quantity or 0, day))
    if wrong:
        context = {"page": page, "wrong": wrong, **with_tabs(request)}
        return render(request, "desk/buying/confirm.html", context, status=422)
    reference = request.POST.get("reference", "")[:80]
    said: dict[str, Any] = {"lines": lines, "reference": reference, "operation": operation_of(request)}
    return go(request, _page_of(confirm_purchase(request.actor, uid, **said)), _("Waiting repairs have the new day."))


def tell(request: Request, uid: UUID) -> HttpResponse:
    tell_new_date(request.actor, uid, operation=operation_of(request))
    return go(request, reverse("desk:purchase", args=[uid]), _("The customers are being told."))


def close(request: Request, uid: UUID) -> HttpResponse:
    return go(request, _page_of(close_purchase(request.actor, uid, operation=operation_of(request))), _("Closed."))


def cancel(request: Request, uid: UUID) -> HttpResponse:
    return go(request, _page_of(cancel_purchase(request.actor, uid, operation=operation_of(request))), _("Cancelled."))


def paper(request: Request, uid: UUID) -> HttpResponse:
    return redirect("desk:paper", print_purchase(request.actor, uid).uid)


def context_of(request: Request, page: PurchasePage) -> dict[str, Any]:
    """The order's page."""
    moves = {move.name for move in page.moves}
    return {
        "page": page,
        "state": badge(page.state_label, TONES.get(page.state, "quiet")),
        "may": moves,
        "events": told(page.events, names_of({line.account_id for line in page.events if line.account_id}), {}),
        "add_form": AddLineForm(request=request, initial={"quantity": "1"}) if "change" in moves else None,
        "send_form": SendForm(initial={"email": page.email}) if "send" in moves else None,
        "may_tell": page.waiting and page.state in TOLD and request.actor.may("supply.buy", page),
        "may_send_back": request.actor.may_at("supply.send_back", request.centre.id) if request.centre else False,
        "may_print": page.total is not None and request.actor.may("documents.print", page),
        **with_tabs(request),
    }


def _page_of(order: PurchaseOrder) -> str:
    return reverse("desk:purchase", args=[order.uid])
