"""Tells people who have the same order open of each other, across all processes of the server."""

import asyncio
import json
import logging
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol, TypeVar
from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.web.models import Visit
from remonta.web.presence import Company, begin_visit, company, end_visits, keep_visits, may_visit
from remonta.web.server.hub import Listener, asked

ORDER = "orders.workorder"
LOOK_SECONDS = 1.0
KEEP_SECONDS = 20.0
log = logging.getLogger(__name__)
T = TypeVar("T")


class VisitorsBook(Protocol):
    """Where visits are kept; called in a thread."""

    def begin(self, actor: Actor, work_order_id: int) -> Visit | None: ...

    def keep(self, uids: Collection[UUID]) -> None: ...

    def end(self, uids: Collection[UUID]) -> None: ...

    def may(self, actor: Actor, work_order_id: int) -> bool: ...

    def company(self, work_order_ids: Iterable[int]) -> Company: ...


class Visits:
    """The book in the database."""

    begin, keep, end = staticmethod(begin_visit), staticmethod(keep_visits), staticmethod(end_visits)
    may, company = staticmethod(may_visit), staticmethod(company)


@dataclass
class Here:
    """An open page: its row in the book, and whom its reader was told of last."""

    uid: UUID
    order_id: int
    told: tuple[str, ...] = ()


class Presence:
    """Looks around while somebody has an order open: at once when a page comes or goes here, else every second."""

    def __init__(self, book: VisitorsBook, *, seconds: float = LOOK_SECONDS, keep: float = KEEP_SECONDS) -> None:
        self._book, self._seconds, self._keep = book, seconds, keep
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live-presence")
        self._here: dict[Listener, Here] = {}
        self._gone: list[UUID] = []
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def enter(self, listener: Listener, page: str) -> None:
        """The stream of an order’s page has opened. Other pages, and links of customers, are nobody’s company."""
        kind, _colon, number = page.partition(":")
        actor = listener.scope.actor
        if actor is None or kind != ORDER or not (number.isascii() and number.isdecimal() and len(number) < 19):
            return
        try:
            visit = await self._ask(self._book.begin, actor, int(number))
        except Exception:
            log.exception("A visit could not be kept")
            return
        if visit is None:
            return
        if listener.ended:
            self._gone.append(visit.uid)
        else:
            self._here[listener] = Here(visit.uid, visit.work_order_id)
        self._look()

    def leave(self, listener: Listener) -> None:
        """The stream is closed."""
        if here := self._here.pop(listener, None):
            self._gone.append(here.uid)
            self._look()

    def close(self) -> None:
        """No more is told; rows left behind are too old in a minute."""
        if self._task:
            self._task.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _look(self) -> None:
        self._news.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        kept = monotonic()
        while self._here or self._gone:
            self._news.clear()
            try:
                await self._forget()
                if monotonic() - kept >= self._keep:
                    kept = monotonic()
                    await self._check()
                await self._tell()
            except Exception:
                log.exception("Who is here could not be read")
                await asyncio.sleep(self._seconds)
            await self._rest()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await self._news.wait()
        except TimeoutError:
            pass

    async def _forget(self) -> None:
        if gone := list(self._gone):
            await self._ask(self._book.end, gone)
            self._gone = [uid for uid in self._gone if uid not in gone]

    async def _check(self) -> None:
        """Whoever may no longer see the order leaves; the others stay."""
        for listener, here in list(self._here.items()):
            actor = listener.scope.actor
            if actor is None or not await self._ask(self._book.may, actor, here.order_id):
                self._say(listener, here, ())
                self.leave(listener)
        await self._forget()
        await self._ask(self._book.keep, [here.uid for here in self._here.values()])

    async def _tell(self) -> None:
        if not self._here:
            return
        found = await self._ask(self._book.company, {here.order_id for here in self._here.values()})
        for listener, here in list(self._here.items()):
            own = listener.scope.account_id
            names = {name for account_id, name in found.get(here.order_id, {}).items() if account_id != own}
            self._say(listener, here, tuple(sorted(names)))

    def _say(self, listener: Listener, here: Here, names: tuple[str, ...]) -> None:
        if names != here.told:
            here.told = names
            listener.put(presence(here.order_id, names))

    async def _ask(self, question: Callable[..., T], *about: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, asked, question, about)


def presence(order_id: int, names: Iterable[str]) -> bytes:
    """The message that names who else has the order open; nobody when they have left."""
    data = {"subject": f"{ORDER}:{order_id}", "people": list(names)}
    return f"event: presence\ndata: {json.dumps(data)}\n\n".encode()
