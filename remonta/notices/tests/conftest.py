"""What tests of notices need: facts that are answered at once, as the worker would."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils.module_loading import import_string

from remonta.kernel.actor import Actor
from remonta.spine.facts import fact_of
from remonta.spine.models import Event, Job


@pytest.fixture
def work(cast: SimpleNamespace) -> Callable[[], int]:
    """Does the waiting reactions, in their order; how many there were."""

    def run() -> int:
        waiting = list(Job.objects.filter(name="react", state="ready").order_by("pk"))
        for job in waiting:
            event = Event.objects.get(pk=job.args["event"])
            who = Actor(job.actor, job.account_id, frozenset(), cast.clock)
            import_string(job.args["reaction"]).answer(who, fact_of(event.name, event.version, event.data))
        Job.objects.filter(pk__in=[job.pk for job in waiting]).update(state="done")
        return len(waiting)

    return run
