"""Looking for what nobody says by itself: parcels that have not come, and what is late under way."""

from datetime import timedelta

import remonta.logistics.courier_jobs  # noqa: F401 - declares the handlers of couriers
from remonta.logistics.commands import call_late, remind_senders
from remonta.spine.commands import Task, handles, scheduled

RIGHTS = ("logistics.see", "orders.see", "orders.tasks")


@handles("logistics.remind", *RIGHTS)
def remind(task: Task) -> None:
    """Reminds the senders of parcels that have not come in time."""
    remind_senders(task.actor)


@handles("logistics.late", *RIGHTS)
def late(task: Task) -> None:
    """Tells of parcels and batches that are late under way."""
    call_late(task.actor)


scheduled("logistics.remind", every=timedelta(hours=1))
scheduled("logistics.late", every=timedelta(hours=1))
