"""One's own account, and keys for programs that act in one's name."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.desk.people.forms import OwnAccountForm, TokenForm
from remonta.identity.commands import WrongScope, change_own_account, make_token, revoke_token
from remonta.identity.queries import tokens_for
from remonta.web.answers import answer_form, go
from remonta.web.requests import Request

PAGE, TOKENS = "desk/people/account.html", "desk/people/tokens.html"


def my_account(request: Request) -> HttpResponse:
    """Name, phone, language, appearance and zone; beside it, the ways to sign in."""
    if request.method == "POST":
        run = partial(change_own_account, request.actor)
        then = reverse("desk:my-account")
        return answer_form(request, OwnAccountForm(request.POST), run, page=PAGE, then=then, say=_("Saved."))
    kept = {name: getattr(request.user, name) for name in OwnAccountForm.base_fields}
    return render(request, PAGE, {"form": OwnAccountForm(initial=kept)})


def tokens(request: Request) -> HttpResponse:
    """One's keys; a new one's secret is shown once."""
    form = TokenForm(request.POST or None, request=request)
    context = {"form": form, "tokens": tokens_for(request.actor).order_by("-id")[:200], "now": request.actor.now()}
    if request.method != "POST":
        return render(request, TOKENS, context)
    if form.is_valid():
        try:
            _token, context["secret"] = made(request, form.cleaned_data)
        except WrongScope as refusal:
            form.add_error("scopes", str(refusal))
        else:
            return render(request, TOKENS, {**context, "form": TokenForm(None, request=request)})
    return render(request, TOKENS, context, status=422)


def made(request: Request, asked: dict[str, object]) -> tuple[Any, str]:
    days = int(str(asked["days"] or 0))
    expires_at = request.actor.now() + timedelta(days=days) if days else None
    scopes = str(asked["scopes"]).split()
    token, secret = make_token(request.actor, name=str(asked["name"]), scopes=scopes, expires_at=expires_at)
    return token, secret


def drop_token(request: Request, token: UUID) -> HttpResponse:
    revoke_token(request.actor, token)
    return go(request, reverse("desk:my-tokens"), _("The key opens nothing any more."))
