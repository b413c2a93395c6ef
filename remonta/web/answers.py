"""Parse → one command → respond: what the views of all faces share."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from remonta.kernel.refusals import Missing, NotPermitted, Refused

CHECK = "check-"


def operation_of(request: HttpRequest) -> UUID:
    """The id the form was given for what it does. A form without one is not ours: 400."""
    try:
        return UUID(request.POST.get("operation", ""))
    except ValueError as error:
        raise BadRequest("The form has no operation id.") from error


def uid_of(text: object) -> UUID:
    """The uid that an address or a hidden field of ours holds. Raises BadRequest for anything else: 400."""
    try:
        return UUID(str(text))
    except ValueError as error:
        raise BadRequest("uid") from error


def answer_form(
    request: HttpRequest,
    form: BaseForm,
    run: Callable[..., Any],
    *,
    page: str,
    then: str | Callable[[Any], str],
    context: Mapping[str, Any] | None = None,
    say: object = "",
) -> HttpResponse:
    """Runs the command with the form's values and goes on to `then`; else shows the page again, 422, input kept.

    A refusal stands at its field, or above the form when it names none. What is not there or not allowed: 404, 403.
    """
    if form.is_valid():
        try:
            done = run(**form.cleaned_data)
        except (NotPermitted, Missing):
            raise
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return go(request, then(done) if callable(then) else then, say)
    return render(request, page, {**(context or {}), "form": form}, status=422)


def go(request: HttpRequest, url: str, say: object = "") -> HttpResponse:
    """On to the next page (303), by a header where htmx asked; `say` is shown there."""
    if say:
        messages.success(request, str(say))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)


def back(request: HttpRequest, otherwise: str = "/") -> str:
    """The page named by `next`, when it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else otherwise


def ticked(request: HttpRequest) -> dict[str, str]:
    """The lines of a checklist that were ticked, results by the item's uid: fields `check-<uid>` that are not empty."""
    sent = request.POST.dict().items()
    return {name.removeprefix(CHECK): str(value) for name, value in sent if name.startswith(CHECK) and value}
