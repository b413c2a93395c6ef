"""What telephone exchanges report: signed bodies, so that nobody else can report for them."""

import hmac
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from pydantic import Field, ValidationError

from remonta.api.fields import Asked, Email, Line, Moment
from remonta.api.problems import Problem, answer_problem, sentence
from remonta.calls.commands import Reported, report_call
from remonta.kernel.actor import system

SIGNATURE, TOLERANCE, MOST_BYTES = "X-Remonta-Signature", 300, 64 * 1024


class Report(Asked):
    """One report: `number` is the other side, `line` ours."""

    external_id: Line = Field(min_length=1, max_length=120)
    state: Line
    number: Line = ""
    line: Line = ""
    incoming: bool = True
    email: Email = ""
    at: Moment | None = None


@csrf_exempt
def calls_hook(request: HttpRequest, exchange: str) -> HttpResponse:
    """A call rings, is answered, ends or was missed. Reports may come twice and out of order."""
    try:
        report = read(request, exchange)
    except Problem as problem:
        return answer_problem(request, problem)
    actor = system(f"calls-hook:{exchange[:40]}", timezone.now, "calls.report")
    report_call(actor, Reported(exchange=exchange[:40], **dict(report)))
    return HttpResponse(status=204)


def read(request: HttpRequest, exchange: str) -> Report:
    """The signed report. Raises Http404 without a secret for the exchange, Problem 401, 413, 422."""
    secret = settings.REMONTA_CALLS_SECRETS.get(exchange.lower().replace("-", "_"))
    if not secret:
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
        raise Problem(413, "TooLarge", _("The body is too large."))
    if not is_signed(request.headers.get(SIGNATURE, ""), request.body, secret, timezone.now().timestamp()):
        problem = Problem(401, "SignatureWrong", _("The signature is wrong or older than five minutes."))
        problem.headers["WWW-Authenticate"] = "Remonta-Signature"
        raise problem
    try:
        return Report.model_validate_json(request.body)
    except ValidationError as error:
        faults = [{"field": ".".join(map(str, one["loc"])), "message": sentence({**one})} for one in error.errors()]
        raise Problem(422, "Invalid", _("Look at the marked fields."), faults) from error


def is_signed(header: str, body: bytes, secret: str, now: float) -> bool:
    """`t=<seconds since 1970>,v1=<hex HMAC-SHA256 of t, a point and the body>`; several v1 while a secret changes."""
    parts = [part.strip().partition("=") for part in header[:1000].split(",")]
    at = next((value for name, _equals, value in parts if name == "t"), "")
    if not (at.isascii() and at.isdigit() and len(at) <= 12) or abs(now - int(at)) > TOLERANCE:
        return False
    right = signature(int(at), body, secret)
    return any([constant_time_compare(right, value) for name, _equals, value in parts if name == "v1"])


def signature(at: int, body: bytes, secret: str) -> str:
    """What `v1` has to be."""
    return hmac.new(secret.encode(), b"%d." % at + body, sha256).hexdigest()


def header_for(at: int, body: bytes, secret: str) -> dict[str, Any]:
    """The header an exchange sends with a body."""
    return {SIGNATURE: f"t={at},v1={signature(at, body, secret)}"}
