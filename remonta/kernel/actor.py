"""Who asks, and what they may do where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

EVERYWHERE = 0


class OfCentre(Protocol):
    """Anything that belongs to a centre; None is the network itself."""

    @property
    def centre_id(self) -> int | None: ...


@dataclass(frozen=True)
class Permission:
    """A right by name. `roles` have it from the start, in their own centre; with `wide`, the people of our own centres
    have it in the whole network, and partners' people only at home."""

    name: str
    label: object
    roles: tuple[str, ...]
    wide: bool = False


@dataclass(frozen=True)
class Actor:
    """Staff, a customer, a secret link, or the system itself.

    `rights` are pairs (centre id, permission), with EVERYWHERE for the network. `grants` are pairs (subject label,
    primary key) that a secret link opens; `now` is the injected clock; `language` is what refusals are said in;
    `roles` are the codes of the roles that a person holds anywhere.
    """

    label: str
    account_id: int | None
    rights: frozenset[tuple[int, str]]
    now: Callable[[], datetime]
    grants: frozenset[tuple[str, int]] = frozenset()
    language: str = "en"
    name: str = ""
    roles: tuple[str, ...] = ()
    _places: dict[str, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)

    def may(self, permission: str, subject: OfCentre) -> bool:
        """Whether the right is held where the subject belongs."""
        return self.may_at(permission, subject.centre_id)

    def may_at(self, permission: str, centre_id: int | None) -> bool:
        return (EVERYWHERE, permission) in self.rights or (
            centre_id is not None and (centre_id, permission) in self.rights
        )

    def may_somewhere(self, permission: str) -> bool:
        return bool(self.places_of(permission))

    def places_of(self, permission: str) -> frozenset[int]:
        """The centres in which the right is held; {EVERYWHERE} for the whole network."""
        if permission not in self._places:
            held = frozenset(centre for centre, name in self.rights if name == permission)
            self._places[permission] = frozenset({EVERYWHERE}) if EVERYWHERE in held else held
        return self._places[permission]

    def granted(self, subject: str) -> frozenset[int]:
        """Primary keys of that kind which a secret link opens."""
        return frozenset(key for label, key in self.grants if label == subject)

    def trusted_with(self, *permissions: str) -> Actor:
        """The same actor for one inner step whose rule was checked before: a link that answers its own quote."""
        return replace(self, rights=self.rights | {(EVERYWHERE, held) for held in permissions}, _places={})

    @property
    def own_id(self) -> int:
        """The account, for comparing with columns; 0, which no row has, for who has none."""
        return self.account_id or 0

    @property
    def is_somebody(self) -> bool:
        return bool(self.rights or self.grants or self.account_id)


def system(name: str, now: Callable[[], datetime], *permissions: str) -> Actor:
    """The named actor of background work and reactions, with permissions of its own."""
    return Actor(f"system:{name}", None, frozenset((EVERYWHERE, held) for held in permissions), now)
