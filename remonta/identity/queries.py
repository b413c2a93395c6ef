"""Who is asking, and what is theirs to see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import module_has_submodule

from remonta.identity.models import Account, Centre, CentreKind, Group, SecretLink, Staff
from remonta.identity.roles import Role
from remonta.kernel.actor import EVERYWHERE, Actor, Permission
from remonta.kernel.ids import fingerprint
from remonta.spine.queries import LiveEvent


@dataclass(frozen=True)
class LiveScope:
    """Whose events a live stream carries: those of these centres and of these subjects."""

    account_id: int | None
    centre_ids: frozenset[int]
    everything: bool = False
    grants: frozenset[tuple[str, int]] = frozenset()
    threads: frozenset[int] = frozenset()

    def admits(self, event: LiveEvent) -> bool:
        if self.everything or (event.centre_id in self.centre_ids) or (self.account_id and event.account_id == self.account_id):
            return True
        return (event.subject, event.subject_id) in self.grants or event.thread_id in self.threads


@cache
def all_permissions() -> tuple[Permission, ...]:
    """What the rooms declare in their policies.py. No statement."""
    rooms = (room for room in apps.get_app_configs() if module_has_submodule(room.module, "policies"))
    return tuple(held for room in rooms if room.name.startswith("remonta.") for held in _declared(room.name))


def _declared(room: str) -> Iterator[Permission]:
    yield from import_module(f"{room}.policies").PERMISSIONS


@cache
def rights_of(role: str, centre_id: int, own: bool) -> frozenset[tuple[int, str]]:
    """The rights a role gives in a centre; wide ones reach the network when the centre is our own. No statement."""
    if role == Role.ADMINISTRATOR and not centre_id:
        return frozenset((EVERYWHERE, held.name) for held in all_permissions())
    holds = [held for held in all_permissions() if role in held.roles or role == Role.ADMINISTRATOR]
    return frozenset((EVERYWHERE if held.wide and own else centre_id, held.name) for held in holds)


def actor_of(account: Account | None, now: Callable[[], datetime] = timezone.now) -> Actor:
    """The account with its rights centre by centre; without an active account, nobody. One statement."""
    if account is None or not account.is_active or account.pk is None:
        return Actor("nobody", None, frozenset(), now)
    posts = Staff.objects.filter(account_id=account.pk).values_list("role", "centre_id", "centre__kind")
    rights: set[tuple[int, str]] = set()
    for role, centre_id, kind in posts:
        rights |= rights_of(role, centre_id or EVERYWHERE, kind != CentreKind.PARTNER)
    return Actor(
        f"account:{account.pk}", account.pk, frozenset(rights), now, language=account.language, name=account.name
    )


def in_reach(actor: Actor, permission: str, column: str = "centre_id") -> Q:
    """The root of every scope: the column names a centre in which the actor holds the right. No statement.

    The centres are the actor's own few, read with the actor, so the database compares plain numbers.
    """
    places = actor.places_of(permission)
    if EVERYWHERE in places:
        return Q()
    return Q(**{f"{column}__in": sorted(places)})


def link_actor(token: str, purpose: str, now: Callable[[], datetime] = timezone.now) -> Actor | None:
    """The actor a valid secret link stands for: only what it opens, nothing else. One statement."""
    link = _valid_link(token, now()).filter(purpose=purpose).first()
    if link is None:
        return None
    grants = frozenset({(link.subject, link.subject_id)})
    return Actor(f"link:{link.pk}", None, frozenset(), now, grants=grants, language=link.language)


def centres_for(actor: Actor) -> QuerySet[Centre]:
    """The centres the actor works in."""
    return Centre.objects.filter(in_reach(actor, "desk.enter", "pk"))


def every_centre() -> QuerySet[Centre]:
    """The centres of the network as the public may know them: name, address, phone, hours."""
    return Centre.objects.filter(archived_at=None)


def colleagues_for(actor: Actor) -> QuerySet[Account]:
    """The active people of the centres the actor may see colleagues in, and of the network."""
    posts = Staff.objects.filter(in_reach(actor, "identity.see_staff") | Q(centre=None)).values("account_id")
    return Account.objects.filter(pk__in=posts, is_active=True) if actor.is_somebody else Account.objects.none()


def engineers_of(centre_id: int) -> QuerySet[Account]:
    """Everybody who repairs in that centre."""
    posts = Staff.objects.filter(centre_id=centre_id, role__in=[Role.ENGINEER, Role.PARTNER_STAFF]).values("account_id")
    return Account.objects.filter(pk__in=posts, is_active=True)


def groups_for(actor: Actor) -> QuerySet[Group]:
    """The groups of the centres the actor works in."""
    return Group.objects.filter(in_reach(actor, "desk.enter"))


def names_of(account_ids: set[int]) -> dict[int, str]:
    """Names of people by account, for showing who did what. One statement, none without ids."""
    if not account_ids:
        return {}
    return dict(Account.objects.filter(pk__in=account_ids).values_list("pk", "name"))


def live_scope_of_session(session_key: str | None) -> LiveScope | None:
    """Whose events a signed-in browser may follow; None once the person is disabled or signed out. Three statements."""
    session = Session.objects.filter(pk=session_key, expire_date__gt=timezone.now()).first() if session_key else None
    held: dict[str, Any] = session.get_decoded() if session else {}
    account = Account.objects.filter(pk=held.get(SESSION_KEY), is_active=True).first() if SESSION_KEY in held else None
    if account is None or not constant_time_compare(held.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()):
        return None
    places = actor_of(account).places_of("desk.enter")
    return LiveScope(account.pk, places, everything=EVERYWHERE in places)


def live_scope_of_link(token: str) -> LiveScope | None:
    """What the holder of a secret link may follow. One statement."""
    link = _valid_link(token, timezone.now()).first()
    if link is None:
        return None
    threads = frozenset({link.subject_id}) if link.subject == "orders.workorder" else frozenset[int]()
    return LiveScope(None, frozenset(), grants=frozenset({(link.subject, link.subject_id)}), threads=threads)


def languages() -> tuple[tuple[str, str], ...]:
    """Codes and own names of the languages there are."""
    return tuple(settings.LANGUAGES)


def _valid_link(token: str, now: datetime) -> QuerySet[SecretLink]:
    return SecretLink.objects.filter(fingerprint=fingerprint(token), revoked_at=None, expires_at__gt=now)
