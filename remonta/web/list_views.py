"""What a person keeps of a list: named views, and which columns."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from remonta.identity.commands import change_preferences
from remonta.web.answers import back, go
from remonta.web.commands import drop_view, save_view
from remonta.web.requests import Request


def save(request: Request, listing: str) -> HttpResponse:
    """Keeps the filters and the order of the page under a name."""
    query, name = request.POST.get("query", ""), request.POST.get("name", "")
    save_view(request.actor, listing=listing, name=name, query=query, shared="shared" in request.POST)
    return go(request, back(request, request.headers.get("Referer", "/")), _("View saved"))


def drop(request: Request, uid: UUID) -> HttpResponse:
    """Deletes one's own view."""
    drop_view(request.actor, uid)
    return go(request, back(request), _("View deleted"))


def columns(request: Request, listing: str) -> HttpResponse:
    """Shows these columns of the list from now on; none chosen shows the usual ones."""
    kept = getattr(request.user, "preferences", {}).get("columns", {})
    chosen = {**(kept if isinstance(kept, dict) else {}), listing: request.POST.getlist("columns")[:40]}
    change_preferences(request.actor, columns=chosen)
    return go(request, back(request))
