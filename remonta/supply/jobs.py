"""Supply's background work: looking again whether somebody waits for what has become free."""

from remonta.spine.commands import Task, handles
from remonta.supply.commands import serve_waiting


@handles("supply.serve", "orders.see", "supply.see", "supply.ask")
def serve(task: Task) -> None:
    """Serves the repairs of a centre that wait for a part."""
    serve_waiting(task.actor, [task.args["part"]], task.args["centre"])
