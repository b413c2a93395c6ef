"""Counting attempts, by one statement that all workers share."""

from datetime import timedelta
from hashlib import sha256

from django.db import connection

from remonta.identity.models import RateCounter
from remonta.kernel.actor import Actor
from remonta.spine.commands import command

COUNT = """
INSERT INTO identity_ratecounter (key, count, resets_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN identity_ratecounter.resets_at <= %s THEN 1 ELSE identity_ratecounter.count + 1 END,
  resets_at = CASE WHEN identity_ratecounter.resets_at <= %s
    THEN excluded.resets_at ELSE identity_ratecounter.resets_at END
RETURNING count
"""


@command
def count_attempt(actor: Actor, key: str, window: timedelta) -> int:
    """How often this was tried in the running window, this time included. The key is kept as a hash. One statement."""
    now = actor.now()
    start, end = (connection.ops.adapt_datetimefield_value(at) for at in (now, now + window))
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [sha256(key.encode()).hexdigest(), end, start, start])
        return int(cursor.fetchone()[0])


@command
def forget_attempts(actor: Actor, key: str = "") -> int:
    """Forgets one key's attempts; without a key, all windows that are over."""
    mine = {"key": sha256(key.encode()).hexdigest()} if key else {"resets_at__lte": actor.now()}
    return RateCounter.objects.filter(**mine).delete()[0]
