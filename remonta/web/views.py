"""What every page can do: change appearance, language and centre, and sign out."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from remonta.identity.commands import change_preferences
from remonta.kernel.refusals import Missing
from remonta.web.answers import back, go
from remonta.web.first_steps import OFF, PREFERENCE, offered, unfinished
from remonta.web.frame import THEMES, workplaces
from remonta.web.requests import Request
from remonta.web.workplaces import HOMES

YEAR = 365 * 24 * 3600


def home(request: Request) -> HttpResponse:
    """Where the day of who is signed in begins, or first steps while the network lacks something; else sign-in."""
    if not request.actor.account_id:
        return redirect("account_login")
    if offered(request) and unfinished(request.actor):
        return redirect("desk:first-steps")
    open_to = [place["url"] for place in workplaces(request) if place["url"] != reverse("desk:first-steps")]
    homes = {reverse(HOMES[role]) for role in request.actor.roles if role in HOMES}
    chosen = [url for url in open_to if url in homes] or [*open_to, reverse("desk:my-account")]
    return HttpResponseRedirect(chosen[0])


def preferences(request: Request) -> HttpResponse:
    """Appearance and language, kept with the account and in cookies for the pages before signing in."""
    known = {"theme": THEMES, "language": dict(settings.LANGUAGES)}
    chosen = {name: request.POST[name] for name, values in known.items() if request.POST.get(name) in values}
    kept = {PREFERENCE: OFF} if request.POST.get(PREFERENCE) == OFF else {}
    if (chosen or kept) and request.actor.account_id:
        change_preferences(request.actor, **chosen, **kept)
    fetched = request.headers.get("X-Requested-With") == "fetch"
    response = HttpResponse(status=204) if fetched else go(request, back(request))
    for name, value in chosen.items():
        response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def choose_centre(request: Request) -> HttpResponse:
    """Works in another of the person's centres from now on; the page stays."""
    wanted = request.POST.get("centre", "")
    chosen = next((centre for centre in request.centres if str(centre.uid) == wanted), None)
    if chosen is None:
        raise Missing
    request.session["centre"] = chosen.id
    return go(request, back(request))


def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return go(request, "/")
