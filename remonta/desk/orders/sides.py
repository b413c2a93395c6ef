"""The parts of the order page about the unit: history, accessories, checklists, photos, passcode."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from remonta.catalogue.queries import checklist as lines_of
from remonta.kernel.refusals import Missing
from remonta.orders.commands import add_photo, fill_checklist, look_at_passcode
from remonta.orders.queries import promises_of, unit_history, unit_side, work_orders_for
from remonta.spine.queries import attachments_for
from remonta.web.answers import go, operation_of, ticked
from remonta.web.requests import Request

MOMENTS = ("intake", "bench", "final", "handover")


def unit(request: Request, uid: UUID) -> HttpResponse:
    """Accessories, what was checked at intake, photos, and everything that was ever done to this unit."""
    side = unit_side(request.actor, uid)
    past = unit_history(request.actor, side.unit_id, but=side.id) if side.unit_id else ()
    may_write = request.actor.may("orders.write", side)
    context = {"side": side, "past": past, "photos": _photos(request, side.id), "may_write": may_write}
    context["promises"] = promises_of(request.actor, uid)
    context["may_passcode"] = side.has_passcode and request.actor.may("orders.passcode", side)
    return render(request, "desk/orders/_unit.html", context)


def checklist(request: Request, uid: UUID, moment: str) -> HttpResponse:
    """The checklist of that moment, to be ticked."""
    if moment not in MOMENTS:
        raise Missing
    if request.method == "POST":
        fill_checklist(request.actor, uid, moment=moment, results=ticked(request), operation=operation_of(request))
        return go(request, reverse("desk:order", args=[uid]))
    side = unit_side(request.actor, uid)
    lines = lines_of(side.category_id, moment, get_language() or "en")
    known = {str(check.item_uid): check for check in side.checks}
    rows = [(line, known.get(str(line.uid))) for line in lines]
    return render(request, "desk/orders/_checklist.html", {"side": side, "moment": moment, "rows": rows})


def photos(request: Request, uid: UUID) -> HttpResponse:
    """The photos so far; a POST adds one, and the customer sees it at once."""
    order = work_orders_for(request.actor).get(uid=uid)
    if request.method == "POST":
        given = request.FILES.get("photo")
        if given is None:
            raise Missing
        kept = add_photo(
            request.actor, uid, file=given, name=given.name or "photo", kind=request.POST.get("kind", "unit")
        )
        url = reverse("web:file", args=[kept.uid])
        return JsonResponse({"url": url, "thumb": f"{url}?small=1", "label": kept.name}, status=201)
    return render(request, "desk/orders/_photos.html", {"photos": _photos(request, order.pk), "uid": uid})


def passcode(request: Request, uid: UUID) -> HttpResponse:
    """The passcode in the clear, for one look; the look is kept."""
    return render(request, "desk/orders/_passcode.html", {"passcode": look_at_passcode(request.actor, uid)})


def _photos(request: Request, order_id: int) -> list[dict[str, Any]]:
    rows = attachments_for(request.actor, [("orders.workorder", order_id)])
    return [
        {"url": (url := reverse("web:file", args=[row.uid])), "thumb": f"{url}?small=1", "label": row.name}
        for row in rows
    ]
