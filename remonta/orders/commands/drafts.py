"""What is typed at intake is saved by itself."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.orders.models import IntakeDraft
from remonta.orders.queries.scope import drafts_for
from remonta.spine.commands import command


@command
def save_draft(actor: Actor, uid: UUID, *, centre_uid: UUID, data: Mapping[str, Any]) -> IntakeDraft:
    """Keep what has been typed so far, under an id the page made."""
    centre = every_centre().get(uid=centre_uid)
    if not actor.may("orders.take_in", centre):
        raise NotPermitted
    if IntakeDraft.objects.filter(uid=uid).exclude(account_id=actor.own_id).exists():
        raise Missing
    kept = {"data": dict(data), "saved_at": actor.now(), "centre": centre}
    draft, _new = IntakeDraft.objects.update_or_create(uid=uid, account_id=actor.own_id, defaults=kept)
    return draft


@command
def drop_draft(actor: Actor, uid: UUID) -> None:
    """The draft is no longer needed; dropping what is not there is nothing."""
    drafts_for(actor).filter(uid=uid).delete()
