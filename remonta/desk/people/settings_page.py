"""Settings, layer by layer: the network, a region, a centre."""

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.desk.people.frame import with_tabs
from remonta.identity.commands import ValueUnfit, set_setting
from remonta.identity.queries import (
    SETTINGS,
    Known,
    Value,
    settings_at,
    settings_centres,
    settings_regions,
    settings_said,
)
from remonta.web.answers import go
from remonta.web.requests import Request


def settings_page(request: Request) -> HttpResponse:
    """What counts in the chosen layer, and where each value comes from. Five statements."""
    return render(request, "desk/people/settings.html", context_of(request, request.GET))


def save_setting(request: Request, key: str) -> HttpResponse:
    """Sets one value in the chosen layer, or lets it inherit again."""
    known = SETTINGS.get(key)
    if known is None:
        raise BadRequest("key")
    centre_uid, region_uid = uid_in(request.POST, "centre"), uid_in(request.POST, "region")
    value = None if "inherit" in request.POST else read(known, request.POST.get("value", ""))
    try:
        set_setting(request.actor, key, value, centre_uid=centre_uid, region_uid=region_uid)
    except ValueUnfit as refusal:
        context = context_of(request, request.POST) | {"wrong": key, "wrong_text": str(refusal)}
        return render(request, "desk/people/settings.html", context, status=422)
    layer = f"?centre={centre_uid}" if centre_uid else f"?region={region_uid}" if region_uid else ""
    return go(request, reverse("desk:settings") + layer, _("Saved."))


def context_of(request: Request, chosen: Any) -> dict[str, Any]:
    actor = request.actor
    centres, regions = settings_centres(actor), settings_regions(actor).order_by("name")
    whole = actor.may_at("identity.manage_settings", None)
    centre_uid, region_uid = uid_in(chosen, "centre"), uid_in(chosen, "region")
    region = regions.get(uid=region_uid) if region_uid else None
    centre = centres.get(uid=centre_uid) if centre_uid else None
    if not whole and centre is None:
        centre = centres.order_by("name").first()
    said = settings_said(centre.pk if centre else None, region.pk if region else None)
    counts = settings_at(centre) | (said if region else {})
    rows = [{"known": known, "value": counts[known.key], "own": known.key in said} for known in SETTINGS.values()]
    return {
        "rows": rows,
        "whole": whole,
        "centres_here": centres.order_by("name")[:200],
        "regions": regions[:200],
        "chosen_centre": centre,
        "chosen_region": region,
        **with_tabs(request),
    }


def read(known: Known, text: str) -> Value:
    """The value as its kind; a number that is none is left as text, which the command refuses."""
    if isinstance(known.default, bool):
        return text == "on"
    if isinstance(known.default, int):
        return int(text) if text.strip().isdigit() else text
    return text.strip()


def uid_in(values: Any, name: str) -> UUID | None:
    try:
        return UUID(values[name]) if values.get(name) else None
    except ValueError as error:
        raise BadRequest(name) from error
