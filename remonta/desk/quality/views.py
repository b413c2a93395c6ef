"""The final check: a checklist, and one of two buttons."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from remonta.catalogue.queries import checklist
from remonta.kernel.refusals import Refused
from remonta.orders.queries import work_orders_for
from remonta.quality.commands import make_final_check
from remonta.quality.queries import checks_of_order, rating_of_order
from remonta.web.answers import go, operation_of, ticked
from remonta.web.requests import Request


def check(request: Request, uid: UUID) -> HttpResponse:
    if request.method != "POST":
        return _panel(request, uid)
    results = ticked(request)
    said: dict[str, Any] = {
        "passed": request.POST.get("verdict") == "pass",
        "note": request.POST.get("note", "")[:5000],
    }
    try:
        make_final_check(request.actor, uid, results=results, **said, operation=operation_of(request))
    except Refused as refusal:
        if not refusal.text:
            raise
        return _panel(request, uid, refusal=str(refusal), note=said["note"], results=results, status=422)
    return go(request, reverse("desk:order", args=[uid]))


def _panel(request: Request, uid: UUID, status: int = 200, **more: object) -> HttpResponse:
    order = work_orders_for(request.actor).select_related("product").get(uid=uid)
    category = order.product.category_id if order.product else None
    context = {
        "order": order,
        "earlier": checks_of_order(request.actor, order.pk),
        "rating": rating_of_order(request.actor, order.pk),
        "checks": checklist(category, "final", get_language() or "en"),
        "may_check": order.state == "quality" and request.actor.may("quality.check", order),
    }
    return render(request, "desk/quality/_check.html", {**context, **more}, status=status)
