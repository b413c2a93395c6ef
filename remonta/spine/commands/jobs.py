"""Putting work into the background, in the transaction that wants it done; stopping it and trying it again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Refused
from remonta.spine.commands.effects import command
from remonta.spine.models import Job, JobState
from remonta.spine.queries import jobs_for

LIVE = (JobState.READY, JobState.RUNNING)


class JobOver(Refused):
    text = _("This work has ended already; there is nothing left to stop.")


class JobNotFailed(Refused):
    text = _("Only work that was stopped or has failed for good can be tried again.")


class JobWaitsAlready(Refused):
    text = _("The same work is waiting already; it will run soon.")


def enqueue(
    actor: Actor, name: str, args: Mapping[str, Any], *, run_at: datetime | None = None, unique_key: str | None = None
) -> Job:
    """A job that becomes visible with the caller's transaction. With `unique_key`, one such job waits at a time.

    One statement; with `unique_key` two.
    """
    assert transaction.get_connection().in_atomic_block, "enqueue() belongs inside a command's transaction"
    now = actor.now()
    job = Job(
        uid=uuid7(now),
        name=name,
        args=dict(args),
        run_at=run_at or now,
        unique_key=unique_key,
        actor=actor.label,
        account_id=actor.account_id,
        created_at=now,
    )
    if unique_key is None:
        job.save(force_insert=True)
        return job
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.get(unique_key=unique_key, state=JobState.READY)


@command
def stop_job(actor: Actor, job_uid: UUID) -> Job:
    """Waiting work is stopped at once, running long work after its present piece. Raises JobOver."""
    job = jobs_for(actor).select_for_update(of=("self",)).get(uid=job_uid)
    if job.state not in LIVE:
        raise JobOver
    job.stop_asked = True
    if job.state == JobState.READY:
        job.state, job.finished_at = JobState.STOPPED, actor.now()
    job.save(update_fields=["stop_asked", "state", "finished_at"])
    return job


@command
def retry_job(actor: Actor, job_uid: UUID) -> Job:
    """Work that is dead or was stopped waits again, with all its attempts; long work goes on from where it was.

    Raises JobNotFailed, or JobWaitsAlready for one that only waits once.
    """
    job = jobs_for(actor).select_for_update(of=("self",)).get(uid=job_uid)
    if job.state not in (JobState.DEAD, JobState.STOPPED):
        raise JobNotFailed
    if job.unique_key and Job.objects.filter(unique_key=job.unique_key, state=JobState.READY).exists():
        raise JobWaitsAlready
    job.state, job.run_at, job.fresh_from, job.stop_asked = JobState.READY, actor.now(), job.attempt, False
    job.finished_at = None
    job.save(update_fields=["state", "run_at", "fresh_from", "stop_asked", "finished_at"])
    return job
