"""The import itself: piece by piece, each with its account and the cursor in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice

from remonta.exchange import facts
from remonta.exchange.commands.bringing import Bringer
from remonta.exchange.commands.imports import named
from remonta.exchange.commands.kinds import KINDS
from remonta.exchange.commands.pieces import CREATED, PIECE, SKIPPED, UPDATED, Verdict, judged
from remonta.exchange.mapping import read_mapping
from remonta.exchange.models import Import, ImportRow
from remonta.exchange.queries import imports_for, open_file
from remonta.exchange.reasons import OF_THE_ROW
from remonta.exchange.rows import Row
from remonta.exchange.tables import open_table
from remonta.exchange.workflow import IMPORT, RUNNING
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.spine.commands import record


class Runner:
    """Works on one import. Where it stands is the row's cursor, read anew in each piece: a second runner, or one after
    a kill, goes on behind what is committed and repeats nothing."""

    def __init__(self, actor: Actor, run_id: int, *, size: int = PIECE) -> None:
        self.actor, self.run_id, self.size = actor.trusted_with("orders.see"), run_id, size
        self.rows: Iterator[Row] = iter(())
        self.position, self.opened = -1, ExitStack()
        self.brings: Bringer | None = None

    def piece(self) -> Import:
        """The next rows, in the caller's transaction; the import it returns says whether there are more."""
        run = imports_for(self.actor).select_for_update(of=("self",)).select_related("centre").get(pk=self.run_id)
        if run.state != RUNNING:
            self.opened.close()
            return run
        try:
            self.seek(run)
            rows = list(islice(self.rows, self.size))
        except Refused as refusal:
            return self.stop(run, str(refusal))
        if rows:
            rows = self.bringer(run).resolved(rows)
            self.write(run, judged(run, rows, self.met(run, rows)))
            self.position = run.cursor = rows[-1].number
            run.save(update_fields=["cursor", "rows_read", "rows_all", "created", "updated", "skipped", "reasons"])
        return run if len(rows) == self.size else self.finish(run)

    def seek(self, run: Import) -> None:
        """Opens the file behind the cursor, unless it stands there."""
        if self.position == run.cursor:
            return
        self.opened.close()
        mapping = read_mapping(run.mapping)
        stream = self.opened.enter_context(open_file(self.actor, run))
        table = self.opened.enter_context(open_table(stream, mapping.shape))
        reader = KINDS[run.kind].reader(table.head, mapping.checked(table.head, run.kind), run.centre.timezone)
        numbered = islice(enumerate(table.rows, 1), run.cursor, None)
        self.rows = (reader.row(number, cells) for number, cells in numbered)
        self.brings, self.position = None, run.cursor

    def met(self, run: Import, rows: Sequence[Row]) -> set[str]:
        """Keys of these rows that this very run has met before. One statement."""
        keys = [row.key for row in rows if not row.reason]
        earlier = run.rows.filter(key__in=keys).exclude(reason__in=OF_THE_ROW)
        return set(earlier.values_list("key", flat=True))

    def write(self, run: Import, verdicts: Sequence[Verdict]) -> None:
        """Makes it so, and keeps what became of each row."""
        new = [verdict.row for verdict in verdicts if verdict.outcome == CREATED]
        made = dict(zip((row.number for row in new), self.bringer(run).add(new), strict=True))
        kept = [self.corrected(run, one) if one.outcome == UPDATED else _row(run, one, made) for one in verdicts]
        ImportRow.objects.bulk_create(kept)
        counts, reasons = Counter(row.outcome for row in kept), Counter(run.reasons)
        reasons.update(row.reason for row in kept if row.reason)
        run.created += counts[CREATED]
        run.updated += counts[UPDATED]
        run.skipped += counts[SKIPPED]
        run.rows_read += len(kept)
        run.rows_all = max(run.rows_all, run.rows_read)
        run.reasons = dict(reasons)

    def bringer(self, run: Import) -> Bringer:
        """Who makes the rows so: one for as long as the file is open."""
        if self.brings is None:
            self.brings = KINDS[run.kind].bringer(self.actor, run)
        return self.brings

    def corrected(self, run: Import, verdict: Verdict) -> ImportRow:
        """Writes over what an earlier import brought; what people have worked on stays as it is."""
        assert verdict.subject_id is not None
        before = self.bringer(run).correct(verdict.row, verdict.subject_id)
        row = _row(run, verdict, {})
        if isinstance(before, str):
            row.outcome, row.reason = SKIPPED, before
        else:
            row.subject_id, row.before = verdict.subject_id, before
        return row

    def finish(self, run: Import) -> Import:
        self.opened.close()
        self.bringer(run).finish()
        IMPORT.apply("finish", run, self.actor)
        run.done_at, run.rows_all = self.actor.now(), run.rows_read
        run.save(update_fields=["state", "done_at", "rows_all"])
        counts = {"read": run.rows_read, **{name: getattr(run, name) for name in (CREATED, UPDATED, SKIPPED)}}
        record(self.actor, run, facts.ImportFinished(**named(run), **counts))
        return run

    def stop(self, run: Import, trouble: str) -> Import:
        """The rest of the file cannot be read: what is in stays, and the page says why."""
        self.opened.close()
        IMPORT.apply("stop", run, self.actor)
        run.trouble = trouble
        run.save(update_fields=["state", "trouble"])
        record(self.actor, run, facts.ImportStopped(**named(run)))
        return run


def _row(run: Import, verdict: Verdict, made: Mapping[int, int | str]) -> ImportRow:
    """A row as it is kept; one that could not be made after all is left out for the reason that was answered."""
    row, became = verdict.row, made.get(verdict.row.number)
    refused = became if isinstance(became, str) else ""
    return ImportRow(
        run=run,
        row=row.number,
        key=row.key,
        outcome=SKIPPED if refused else verdict.outcome,
        reason=refused or row.reason,
        values=row.values,
        subject_id=became if isinstance(became, int) else None,
    )
