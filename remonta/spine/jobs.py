"""The ground floor's own background work: later reactions and tidying up."""

from collections.abc import Generator
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from remonta.kernel.actor import Actor
from remonta.spine.background import Kind, Progress, Task, handles, scheduled
from remonta.spine.facts import Reaction, fact_of
from remonta.spine.models import Event, Job, JobState, Operation
from remonta.spine.search_index import merge_index

OPERATIONS_KEPT = timedelta(days=91)
JOBS_KEPT = timedelta(days=14)
PIECE = 1000


@handles("react")
def react(task: Task) -> None:
    """One later reaction to one event. The actor says who it was about; a reaction brings permissions of its own."""
    event = Event.objects.get(pk=task.args["event"])
    reaction: Reaction = import_string(task.args["reaction"])
    who = Actor(task.asked_by, task.account_id, frozenset(), task.now)
    reaction.answer(who, fact_of(event.name, event.version, event.data))


@handles("tidy", kind=Kind.LONG)
def tidy(task: Task) -> Generator[Progress, None, dict[str, int]]:
    """Removes operations past their 90 days, jobs that ended 14 days ago and sessions that have run out; merges the
    index of the search."""
    gone = Progress(0)
    stale: QuerySet[Any]
    for stale in (
        Operation.objects.filter(made_at__lt=task.now() - OPERATIONS_KEPT),
        Job.objects.filter(state__in=[JobState.DONE, JobState.STOPPED], finished_at__lt=task.now() - JOBS_KEPT),
        Session.objects.filter(expire_date__lt=task.now()),
    ):
        while keys := [*stale.values_list("pk", flat=True)[:PIECE]]:
            stale.model._default_manager.filter(pk__in=keys).delete()
            gone = Progress(gone.done + len(keys))
            yield gone
    for _step in merge_index():
        yield gone
    return {"removed": gone.done}


scheduled("tidy", every=timedelta(hours=6))
