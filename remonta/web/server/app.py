"""What the server runs: live streams in the event loop, pages in threads (`REMONTA_HANDLER=django`: by Django)."""

import asyncio
import os
import signal
from threading import current_thread, main_thread
from typing import cast

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

# Only now may models be imported.
from django.conf import settings  # noqa: E402
from django.core.handlers.asgi import ASGIHandler  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import close_old_connections  # noqa: E402

from remonta.web.server.answers import ASGI, Receive, Scope, Send  # noqa: E402
from remonta.web.server.bridge import WSGIBridge  # noqa: E402
from remonta.web.server.hub import Hub  # noqa: E402
from remonta.web.server.limits import BodyLimit  # noqa: E402
from remonta.web.server.live import Database, Live  # noqa: E402
from remonta.web.server.presence import Presence, Visits  # noqa: E402


class Application:
    """Sends each request where it belongs, and closes the house in order."""

    def __init__(self) -> None:
        self._live: Live | None = None
        self._bridge: WSGIBridge | None = None
        self._pages = BodyLimit(self._handler(), settings.REMONTA_MAX_BODY)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        elif Live.serves(scope):
            await self._streams()(scope, receive, send)
        else:
            await self._pages(scope, receive, send)

    def _handler(self) -> ASGI:
        if os.environ.get("REMONTA_HANDLER", "bridge") == "django":
            return cast(ASGI, ASGIHandler())
        threads = int(os.environ.get("REMONTA_THREADS", "4"))
        self._bridge = WSGIBridge(WSGIHandler(), threads=threads, after_step=close_old_connections)
        return self._bridge

    def _streams(self) -> Live:
        """Made by the first listener, inside the running event loop."""
        self._live = self._live or Live(Hub(Database()), Presence(Visits()))
        return self._live

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        for number in (signal.SIGTERM, signal.SIGINT):
            self._end_streams_at(number, asyncio.get_running_loop())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._end_streams()
        if self._bridge:
            await self._bridge.shut_down()
        await send({"type": "lifespan.shutdown.complete"})

    def _end_streams_at(self, number: int, loop: asyncio.AbstractEventLoop) -> None:
        """The server waits for open answers before it says `shutdown`, so streams must end at the signal itself.

        The event loop learns of signals by its wake-up pipe, so the server's own handling of them goes on.
        """
        if current_thread() is main_thread():
            signal.signal(number, lambda *_signal: loop.call_soon_threadsafe(self._end_streams))
            signal.siginterrupt(number, False)

    def _end_streams(self) -> None:
        if self._live:
            self._live.close()


application = Application()
