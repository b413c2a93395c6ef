"""The three books refuse UPDATE and DELETE in the database itself, on both kinds of database."""

from typing import Any

from django.db import connections

BOOKS = ("spine_event", "stock_move", "billing_entry", "billing_posting", "billing_partcharge")

SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is a book: lines are added, never changed'); END"""

POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION remonta_book_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is a book: lines are added, never changed', TG_TABLE_NAME; END $$"""

POSTGRES = """CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION remonta_book_stays()"""
COMMIT_ORDER = "ALTER TABLE spine_event ALTER COLUMN xact SET DEFAULT (pg_current_xact_id()::text::bigint)"


def guard_books(using: str = "default", **_signal: Any) -> None:
    """Sets the triggers anew after every migration: SQLite loses them when it rebuilds a table."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) & set(BOOKS)
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
            if "spine_event" in tables:
                cursor.execute(COMMIT_ORDER)
        template = POSTGRES if connection.vendor == "postgresql" else SQLITE
        for table in sorted(tables):
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(template.format(table=table, verb=verb))


def release_books(using: str = "default") -> None:
    """Takes the triggers off, for tests that empty whole tables between them; post_migrate sets them again."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) & set(BOOKS)
        for table in sorted(tables):
            for verb in ("UPDATE", "DELETE"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
