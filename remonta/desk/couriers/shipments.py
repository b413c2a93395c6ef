"""Shipments: the list, one with what happened to it, booking a courier, calling off."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.customers.queries import customer_card
from remonta.desk.couriers.forms import SettleForm, ShipmentFilter, ShipmentForm
from remonta.desk.couriers.frame import with_tabs
from remonta.documents.commands import print_shipment_label
from remonta.kernel.texts import clean
from remonta.logistics.commands.couriers import (
    Party,
    ask_courier,
    book_shipment,
    cancel_shipment,
    settle_by_hand,
)
from remonta.logistics.queries import batches_for, orders_of, parcels_for
from remonta.logistics.queries.couriers import (
    Shipment,
    accounts_for,
    label_of,
    receiver_of,
    shipment_page,
    shipments_for,
)
from remonta.orders.queries import work_orders_for
from remonta.web.answers import answer_form, go, operation_of
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge

TONES = {
    "asked": "wait",
    "unclear": "warn",
    "booked": "info",
    "picked_up": "info",
    "on_way": "info",
    "at_point": "wait",
    "delivered": "good",
    "returned": "warn",
    "lost": "bad",
    "cancelled": "quiet",
    "refused": "bad",
}
LIST_WORDS = {
    "live_list": "logistics.shipment",
    "empty_title": _("Nothing has been sent yet"),
    "empty_text": _("Book a courier; the parcel is followed here until it has arrived."),
}


def _source(request: Request) -> QuerySet[Shipment]:
    rows = shipments_for(request.actor).select_related("account")
    return rows.filter(centre_id=request.centre.id) if request.centre else rows


def _narrow(rows: QuerySet[Shipment], wanted: Mapping[str, Any], request: Request) -> QuerySet[Shipment]:
    if text := clean(wanted.get("q", "")):
        numbers = Q(number__iexact=text) | Q(tracking_number=text) | Q(outside_number=text)
        rows = rows.filter(numbers | Q(receiver__name__icontains=text) | Q(receiver__company__icontains=text))
    rows = rows.filter(state=wanted["state"]) if "state" in wanted else rows
    return rows.filter(late_at__isnull=False, ended_at=None) if wanted.get("late") else rows


def _receiver(row: Shipment) -> str:
    to = Party.of(row.receiver)
    return ", ".join(filter(None, (to.name or to.company, to.city)))


def _state(row: Shipment) -> Any:
    late = row.late_at is not None and row.ended_at is None
    return badge(row.get_state_display(), "bad" if late else TONES[row.state])


SHIPMENTS = Listing(
    name="shipments",
    title=_("Shipments"),
    columns=(
        Column("number", _("Number"), sort="id"),
        Column("state", _("State"), "get_state_display", sort="state", html=_state),
        Column("courier", _("Courier"), "account.name"),
        Column("receiver", _("Receiver"), _receiver),
        Column("tracking_number", _("Tracking number")),
        Column("asked_at", _("Booked"), kind="moment", sort="asked_at"),
        Column("due_at", _("Due"), kind="moment", sort="due_at", nulls=True),
        Column("ended_at", _("Ended"), kind="moment", shown=False),
    ),
    source=_source,
    sort="-number",
    page="desk/couriers/shipments.html",
    filters=ShipmentFilter,
    narrow=_narrow,
    url=PageOf("desk:shipment"),
    context=with_tabs,
)


def shipments(request: Request) -> HttpResponse:
    may_send = request.actor.may_somewhere("logistics.handle")
    return SHIPMENTS.answer(request, **LIST_WORDS, may_send=may_send)


def shipment(request: Request, uid: UUID, form: SettleForm | None = None) -> HttpResponse:
    """A shipment with what happened to it, the newest first."""
    page = shipment_page(request.actor, uid)
    events = [
        {"at": line.at, "who": line.place, "text": line.label or line.text, "detail": _detail(line)}
        for line in page.events
    ]
    files = [
        {"url": (url := reverse("web:file", args=[file.uid])), "thumb": f"{url}?small", "label": file.name}
        for file in page.files
    ]
    context = {
        "shipment": page,
        "tone": TONES[page.state],
        "may_print": request.actor.may_somewhere("documents.print"),
        "events": events,
        "files": files,
        "weight": sum(piece.weight for piece in page.parcels),
        "settle_form": form or SettleForm(),
        **with_tabs(request),
    }
    return render(request, "desk/couriers/shipment.html", context, status=422 if form else 200)


def _detail(line: Any) -> str:
    return line.text if line.label and line.text != line.label else ""


def new(request: Request) -> HttpResponse:
    """Books a courier; for an order, its customer is the receiver unless said otherwise."""
    centre_id = request.centre.id if request.centre else None
    context = {"title": _("New shipment"), "accounts": accounts_for(request.actor).exists(), **with_tabs(request)}
    page = "desk/couriers/shipment_form.html"
    made: dict[str, Any] = {"actor": request.actor, "centre_id": centre_id}
    if request.method != "POST":
        return render(request, page, {**context, "form": ShipmentForm(initial=_first(request), **made)})
    form = ShipmentForm(request.POST, **made)

    def run(*, courier: Any, **_said: Any) -> Any:
        wanted = form.wanted(*_carried(request, form.cleaned_data))
        return book_shipment(request.actor, courier.uid, wanted=wanted, operation=operation_of(request))

    say = _now("The courier is being booked.")
    return answer_form(request, form, run, page=page, then=_page_of, context=context, say=say)


def label(request: Request, uid: UUID) -> HttpResponse:
    """The label as a PDF, to be printed."""
    response = HttpResponse(label_of(request.actor, uid), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="label.pdf"'
    return response


def cancel(request: Request, uid: UUID) -> HttpResponse:
    done = cancel_shipment(request.actor, uid, operation=operation_of(request))
    return go(request, _page_of(done), _now("The courier is asked to call it off."))


def ask(request: Request, uid: UUID) -> HttpResponse:
    return go(request, _page_of(ask_courier(request.actor, uid)), _now("The courier is being asked."))


def settle(request: Request, uid: UUID) -> HttpResponse:
    """Somebody has asked the courier on the phone."""
    form = SettleForm(request.POST)
    page = shipment_page(request.actor, uid)
    context = {"shipment": page, "title": page.number, **with_tabs(request)}

    def run(*, booked: str, **said: Any) -> Any:
        return settle_by_hand(request.actor, uid, booked=booked == "yes", **said, operation=operation_of(request))

    return answer_form(request, form, run, page="desk/couriers/settle.html", then=_page_of, context=context)


def _page_of(row: Shipment) -> str:
    return reverse("desk:shipment", args=[row.uid])


def print_label(request: Request, uid: UUID) -> HttpResponse:
    """The label of what our own drivers carry, one a piece."""
    return redirect("desk:paper", print_shipment_label(request.actor, uid).uid)


def _carried(request: Request, said: Mapping[str, Any]) -> tuple[str, int | None]:
    """What is in it: the batch or the parcel that the form was opened for."""
    if said.get("batch"):
        return "logistics.batch", batches_for(request.actor).values_list("pk", flat=True).get(uid=said["batch"])
    if said.get("parcel"):
        return "logistics.parcel", parcels_for(request.actor).values_list("pk", flat=True).get(uid=said["parcel"])
    return "", None


def _first(request: Request) -> dict[str, Any]:
    """What stands in the form at first: who gets the batch, the parcel or the order named in the address."""
    if batch := _named(request, "batch", batches_for(request.actor).select_related("to_centre")):
        return {"batch": batch.uid, "contents": batch.number, **receiver_of(batch).kept()}
    if parcel := _named(request, "parcel", parcels_for(request.actor)):
        order = next(iter(orders_of(request.actor, parcel)), None)
        about = {"order": order.uid, "contents": str(order.product or "")} if order else {}
        return {"parcel": parcel.uid, **receiver_of(parcel).kept(), **about}
    return _of_order(request)


def _named(request: Request, name: str, rows: QuerySet[Any]) -> Any:
    try:
        return rows.filter(uid=UUID(request.GET.get(name, ""))).first()
    except ValueError:
        return None


def _of_order(request: Request) -> dict[str, Any]:
    order = _named(request, "order", work_orders_for(request.actor).select_related("customer", "product"))
    if order is None:
        return {}
    first = {"order": order.uid, "contents": str(order.product or "")}
    if order.customer is None or not request.actor.may_somewhere("customers.see"):
        return first
    card = customer_card(request.actor, order.customer.uid)
    address = card.addresses[0] if card.addresses else None
    said = {"name": card.name, "email": card.email, "phone": card.phones[0].number if card.phones else ""}
    if address:
        said |= {
            "street": address.lines,
            "postcode": address.postcode,
            "city": address.city,
            "country": address.country,
        }
    return first | said
