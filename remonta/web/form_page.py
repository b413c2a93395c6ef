"""A page with one form: shown on GET, answered on POST."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from remonta.web.answers import answer_form


def form_page(
    request: HttpRequest,
    make: Callable[..., BaseForm],
    run: Callable[..., Any],
    *,
    title: object,
    then: str | Callable[[Any], str],
    page: str = "web/form.html",
    initial: Mapping[str, Any] | None = None,
    say: object = _("Saved."),
    **context: Any,
) -> HttpResponse:
    """`make` is the form, or makes it; `run` the command, called with the form's values; `then` is where it leads."""
    more = {"title": title, **context}
    if request.method == "POST":
        return answer_form(request, make(request.POST), run, page=page, then=then, context=more, say=say)
    return render(request, page, {**more, "form": make(initial=dict(initial or {}))})


def posted_uid(request: HttpRequest, name: str) -> UUID:
    """An id that one of our forms sends; a form that sends anything else is not ours: 400."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise BadRequest(name) from error
