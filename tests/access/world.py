"""A small living network for the matrix: two centres of our own, a partner, and in each somebody in every role."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from remonta.identity.commands import create_account, create_centre, create_legal_entity, make_token
from remonta.identity.models import Account
from remonta.identity.queries import actor_of, all_permissions
from remonta.identity.roles import Role
from remonta.kernel.actor import Actor, system
from remonta.kernel.ids import uuid7

HOME, ELSEWHERE, PARTNER = "home", "elsewhere", "partner"
Names = str | tuple[str, ...]
PLANTED = re.compile(r"(\d+)qx")
SPACES = {ord(space): " " for space in "\u00a0\u202f\u2009"}
ROLES = [role.value for role in Role]


@dataclass
class Principal:
    """Somebody at the door: a role's holder with session and API token, or a stranger."""

    name: str
    account: Account | None
    session: str = ""
    token: str = ""
    place: str = HOME
    actor: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.actor = actor_of(self.account)


@dataclass(frozen=True)
class Canary:
    """A word in one row only. Its owner may read it, and who has the permission in its centre; else nobody.

    `name` says what was written there. Numbers and amounts are looked for in every way in which they are `spelled`.
    """

    word: str
    permissions: tuple[str, ...]
    centre_id: int | None
    owner: str = ""
    name: str = ""
    spelled: tuple[str, ...] = ()

    @cached_property
    def ways(self) -> tuple[str, ...]:
        return tuple(way.lower() for way in self.spelled or (self.word,))

    def is_in(self, plain: str) -> bool:
        """Whether a text in small letters holds it."""
        return any(way in plain for way in self.ways)

    def may_be_read_by(self, who: Principal) -> bool:
        own = bool(self.owner) and who.name == self.owner
        return own or any(who.actor.may_at(name, self.centre_id) for name in self.permissions)


@dataclass
class World:
    """What exists before anybody knocks. `things` keeps what subjects have made, so that each is made once."""

    founder: Actor
    centres: dict[str, Any]
    people: dict[str, Principal]
    colleagues: dict[str, Principal]
    things: dict[Any, Any] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)

    def actor(self, place: str, role: str) -> Actor:
        return self.colleagues[f"{role} {place}"].actor

    def canary(
        self, word: str, permission: str | tuple[str, ...], centre_id: int | None = None, owner: str = ""
    ) -> str:
        """Plants a word: its row is for its owner, and for who has one of the permissions in that centre."""
        planted = f"{word}{len(self.canaries):02d}qx"
        names = (permission,) if isinstance(permission, str) else permission
        self.canaries.append(Canary(planted, tuple(filter(None, names)), centre_id, owner, word))
        return planted

    def spelled(
        self, name: str, ways: tuple[str, ...], permissions: tuple[str, ...], centre_id: int | None
    ) -> tuple[str, ...]:
        """Plants a number or an amount of its own, which stands in answers in one of these ways."""
        self.canaries.append(Canary(ways[0], permissions, centre_id, name=name, spelled=ways))
        return ways

    def found_in(self, text: str) -> list[Canary]:
        """The canaries in an answer. Pages write hard spaces into numbers and amounts, serial numbers in capitals."""
        plain = text.lower().translate(SPACES).replace("&nbsp;", " ")
        numbers = {int(number) for number in PLANTED.findall(plain)}
        words = [self.canaries[at] for at in sorted(numbers) if at < len(self.canaries)]
        spelled = [one for one in self.canaries if one.spelled]
        return [one for one in [*words, *spelled] if one.is_in(plain)]

    def operation(self) -> Any:
        return uuid7(self.founder.now())

    @property
    def later(self) -> datetime:
        return self.founder.now() + timedelta(days=30)


def build() -> World:
    founder = system("setup", timezone.now, *(held.name for held in all_permissions()))
    entity = create_legal_entity(founder, name="Remonta Polska", country="PL", currency="PLN")
    terms = {"legal_entity_uid": entity.uid, "timezone": "Europe/Warsaw", "city": "Kraków"}
    centres = {
        HOME: create_centre(founder, code="HOM", name="Home", **terms),
        ELSEWHERE: create_centre(founder, code="ELS", name="Elsewhere", **terms),
        PARTNER: create_centre(founder, code="PAR", name="Partner", kind="partner", **terms),
    }
    people = {role: somebody(founder, centres, role, place_of(role), role) for role in ROLES if role != "administrator"}
    people["administrator"] = somebody(founder, centres, "administrator", None, "administrator")
    colleagues = {
        f"{role} {place}": somebody(founder, centres, role, place, f"{role} {place}")
        for place in centres
        for role in ("head", "engineer", "receptionist")
    }
    return World(founder, centres, people, colleagues)


def place_of(role: str) -> str:
    return PARTNER if role == Role.PARTNER_STAFF else HOME


def somebody(founder: Actor, centres: dict[str, Any], role: str, place: str | None, name: str) -> Principal:
    centre_uid = centres[place].uid if place else None
    email = f"{name.replace(' ', '.')}@example.com"
    made = create_account(founder, email=email, name=name.title(), role=role, centre_uid=centre_uid)
    account = Account.objects.get(pk=made.pk)
    return Principal(name, account, session_of(account), token_of(account), place or HOME)


def session_of(account: Account) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def token_of(account: Account) -> str:
    _token, secret = make_token(actor_of(account), name="matrix", scopes=["*"])
    return secret
