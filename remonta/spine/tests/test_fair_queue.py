"""Writers queue for SQLite's one write lock, in their order; readers never do."""

import multiprocessing
import os
import sqlite3
from contextlib import closing
from threading import Event, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.utils import ConnectionHandler

from remonta.spine.sqlite.queue import ThreadLine, queue_of
from remonta.spine.write_guard import WRITES, LooseWrite

PATIENCE = 30


class House:
    """One database file and as many connections to it as a test opens: one for each thread that asks."""

    def __init__(self, path, **options):
        database = {"ENGINE": "remonta.spine.sqlite", "NAME": path, "OPTIONS": options}
        self.path, self.connections = path, ConnectionHandler({"default": database})

    @property
    def connection(self):
        return self.connections["default"]

    @property
    def waiting(self):
        return len(queue_of(str(self.path), in_memory=False).line)

    def atomic(self):
        return Write(self.connection)

    def run(self, sql, params=()):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []

    def lines(self):
        return [who for (who,) in self.run("SELECT who FROM line ORDER BY id")]

    def write(self, who):
        with self.atomic():
            self.run("INSERT INTO line (who) VALUES (%s)", [who])

    def thread(self, work, *args):
        def run():
            try:
                work(*args)
            finally:
                self.connection.close()

        thread = Thread(target=run, daemon=True)
        thread.start()
        return thread

    def wait_for(self, count):
        pause = Event()
        while self.waiting < count:
            pause.wait(0.002)


class Write(transaction.Atomic):
    """`atomic` on a connection outside the settings."""

    def __init__(self, connection):
        super().__init__(using="default", savepoint=True, durable=False)
        self.connection = connection

    def _with_own(self, step, *args):
        known, transaction.get_connection = transaction.get_connection, lambda using=None: self.connection
        try:
            return step(*args)
        finally:
            transaction.get_connection = known
