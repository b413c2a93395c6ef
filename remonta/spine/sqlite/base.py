"""Django's SQLite backend, set for safety and many writers: WAL, full sync, a fair queue before BEGIN IMMEDIATE.

Every outermost `atomic` is a write transaction; even one that only reads waits for the writer. So reads use none.
"""

import os
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.utils import OperationalError

from remonta.spine.sqlite.queue import WriteQueue, queue_of
from remonta.spine.write_guard import GuardsWrites

# Recursive triggers: else INSERT OR REPLACE would take a row out of a book without asking the book's trigger.
PRAGMAS = {
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "recursive_triggers": "ON",
    "temp_store": "MEMORY",
    "mmap_size": 1 << 30,
    "cache_size": -16_000,
    "wal_autocheckpoint": 4_000,
    "journal_size_limit": 64 << 20,
}
WAIT_SECONDS = 30.0


class DatabaseWrapper(GuardsWrites, SQLite):
    """A connection to SQLite whose writers stand in one fair queue."""

    _place: tuple[WriteQueue, int] | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Always IMMEDIATE: a transaction that starts by reading could not become a writer later."""
        params: dict[str, Any] = {"timeout": WAIT_SECONDS, **super().get_connection_params()}
        self.transaction_mode = "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Opens the file and sets it up; the first one to open a new file turns WAL on, alone."""
        connection = super().get_new_connection(conn_params)
        try:
            if not self.is_in_memory_db() and _journal_of(connection) != "wal":
                self._turn_wal_on(connection)
            for pragma, value in PRAGMAS.items():
                connection.execute(f"PRAGMA {pragma} = {value}")
        except BaseException:
            connection.close()
            raise
        return connection

    def write_loose(self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """A writing statement outside `atomic` waits in the same queue as everybody else."""
        if self._place:
            return execute(sql, params, many, context)
        self._stand_in_line()
        try:
            return execute(sql, params, many, context)
        finally:
            self._step_aside()

    def _turn_wal_on(self, connection: Any) -> None:
        self._stand_in_line()
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            self._step_aside()

    def _start_transaction_under_autocommit(self) -> None:
        self.ensure_connection()
        self._stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._step_aside()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._step_aside()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._step_aside()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._step_aside()

    def _set_autocommit(self, autocommit: bool) -> None:
        """Back to autocommit, sqlite3 itself ends what an interrupted COMMIT left open."""
        try:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
        finally:
            if autocommit:
                self._step_aside()

    def _stand_in_line(self) -> None:
        name = str(self.settings_dict["NAME"])
        if name == ":memory:":
            return
        queue = queue_of(name, in_memory=self.is_in_memory_db())
        wait = float(self.settings_dict["OPTIONS"].get("timeout", WAIT_SECONDS))
        if not queue.enter(wait):
            raise OperationalError(f"database is locked: another write has not ended within {wait:g} seconds")
        self._place = queue, os.getpid()

    def _step_aside(self) -> None:
        """Gives the place back, once; a place taken before a fork is the parent's to give."""
        place, self._place = self._place, None
        if place and place[1] == os.getpid():
            place[0].leave()


def _journal_of(connection: Any) -> str:
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0])
