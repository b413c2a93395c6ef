"""One hub a process: reads new events once for everybody and hands each listener what its scope admits."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol, TypeVar

from django.db import close_old_connections

from remonta.identity.queries import LiveScope
from remonta.spine.queries import LiveEvent, Position

POLL_SECONDS = 0.3
CHECK_SECONDS = 5.0
STALE_SECONDS = 20.0
BATCH = 500
WAITING = 200
RELOAD, ENDED = "reload", "ended"
log = logging.getLogger(__name__)
T = TypeVar("T")


class Source(Protocol):
    """Where events and scopes come from; called in threads."""

    def newest(self) -> Position: ...

    def after(self, position: Position, limit: int) -> Iterable[LiveEvent]: ...

    def scope(self, who: tuple[str, str]) -> LiveScope | None: ...


@dataclass(eq=False)
class Listener:
    """One open stream: who listens, what it may hear, what waits to be sent. It never holds more than a little."""

    who: tuple[str, str]
    scope: LiveScope
    position: Position
    _waiting: deque[bytes] = field(default_factory=deque)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    def hear(self, events: Iterable[LiveEvent]) -> None:
        """Takes in what is admitted and new; when too much waits, all of it becomes one word: reload."""
        for event in events:
            if event.position > self.position and self.scope.admits(event):
                self.put(message(event, mine=bool(event.account_id) and event.account_id == self.scope.account_id))
                self.position = event.position

    def put(self, text: bytes) -> None:
        """Queues a message."""
        if len(self._waiting) >= WAITING:
            self._waiting.clear()
            text = word(RELOAD)
        self._waiting.append(text)
        self._news.set()

    def put_first(self, past: "Listener | None") -> None:
        """Queues what another one has heard before all that waits; without it, the word reload."""
        self._waiting.extendleft(reversed(past._waiting) if past else [word(RELOAD)])
        self._news.set()

    def end(self, *, why: str = "") -> None:
        """No more will come; the last thing said is why."""
        if why and not self.ended:
            self._waiting.append(word(why))
        self.ended = True
        self._news.set()

    async def next(self, seconds: float) -> bytes:
        """Everything that waits, as soon as there is something; nothing after that many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        self._news.clear()
        said = b"".join(self._waiting)
        self._waiting.clear()
        return said


class Hub:
    """Polls while somebody listens. `source` is asked in two threads: one for events, one for scopes."""

    def __init__(self, source: Source, *, seconds: float = POLL_SECONDS, stale: float = STALE_SECONDS) -> None:
        self._source, self._seconds, self._stale = source, seconds, stale
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="live-events")
        self._checking = ThreadPoolExecutor(1, thread_name_prefix="live-scopes")
        self._checked: dict[tuple[str, str], float] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._started = asyncio.Lock()
        self.listeners: set[Listener] = set()
        self.position: Position = (0, 0)
        self.closed = False

    async def join(self, who: tuple[str, str], after: Position | None = None) -> Listener | None:
        """A listener from now on, or from where it was before; None for who may not listen."""
        scope = await self._ask(self._checking, self._source.scope, who)
        if scope is None:
            return None
        async with self._started:
            if not self._tasks:
                self.position = await self._ask(self._reading, self._source.newest)
                self._tasks = [asyncio.create_task(work()) for work in (self._follow, self._check)]
        listener = Listener(who, scope, max(after or self.position, self.position))
        self._checked.setdefault(who, monotonic())
        self.listeners.add(listener)
        if after and after < self.position:
            await self._make_up(listener, after)
        return listener

    def leave(self, listener: Listener) -> None:
        """The stream is closed; with the last one the hub rests."""
        self.listeners.discard(listener)
        if not any(other.who == listener.who for other in self.listeners):
            self._checked.pop(listener.who, None)
        if not self.listeners:
            self._rest()

    def close(self) -> None:
        """Ends all streams and starts no more; browsers come back by themselves."""
        self.closed = True
        self._rest()
        for listener in self.listeners:
            listener.end()
        self._reading.shutdown(wait=False, cancel_futures=True)
        self._checking.shutdown(wait=False, cancel_futures=True)

    def _rest(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []

    async def _make_up(self, listener: Listener, after: Position) -> None:
        """What was said between then and now, unless it is too much: then the page had better be loaded anew."""
        until = listener.position
        missed = list(await self._ask(self._reading, self._source.after, after, BATCH))
        past = Listener(listener.who, listener.scope, after)
        past.hear(event for event in missed if event.position <= until)
        listener.put_first(past if len(missed) < BATCH else None)

    async def _follow(self) -> None:
        while True:
            full = False
            try:
                events = list(await self._ask(self._reading, self._source.after, self.position, BATCH))
                full = len(events) == BATCH
                await self._spread(events)
            except Exception:
                log.exception("The live stream could not read what is new")
            await asyncio.sleep(0 if full else self._seconds)

    async def _spread(self, events: list[LiveEvent]) -> None:
        """Of several equal pieces of news only the last counts. Pages get their turn while there are many listeners."""
        last = {(e.subject, e.subject_id, e.name, e.thread_id, e.centre_id, e.account_id): e for e in events}
        told = sorted(last.values(), key=lambda event: event.position)
        for number, listener in enumerate(list(self.listeners) if told else []):
            listener.hear(told)
            if number % 20 == 19:
                await asyncio.sleep(0)
        if events:
            self.position = events[-1].position

    async def _check(self) -> None:
        """Asks again who may hear what, each at least every half minute."""
        while True:
            await asyncio.sleep(min(CHECK_SECONDS, self._stale / 4))
            for who in [who for who, at in self._checked.items() if monotonic() - at >= self._stale]:
                try:
                    scope = await self._ask(self._checking, self._source.scope, who)
                except Exception:
                    log.exception("The live stream could not check who listens")
                    break
                self._apply(who, scope)

    def _apply(self, who: tuple[str, str], scope: LiveScope | None) -> None:
        self._checked[who] = monotonic()
        for listener in self.listeners:
            if listener.who == who and scope:
                listener.scope = scope
            elif listener.who == who:
                listener.end(why=ENDED)

    async def _ask(self, pool: ThreadPoolExecutor, question: Callable[..., T], *about: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, asked, question, about)


def asked(question: Callable[..., T], about: tuple[Any, ...]) -> T:
    """The answer, given in a thread that leaves no connection behind."""
    close_old_connections()
    try:
        return question(*about)
    finally:
        close_old_connections()


def message(event: LiveEvent, *, mine: bool = False) -> bytes:
    """Ids only: what changed, on which work order, and whether the listener did it; pages fetch the rest in scope."""
    data: dict[str, Any] = {"subject": event.subject, "id": event.subject_id, "thread": event.thread_id}
    data |= {"name": event.name, "mine": mine}
    return f"event: changed\nid: {mark(event.position)}\ndata: {json.dumps(data)}\n\n".encode()


def word(kind: str) -> bytes:
    """A message that says only what kind it is."""
    return f"event: {kind}\ndata: {{}}\n\n".encode()


def mark(position: Position) -> str:
    """A position as browsers keep it."""
    return f"{position[0]}-{position[1]}"


def position_of(marked: str) -> Position | None:
    """What a browser kept; None when it is nothing of ours."""
    first, _dash, second = marked.partition("-")
    plain = first.isascii() and second.isascii() and first.isdecimal() and second.isdecimal()
    return (int(first), int(second)) if plain and len(marked) <= 40 else None
