"""Whose events a live stream may carry."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from remonta.identity.models import Account
from remonta.identity.queries.actors import actor_of, valid_link
from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.spine.queries import LiveEvent


@dataclass(frozen=True)
class LiveScope:
    """Whose events a live stream carries: those of these centres and of these subjects. `actor` is the person."""

    account_id: int | None
    centre_ids: frozenset[int]
    everything: bool = False
    grants: frozenset[tuple[str, int]] = frozenset()
    threads: frozenset[int] = frozenset()
    actor: Actor | None = field(default=None, compare=False)

    def admits(self, event: LiveEvent) -> bool:
        if (
            self.everything
            or (event.centre_id in self.centre_ids)
            or (self.account_id and event.account_id == self.account_id)
        ):
            return True
        return (event.subject, event.subject_id) in self.grants or event.thread_id in self.threads


def live_scope_of_session(session_key: str | None) -> LiveScope | None:
    """Whose events a signed-in browser may follow; None once the person is disabled or signed out. Three statements."""
    session = Session.objects.filter(pk=session_key, expire_date__gt=timezone.now()).first() if session_key else None
    held: dict[str, Any] = session.get_decoded() if session else {}
    account = Account.objects.filter(pk=held[SESSION_KEY], is_active=True).first() if SESSION_KEY in held else None
    if account is None or not constant_time_compare(held.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()):
        return None
    actor = actor_of(account)
    places = actor.places_of("desk.enter")
    return LiveScope(account.pk, places, everything=EVERYWHERE in places, actor=actor)


def live_scope_of_link(token: str) -> LiveScope | None:
    """What the holder of a secret link may follow. One statement."""
    link = valid_link(token, timezone.now()).exclude(subject="identity.account").first()
    if link is None:
        return None
    threads = frozenset({link.subject_id}) if link.subject == "orders.workorder" else frozenset[int]()
    return LiveScope(None, frozenset(), grants=frozenset({(link.subject, link.subject_id)}), threads=threads)
