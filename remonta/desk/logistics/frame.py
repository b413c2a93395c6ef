"""The tabs above the pages of the road."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remonta.web.access import ACCESS
from remonta.web.middleware import opens
from remonta.web.requests import Request

TABS = (
    ("desk:logistics", _("Today"), "layout-kanban"),
    ("desk:send-ins", _("To be checked"), "checklist"),
    ("desk:arrivals", _("Arrivals"), "inbox"),
    ("desk:batches", _("Batches"), "packages"),
    ("desk:exit", _("Exit"), "send"),
    ("desk:parcels", _("Parcels"), "package"),
    ("desk:shipments", _("Couriers"), "truck-delivery"),
)


def with_tabs(request: Request) -> dict[str, Any]:
    """The tabs that the person's rights open. No statement."""
    shown = [
        {"label": label, "url": (url := reverse(route)), "icon": sign, "current": _is_here(request.path, url)}
        for route, label, sign in TABS
        if opens(ACCESS[route, "GET"], request)
    ]
    return {"tabs": shown, "tabs_label": _("Logistics")}


def _is_here(path: str, url: str) -> bool:
    """Pages below a tab belong to it; the first tab stands for itself."""
    return path == url or (url != reverse("desk:logistics") and path.startswith(url))
