"""Taking the next number of a series."""

from django.db import connection, transaction

STEP = """INSERT INTO spine_numberseries (code, next_value) VALUES (%s, 2)
ON CONFLICT (code) DO UPDATE SET next_value = spine_numberseries.next_value + 1 RETURNING next_value"""


def take_number(code: str) -> int:
    """The next number of the series, 1 first; the series stays locked until the transaction ends, so there are no gaps.

    Take numbers last of all locks. One statement.
    """
    assert transaction.get_connection().in_atomic_block, "take_number() belongs inside a command's transaction"
    with connection.cursor() as cursor:
        cursor.execute(STEP, [code])
        return int(cursor.fetchone()[0]) - 1
