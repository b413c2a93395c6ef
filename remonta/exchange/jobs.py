"""Dry runs, imports and undoings in the background, in pieces that a kill cannot half do."""

from collections.abc import Generator
from dataclasses import replace

from remonta.exchange.commands import Runner, check_import, fail_check, keep_check, undo_piece
from remonta.exchange.workflow import RUNNING, UNDOING
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.spine.commands import GiveUp, Kind, Progress, Task, handles

RIGHTS = ("exchange.import", "orders.see")


@handles("exchange.check", *RIGHTS, kind=Kind.LOOSE)
def check(task: Task) -> Generator[Progress, None, dict[str, int]]:
    """Reads the file without writing any of it, then keeps what it found."""
    actor = _for(task)
    pieces = check_import(actor, task.args["run"])
    try:
        while True:
            try:
                read = next(pieces)
            except StopIteration as end:
                found = end.value
                break
            yield Progress(read)
        keep_check(actor, task.args["run"], found=found)
    except Refused as refusal:
        fail_check(actor, task.args["run"], trouble=str(refusal))
        raise GiveUp(str(refusal)) from refusal
    return {"read": found["read"]}


@handles("exchange.run", *RIGHTS, kind=Kind.LONG)
def run(task: Task) -> Generator[Progress, None, dict[str, int]]:
    """Brings rows in until the file ends or somebody stops it."""
    runner = Runner(_for(task), task.args["run"])
    while (at := runner.piece()).state == RUNNING:
        yield Progress(at.rows_read, at.rows_all)
    return {"read": at.rows_read}


@handles("exchange.undo", *RIGHTS, kind=Kind.LONG)
def undo(task: Task) -> Generator[Progress, None, None]:
    """Withdraws piece by piece."""
    actor, done = _for(task), 0
    while undo_piece(actor, task.args["run"]).state == UNDOING:
        done += 1
        yield Progress(done)


def _for(task: Task) -> Actor:
    """The work's own rights, under the name of who asked for it."""
    return replace(task.actor, label=task.asked_by, account_id=task.account_id, _places={})
