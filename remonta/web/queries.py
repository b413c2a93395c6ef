"""Saved views of lists."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from remonta.kernel.actor import Actor
from remonta.web.models import SavedView, ViewShare


@dataclass(frozen=True)
class View:
    """A saved view as its list shows it; `own` ones can be deleted."""

    uid: UUID
    name: str
    query: str
    own: bool


def saved_views_for(actor: Actor) -> QuerySet[SavedView]:
    """One's own views, and those shared with a role one holds. No statement."""
    if actor.account_id is None:
        return SavedView.objects.none()
    shared = Exists(ViewShare.objects.filter(view=OuterRef("pk"), role__in=actor.roles))
    return SavedView.objects.filter(Q(account_id=actor.account_id) | Q(shared))


def views_of(actor: Actor, listing: str) -> tuple[View, ...]:
    """The views of one list, by name. One statement."""
    rows = saved_views_for(actor).filter(listing=listing).order_by("name", "pk")
    values = rows.values_list("uid", "name", "query", "account_id")[:30]
    return tuple(View(uid, name, query, account == actor.account_id) for uid, name, query, account in values)
