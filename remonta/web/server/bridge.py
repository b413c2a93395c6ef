"""A WSGI application inside ASGI. Threads work and never wait for a client; the event loop waits and never works."""

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextvars import copy_context
from tempfile import TemporaryFile
from typing import IO, Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from remonta.web.server.answers import Receive, Scope, Send, answer, sentence
from remonta.web.server.environ import environ
from remonta.web.server.threads import Threads, Turn

BUSY = _("Too many people ask at once. Please try again in a moment.")
SLOW = _("What you sent came too slowly. Please try again.")
SPOOLED = 1 << 20
PIECE = 1 << 16
AT_ONCE = 1 << 18
BODY_SECONDS = 60.0
WSGI: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
log = logging.getLogger(__name__)


class Disconnected(Exception):
    """The client has gone before it was answered."""


class Answer:
    """One run of the application: every step happens in one thread, in one context, and the last one closes it."""

    def __init__(self, app: WSGI, told: dict[str, Any], after_step: Callable[[], None]) -> None:
        self._app, self._told, self._after_step = app, told, after_step
        self._context = copy_context()
        self._parts: Iterable[bytes] = ()
        self._pieces: Iterator[bytes] = iter(())
        self._early: list[bytes] = []
        self._closed = False
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.done = False

    def begin(self) -> bytes:
        """Calls the application; the first piece of the body, or all of it where it is in memory or a small file."""
        return self._step(self._begin)

    def go_on(self) -> bytes:
        """The next piece."""
        return self._step(lambda: self._take(1))

    def close(self) -> bytes:
        """Tells the application that it is over, once."""
        return self._step(self._finish)

    def _step(self, work: Callable[[], bytes]) -> bytes:
        return self._context.run(self._work, work)

    def _work(self, work: Callable[[], bytes]) -> bytes:
        try:
            piece = work()
        except BaseException:
            self._finish()
            raise
        if self.done:
            self._finish()
        self._after_step()
        return piece

    def _begin(self) -> bytes:
        self._parts = self._app(self._told, self._start_response)
        bodiless = self._told["REQUEST_METHOD"] == "HEAD"
        whole = getattr(self._parts, "streaming", None) is False
        in_file = hasattr(self._parts, "block_size")
        if in_file:
            self._parts.block_size = PIECE  # type: ignore[attr-defined]
        if bodiless and not whole:
            self.done = True
            return b""
        self._pieces = iter(self._parts)
        piece = self._take(sys.maxsize if whole else AT_ONCE if in_file else 1)
        if whole and not any(name == b"content-length" for name, _value in self.headers):
            self.headers.append((b"content-length", str(len(piece)).encode()))
        return b"" if bodiless else piece

    def _take(self, least: int) -> bytes:
        """Pieces until there are that many bytes; empty pieces are no news."""
        taken, self._early = self._early, []
        size = sum(map(len, taken))
        while size < least:
            piece = next(self._pieces, None)
            if piece is None:
                self.done = True
                break
            taken.append(piece)
            size += len(piece)
        return b"".join(taken)

    def _finish(self) -> bytes:
        """Django ends the request here, and gives its database connection back."""
        self.done = True
        if not self._closed:
            self._closed = True
            if close := getattr(self._parts, "close", None):
                close()
        return b""

    def _start_response(self, status: str, headers: list[tuple[str, str]], failed: Any = None) -> Callable[..., None]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers]
        return self._early.append


class WSGIBridge:
    """Serves the application by a bounded pool of threads; `after_step` runs in the thread after each piece of work."""

    def __init__(
        self, app: WSGI, *, threads: int = 4, waiting: int = 400, after_step: Callable[[], None] = lambda: None
    ) -> None:
        self._app, self._after_step = app, after_step
        self._threads, self._most = Threads(threads), threads + waiting
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._inside >= self._most:
            await answer(send, 503, sentence(scope, BUSY), ((b"retry-after", b"2"),))
            return
        self._inside += 1
        try:
            await self._serve(scope, receive, send)
        except Disconnected:
            return
        finally:
            self._inside -= 1

    async def shut_down(self) -> None:
        """Waits for the pages that are being made."""
        await self._threads.shut_down()

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body, size = await whole_body(receive)
        except TimeoutError:
            await answer(send, 408, sentence(scope, SLOW), ((b"connection", b"close"),))
            return
        run = Answer(self._app, environ(scope, body, size), self._after_step)
        turn, client = Turn(self._threads), Presence(receive)
        try:
            piece = await self._begin(run, turn, client)
            await self._send(run, piece, send, turn, client)
        finally:
            client.forget()
            turn.finish(None if run.done else run.close)
            body.close()

    async def _begin(self, run: Answer, turn: Turn, client: "Presence") -> bytes:
        """Django answers for its own errors; what comes out here is a fault of the server itself."""
        try:
            return await self._in_thread(run.begin, turn, client)
        except Disconnected:
            raise
        except Exception:
            log.exception("The application failed outside its own handling of errors")
            run.status, run.headers = 500, [(b"content-type", b"text/plain; charset=utf-8")]
            return b"Internal Server Error"

    async def _send(self, run: Answer, piece: bytes, send: Send, turn: Turn, client: "Presence") -> None:
        await send({"type": "http.response.start", "status": run.status, "headers": run.headers})
        while not run.done:
            if client.gone.done():
                raise Disconnected
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = await self._in_thread(run.go_on, turn, client)
        await send({"type": "http.response.body", "body": piece, "more_body": False})

    async def _in_thread(self, work: Callable[[], bytes], turn: Turn, client: "Presence") -> bytes:
        """What has begun runs to its end, client or not; what still waits for a thread need not begin."""
        result = turn.start(work)
        if not turn.begun:
            waited: set[asyncio.Future[Any]] = {result, client.gone}
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            if client.gone.done() and not turn.begun:
                raise Disconnected
        return await asyncio.shield(result)


class Presence:
    """Whether the client is still there; looked after only once somebody asks."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._watch: asyncio.Task[None] | None = None

    @property
    def gone(self) -> "asyncio.Task[None]":
        """Done when the client has gone."""
        self._watch = self._watch or asyncio.ensure_future(self._wait())
        return self._watch

    def forget(self) -> None:
        """Nobody wants to know any more."""
        if self._watch:
            self._watch.cancel()

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass


async def whole_body(receive: Receive) -> tuple[IO[bytes], int]:
    """The body, read to its end before a thread is asked: in memory while it is small, then in a file."""
    body: IO[bytes] = io.BytesIO()
    size = 0
    try:
        while True:
            async with asyncio.timeout(BODY_SECONDS):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise Disconnected
            piece = message.get("body", b"")
            if size <= SPOOLED < size + len(piece):
                body = _in_file(body)
            body.write(piece)
            size += len(piece)
            if not message.get("more_body", False):
                body.seek(0)
                return body, size
    except BaseException:
        body.close()
        raise


def _in_file(body: IO[bytes]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115  closed by the request that reads it
    body.seek(0)
    file.write(body.read())
    return file
