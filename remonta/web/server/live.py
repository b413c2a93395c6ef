"""The live stream at `/live` for signed-in people and at `/live/link/<token>` for holders of a secret link."""

import asyncio
import logging
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http import parse_cookie
from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import LiveScope, live_scope_of_link, live_scope_of_session
from remonta.spine.queries import LiveEvent, Position, events_after, newest_position
from remonta.web.server.answers import Receive, Scope, Send, answer, header, sentence
from remonta.web.server.hub import Hub, Listener, mark, position_of
from remonta.web.server.presence import Presence

# For the access table: every live route with the name of the room's check that opens it.
LIVE_ROUTES = {"/live": "session", "/live/link/<token>": "link"}
SESSION, LINK = "/live", "/live/link/"
BEAT_SECONDS = 15.0
MOST_STREAMS = 2000
SIGN_IN = _("Please sign in again.")
NOTHING = _("There is nothing here.")
LATER = b"retry: 20000\n\n"  # a browser gives up on any status but 200; this way it comes back
log = logging.getLogger(__name__)
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Database:
    """Events and scopes as the rooms below give them."""

    def newest(self) -> Position:
        return newest_position()

    def after(self, position: Position, limit: int) -> tuple[LiveEvent, ...]:
        return events_after(position, limit)

    def scope(self, who: tuple[str, str]) -> LiveScope | None:
        kind, key = who
        return live_scope_of_session(key) if kind == "session" else live_scope_of_link(key)


class Live:
    """Answers the live routes; everything waits in the event loop, so a stream costs no thread."""

    def __init__(
        self,
        hub: Hub,
        presence: Presence | None = None,
        *,
        beat: float = BEAT_SECONDS,
        most: int = MOST_STREAMS,
    ) -> None:
        self.hub, self._presence, self._beat, self._most = hub, presence, beat, most

    @staticmethod
    def serves(scope: Scope) -> bool:
        """Whether this is a live route."""
        path = _path(scope)
        return path == SESSION or path.startswith(LINK)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await answer(send, 405, headers=((b"allow", b"GET"),))
            return
        if self.hub.closed or len(self.hub.listeners) >= self._most:
            await self._put_off(send)
            return
        who = _who(scope)
        try:
            listener = await self.hub.join(who, _after(scope))
        except Exception:
            log.exception("A live stream could not be opened")
            await self._put_off(send)
            return
        if listener is None:
            status, text = (401, SIGN_IN) if who[0] == "session" else (404, NOTHING)
            await answer(send, status, sentence(scope, text), ((b"cache-control", b"no-store"),))
            return
        gone = asyncio.ensure_future(_disconnect(receive, listener))
        coming = asyncio.ensure_future(self._enter(listener, _asks(scope, "at")))
        try:
            with suppress(ConnectionError):
                await self._stream(listener, send)
        finally:
            gone.cancel()
            listener.end()
            self.hub.leave(listener)
            await coming
            self._leave(listener)

    async def _enter(self, listener: Listener, page: str) -> None:
        if self._presence and page:
            await self._presence.enter(listener, page)

    def _leave(self, listener: Listener) -> None:
        if self._presence:
            self._presence.leave(listener)

    def close(self) -> None:
        """Ends all streams; the server goes down."""
        self.hub.close()
        if self._presence:
            self._presence.close()

    async def _put_off(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": LATER})

    async def _stream(self, listener: Listener, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await self._say(send, f"retry: 2000\nid: {mark(listener.position)}\n\n".encode())
        while True:
            news = await listener.next(self._beat)
            if listener.ended:
                break
            await self._say(send, news or f": beat\nid: {mark(self._reached(listener))}\n\n".encode())
        await send({"type": "http.response.body", "body": news, "more_body": False})

    def _reached(self, listener: Listener) -> Position:
        """Where a listener with nothing waiting has got to."""
        return max(self.hub.position, listener.position)

    async def _say(self, send: Send, text: bytes) -> None:
        await send({"type": "http.response.body", "body": text, "more_body": True})


def _path(scope: Scope) -> str:
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def _who(scope: Scope) -> tuple[str, str]:
    path = _path(scope)
    if path.startswith(LINK):
        return "link", path[len(LINK) :]
    cookies: dict[str, Any] = parse_cookie(header(scope, b"cookie"))
    return "session", str(cookies.get(settings.SESSION_COOKIE_NAME, ""))


def _after(scope: Scope) -> Position | None:
    """Where the browser was: it says so itself when it comes back, and the page may say where it was made."""
    return position_of(header(scope, b"last-event-id")) or position_of(_asks(scope, "after"))


def _asks(scope: Scope, name: str) -> str:
    """What the address says behind the question mark."""
    return str(parse_qs(scope["query_string"].decode("latin-1")).get(name, [""])[0])


async def _disconnect(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()
