"""What background work is: handlers by name, and what the schedule enqueues. Rooms declare both in their jobs.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from remonta.kernel.actor import Actor
from remonta.spine.declared import gather


class Kind(StrEnum):
    """`ATOMIC`: one short transaction together with the job's end, so its effect happens exactly once.
    `LONG`: a generator; each piece up to a `yield` is one transaction together with its progress.
    `LOOSE`: a generator whose pieces stand outside any transaction: reading, outside calls, several short writes.
    """

    ATOMIC = "atomic"
    LONG = "long"
    LOOSE = "loose"


@dataclass(frozen=True)
class Progress:
    """How far long work has come: steps, and a JSON `cursor` from which it goes on after a kill."""

    done: int
    all: int = 0
    cursor: Any = None


@dataclass(frozen=True)
class Task:
    """What a handler is given. `actor` is the system actor of this work; `asked_by` labels who wanted it."""

    actor: Actor
    uid: Any
    args: Mapping[str, Any]
    asked_by: str
    account_id: int | None
    attempt: int
    cursor: Any = None

    def now(self) -> datetime:
        return self.actor.now()


class GiveUp(Exception):
    """Raised by a handler when trying again cannot help: the job is dead at once and waits for a person."""


Run = TypeVar("Run", bound=Callable[[Task], Any])


@dataclass(frozen=True)
class Handler:
    """The function behind a job's name and the permissions its system actor has."""

    name: str
    run: Callable[[Task], Any]
    kind: Kind
    permissions: tuple[str, ...] = ()


HANDLERS: dict[str, Handler] = {}
SCHEDULED: dict[str, timedelta] = {}


def handles(name: str, *permissions: str, kind: Kind = Kind.ATOMIC) -> Callable[[Run], Run]:
    """Declares the handler of the jobs of that name; `permissions` are those of its system actor, network-wide."""

    def declare(run: Run) -> Run:
        assert name not in HANDLERS or HANDLERS[name].run.__module__ == run.__module__, f"two handlers for {name}"
        HANDLERS[name] = Handler(name, run, kind, permissions)
        return run

    return declare


def scheduled(name: str, *, every: timedelta) -> None:
    """Has the worker enqueue a job of that name, without arguments, every so often; one waits at a time."""
    SCHEDULED[name] = every


def schedule() -> dict[str, timedelta]:
    """Names of scheduled jobs and how often they run."""
    gather()
    return SCHEDULED


def handler_of(name: str) -> Handler:
    gather()
    return HANDLERS.get(name) or Handler(name, _nobody(name), Kind.ATOMIC)


def names_of(*kinds: Kind) -> list[str]:
    """Names of the handlers of those kinds."""
    gather()
    return [handler.name for handler in HANDLERS.values() if handler.kind in kinds]


def pieces(handler: Handler, task: Task) -> Iterator[Progress | None]:
    """The pieces of long work."""
    return iter(handler.run(task))


def _nobody(name: str) -> Callable[[Task], NoReturn]:
    def fail(_task: Task) -> NoReturn:
        raise LookupError(f"nobody handles jobs called {name}")

    return fail
