"""Starts the web server: one supervisor, and worker processes that share the port."""

import socket

from django.db import connections
from granian.constants import Interfaces, Loops
from granian.server import Server

from remonta.web.static_files import prepare_static

KILL_SECONDS = 10
BACKLOG = 1024
# Streams count too: each worker must have room for many of them beside its pages.
AT_ONCE = 4096


def serve(host: str, port: int, workers: int = 1) -> None:
    """Serves until it is told to stop. Ends streams at once and lets pages that are being made finish."""
    prepare_static()
    connections.close_all()  # the workers are forks
    server = Server(
        "remonta.web.server.app:application",
        address=ip_of(host),
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        loop=Loops.asyncio,
        websockets=False,
        backlog=BACKLOG,
        backpressure=AT_ONCE,
        workers_kill_timeout=KILL_SECONDS,
        respawn_failed_workers=True,
        log_access=False,
    )
    server.serve()


def ip_of(host: str) -> str:
    """A name such as `localhost` stands for several addresses; the server wants one, and IPv4 is the usual one."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return str(min(found, key=lambda address: address[0] != socket.AF_INET)[4][0])
