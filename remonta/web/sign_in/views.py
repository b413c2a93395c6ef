"""Doors of our own: one-time links and invitations. A GET only shows the button: mail scanners follow links."""

from datetime import timedelta

from allauth.account.utils import perform_login
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from remonta.identity.commands import (
    INVITE,
    SIGN_IN,
    LinkGone,
    ask_for_password,
    set_password_by_invitation,
    use_sign_in_link,
)
from remonta.identity.queries import link_is_open
from remonta.web.rate_limit import allow, limited
from remonta.web.requests import Request
from remonta.web.sign_in.forms import ForgottenForm, NewPasswordForm

HOUR = timedelta(hours=1)


@never_cache
@limited("sign-in-link", 30, HOUR)
def sign_in_link(request: Request, token: str) -> HttpResponse:
    """A button on GET; signs in on POST, once, by a fresh session; a second factor is still asked for."""
    page = "web/sign_in/link.html"
    if request.method != "POST":
        return render(request, page, {"open": link_is_open(token, SIGN_IN, request.actor.now())})
    try:
        account = use_sign_in_link(request.actor, token)
    except LinkGone:
        return render(request, page, {"open": False}, status=409)
    entered: HttpResponse = perform_login(request, account, email_verification="none", redirect_url="/")
    return entered


@never_cache
@sensitive_post_parameters("password")
@limited("invitation", 30, HOUR)
def invitation(request: Request, token: str) -> HttpResponse:
    """Chooses the first password, or a new one after the old was forgotten, and signs in."""
    page, form = "web/sign_in/invitation.html", NewPasswordForm(request.POST or None)
    is_open = link_is_open(token, INVITE, request.actor.now())
    if request.method != "POST" or not is_open or not form.is_valid():
        status = 200 if request.method != "POST" else 422 if is_open else 409
        return render(request, page, {"open": is_open, "form": form}, status=status)
    account = set_password_by_invitation(request.actor, token, password=form.cleaned_data["password"])
    entered: HttpResponse = perform_login(request, account, email_verification="none", redirect_url="/")
    return entered


@limited("forgotten", 10, HOUR)
def forgotten(request: Request) -> HttpResponse:
    """Asks for a letter with a link. The answer is the same whether somebody has that address or not."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if allow(f"forgotten-for:{email.lower()}", 3, HOUR):
            ask_for_password(request.actor, email)
        return render(request, "web/sign_in/forgotten.html", {"sent": True})
    status = 422 if request.method == "POST" else 200
    return render(request, "web/sign_in/forgotten.html", {"form": form}, status=status)
