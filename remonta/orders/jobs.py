"""Orders' background work: passcodes are not kept longer than the centre allows."""

from datetime import timedelta

from remonta.orders.commands import erase_old_passcodes
from remonta.spine.commands import Task, handles, scheduled


@handles("orders.erase_passcodes", "orders.see")
def erase(task: Task) -> None:
    """Erases passcodes that are older than their centre allows."""
    erase_old_passcodes(task.actor)


scheduled("orders.erase_passcodes", every=timedelta(hours=6))
