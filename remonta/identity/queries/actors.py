"""Who is asking: accounts, secret links and API tokens as actors with their rights."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from remonta.identity.models import Account, ApiToken, CentreKind, SecretLink, Staff
from remonta.identity.roles import Role
from remonta.kernel.actor import EVERYWHERE, Actor, Permission
from remonta.kernel.ids import fingerprint


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
    holds = [held for held in all_permissions() if _has(role, held)]
    return frozenset((EVERYWHERE if held.wide and own else centre_id, held.name) for held in holds)


def _has(role: str, held: Permission) -> bool:
    """A head may whatever some role of the centre may: who cannot do it could not give it either. No statement."""
    return role in held.roles or role == Role.ADMINISTRATOR or (role == Role.HEAD and bool(held.roles))


def actor_of(account: Account | None, now: Callable[[], datetime] = timezone.now) -> Actor:
    """The account with its rights centre by centre; without an active account, nobody. One statement."""
    if account is None or not account.is_active or account.pk is None:
        return Actor("nobody", None, frozenset(), now)
    posts = Staff.objects.filter(account_id=account.pk).values_list("role", "centre_id", "centre__kind")
    rights: set[tuple[int, str]] = set()
    for role, centre_id, kind in posts:
        rights |= rights_of(role, centre_id or EVERYWHERE, kind != CentreKind.PARTNER)
    roles = tuple(sorted({role for role, _centre, _kind in posts}))
    who, said = f"account:{account.pk}", account.language
    return Actor(who, account.pk, frozenset(rights), now, language=said, name=account.name, roles=roles)


def in_reach(actor: Actor, permission: str, column: str = "centre_id") -> Q:
    """The root of every scope: the column names a centre in which the actor holds the right. No statement.

    The centres are the actor's own few, read with the actor, so the database compares plain numbers.
    """
    places = actor.places_of(permission)
    if EVERYWHERE in places:
        return ~Q(pk__in=[])  # everything, also beside an “or”, where an empty Q would vanish
    return Q(**{f"{column}__in": sorted(places)})


def link_actor(token: str, purpose: str, now: Callable[[], datetime] = timezone.now) -> Actor | None:
    """The actor a valid secret link stands for: only what it opens, nothing else. One statement."""
    link = valid_link(token, now()).filter(purpose=purpose).first()
    if link is None:
        return None
    grants = frozenset({(link.subject, link.subject_id)})
    return Actor(f"link:{link.pk}", None, frozenset(), now, grants=grants, language=link.language)


def lent_actor(token: str, purpose: str, permission: str, now: Callable[[], datetime] = timezone.now) -> Actor | None:
    """Who made the link, with that one right of theirs and only on what the link opens: a phone that takes photos for
    its owner. None once the link is closed, or its maker has left or lost the right. Three statements."""
    link = valid_link(token, now()).filter(purpose=purpose).first()
    kind, _colon, key = link.created_by.partition(":") if link else ("", "", "")
    maker = actor_of(Account.objects.filter(pk=key).first(), now) if kind == "account" else None
    if link is None or maker is None or not maker.may_somewhere(permission):
        return None
    rights = frozenset((place, right) for place, right in maker.rights if right == permission)
    grants = frozenset({(link.subject, link.subject_id)})
    return Actor(maker.label, maker.account_id, rights, now, grants=grants, language=maker.language, name=maker.name)


def open_links(purpose: str, subject: str, subject_id: int, now: datetime) -> QuerySet[SecretLink]:
    """The doors of that purpose to the subject that are open, newest first; the caller has checked the right."""
    about = {"purpose": purpose, "subject": subject, "subject_id": subject_id}
    return SecretLink.objects.filter(**about, revoked_at=None, expires_at__gt=now).order_by("-pk")


def link_is_open(token: str, purpose: str, now: datetime) -> bool:
    """Whether a one-time link can still be used. One statement."""
    return valid_link(token, now).filter(purpose=purpose, used_at=None).exists()


def actor_of_token(token: str, now: Callable[[], datetime] = timezone.now) -> Actor:
    """The account of a valid API token, with those of its rights that the scopes name; else nobody. Two statements.

    A scope is a permission's name, a room's name with `.*`, or `*` for all the account may do.
    """
    kept = ApiToken.objects.filter(fingerprint=fingerprint(token), revoked_at=None).select_related("account").first()
    if kept is None or (kept.expires_at and kept.expires_at <= now()):
        return actor_of(None, now)
    whole = actor_of(kept.account, now)
    rights = frozenset((place, right) for place, right in whole.rights if in_scope(right, kept.scopes))
    return Actor(f"token:{kept.pk}", whole.account_id, rights, now, language=whole.language, name=whole.name)


def in_scope(right: str, scopes: list[str]) -> bool:
    """Whether a token's scopes cover the right."""
    return bool({"*", right, f"{right.split('.')[0]}.*"} & set(scopes))


def valid_link(token: str, now: datetime) -> QuerySet[SecretLink]:
    """The link of that token, neither revoked nor too old. No statement."""
    return SecretLink.objects.filter(fingerprint=fingerprint(token), revoked_at=None, expires_at__gt=now)
