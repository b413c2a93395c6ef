"""Leases: how a worker holds a row while it works, and how it loses it."""

import logging
import os
import random
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import psutil
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

LEASE = timedelta(seconds=60)
ATTEMPTS = 8

log = logging.getLogger(__name__)


class LostLease(Exception):
    """Somebody else works on the row by now; whatever was to be written about it must not be."""


def worker_name() -> str:
    """A name no other worker has, nor had: machine, process and chance."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def has_vanished(worker: str) -> bool:
    """Whether the worker of that name ran on this machine and its process is gone: its leases need no waiting for."""
    machine, _colon, rest = worker.partition(":")
    pid = rest.partition(":")[0]
    return machine == socket.gethostname()[:30] and pid.isdigit() and not psutil.pid_exists(int(pid))


def first_free(rows: QuerySet[Any]) -> Any:
    """The first of the rows that nobody else is claiming at this moment; locked. Belongs inside a transaction."""
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    return rows.first()


def back_off(attempt: int, first: float, most: float) -> timedelta:
    """How long to wait after so many attempts: doubled each time, spread by a fifth so that not all return at once."""
    return timedelta(seconds=min(most, first * 2 ** (attempt - 1)) * random.uniform(0.8, 1.2))


@contextmanager
def heart_beat(held: Callable[[], QuerySet[Any]], every: float = LEASE.total_seconds() / 3) -> Iterator[None]:
    """Renews the lease of the held row from a thread of its own while outside work goes on."""
    over = Event()
    thread = Thread(target=_beat, args=(held, every, over), name="heart-beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(held: Callable[[], QuerySet[Any]], every: float, over: Event) -> None:
    while not over.wait(every):
        try:
            with transaction.atomic():
                held().update(leased_until=timezone.now() + LEASE)
        except DatabaseError:
            log.exception("a heart-beat was missed")
    connection.close()
