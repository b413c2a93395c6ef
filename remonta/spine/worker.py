"""The worker process: lanes that work on jobs and messages side by side, and a clock that keeps the schedule."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from remonta.kernel.actor import system
from remonta.spine.background import Kind, schedule
from remonta.spine.commands.jobs import enqueue
from remonta.spine.delivery import Courier
from remonta.spine.job_runner import JobRunner
from remonta.spine.lease import has_vanished, worker_name
from remonta.spine.models import Job, JobState, Message, MessageState, Schedule

IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 5.0
TICK_SECONDS = 15.0
ENOUGH = 100_000
INSTANT = timedelta(microseconds=1)

log = logging.getLogger(__name__)
Step = Callable[[], bool]


def run_worker(stop: Event, *, once: bool = False) -> None:
    """Works until `stop` is set; the work in hand is finished first, long work is handed back after its piece.

    With `once`, does what is due now, in this thread, and returns.
    """
    if once:
        free_from_vanished(timezone.now())
        keep_schedule(timezone.now())
        drain(timezone.now)
        return
    lanes = [Thread(target=_lane, args=(step, stop), name=name) for name, step in _steps(stop).items()]
    for lane in lanes:
        lane.start()
    _lane(_ticking(), stop, TICK_SECONDS)
    for lane in lanes:
        lane.join()


def drain(now: Callable[[], datetime] = timezone.now) -> int:
    """Runs everything that is due by that clock in the present thread, and what comes of it. Says how many pieces."""
    steps = _steps(Event(), now, beats=False).values()
    done = 0
    while any(step() for step in steps):
        done += 1
        assert done < ENOUGH, "background work that never ends"
    return done


def keep_schedule(now: datetime) -> int:
    """Enqueues what the schedule says is due, each once however many workers ask. One statement when nothing is."""
    _declare(now)
    due = list(Schedule.objects.filter(next_at__lte=now, name__in=schedule()))
    return sum(_enqueue_due(row, now) for row in due)


def free_from_vanished(now: datetime) -> int:
    """Ends the leases of workers of this machine whose processes are gone, such as after a kill."""
    freed = 0
    for leased in (Job.objects.filter(state=JobState.RUNNING), Message.objects.filter(state=MessageState.SENDING)):
        for worker in filter(has_vanished, leased.values_list("worker", flat=True).distinct()):
            with transaction.atomic():
                freed += leased.filter(worker=worker, leased_until__gte=now).update(leased_until=now - INSTANT)
    return freed


def checkpoint() -> None:
    """Moves what SQLite's log has gathered into the database file, as far as no reader needs it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _steps(stop: Event, now: Callable[[], datetime] = timezone.now, *, beats: bool = True) -> dict[str, Step]:
    quick, slow = (JobRunner(worker_name(), now, stop, beats) for _lane in range(2))
    courier = Courier(worker_name(), now, beats)
    return {
        "outbox": courier.send_once,
        "jobs": lambda: quick.work_once((Kind.ATOMIC,)),
        "long-jobs": lambda: slow.work_once((Kind.LONG, Kind.LOOSE)),
    }


def _ticking() -> Step:
    def tick() -> bool:
        free_from_vanished(timezone.now())
        keep_schedule(timezone.now())
        checkpoint()
        return False

    return tick


def _lane(step: Step, stop: Event, idle: float = IDLE_SECONDS) -> None:
    """Steps as long as there is something to do, then looks again a little later; trouble never ends a lane."""
    while not stop.is_set():
        try:
            wait = 0.0 if step() else idle
        except Exception:
            log.exception("a lane of the worker met trouble")
            wait = TROUBLE_SECONDS
            close_old_connections()
        stop.wait(wait)
    connection.close()


def _declare(now: datetime) -> None:
    """Rows for what the rooms have scheduled; a changed interval counts from the next time."""
    known = dict(Schedule.objects.filter(name__in=schedule()).values_list("name", "every_seconds"))
    for name, every in schedule().items():
        seconds = int(every.total_seconds())
        if known.get(name) != seconds:
            with transaction.atomic():
                Schedule.objects.bulk_create(
                    [Schedule(name=name, every_seconds=seconds, next_at=now)],
                    update_conflicts=True,
                    unique_fields=["name"],
                    update_fields=["every_seconds"],
                )


def _enqueue_due(row: Schedule, now: datetime) -> bool:
    every = schedule()[row.name]
    next_at = row.next_at + every if row.next_at + every > now else now + every
    with transaction.atomic():
        won = Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=next_at)
        if won:
            enqueue(system("schedule", lambda: now), row.name, {}, unique_key=f"schedule:{row.name}")
    return bool(won)
