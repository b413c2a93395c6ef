"""The exit station: packing checked against the order, picked up, delivered."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.counter.commands import deliver_parcel
from remonta.desk.logistics.forms import PackForm, ParcelMoveForm
from remonta.desk.logistics.frame import with_tabs
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing
from remonta.kernel.texts import clean
from remonta.logistics.commands import call_parcel_off, pack_order, pick_up_parcel, unpack_parcel
from remonta.logistics.queries import parcels_for, parcels_of_order
from remonta.orders.queries import order_rows, standing_holds, with_row, work_orders_for
from remonta.spine.queries import attachments_for, recognise
from remonta.web.answers import answer_form, go
from remonta.web.requests import Request

MOST = 100
SHOWN = ("unit", "product__brand", "customer", "request")


def leaving(request: Request) -> HttpResponse:
    """A field for the order, what is ready to go back by parcel, and what waits for a courier."""
    if request.centre is None:
        raise Missing
    actor, here = request.actor, request.centre.id
    code = clean(request.GET.get("order", ""))
    found = recognise(actor, code, ("order", "parcel")) if code else None
    if found and found.kind in ("order", "parcel"):
        route = {"order": "desk:exit-order", "parcel": "desk:parcel"}[found.kind]
        return go(request, reverse(route, args=[found.uid]))
    came = parcels_for(actor).filter(centre_id=here, way="in", state="opened", items__work_order__state="ready")
    ready = work_orders_for(actor).filter(centre_id=here, state="ready", pk__in=came.values("items__work_order"))
    context = {
        "code": code,
        "ready": order_rows(with_row(ready)[:100], actor.now()),
        "packed": parcels_for(actor).filter(centre_id=here, state="packed").order_by("pk")[:100],
        "under_way": parcels_for(actor).filter(centre_id=here, state="sent").order_by("due_at")[:100],
        "now": actor.now(),
        **with_tabs(request),
    }
    return render(request, "desk/logistics/exit.html", context)


def pack(request: Request, uid: UUID) -> HttpResponse:
    """Everything that belongs to the order is scanned into the parcel."""
    context = _packing(request, uid)
    page = "desk/logistics/exit_order.html"
    if request.method == "GET":
        return render(request, page, context)

    scanned = request.POST.getlist("scanned")[:MOST]

    def run(**said: Any) -> Any:
        return pack_order(request.actor, uid, scanned=scanned, **said)

    return answer_form(
        request,
        PackForm(request.POST),
        run,
        page=page,
        then=lambda made: reverse("desk:parcel", args=[made.uid]),
        context={**context, "scanned": scanned},
        say=_("Packed. Enter the courier’s number when it is picked up."),
    )


def move(request: Request, uid: UUID) -> HttpResponse:
    """Picked up, delivered, unpacked again, called off."""
    parcel, actor = parcels_for(request.actor).get(uid=uid), request.actor

    def run(*, move: str, operation: UUID, taken_by: str, note: str, **given: Any) -> object:
        if move == "pick_up":
            return pick_up_parcel(actor, uid, **given, operation=operation)
        if move == "deliver":
            return deliver_parcel(actor, uid, taken_by=taken_by, operation=operation)
        if move == "unpack":
            return unpack_parcel(actor, uid, operation=operation)
        return call_parcel_off(actor, uid, note=note, operation=operation)

    return answer_form(
        request,
        ParcelMoveForm(request.POST),
        run,
        page="web/form.html",
        then=reverse("desk:parcel", args=[uid]),
        context={"title": parcel.number},
        say=_("Saved."),
    )


def _packing(request: Request, uid: UUID) -> dict[str, Any]:
    order = work_orders_for(request.actor).select_related(*SHOWN).get(uid=uid)
    came = next((one for one in parcels_of_order(request.actor, order.pk) if one.way == "in"), None)
    photos = attachments_for(request.actor, [("orders.workorder", order.pk)]).order_by("pk")
    held = [hold for hold in standing_holds([order.pk]).get(order.pk, ()) if "hand_over" in hold.blocks]
    return {
        "order": order,
        "accessories": order.accessories.filter(returned_at=None).order_by("pk"),
        "holds": [{"text": hold.sentence} for hold in held],
        "form": PackForm(initial={"operation": uuid7(), "address": came.address if came else ""}),
        "scanned": [],
        "photos": [_photo(one) for one in photos],
        "may_write": request.actor.may("orders.write", order),
        **with_tabs(request),
    }


def _photo(one: Any) -> dict[str, str]:
    url = reverse("web:file", args=[one.uid])
    return {"url": url, "thumb": f"{url}?small=1", "label": one.name}
