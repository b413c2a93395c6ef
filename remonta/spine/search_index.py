"""The trigram index of the search text: an FTS5 table kept by triggers on SQLite, pg_trgm on PostgreSQL."""

import logging
from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connections, transaction

TABLE, INDEX = "spine_searchentry", "spine_search_fts"
FTS = f"""CREATE VIRTUAL TABLE {INDEX}
USING fts5(text, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1')"""
INSTRUCT = f"INSERT INTO {INDEX}({INDEX}, rank) VALUES (%s, %s)"
PAGE = 1000  # bytes: a look-up reads a few places of long lists, and whole pages of them
MERGED = 500  # pages a step: some milliseconds
FILL = f"INSERT INTO {INDEX}(rowid, text) SELECT id, text FROM {TABLE}"
ADD = f"INSERT INTO {INDEX}(rowid, text) VALUES (new.id, new.text);"
DROP = f"INSERT INTO {INDEX}({INDEX}, rowid, text) VALUES ('delete', old.id, old.text);"
TRIGGERS = (
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_added AFTER INSERT ON {TABLE} BEGIN {ADD} END",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_gone AFTER DELETE ON {TABLE} BEGIN {DROP} END",
    f"""CREATE TRIGGER IF NOT EXISTS {INDEX}_changed AFTER UPDATE OF text ON {TABLE}
    WHEN old.text IS NOT new.text BEGIN {DROP} {ADD} END""",
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"""CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (text gin_trgm_ops)
    WITH (fastupdate = on, gin_pending_list_limit = 256)""",
)

log = logging.getLogger(__name__)


def index_search(using: str = "default", **_signal: Any) -> None:
    """Makes the index after every migration, as far as it is missing: SQLite loses triggers with rebuilt tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if TABLE not in tables:
        return
    if connection.vendor == "postgresql":
        _on_postgres(using)
    else:
        _on_sqlite(using, missing=INDEX not in tables)


def merge_index(using: str = "default") -> Iterator[None]:
    """Makes one piece of SQLite's text index, step by step, so that looking up stays quick however much is written.

    PostgreSQL does that itself.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        return
    pages, changed = -MERGED, 2  # below nought it begins anew; what changes no more than the asking itself is whole
    while changed >= 2:
        with transaction.atomic(using=using), connection.cursor() as cursor:
            before = connection.connection.total_changes
            cursor.execute(INSTRUCT, ["merge", pages])
            pages, changed = MERGED, connection.connection.total_changes - before
        yield


def _on_sqlite(using: str, missing: bool) -> None:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if missing:
            cursor.execute(FTS)
        cursor.execute(INSTRUCT, ["pgsz", PAGE])
        if missing:
            cursor.execute(FILL)
        for trigger in TRIGGERS:
            cursor.execute(trigger)


def _on_postgres(using: str) -> None:
    """An ordinary owner of a database may create pg_trgm; where not, search answers rightly but slowly."""
    try:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            for statement in POSTGRES:
                cursor.execute(statement)
    except DatabaseError:
        log.warning("pg_trgm is missing: search will be slow until a superuser creates the extension pg_trgm")
