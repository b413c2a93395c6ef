"""The stock's background work: stocktakes posted in pieces that a kill cannot half do, overdue loaners, closed days."""

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta

from remonta.spine.commands import Kind, Progress, Task, handles, scheduled
from remonta.stock.commands import call_overdue_loans, close_day, post_piece
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


@handles("stock.call_overdue_loans", "stock.see_loaners", "orders.see", "orders.tasks")
def call_loans(task: Task) -> dict[str, int]:
    """Reminds of loaners that should be back."""
    return {"called": call_overdue_loans(task.actor)}


scheduled("stock.call_overdue_loans", every=timedelta(hours=1))


@handles("stock.close_days", kind=Kind.LONG)
def close_days(task: Task) -> Generator[Progress, None, dict[str, int]]:
    """Writes what every place had when each day ended that is over and not closed yet; a day a piece."""
    done = 0
    while close_day(task.actor):
        done += 1
        yield Progress(done)
    return {"days": done}


scheduled("stock.close_days", every=timedelta(hours=1))
