"""Taking the next number of a series."""

from django.db import connection, transaction

STEP = """INSERT INTO spine_numberseries (code, next_value) VALUES (%s, 2)
ON CONFLICT (code) DO UPDATE SET next_value = spine_numberseries.next_value + 1 RETURNING next_value"""

START = """INSERT INTO spine_numberseries (code, next_value) VALUES (%s, %s)
ON CONFLICT (code) DO UPDATE SET next_value = excluded.next_value
WHERE spine_numberseries.next_value < excluded.next_value"""


def start_series(code: str, value: int) -> None:
    """The series goes on from that number, if it has not come so far already. One statement."""
    assert transaction.get_connection().in_atomic_block, "start_series() belongs inside a command's transaction"
    with connection.cursor() as cursor:
        cursor.execute(START, [code, value])


def take_number(code: str) -> int:
    """The next number of the series, 1 first; the series stays locked until the transaction ends, so there are no gaps.

    Take numbers last of all locks. One statement.
    """
    assert transaction.get_connection().in_atomic_block, "take_number() belongs inside a command's transaction"
    with connection.cursor() as cursor:
        cursor.execute(STEP, [code])
        return int(cursor.fetchone()[0]) - 1
