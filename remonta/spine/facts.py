"""What a fact and a reaction are. Facts go up; rooms above may react."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from remonta.kernel.actor import Actor

FACTS: dict[str, type[Fact]] = {}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that has happened: ids, codes and amounts, never names or free text."""

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1
    says: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if own := cls.__dict__.get("name"):
            assert own not in FACTS or FACTS[own].__module__ == cls.__module__, f"two facts are called {own}"
            FACTS[own] = cls

    @classmethod
    def upcast(cls, version: int, data: Mapping[str, Any]) -> dict[str, Any]:
        """Data of an older version in today's shape. Fields are only ever added, so the default keeps what is known."""
        known = {field.name for field in fields(cls)}
        return {key: value for key, value in data.items() if key in known}

    def words(self) -> Mapping[str, object]:
        """What fills `says` (a message id, marked for translation) when the line is shown to a person."""
        return vars(self)

    @property
    def thread_id(self) -> int | None:
        """The work order in whose service log the fact is shown."""
        return getattr(self, "work_order_id", None)


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Reaction:
    """An idempotent answer to a fact: in its transaction, or `later` as a job."""

    answer: Callable[[Actor, Any], None]
    fact: type[Fact]
    later: bool

    @property
    def path(self) -> str:
        return f"{self.answer.__module__}.{self.answer.__qualname__}"


def reacts_to(fact: type[F], *, later: bool = False) -> Callable[[Callable[[Actor, F], None]], Reaction]:
    """Declares a reaction; settings.REACTIONS says when its turn comes."""
    return lambda answer: Reaction(answer, fact, later)


def reactions_to(fact: type[Fact]) -> tuple[Reaction, ...]:
    """In the order of the one table, lowest floor first."""
    return _reactions().get(fact, ())


def fact_of(name: str, version: int, data: Mapping[str, Any]) -> Fact:
    """The fact an event keeps, whatever version it was written in."""
    kind = FACTS[name]
    return kind(**kind.upcast(version, data))


@cache
def _reactions() -> dict[type[Fact], tuple[Reaction, ...]]:
    found: dict[type[Fact], tuple[Reaction, ...]] = {}
    for reaction in map(import_string, settings.REACTIONS):
        found[reaction.fact] = (*found.get(reaction.fact, ()), reaction)
    return found


@dataclass(frozen=True, kw_only=True)
class MessageResent(Fact):
    """A person had a message sent again."""

    name = "spine.message_resent"
    says = gettext_noop("Message sent again")
    work_order_id: int | None


@dataclass(frozen=True, kw_only=True)
class MessageSettled(Fact):
    """A person said whether a message whose sending was interrupted had arrived; if not, it was sent again."""

    name = "spine.message_settled"
    says = gettext_noop("Cleared up whether a message arrived")
    work_order_id: int | None
    arrived: bool


@dataclass(frozen=True, kw_only=True)
class MessageCancelled(Fact):
    """A person called a message off before it was sent."""

    name = "spine.message_cancelled"
    says = gettext_noop("Message called off")
    work_order_id: int | None


@dataclass(frozen=True, kw_only=True)
class MessageFailed(Fact):
    """A message did not get through after all attempts or, if `unclear`, nobody knows: a person must decide."""

    name = "spine.message_failed"
    says = gettext_noop("A message did not get through")
    work_order_id: int | None
    message_id: int
    channel: str
    unclear: bool
