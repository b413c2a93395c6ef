"""The tabs above the pages of the catalogue, and the one way their forms are shown."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remonta.web.form_page import form_page
from remonta.web.requests import Request

TABS = (
    ("desk:products", _("Models"), "device-mobile"),
    ("desk:parts", _("Parts"), "package"),
    ("desk:services", _("Works"), "tool"),
    ("desk:prices", _("Prices"), "tag"),
    ("desk:categories", _("Kinds of devices"), "category"),
    ("desk:checklists", _("Checklists"), "checklist"),
    ("desk:fault-codes", _("Codes"), "bug"),
)


def with_tabs(request: Request) -> dict[str, Any]:
    """What every page of the catalogue shows. No statement."""
    return {
        "tabs": [tab(request, reverse(route), label, sign) for route, label, sign in TABS],
        "tabs_label": _("Catalogue"),
        "may_write": request.actor.may_at("catalogue.write", None),
    }


def tab(request: Request, url: str, label: object, sign: str) -> dict[str, Any]:
    """One tab; models are what the catalogue opens with, so their address is the shortest."""
    under = f"{url}models/" if url.count("/") == 2 else url
    return {"label": label, "url": url, "icon": sign, "current": request.path == url or request.path.startswith(under)}


def entry_form(request: Request, make: Callable[..., Any], run: Callable[..., Any], **more: Any) -> HttpResponse:
    """A form page of the catalogue."""
    return form_page(request, make, run, **{**with_tabs(request), **more})
