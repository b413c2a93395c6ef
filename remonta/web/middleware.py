"""Around every page: what may run in it, its language, who asks, whose door it is, how a refusal is answered."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from django.utils import timezone, translation

from remonta.identity.queries import actor_of, actor_of_token, workplaces_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.web.access import ACCESS, PUBLIC, SIGNED_IN, Asks
from remonta.web.errors import answer_refusal, closed, not_allowed, wrong_method
from remonta.web.requests import Request

Answer = Callable[[HttpRequest], HttpResponseBase]
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:{tiles}; font-src 'self'; connect-src 'self'; media-src 'self' blob:; "
    "worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors {framers}"
)
FEATURES = "camera=(self), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()"


class ContentSecurityMiddleware:
    """A strict policy with a nonce a request. A view lets sites frame its page by `response.frame_ancestors`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        framers = tuple(getattr(response, "frame_ancestors", ()))
        if not framers:
            response.headers.setdefault("X-Frame-Options", "DENY")
        tiles = getattr(settings, "REMONTA_TILES_ORIGIN", "")
        policy = POLICY.format(nonce=nonce, tiles=f" {tiles}" if tiles else "", framers=" ".join(framers) or "'none'")
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", FEATURES)
        return response


class LanguageMiddleware:
    """The person's own language, else the cookie's, else what the browser asks for. Times start from UTC anew."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = self.language_of(request)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(None):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def language_of(self, request: HttpRequest) -> str:
        known = dict(settings.LANGUAGES)
        if request.user.is_authenticated and request.user.language in known:
            return request.user.language
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return kept if kept in known else translation.get_language_from_request(request)


class RefusalMiddleware:
    """404 for what is not there for this actor, 403 for what they may not do, 409 with the rule's own sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, (Refused, ObjectDoesNotExist, Http404, PermissionDenied, BadRequest)):
            return answer_refusal(request, exception)
        return None


class ActorMiddleware:
    """Who asks, and whether the access table opens this door to them. What is not in the table is closed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Request, *_view: object) -> HttpResponse | None:
        route, method = route_of(request.resolver_match), request.method or ""
        request.actor = self.actor_of(request, route)
        request.centres, request.centre = (), None
        asks = ACCESS.get((route, "GET" if method == "HEAD" else method))
        if asks is None:
            return wrong_method(request, route) if any(known == route for known, _ in ACCESS) else closed(request)
        if not opens(asks, request):
            return not_allowed(request)
        if request.actor.account_id and not is_api(route):
            self.settle_in(request)
        return None

    def actor_of(self, request: Request, route: str) -> Actor:
        if not is_api(route):
            return actor_of(request.user if request.user.is_authenticated else None)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return actor_of_token(token.strip()) if scheme.lower() == "bearer" else actor_of(None)

    def settle_in(self, request: Request) -> None:
        """The centre chosen at the top of the page, and its zone unless the person has one of their own."""
        request.centres = workplaces_for(request.actor)
        chosen = request.session.get("centre")
        request.centre = next((c for c in request.centres if c.id == chosen), next(iter(request.centres), None))
        zone = request.user.timezone or (request.centre.timezone if request.centre else "")  # type: ignore[union-attr]
        if zone:
            timezone.activate(zone)


def route_of(match: ResolverMatch | None) -> str:
    """The name the access table knows a route by."""
    return match.view_name if match else ""


def is_api(route: str) -> bool:
    """The API's routes know tokens only, never the browser's session: so no other site can make a browser use them."""
    return route.split(":")[0].startswith("api")


def opens(asks: Asks, request: Request) -> bool:
    if asks == PUBLIC:
        return True
    if asks == SIGNED_IN:
        return request.actor.account_id is not None
    return any(request.actor.may_somewhere(name) for name in ((asks,) if isinstance(asks, str) else asks))
