"""Background work on doors: counters whose window is over are forgotten."""

from datetime import timedelta

from remonta.identity.commands import forget_attempts
from remonta.spine.commands import Task, handles, scheduled


@handles("identity.forget_attempts")
def forget(task: Task) -> None:
    """Removes counters of attempts that would start anew anyway."""
    forget_attempts(task.actor)


scheduled("identity.forget_attempts", every=timedelta(hours=1))
