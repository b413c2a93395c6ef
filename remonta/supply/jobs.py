"""Supply's background work: looking again whether somebody waits for what has become free, and what to order."""

from collections.abc import Generator
from dataclasses import replace
from functools import partial

from remonta.spine.commands import Kind, Progress, Task, handles
from remonta.supply.commands import advise_piece, field_of, plan_piece, serve_waiting
from remonta.supply.workflow import RUNNING


@handles("supply.serve", "orders.see", "supply.see", "supply.ask")
def serve(task: Task) -> None:
    """Serves the repairs of a centre that wait for a part."""
    serve_waiting(task.actor, [task.args["part"]], task.args["centre"])


@handles("supply.work_out", "supply.work_out", "catalogue.see", kind=Kind.LONG)
def work_out(task: Task) -> Generator[Progress, None, dict[str, int]]:
    """Works out what a centre should order, or plans its spare parts, until no part is left, or somebody stops it."""
    actor = replace(task.actor, label=task.asked_by, account_id=task.account_id, _places={})
    calculation = task.args["calculation"]
    piece = partial(advise_piece, actor, calculation)
    if task.args["kind"] == "plan":
        piece = partial(plan_piece, actor, calculation, field_of(actor, calculation))
    while (found := piece()).state == RUNNING:
        yield Progress(found.done, found.all_parts)
    return {"parts": found.done}
