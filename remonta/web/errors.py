"""How refusals and failures look: a page, a sentence for htmx, or a problem (RFC 9457) for programs."""

import logging
from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing, NotPermitted, Refused, Stale

log = logging.getLogger("remonta.web")
PAGES = {400, 403, 404, 409, 500}


def answer_refusal(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """The answer to what the rules say no to, in the form the asker reads."""
    match refusal:
        case ObjectDoesNotExist() | Missing() | Http404():
            return answer(request, 404)
        case NotPermitted() | PermissionDenied():
            return answer(request, 403, str(refusal) if isinstance(refusal, Refused) and refusal.text else "")
        case Refused():
            conditional = isinstance(refusal, Stale) and "If-Match" in request.headers
            return answer(request, 412 if conditional else 409, str(refusal), code=refusal.code)
    return answer(request, 400)


def answer(request: HttpRequest, status: int, text: str = "", *, reference: str = "", code: str = "") -> HttpResponse:
    """One refusal in the reader's form: htmx gets the sentence, programs a problem, people a page."""
    sentence = text or plain_words(status)
    if wants_problem(request):
        problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": sentence}
        return JsonResponse(
            problem | ({"code": code} if code else {}), status=status, content_type="application/problem+json"
        )
    if request.headers.get("HX-Request"):
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    page = status if status in PAGES else 409 if status == 412 else 400
    body = render_to_string(f"web/errors/{page}.html", {"text": text, "reference": reference}, request)
    return HttpResponse(body, status=status)


def plain_words(status: int) -> str:
    """What a status means where the rule itself has no sentence."""
    words = {
        400: _("Something in the address or the form was not readable. Go back, and send it again."),
        401: _("Please sign in first."),
        403: _("Your role does not include this."),
        404: _("There is nothing here."),
        405: _("This address does not do that."),
        429: _("Too many attempts. Please wait a little, then try again."),
        500: _("Something broke on our side. Please try once more."),
    }
    return words.get(status, words[400])


def wants_problem(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or accepts.startswith(("application/json", "application/problem+json"))


def not_allowed(request: HttpRequest) -> HttpResponse:
    """403 for a person without the right; who has not signed in is asked to."""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.account_id:
        return answer(request, 403)
    if wants_problem(request):
        response = answer(request, 401)
        response.headers["WWW-Authenticate"] = 'Bearer realm="remonta"'
        return response
    door = reverse("account_login")
    if request.headers.get("HX-Request"):
        response = answer(request, 401)
        response.headers["HX-Redirect"] = door
        return response
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
    return answer(request, 403, plain_words(401))


def closed(request: HttpRequest) -> HttpResponse:
    """A route without a row in the access table."""
    return answer(request, 404)


def wrong_method(request: HttpRequest, route: str) -> HttpResponse:
    """A route that has rows, but not for this method."""
    log.info("%s does not take %s", route, request.method)
    return answer(request, 405)


def too_many(request: HttpRequest) -> HttpResponse:
    """The asker has to wait."""
    return answer(request, 429, plain_words(429))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_refusal(request, BadRequest())


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_refusal(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page with a number that stands in the log as well; a bare sentence when not even the page can be made."""
    reference = uuid7().hex[-8:]
    log.error("reference %s: %s %s", reference, request.method, request.path)
    try:
        return answer(request, 500, reference=reference)
    except Exception:
        log.exception("reference %s: the page for it failed too", reference)
        return HttpResponse(f"{plain_words(500)} ({reference})", status=500, content_type="text/plain; charset=utf-8")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened in another session, or cookies are off."""
    log.info("a form was refused: %s", reason)
    return answer(request, 403, _("This form is out of date. Open the page anew, and send it again."))
