"""The public request form, in its own page or in a frame on the company's site."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from remonta.customers.queries import nearest_centres
from remonta.identity.queries import every_centre, setting
from remonta.kernel.refusals import Missing, Refused
from remonta.orders.queries import requests_for
from remonta.portal.commands import ask_by_form, public_form
from remonta.portal.proof import Challenge, FormTooOld, FormUnproven, new_challenge, proven
from remonta.portal.request_forms import RequestForm
from remonta.spine.commands import keep
from remonta.web.rate_limit import address_of, limited
from remonta.web.requests import Request

SITE = re.compile(r"https?://[a-z0-9.-]+(:\d+)?", re.IGNORECASE)
SENT = signing.Signer(salt="remonta.portal.request-sent")
LATELY = timedelta(minutes=10)
EMBED = Path(__file__).with_name("static") / "portal" / "js" / "embed.js"
View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """A page for strangers: in the language the address asks for, in frames only on sites the settings name.

    Its forms carry a signed token of their own instead of a cookie, which browsers do not send from a frame.
    """

    @csrf_exempt
    @wraps(view)
    def shown(request: Request, code: str = "", **kwargs: Any) -> HttpResponseBase:
        centre = _centre(code)
        wanted = request.GET.get("language", "")
        language = wanted if wanted in dict(settings.LANGUAGES) else request.LANGUAGE_CODE or settings.LANGUAGE_CODE
        with translation.override(language):
            response = view(request, centre=centre, **kwargs)
        response.headers["Content-Language"] = language
        response.headers.setdefault("Cache-Control", "no-store, private")
        if sites := frame_sites(centre.pk if centre else None):
            response.frame_ancestors = ("'self'", *sites)  # type: ignore[attr-defined]
        return response

    return shown


def flood_key(request: HttpRequest) -> str:
    """Whose posts are counted together."""
    return address_of(request)


@public_page
@limited("request-form", 60, timedelta(minutes=10), flood_key)
def request_form(request: Request, centre: Any) -> HttpResponseBase:
    """The form; a POST that is ours, paid for and complete becomes a request."""
    chosen = centre or _chosen(request)
    actor = public_form()
    if request.method != "POST":
        return _form(request, centre, RequestForm(chosen, actor.now()))
    form = RequestForm(chosen, actor.now(), request.POST, request.FILES)
    try:
        form_id = proven(request.POST.get("token", ""), request.POST.get("solution", ""), actor.now())
        if not form.is_valid():
            return _form(request, centre, form)
        photos = tuple(keep(one, one.name or "photo.jpg") for one in form.cleaned_data["photos"])
        origin = {"address": address_of(request), "network": network_of(address_of(request))}
        sender = form.sender(translation.get_language() or settings.LANGUAGE_CODE)
        said: dict[str, Any] = {"asked": form.asked(), "photos": photos, "sender": sender, **origin}
        made = ask_by_form(actor, chosen.pk, **said, operation=form_id)
    except Refused as refusal:
        form.is_valid()
        form.add_error(None, str(refusal))
        return _form(request, centre, form, status=409 if isinstance(refusal, (FormTooOld, FormUnproven)) else 422)
    sent = SENT.sign_object([made.number, made.centre_id, form.cleaned_data["way"]])
    return HttpResponseRedirect(_with_query(request, reverse("portal:request-sent", args=[sent])), status=303)


@public_page
def request_sent(request: Request, centre: Any, sent: str) -> HttpResponse:
    """What happens next; the address holds the number, signed, and nothing else."""
    try:
        number, centre_id, way = [*SENT.unsign_object(sent), ""][:3]
    except signing.BadSignature as error:
        raise Missing from error
    where = every_centre().filter(pk=centre_id).first()
    shown = {
        "number": number,
        "centre": where,
        "sends": way == "send",
        "site_name": _site_name(centre_id),
        "framed": "frame" in request.GET,
    }
    return render(request, "portal/request_sent.html", shown)


@public_page
def request_centres(request: Request, centre: Any) -> HttpResponse:
    """The centres nearest to a city, or all of them, to choose from."""
    return render(request, "portal/_centres.html", _centres(request.GET.get("city", "")))


def embed(request: HttpRequest) -> HttpResponse:
    """The script that puts the form into another site, by frame or button."""
    headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(EMBED.read_bytes(), content_type="text/javascript; charset=utf-8", headers=headers)


def frame_sites(centre_id: int | None) -> tuple[str, ...]:
    """The origins that may show the form in a frame; what is no origin is left out."""
    named = str(setting("portal.frame_sites", centre_id)).replace(",", " ").split()
    return tuple(site.rstrip("/") for site in named if SITE.fullmatch(site.rstrip("/")))


def network_of(address: str) -> str:
    """The neighbourhood of an address: 256 of IPv4, a /48 of IPv6."""
    if ":" in address:
        return ":".join(address.split(":")[:3])
    return address.rpartition(".")[0] or address


def _form(request: Request, centre: Any, form: RequestForm, status: int | None = None) -> HttpResponse:
    centre_id = centre.pk if centre else None
    shown = {
        "form": form,
        "challenge": _challenge(),
        "centre": centre,
        "action": request.get_full_path(),
        "framed": "frame" in request.GET,
        "site_name": _site_name(centre_id),
        "home_url": request.path,
        "languages": [
            (code, name, _with_query(request, request.path, language=code)) for code, name in settings.LANGUAGES
        ],
        "phones": [one for one in every_centre().order_by("name") if one.phone] if not centre else [centre],
        **({} if centre else _centres(request.POST.get("city", ""), request.POST.get("centre", ""))),
    }
    return render(request, "portal/request.html", shown, status=status or (422 if form.is_bound else 200))


def _challenge() -> Challenge:
    actor = public_form()
    lately = requests_for(actor).filter(channel="web", created_at__gte=timezone.now() - LATELY)
    return new_challenge(actor.now(), lately.count())


def _centre(code: str) -> Any:
    """The centre of that code; none without one. Raises Missing."""
    found = every_centre().filter(code__iexact=code).exclude(kind="shop").first() if code else None
    if code and found is None:
        raise Missing
    return found


def _chosen(request: HttpRequest) -> Any:
    """The centre that was chosen on the form, else the first there is."""
    open_ones = every_centre().exclude(kind="shop").order_by("name")
    wanted = request.POST.get("centre", "")
    return next((one for one in open_ones if str(one.uid) == wanted), None) or _any(open_ones)


def _any(centres: Any) -> Any:
    first = centres.first()
    if first is None:
        raise Missing
    return first


def _centres(city: str, chosen: str = "") -> dict[str, Any]:
    every = list(every_centre().exclude(kind="shop").order_by("city", "name"))
    near = [(one, round(far)) for one, far in nearest_centres(city, every)] if city.strip() else []
    rows: list[tuple[Any, int | None]] = [*near] or [(one, None) for one in every]
    known = chosen if any(str(one.uid) == chosen for one, _far in rows) else ""
    first = str(rows[0][0].uid) if rows else ""
    return {"centres": rows, "near": bool(near), "city": city[:80], "chosen": known or first}


def _site_name(centre_id: int | None) -> str:
    return str(setting("portal.site_name", centre_id))


def _with_query(request: HttpRequest, url: str, **more: str) -> str:
    """The address with how the form was opened: its language, and whether in a frame."""
    kept = {name: request.GET[name] for name in ("language", "frame") if name in request.GET}
    query = urlencode({**kept, **more})
    return f"{url}?{query}" if query else url
