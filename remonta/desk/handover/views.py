"""The hand-over: on which shelf it lies, what is owed, what must be checked, who takes it."""

import base64
from binascii import Error
from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from remonta.billing.queries import owed
from remonta.catalogue.queries import checklist
from remonta.counter.commands import Given, hand_over
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.orders.commands import add_photo
from remonta.orders.queries import OrderPage, order_page, unit_side
from remonta.stock.queries import whereabouts
from remonta.web.answers import go, operation_of, ticked
from remonta.web.requests import Request

DRAWN = "data:image/png;base64,"
MOST_DRAWN = 2_000_000


def hand_over_page(request: Request, uid: UUID) -> HttpResponse:
    page = order_page(request.actor, uid)
    if request.method != "POST":
        return render(request, "desk/handover/hand_over.html", _context(request, page))
    try:
        hand_over(request.actor, uid, given=_given(request, page), operation=operation_of(request))
    except (NotPermitted, Missing):
        raise
    except Refused as refusal:
        context = {**_context(request, page), "refusal": str(refusal), "taken_by": request.POST.get("taken_by", "")}
        return render(request, "desk/handover/hand_over.html", context, status=422)
    return go(request, reverse("desk:order", args=[uid]) + "?papers=1")


def _context(request: Request, page: OrderPage) -> dict[str, Any]:
    side = unit_side(request.actor, page.uid)
    return {
        "order": page,
        "side": side,
        "place": whereabouts([page.unit_id]).get(page.unit_id) if page.unit_id else None,
        "money": owed([page.id])[page.id],
        "checks": checklist(page.category_id, "handover", get_language() or "en"),
        "taken_by": page.customer.name if page.customer else "",
        "ready": page.state == "ready",
    }


def _given(request: Request, page: OrderPage) -> Given:
    shown = f"{page.number} {page.device} {page.serial} {page.solution}"
    taken_by = request.POST.get("signed_by") or request.POST.get("taken_by", "")
    return Given(taken_by=taken_by, shown=shown, signature_id=_signature(request, page), checks=ticked(request))


def _signature(request: Request, page: OrderPage) -> int | None:
    """What was drawn on the screen, kept like any other picture; None when the name was typed instead."""
    drawn = request.POST.get("signature", "")
    if not drawn.startswith(DRAWN) or len(drawn) > MOST_DRAWN:
        return None
    try:
        picture = BytesIO(base64.b64decode(drawn.removeprefix(DRAWN), validate=True))
    except Error:
        return None
    return add_photo(request.actor, page.uid, file=picture, name="signature.png", kind="document").pk
