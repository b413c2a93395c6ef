"""What a running command has read already, and what it still has to write: done once, just before it commits.

Gathered writes hang on the transaction as `on_commit` does, so a savepoint that is rolled back takes its own along;
what was read or written inside it is not remembered outside.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import connection

T = TypeVar("T")
READ: ContextVar[dict[Hashable, tuple[tuple[str, ...] | None, Any]] | None] = ContextVar(
    "read_by_the_command", default=None
)


@dataclass(frozen=True, eq=False)
class Gathered:
    """A thing to be written at the end, by `write` together with all others that have the same."""

    write: Callable[[list[Any]], None]
    key: Hashable
    thing: Any

    def __call__(self) -> None:
        """Nothing is left to do after the commit."""


@contextmanager
def gathering() -> Iterator[None]:
    """The outermost command: what is gathered inside is written when it leaves without an error."""
    before = READ.set({})
    try:
        yield
        _write()
    finally:
        READ.reset(before)


def remembered(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read once in a command; outside of one it is read every time."""
    known = READ.get()
    if known is None:
        return read()
    here = tuple(connection.savepoint_ids)
    inside, value = known.get(key, (None, None))
    if inside is None or here[: len(inside)] != inside:
        value = read()
        known[key] = here, value
    return cast(T, value)


def remember(key: Hashable, value: object) -> None:
    """The command knows this without reading it."""
    known = READ.get()
    if known is not None:
        known[key] = tuple(connection.savepoint_ids), value


def write_later(write: Callable[[list[Any]], None], key: Hashable, thing: object) -> None:
    """Has the thing written at the end of the command, the newest of a key only; outside of a command at once."""
    if READ.get() is None:
        write([thing])
    else:
        connection.on_commit(Gathered(write, key, thing))


def drop_gathered(write: Callable[[list[Any]], None], unwanted: Callable[[Any], bool]) -> None:
    """Forgets what was to be written of the things that are not wanted any more."""

    def goes(one: object) -> bool:
        return isinstance(one, Gathered) and one.write == write and unwanted(one.thing)

    connection.run_on_commit = [waiting for waiting in connection.run_on_commit if not goes(waiting[1])]


def _write() -> None:
    waiting = [kept[1] for kept in connection.run_on_commit if isinstance(kept[1], Gathered)]
    connection.run_on_commit = [kept for kept in connection.run_on_commit if not isinstance(kept[1], Gathered)]
    together = dict[Callable[[list[Any]], None], dict[Hashable, Any]]()
    for one in waiting:
        together.setdefault(one.write, {})[one.key] = one.thing
    for write, things in together.items():
        write([*things.values()])
