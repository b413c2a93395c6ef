"""Background work: claimed once, fenced, tried again, stopped by people, resumed after a kill."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from socket import gethostname
from threading import Event as Flag
from threading import Thread

import pytest
from django.db import connection, transaction

from remonta.kernel.actor import EVERYWHERE, Actor, system
from remonta.spine import background, lease
from remonta.spine.background import GiveUp, Kind, Progress, handles
from remonta.spine.commands import enqueue, retry_job, stop_job
from remonta.spine.commands.jobs import JobNotFailed, JobOver
from remonta.spine.job_runner import JobRunner
from remonta.spine.models import Job, JobState, NumberSeries, Schedule
from remonta.spine.worker import drain, free_from_vanished, keep_schedule, run_worker

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self):
        self.at = NOW

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def handler(monkeypatch):
    """Declares a handler for the length of a test."""
    background.gather()
    monkeypatch.setattr(background, "HANDLERS", dict(background.HANDLERS))
    return handles


@pytest.fixture
def runner(clock):
    return lambda name: JobRunner(name, clock, beats=False)


def asked(name="work", **values):
    with transaction.atomic():
        return enqueue(system("test", lambda: NOW), name, values.pop("args", {}), **values)


def mark(code):
    NumberSeries.objects.create(code=code)


def marks():
    return sorted(NumberSeries.objects.values_list("code", flat=True))


@pytest.mark.django_db
def test_an_atomic_job_ends_in_the_transaction_of_its_effect(handler, clock):
    handler("work")(lambda task: mark(task.args["code"]) or {"was": task.attempt})
    job = asked(args={"code": "a"})
    assert drain(clock) == 1
    job.refresh_from_db()
    assert (job.state, job.result, job.attempt, marks()) == (JobState.DONE, {"was": 1}, 1, ["a"])


@pytest.mark.django_db
def test_work_that_fails_leaves_nothing_and_comes_back_later_each_time_until_it_is_dead(handler, clock):
    def fail(task):
        mark("half")
        raise ValueError("the printer is out of paper")

    handler("work")(fail)
    job, waits = asked(), []
    while job.state == JobState.READY:
        clock.at = job.run_at
        drain(clock)
        job.refresh_from_db()
        waits.append((job.run_at - clock.at).total_seconds())
    assert (job.state, job.attempt, marks()) == (JobState.DEAD, lease.ATTEMPTS, [])
    assert "out of paper" in job.error
    assert all(later > earlier for earlier, later in pairwise(waits[:-1]))


@pytest.mark.django_db
def test_a_dead_job_works_again_when_a_person_says_so(handler, clock):
    outcome = [GiveUp("no such supplier"), None]

    def work(task):
        if trouble := outcome.pop(0):
            raise trouble

    handler("work")(work)
    job = asked()
    drain(clock)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DEAD, "no such supplier")
    boss = Actor("account:1", 1, frozenset({(EVERYWHERE, "spine.see_jobs")}), clock)
    stranger = Actor("account:2", 2, frozenset(), clock)
    with pytest.raises(Job.DoesNotExist):
        retry_job(stranger, job.uid)
    retry_job(boss, job.uid)
    drain(clock)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    with pytest.raises(JobNotFailed):
        retry_job(boss, job.uid)


@pytest.mark.django_db
def test_who_lost_the_lease_can_write_nothing(handler, clock, runner):
    handler("work")(lambda task: mark(f"by attempt {task.attempt}"))
    asked()
    slow = runner("slow")
    lost = slow.claim()
    assert runner("early").claim() is None
    clock.at += lease.LEASE + MINUTE
    taken = runner("fast").claim()
    assert (taken.pk, taken.attempt) == (lost.pk, 2)
    slow.run(lost)
    assert marks() == []
    assert Job.objects.get().worker == "fast"
    runner("fast").run(taken)
    assert marks() == ["by attempt 2"]


@pytest.mark.django_db
def test_a_job_whose_workers_always_vanish_is_dead_in_the_end(handler, clock, runner):
    handler("work")(lambda task: mark("never"))
    job = asked()
    for _attempt in range(lease.ATTEMPTS):
        assert runner("w").claim().state == JobState.RUNNING
        clock.at += lease.LEASE + MINUTE
    assert drain(clock) == 1
    job.refresh_from_db()
    assert (job.state, marks()) == (JobState.DEAD, [])


def counting(task):
    for number in range(task.cursor or 0, 5):
        mark(f"row {number}")
        if number == 2 and task.attempt == 1:
            raise RuntimeError("killed here")
        yield Progress(number + 1, 5, cursor=number + 1)
    return {"rows": 5}


@pytest.mark.django_db
def test_long_work_goes_on_from_its_last_piece(handler, clock):
    handler("work", kind=Kind.LONG)(counting)
    job = asked()
    drain(clock)
    job.refresh_from_db()
    assert (job.state, job.done_steps, job.all_steps, marks()) == (JobState.READY, 2, 5, ["row 0", "row 1"])
    clock.at += 2 * MINUTE
    drain(clock)
    job.refresh_from_db()
    assert (job.state, job.result, len(marks())) == (JobState.DONE, {"rows": 5}, 5)


@pytest.mark.django_db
def test_long_work_obeys_a_person_who_stops_it(handler, clock):
    asker = Actor("account:7", 7, frozenset(), clock)

    def forever(task):
        for number in range(100):
            if number == 3:
                stop_job(asker, job.uid)
            yield Progress(number + 1, 100)

    handler("work", kind=Kind.LOOSE)(forever)
    with transaction.atomic():
        job = enqueue(asker, "work", {})
    drain(clock)
    job.refresh_from_db()
    assert (job.state, job.done_steps) == (JobState.STOPPED, 4)
    with pytest.raises(JobOver):
        stop_job(asker, job.uid)


@pytest.mark.django_db
def test_waiting_work_is_stopped_at_once(handler, clock):
    handler("work")(lambda task: mark("never"))
    asker = Actor("account:7", 7, frozenset(), clock)
    with transaction.atomic():
        job = enqueue(asker, "work", {})
    stop_job(asker, job.uid)
    assert (drain(clock), marks()) == (0, [])


@pytest.mark.django_db
def test_a_stopping_worker_hands_long_work_back(handler, clock):
    handler("work", kind=Kind.LONG)(counting)
    job = asked()
    stopping = JobRunner("old", clock, beats=False)
    stopping.stop.set()
    stopping.work_once()
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.READY, {"cursor": 1})
    drain(clock)
    job.refresh_from_db()
    assert (job.state, len(marks())) == (JobState.DONE, 5)


@pytest.mark.django_db
def test_one_job_of_a_key_waits_at_a_time_but_a_running_one_hides_no_new_wish(handler, clock, runner):
    handler("work")(lambda task: None)
    first = asked(unique_key="k")
    assert asked(unique_key="k") == first
    running = runner("w").claim()
    second = asked(unique_key="k")
    assert second != first
    assert runner("x").claim() is None, "two of a key do not run side by side"
    runner("w").run(running)
    assert drain(clock) == 1
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


@pytest.mark.django_db
def test_the_schedule_enqueues_once_each_time(monkeypatch, handler, clock):
    every = background.schedule()
    assert "tidy" in every
    monkeypatch.setattr(background, "SCHEDULED", {"work": timedelta(hours=1)})
    handler("work")(lambda task: None)
    assert [keep_schedule(clock.at), keep_schedule(clock.at)] == [1, 0]
    clock.at += timedelta(hours=5)
    assert [keep_schedule(clock.at), keep_schedule(clock.at)] == [1, 0]
    assert Job.objects.filter(name="work").count() == 1, "the first one still waits"
    assert Schedule.objects.get().next_at == clock.at + timedelta(hours=1)


@pytest.mark.django_db
def test_what_a_killed_worker_of_this_machine_held_is_free_at_once(handler, clock, runner):
    handler("work")(lambda task: mark(f"by attempt {task.attempt}"))
    asked(), asked(), asked()
    machine, pid = gethostname()[:30], subprocess.Popen(["true"])
    pid.wait()
    for name in (f"{machine}:{pid.pid}:dead", f"{machine}:{os.getpid()}:alive", f"elsewhere:{pid.pid}:far"):
        assert runner(name).claim()
    assert free_from_vanished(clock.at) == 1
    assert drain(clock) == 1
    assert marks() == ["by attempt 2"]


@pytest.mark.django_db
def test_work_nobody_handles_is_seen_as_a_failure(clock):
    job = asked("unheard-of")
    drain(clock)
    job.refresh_from_db()
    assert "nobody handles jobs called unheard-of" in job.error


@pytest.mark.django_db(transaction=True)
def test_many_workers_run_each_job_once(handler):
    handler("work")(lambda task: mark(f"job {task.args['n']}"))
    for number in range(20):
        asked(args={"n": number})
    # Tests on SQLite share one cache in memory, which locks whole tables: there, one worker after the other.
    together = 1 if connection.vendor == "sqlite" else 4
    with ThreadPoolExecutor(together) as pool:
        ran = [pool.submit(all_of_it) for _ in range(4)]
    assert sum(worker.result() for worker in ran) == 20
    assert len(marks()) == 20
    assert set(Job.objects.values_list("state", "attempt")) == {(JobState.DONE, 1)}


def all_of_it():
    hand = JobRunner(beats=False)
    try:
        return sum(1 for _ in iter(hand.work_once, False))
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_its_lanes_until_it_is_stopped(handler):
    seen, ended, stop = Flag(), Flag(), Flag()

    def long_work(task):
        yield Progress(1)
        ended.set()

    handler("work", kind=Kind.LOOSE)(long_work)
    handler("see")(lambda task: seen.set())
    asked("work")
    asked("see")
    thread = Thread(target=run_worker, args=(stop,))
    thread.start()
    assert seen.wait(60)
    assert ended.wait(60)
    stop.set()
    thread.join(60)
    assert not thread.is_alive()
    assert Job.objects.get(name="see").state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_a_heart_beat_keeps_the_lease_of_slow_outside_work():
    with transaction.atomic():
        job = Job.objects.create(
            uid="0190a0a0-0000-7000-8000-000000000000", name="x", run_at=NOW, created_at=NOW, leased_until=NOW
        )
    with lease.heart_beat(lambda: Job.objects.filter(pk=job.pk), every=0.02):
        Flag().wait(0.2)
    job.refresh_from_db()
    assert job.leased_until > NOW
