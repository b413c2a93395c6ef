"""The tabs above the pages of the network, and the one way their forms are shown and answered."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remonta.web.access import ACCESS
from remonta.web.form_page import form_page as plain_form_page
from remonta.web.middleware import opens
from remonta.web.requests import Request

TABS = (
    ("desk:people", _("People"), "users"),
    ("desk:centres", _("Centres"), "building-store"),
    ("desk:groups", _("Groups"), "sitemap"),
    ("desk:network", _("Entities and calendars"), "building-bank"),
    ("desk:settings", _("Settings"), "adjustments-horizontal"),
    ("desk:customer-texts", _("Texts for customers"), "message"),
    ("desk:outbox", _("Messages"), "send"),
    ("desk:jobs", _("Background work"), "progress-check"),
)


def tabs(request: Request) -> list[dict[str, Any]]:
    """The tabs that the person's rights open. No statement."""
    shown = [(route, label, sign) for route, label, sign in TABS if opens(ACCESS[route, "GET"], request)]
    here = request.path
    return [
        {"label": label, "url": reverse(route), "icon": sign, "current": here.startswith(reverse(route))}
        for route, label, sign in shown
    ]


def with_tabs(request: Request) -> dict[str, Any]:
    """What every page of the network needs. No statement."""
    return {"tabs": tabs(request), "whole": request.actor.may_at("identity.manage_network", None)}


def form_page(request: Request, make: Callable[..., BaseForm], run: Callable[..., Any], **more: Any) -> HttpResponse:
    """A page of the network with one form."""
    more = {"page": "desk/people/form.html", **more}
    return plain_form_page(request, make, run, **more, **with_tabs(request))
