"""The tabs above the purchaser's pages."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remonta.web.access import ACCESS
from remonta.web.middleware import opens
from remonta.web.requests import Request

TABS = (
    ("desk:to-order", _("To be ordered"), "shopping-cart"),
    ("desk:advice", _("What to order"), "bulb"),
    ("desk:plan", _("Spare-part plan"), "chart-line"),
    ("desk:purchases", _("Orders at suppliers"), "truck-delivery"),
    ("desk:goods-returns", _("Returns to suppliers"), "arrow-back-up"),
    ("desk:suppliers", _("Suppliers"), "building-warehouse"),
    ("desk:rates", _("Exchange rates"), "cash"),
)


def with_tabs(request: Request) -> dict[str, Any]:
    """What every page of buying shows. No statement."""
    tabs = [
        {"label": label, "url": (url := reverse(route)), "icon": sign, "current": _under(request.path, url)}
        for route, label, sign in TABS
        if opens(ACCESS[route, "GET"], request)
    ]
    return {
        "tabs": tabs,
        "tabs_label": _("Buying"),
        "may_keep": request.actor.may_at("supply.keep_suppliers", None),
        "may_buy": request.actor.may_somewhere("supply.buy"),
        "sees_cost": request.actor.may_somewhere("stock.see_cost"),
    }


def _under(path: str, url: str) -> bool:
    """Whether a page lies under a tab; what is to be ordered has the shortest address."""
    return path == url or (url.count("/") > 2 and path.startswith(url))
