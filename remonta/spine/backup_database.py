"""The database's part of a backup: one consistent copy, taken while others work."""

import gzip
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

Targets = list[tuple[str, str]]
SQLITE_NAME = "database.sqlite3.gz"
# The number of the transaction is the cluster's own: restored lines take that of the restore.
OWN_TO_THE_CLUSTER = {("spine_event", "xact")}


def dump(folder: Path) -> Iterator[Path]:
    """Writes the database into files of that folder, one after the other."""
    yield from _dump_postgres(folder) if connection.vendor == "postgresql" else [_dump_sqlite(folder)]


def load(folder: Path, migrations: Targets) -> None:
    """Fills the database from those files, as it was after those migrations, and brings it up to date."""
    if connection.vendor == "postgresql":
        _build_as_of(migrations)
        _load_postgres(folder)
    else:
        _load_sqlite(folder)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def applied_migrations() -> Targets:
    return sorted(MigrationRecorder(connection).applied_migrations())


def known_migrations() -> set[tuple[str, str]]:
    """The migrations this version of the program knows."""
    return set(MigrationExecutor(connection).loader.graph.nodes)


def _build_as_of(migrations: Targets) -> None:
    """Tables as they were when the backup was made: those that are there, if they are just that, else new ones."""
    if applied_migrations() == migrations:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    executor, wanted = MigrationExecutor(connection), set(migrations)
    nodes = executor.loader.graph.node_map
    executor.migrate([key for key in migrations if not {child.key for child in nodes[key].children} & wanted])


def _dump_sqlite(folder: Path) -> Path:
    """By SQLite's own online copy, in one step: readers and writers go on meanwhile."""
    connection.ensure_connection()
    plain, packed = folder / "plain", folder / SQLITE_NAME
    with closing(sqlite3.connect(plain)) as copy:
        connection.connection.backup(copy)
    with plain.open("rb") as source, gzip.open(packed, "wb", compresslevel=3) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    plain.unlink()
    return packed


def _load_sqlite(folder: Path) -> None:
    plain = folder / "plain"
    with gzip.open(folder / SQLITE_NAME, "rb") as source, plain.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    connection.ensure_connection()
    with closing(sqlite3.connect(plain)) as copy:
        copy.backup(connection.connection)
    plain.unlink()


def _dump_postgres(folder: Path) -> Iterator[Path]:
    """Every table in one snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in _tables(cursor):
            path = folder / f"{table}.copy.gz"
            sql = f"COPY {_named(cursor, table)} TO STDOUT"
            with gzip.open(path, "wb", compresslevel=3) as target, cursor.copy(sql) as rows:
                for some in rows:
                    target.write(some)
            yield path


def _load_postgres(folder: Path) -> None:
    """One transaction: foreign keys are looked at when it ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = _tables(cursor)
        cursor.execute(f"TRUNCATE {', '.join(connection.ops.quote_name(table) for table in tables)} CASCADE")
        for table in tables:
            path = folder / f"{table}.copy.gz"
            if path.exists():
                _load_table(cursor, table, path)


def _load_table(cursor: Any, table: str, path: Path) -> None:
    with gzip.open(path, "rb") as source, cursor.copy(f"COPY {_named(cursor, table)} FROM STDIN") as rows:
        while some := source.read(1 << 20):
            rows.write(some)
    for sequence in connection.introspection.get_sequences(cursor, table):
        cursor.execute(_reset(table, sequence["column"]))


def _reset(table: str, column: str) -> str:
    table_name, name = connection.ops.quote_name(table), connection.ops.quote_name(column)
    return (
        f"SELECT setval(pg_get_serial_sequence('{table_name}', '{column}'), COALESCE(MAX({name}), 1), "
        f"MAX({name}) IS NOT NULL) FROM {table_name}"
    )


def _tables(cursor: Any) -> list[str]:
    return sorted(info.name for info in connection.introspection.get_table_list(cursor) if info.type == "t")


def _named(cursor: Any, table: str) -> str:
    """The table with its columns by name, as their order may differ."""
    columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    kept = (connection.ops.quote_name(name) for name in columns if (table, name) not in OWN_TO_THE_CLUSTER)
    return f"{connection.ops.quote_name(table)} ({', '.join(kept)})"
