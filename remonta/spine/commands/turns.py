"""Taking turns: for rules about more than the rows a command locks, such as that nothing goes round in a circle."""

from hashlib import sha256

from django.db import connection, transaction


def take_turn(name: str) -> None:
    """Whoever asks for the same name waits until this transaction ends, and then sees what it wrote.

    To be taken before the rule is read, after the rows that are locked. In SQLite the one writer has its turn already.
    One statement, none in SQLite.
    """
    assert transaction.get_connection().in_atomic_block, "take_turn() belongs inside a command's transaction"
    if connection.vendor != "postgresql":
        return
    key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
