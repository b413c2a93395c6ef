"""Putting work into the background, in the transaction that wants it done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.spine.models import Job


def enqueue(
    actor: Actor, name: str, args: Mapping[str, Any], *, run_at: datetime | None = None, unique_key: str | None = None
) -> Job:
    """A job that becomes visible with the caller's transaction. With `unique_key`, one such job waits at a time."""
    assert transaction.get_connection().in_atomic_block, "enqueue() belongs inside a command's transaction"
    if unique_key and (waiting := Job.objects.filter(unique_key=unique_key, state__in=["ready", "running"]).first()):
        return waiting
    now = actor.now()
    return Job.objects.create(
        uid=uuid7(now),
        name=name,
        args=dict(args),
        run_at=run_at or now,
        unique_key=unique_key,
        actor=actor.label,
        account_id=actor.account_id,
        created_at=now,
    )
