"""Undoing an import: what nobody has touched is withdrawn or as it was before; the rest is kept and listed."""

from collections.abc import Sequence

from remonta.exchange import facts
from remonta.exchange.commands.bringing import Bringer
from remonta.exchange.commands.imports import named
from remonta.exchange.commands.kinds import KINDS
from remonta.exchange.commands.pieces import CREATED, PIECE, UPDATED
from remonta.exchange.models import Import, ImportRow
from remonta.exchange.queries import imports_for
from remonta.exchange.workflow import IMPORT, UNDOING
from remonta.kernel.actor import Actor
from remonta.spine.commands import command, record

WITHDRAWN, RESTORED, KEPT = "withdrawn", "restored", "kept"


@command
def undo_piece(actor: Actor, run_id: int, *, size: int = PIECE) -> Import:
    """Undoes some more rows, the last first; the import it returns says whether there are more."""
    run = imports_for(actor).select_for_update(of=("self",)).get(pk=run_id)
    if run.state != UNDOING:
        return run
    rows = list(run.rows.filter(outcome__in=(CREATED, UPDATED), fate="").order_by("-row")[:size])
    bringer = KINDS[run.kind].bringer(actor, run)
    _withdraw(bringer, [row for row in rows if row.outcome == CREATED])
    _restore(bringer, [row for row in rows if row.outcome == UPDATED])
    return run if rows else _end(actor, run)


def _withdraw(bringer: Bringer, rows: Sequence[ImportRow]) -> None:
    gone = bringer.withdraw(rows)
    for fate, of in ((WITHDRAWN, True), (KEPT, False)):
        some = [row.pk for row in rows if (row.subject_id in gone) is of]
        ImportRow.objects.filter(pk__in=some).update(fate=fate)


def _restore(bringer: Bringer, rows: Sequence[ImportRow]) -> None:
    for row in rows:
        assert row.subject_id is not None
        fate = RESTORED if bringer.restore(row) else KEPT
        ImportRow.objects.filter(pk=row.pk).update(fate=fate)


def _end(actor: Actor, run: Import) -> Import:
    IMPORT.apply("end_undo", run, actor)
    run.save(update_fields=["state"])
    fates = run.rows.exclude(fate="")
    kept = fates.filter(fate=KEPT).count()
    told = facts.ImportUndone(**named(run), withdrawn=fates.count() - kept, kept=kept)
    record(actor, run, told)
    return run
