"""Supply's background work: serving who waits for what has become free, what to order, what is below its minimum."""

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from remonta.identity.queries import every_centre
from remonta.spine.commands import Kind, Progress, Task, handles, scheduled
from remonta.supply.commands import advise_piece, field_of, fill_levels, plan_piece, serve_waiting
from remonta.supply.workflow import RUNNING


@handles("supply.serve", "orders.see", "supply.see", "supply.ask")
def serve(task: Task) -> None:
    """Serves the repairs of a centre that wait for a part."""
    serve_waiting(task.actor, [task.args["part"]], task.args["centre"])


@handles("supply.work_out", "supply.work_out", "catalogue.see", kind=Kind.LOOSE)
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


@handles("supply.fill_levels", "supply.request", "stock.ask_transfers", kind=Kind.LONG)
def fill(task: Task) -> Generator[Progress, None, dict[str, int]]:
    """Asks for what is below its minimum, a centre a piece."""
    centres = list(every_centre().order_by("pk").values_list("pk", flat=True))
    asked = 0
    for done, centre_id in enumerate(centres, start=1):
        filled = fill_levels(task.actor, centre_id)
        asked += filled.transfers + filled.requests
        yield Progress(done, len(centres))
    return {"asked": asked}


scheduled("supply.fill_levels", every=timedelta(days=1))
