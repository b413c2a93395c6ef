"""Keeping and dropping views of lists; drafts of one's own, so nothing for the timeline."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.spine.commands import command
from remonta.web.models import SavedView, ViewShare
from remonta.web.queries import saved_views_for


class ViewNameMissing(Refused):
    text = _("Give the view a name.")
    field = "name"


@command
def save_view(actor: Actor, *, listing: str, name: str, query: str, shared: bool = False) -> SavedView:
    """Keeps a view under its name, one of each name; `shared` shows it to everybody who holds a role of one's own."""
    if actor.account_id is None:
        raise NotPermitted
    if not (known_as := clean(name)[:60]):
        raise ViewNameMissing
    SavedView.objects.filter(account_id=actor.account_id, listing=listing, name=known_as).delete()
    view = SavedView.objects.create(
        uid=uuid7(actor.now()),
        account_id=actor.account_id,
        listing=listing,
        name=known_as,
        query=query[:1000],
        created_at=actor.now(),
    )
    roles: Sequence[str] = actor.roles if shared else ()
    ViewShare.objects.bulk_create([ViewShare(view=view, role=role) for role in dict.fromkeys(roles)])
    return view


@command
def drop_view(actor: Actor, uid: UUID) -> None:
    """Deletes a view of one's own. Raises NotPermitted for somebody else's."""
    view = saved_views_for(actor).get(uid=uid)
    if view.account_id != actor.account_id:
        raise NotPermitted
    view.delete()
