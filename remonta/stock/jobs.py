"""The stock's background work: posting stocktakes in pieces that a kill cannot half do."""

from collections.abc import Generator
from dataclasses import replace

from remonta.spine.commands import Kind, Progress, Task, handles
from remonta.stock.commands import post_piece
from remonta.stock.queries import count_progress
from remonta.stock.workflow import POSTING


@handles("stock.post_counts", "stock.post_counts", "stock.move_units", kind=Kind.LONG)
def post_counts(task: Task) -> Generator[Progress, None, dict[str, int]]:
    """Posts until nothing is left, or somebody stops it."""
    actor = replace(task.actor, label=task.asked_by, account_id=task.account_id, _places={})
    stocktake = task.args["stocktake"]
    while post_piece(actor, stocktake).state == POSTING:
        progress = count_progress(stocktake)
        yield Progress(progress.posted, progress.counted + progress.posted)
    return {"posted": count_progress(stocktake).posted}
