"""The one field at the top: what is found, and what one may do, in one's own words."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from remonta.kernel.texts import normal
from remonta.spine.queries import find
from remonta.web.access import ACCESS
from remonta.web.frame import workplaces
from remonta.web.middleware import opens
from remonta.web.requests import Request

PAGES = {
    "work_order": ("desk:order", "clipboard"),
    "request": ("desk:request", "message-question"),
    "customer": ("desk:customer", "user"),
    "unit": ("desk:unit", "device-mobile"),
    "part": ("desk:part-stock", "package"),
    "piece": ("desk:piece", "barcode"),
    "place": ("desk:place", "map-pin"),
    "person": ("desk:person", "id-badge"),
    "parcel": ("desk:parcel", "package"),
    "batch": ("desk:batch", "packages"),
    "shipment": ("desk:shipment", "truck-delivery"),
}


def palette(request: Request) -> HttpResponse:
    """Hits grouped by kind, and the places of work whose name holds what was typed."""
    text = request.GET.get("q", "").strip()[:200]
    groups = [*_found(request, text), *_places(request, text)] if text else []
    return render(request, "web/_palette.html", {"groups": groups, "query": text})


def _found(request: Request, text: str) -> list[dict[str, Any]]:
    labels = {
        "work_order": _("Orders"),
        "request": _("Requests"),
        "customer": _("Customers"),
        "unit": _("Units"),
        "part": _("Parts"),
        "piece": _("Pieces by serial number"),
        "place": _("Places"),
        "person": _("People"),
        "parcel": _("Parcels"),
        "batch": _("Batches"),
        "shipment": _("Shipments"),
    }
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for hit in find(request.actor, text):
        route, icon = PAGES.get(hit.kind, ("", ""))
        if not opens(ACCESS.get((route, "GET"), ()), request):
            continue  # found, but its page is not for this person
        try:
            url = reverse(route, args=[hit.uid])
        except NoReverseMatch:
            continue
        by_kind[hit.kind].append({"url": url, "icon": icon, "title": hit.title, "detail": hit.hint})
    return [{"label": labels[kind], "items": items} for kind, items in by_kind.items()]


def _places(request: Request, text: str) -> list[dict[str, Any]]:
    wanted = normal(text)
    items = [
        {"url": place["url"], "icon": place["icon"], "title": place["label"], "detail": ""}
        for place in workplaces(request)
        if wanted in normal(str(place["label"]))
    ]
    return [{"label": _("Go to"), "items": items}] if items else []
