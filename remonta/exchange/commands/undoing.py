"""Undoing an import: what nobody has touched is withdrawn or as it was before; the rest is kept and listed."""

from collections.abc import Sequence
from datetime import datetime

from remonta.exchange import facts
from remonta.exchange.commands.imports import named
from remonta.exchange.commands.pieces import CREATED, PIECE, UPDATED
from remonta.exchange.models import Import, ImportRow
from remonta.exchange.queries import imports_for
from remonta.exchange.workflow import IMPORT, UNDOING
from remonta.kernel.actor import Actor
from remonta.orders.commands import PastOrder, correct_history, withdraw_history
from remonta.spine.commands import command, record

WITHDRAWN, RESTORED, KEPT = "withdrawn", "restored", "kept"


@command
def undo_piece(actor: Actor, run_id: int, *, size: int = PIECE) -> Import:
    """Undoes some more rows, the last first; the import it returns says whether there are more."""
    run = imports_for(actor).select_for_update(of=("self",)).get(pk=run_id)
    if run.state != UNDOING:
        return run
    rows = list(run.rows.filter(outcome__in=(CREATED, UPDATED), fate="").order_by("-row")[:size])
    _withdraw(actor, [row for row in rows if row.outcome == CREATED])
    _restore(actor, [row for row in rows if row.outcome == UPDATED])
    return run if rows else _end(actor, run)


def _withdraw(actor: Actor, rows: Sequence[ImportRow]) -> None:
    gone = withdraw_history(actor, [row.subject_id for row in rows if row.subject_id])
    for fate, of in ((WITHDRAWN, True), (KEPT, False)):
        some = [row.pk for row in rows if (row.subject_id in gone) is of]
        ImportRow.objects.filter(pk__in=some).update(fate=fate)


def _restore(actor: Actor, rows: Sequence[ImportRow]) -> None:
    for row in rows:
        before = dict(row.before or {})
        past = PastOrder(**before | {"happened_at": datetime.fromisoformat(before["happened_at"])})
        assert row.subject_id is not None
        done = correct_history(actor, row.subject_id, past) is not None
        ImportRow.objects.filter(pk=row.pk).update(fate=RESTORED if done else KEPT)


def _end(actor: Actor, run: Import) -> Import:
    IMPORT.apply("end_undo", run, actor)
    run.save(update_fields=["state"])
    fates = run.rows.exclude(fate="")
    kept = fates.filter(fate=KEPT).count()
    told = facts.ImportUndone(**named(run), withdrawn=fates.count() - kept, kept=kept)
    record(actor, run, told)
    return run
