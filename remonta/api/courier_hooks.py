"""What couriers report. Signed reports are believed; unsigned ones, at a secret address, only make us ask."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from remonta.api.hooks import MOST_BYTES, SIGNATURE, is_signed
from remonta.api.problems import Problem, answer_problem
from remonta.kernel.actor import Actor, system
from remonta.logistics.commands.couriers import Access, courier_for, hear
from remonta.logistics.queries.couriers import CourierAccount, hook_key, hook_secret, hooked_account


@csrf_exempt
def signed_hook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A report with the account's signature. Reports may come twice and out of order."""
    actor, account = _account(uid)
    if not courier_for(account.driver, Access()).signs:
        raise Http404
    try:
        body = _body(request)
        now = timezone.now().timestamp()
        if not is_signed(request.headers.get(SIGNATURE, ""), body, hook_secret(account), now):
            problem = Problem(401, "SignatureWrong", _("The signature is wrong or older than five minutes."))
            problem.headers["WWW-Authenticate"] = "Remonta-Signature"
            raise problem
        return _heard(actor, account, body, signed=True)
    except Problem as problem:
        return answer_problem(request, problem)


@csrf_exempt
def knock(request: HttpRequest, uid: UUID, key: str) -> HttpResponse:
    """A report of a courier that does not sign: whatever it says, we ask the courier. GET shows that we are there."""
    actor, account = _account(uid)
    if courier_for(account.driver, Access()).signs or not constant_time_compare(key, hook_key(account)):
        raise Http404
    if request.method == "GET":
        return HttpResponse("", content_type="text/plain")
    try:
        return _heard(actor, account, _body(request), signed=False)
    except Problem as problem:
        return answer_problem(request, problem)


def _account(uid: UUID) -> tuple[Actor, CourierAccount]:
    actor = system(f"courier-hook:{str(uid)[:8]}", timezone.now, "logistics.see", "logistics.follow")
    account = hooked_account(actor, uid)
    if account is None:
        raise Http404
    return actor, account


def _body(request: HttpRequest) -> bytes:
    """Raises Problem 413."""
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
        raise Problem(413, "TooLarge", _("The body is too large."))
    return request.body


def _heard(actor: Actor, account: CourierAccount, body: bytes, *, signed: bool) -> HttpResponse:
    """Raises Problem 422 for what is no report; what it is about need not be ours."""
    heard = courier_for(account.driver, Access()).heard(body)
    if not heard:
        raise Problem(422, "Invalid", _("This is no report of a courier."))
    hear(actor, account, heard=heard, signed=signed)
    return HttpResponse(status=200)
