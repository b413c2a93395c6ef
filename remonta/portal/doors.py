"""The doors customers come through: a secret link opens one order, and everything else is one friendly page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation

from remonta.identity.queries import lent_actor, link_actor
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.web.errors import answer, too_many
from remonta.web.rate_limit import address_of, allow
from remonta.web.requests import Request

P = ParamSpec("P")
WRONG_DOORS, WRONG_WITHIN = 30, timedelta(minutes=10)
WRITES, WRITES_WITHIN = 60, timedelta(hours=1)
SHOWN = ("customer", "product__brand", "unit", "status", "route", "centre__legal_entity", "request")


@dataclass(frozen=True)
class Visit:
    """Who came through the door, by which token, and the one order it opens."""

    actor: Actor
    token: str
    order: WorkOrder


View = Callable[Concatenate[Request, Visit, P], HttpResponseBase]


def customers_door(view: View[P]) -> Callable[..., HttpResponseBase]:
    """A page behind the customer's link, in the language of the link unless the browser has chosen another."""
    return _door(view, lambda token: link_actor(token, "order"), at_home=True)


def camera_door(view: View[P]) -> Callable[..., HttpResponseBase]:
    """A page behind a colleague's half-hour camera link, in that colleague's name and language."""
    return _door(view, lambda token: lent_actor(token, "camera", "orders.write"), at_home=False)


def _door(view: View[P], opens: Callable[[str], Actor | None], *, at_home: bool) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def behind(request: Request, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = opens(token)
        if actor is None:
            return private(closed(request))
        if request.method == "POST" and not allow(f"link:{token}", WRITES, WRITES_WITHIN):
            return private(too_many(request))
        request.actor = actor
        language = chosen_language(request, actor.language) if at_home else actor.language
        with translation.override(language):
            response = _answered(request, actor, token, lambda visit: view(request, visit, *args, **kwargs))
        response.headers["Content-Language"] = language
        return private(response)

    return behind


def _answered(
    request: Request, actor: Actor, token: str, show: Callable[[Visit], HttpResponseBase]
) -> HttpResponseBase:
    """What is not there for this link looks like a closed door; any other refusal is a sentence."""
    try:
        orders = work_orders_for(actor).select_related(*SHOWN)
        order = orders.get(pk__in=actor.granted("orders.workorder"))
        with timezone.override(ZoneInfo(order.centre.timezone)):
            return show(Visit(actor, token, order))
    except (ObjectDoesNotExist, Missing, NotPermitted, Http404):
        return closed(request)
    except BadRequest:
        return answer(request, 400)
    except Refused as refusal:
        if request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
        return answer(request, 409, str(refusal))


def closed(request: HttpRequest) -> HttpResponse:
    """One and the same page for links that never were, have run out, or were closed; who tries many has to wait."""
    if not allow(f"door:{address_of(request)}", WRONG_DOORS, WRONG_WITHIN):
        return too_many(request)
    return render(request, "portal/closed.html", status=404)


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Kept by nobody, found by no search."""
    response.headers.setdefault("Cache-Control", "no-store, private")
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def chosen_language(request: HttpRequest, otherwise: str) -> str:
    """What the person has chosen in this browser, else the given one."""
    known = dict(settings.LANGUAGES)
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if kept in known:
        return kept
    return otherwise if otherwise in known else settings.LANGUAGE_CODE
