"""What the frame around every page shows. Nothing is worked out unless the template uses it."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from remonta.identity.queries import roles_of
from remonta.web.first_steps import offered
from remonta.web.workplaces import FIRST_STEPS, WORKPLACES

THEMES = ("auto", "light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame, for staff pages and plain ones."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        kept = request.COOKIES.get("theme", "auto")
        return {"theme": kept if kept in THEMES else "auto", "home_url": "/"}
    shared = {"theme": account.theme, "home_url": "/"}
    if not hasattr(request, "actor"):
        return shared
    # Names of the frame's own, which no page's context takes by chance.
    return shared | {
        "workplaces": once(lambda: workplaces(request)),
        "my_centres": once(lambda: centres(request)),
        "my_centre": getattr(request, "centre", None),
        "me": once(lambda: person(request)),
        "scan_prefix": account.preferences.get("scan_prefix") or scan_prefix(request),
    }


def once(make: Callable[[], Any]) -> Callable[[], Any]:
    """Made when a template first asks, then kept."""
    return cache(make)


def workplaces(request: Any) -> list[dict[str, Any]]:
    """The places of work that the person's rights open, in one order for everybody. No statement."""
    shown = []
    for place in (*((FIRST_STEPS,) if offered(request) else ()), *WORKPLACES):
        if not any(request.actor.may_somewhere(right) for right in place.rights):
            continue
        try:
            url = reverse(place.route)
        except NoReverseMatch:
            continue
        current = request.path == url or (url != "/" and request.path.startswith(url))
        shown.append({"label": place.label, "icon": place.icon, "url": url, "current": current})
    return shown


def centres(request: Any) -> list[dict[str, Any]]:
    """The switch at the top; none for who works in one centre only. No statement."""
    if len(request.centres) < 2:
        return []
    here = request.centre.id if request.centre else None
    return [{"uid": centre.uid, "name": centre.name, "current": centre.id == here} for centre in request.centres]


def scan_prefix(request: Any) -> str:
    """The key that the scanners of the chosen centre send first. No statement."""
    centre = getattr(request, "centre", None)
    return str(centre.scan_prefix or "") if centre else ""


def person(request: Any) -> dict[str, Any]:
    """Who is signed in. No statement."""
    return {"name": request.actor.name, "role": roles_of(request.actor), "url": reverse("desk:my-account")}
