"""Claiming a job, running it in the way of its kind, keeping what came of it."""

import logging
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from remonta.kernel.actor import system
from remonta.spine.background import GiveUp, Handler, Kind, Progress, Task, handler_of, names_of, pieces
from remonta.spine.lease import ATTEMPTS, LEASE, LostLease, back_off, first_free, heart_beat, worker_name
from remonta.spine.models import Job, JobState

FIRST_WAIT, LONGEST_WAIT = 5.0, 3600.0
VANISHED = "The worker vanished while it worked on this."
SUPERSEDED = "Another job of the same kind was waiting already."

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Long work was asked to end by a person."""


class HandedBack(Exception):
    """Long work ends here because the worker is stopping; another one goes on from the cursor."""


@dataclass
class JobRunner:
    """Works on one job at a time. `beats` keeps leases alive from a thread while work stands outside a transaction."""

    name: str = field(default_factory=worker_name)
    now: Callable[[], datetime] = timezone.now
    stop: Event = field(default_factory=Event)
    beats: bool = True

    def work_once(self, kinds: tuple[Kind, ...] = tuple(Kind)) -> bool:
        """Claims and runs one due job of those kinds; False when there is none."""
        job = self.claim(kinds)
        if job is not None and job.state == JobState.RUNNING:
            self.run(job)
        return job is not None

    def claim(self, kinds: tuple[Kind, ...] = tuple(Kind)) -> Job | None:
        """Leases the next due job and counts the attempt. Looks before it opens a transaction."""
        for due in (_abandoned(self.now(), kinds), _waiting(self.now(), kinds)):
            if not due.exists():
                continue
            with transaction.atomic():
                if job := first_free(due):
                    self._take(job)
                    return job  # type: ignore[no-any-return]
        return None

    def run(self, job: Job) -> None:
        """Runs a claimed job to its end, its failure, or the loss of its lease."""
        handler = handler_of(job.name)
        try:
            if handler.kind == Kind.ATOMIC:
                self._run_whole(job, handler)
            else:
                self._run_pieces(job, handler)
        except LostLease:
            log.warning("job %s was taken over by another worker", job.pk)
        except HandedBack:
            self._wait_again(job, timedelta(), "")
        except Stopped:
            self._end(job, JobState.STOPPED)
        except GiveUp as reason:
            self._end(job, JobState.DEAD, error=str(reason))
        except Exception:
            log.exception("job %s %s failed", job.pk, job.name)
            self._fail(job, traceback.format_exc()[-4000:])

    def _take(self, job: Job) -> None:
        vanished = job.state == JobState.RUNNING and job.attempt - job.fresh_from >= ATTEMPTS
        if vanished:
            job.state, job.error, job.finished_at, job.leased_until = JobState.DEAD, VANISHED, self.now(), None
        else:
            job.state, job.worker, job.attempt = JobState.RUNNING, self.name, job.attempt + 1
            job.leased_until = self.now() + LEASE
        job.save(update_fields=["state", "worker", "attempt", "leased_until", "error", "finished_at"])

    def _run_whole(self, job: Job, handler: Handler) -> None:
        with transaction.atomic():
            _lock(job)
            result = handler.run(self._task(job, handler))
            self._end(job, JobState.DONE, result=result)

    def _run_pieces(self, job: Job, handler: Handler) -> None:
        steps = pieces(handler, self._task(job, handler))
        beating = heart_beat(lambda: _held(job)) if self.beats and handler.kind == Kind.LOOSE else nullcontext()
        with beating:
            while self._run_piece(job, steps, handler.kind):
                if _held(job).filter(stop_asked=True).exists():
                    raise Stopped
                if self.stop.is_set():
                    raise HandedBack

    def _run_piece(self, job: Job, steps: Any, kind: Kind) -> bool:
        """One piece and its progress; in one transaction when the work is long. False at the end."""
        with transaction.atomic() if kind == Kind.LONG else nullcontext():
            if kind == Kind.LONG:
                _lock(job)
            try:
                progress = next(steps)
            except StopIteration as end:
                self._end(job, JobState.DONE, result=end.value)
                return False
            self._keep(job, progress)
        return True

    def _keep(self, job: Job, progress: Progress | None) -> None:
        values: dict[str, Any] = {"leased_until": self.now() + LEASE, "fresh_from": job.attempt}
        if progress:
            values |= {"done_steps": progress.done, "all_steps": progress.all, "result": {"cursor": progress.cursor}}
        with transaction.atomic():
            if not _held(job).update(**values):
                raise LostLease
        job.fresh_from = job.attempt

    def _task(self, job: Job, handler: Handler) -> Task:
        actor = system(job.name, self.now, *handler.permissions)
        cursor = (job.result or {}).get("cursor")
        return Task(actor, job.uid, job.args, job.actor, job.account_id, job.attempt, cursor)

    def _fail(self, job: Job, error: str) -> None:
        tried = job.attempt - job.fresh_from
        if tried >= ATTEMPTS:
            self._end(job, JobState.DEAD, error=error)
        else:
            self._wait_again(job, back_off(max(tried, 1), FIRST_WAIT, LONGEST_WAIT), error)

    def _wait_again(self, job: Job, wait: timedelta, error: str) -> None:
        values = {"state": JobState.READY, "run_at": self.now() + wait, "leased_until": None, "error": error}
        try:
            with transaction.atomic():
                _held(job).update(**values)
        except IntegrityError:
            self._end(job, JobState.STOPPED, error=SUPERSEDED)

    def _end(self, job: Job, state: JobState, *, result: Any = None, error: str = "") -> None:
        values = {"state": state, "error": error, "leased_until": None, "finished_at": self.now()}
        if state == JobState.DONE:
            values["result"] = result
        with transaction.atomic():
            if not _held(job).update(**values) and state == JobState.DONE:
                raise LostLease


def _held(job: Job) -> QuerySet[Job]:
    """The row, as long as this worker's attempt is the one that holds it."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempt=job.attempt)


def _lock(job: Job) -> None:
    if _held(job).select_for_update().values_list("pk").first() is None:
        raise LostLease


def _waiting(now: datetime, kinds: tuple[Kind, ...]) -> QuerySet[Job]:
    running = Job.objects.filter(state=JobState.RUNNING, unique_key__isnull=False).values("unique_key")
    rows = Job.objects.filter(state=JobState.READY, run_at__lte=now).exclude(unique_key__in=running)
    return rows.filter(_of(kinds)).order_by("run_at", "id")


def _abandoned(now: datetime, kinds: tuple[Kind, ...]) -> QuerySet[Job]:
    return Job.objects.filter(_of(kinds), state=JobState.RUNNING, leased_until__lt=now).order_by("leased_until", "id")


def _of(kinds: tuple[Kind, ...]) -> Q:
    """Jobs of those kinds; names that nobody handles count as atomic, so that their failure is seen."""
    if set(kinds) == set(Kind):
        return Q()
    return ~Q(name__in=names_of(Kind.LONG, Kind.LOOSE)) if Kind.ATOMIC in kinds else Q(name__in=names_of(*kinds))
