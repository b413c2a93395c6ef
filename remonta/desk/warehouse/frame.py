"""The tabs above the warehouse's pages."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remonta.web.access import ACCESS
from remonta.web.middleware import opens
from remonta.web.requests import Request

TABS = (
    ("desk:issue", _("Issue"), "scan"),
    ("desk:receive", _("Receive"), "download"),
    ("desk:stock", _("Stock"), "packages"),
    ("desk:places", _("Places"), "map-pin"),
    ("desk:counts", _("Stocktakes"), "checklist"),
    ("desk:transfers", _("Transfers"), "arrows-left-right"),
    ("desk:written-off", _("Written off"), "trash"),
    ("desk:demand", _("Missing parts"), "shopping-cart"),
    ("desk:old-parts", _("Old parts"), "archive"),
    ("desk:receipts", _("Deliveries"), "truck-delivery"),
)


def tabs(request: Request) -> list[dict[str, Any]]:
    """The tabs that the person's rights open. No statement."""
    return [
        {"label": label, "url": (url := reverse(route)), "icon": sign, "current": request.path == url}
        for route, label, sign in TABS
        if opens(ACCESS[route, "GET"], request)
    ]


def with_tabs(request: Request) -> dict[str, Any]:
    return {"tabs": tabs(request), "tabs_label": _("Warehouse")}
