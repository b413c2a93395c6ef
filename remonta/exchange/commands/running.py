"""The import itself: piece by piece, each with its account and the cursor in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from itertools import islice

from remonta.exchange import facts
from remonta.exchange.commands.devices import Devices
from remonta.exchange.commands.imports import named
from remonta.exchange.commands.pieces import CREATED, PIECE, SKIPPED, UPDATED, Verdict, judged
from remonta.exchange.mapping import read_mapping
from remonta.exchange.models import Import, ImportRow
from remonta.exchange.queries import imports_for, open_file
from remonta.exchange.repairs import Reader, Row
from remonta.exchange.tables import open_table
from remonta.exchange.workflow import IMPORT, RUNNING
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.orders.commands import PastOrder, add_history, correct_history
from remonta.spine.commands import record


class Runner:
    """Works on one import. Where it stands is the row's cursor, read anew in each piece: a second runner, or one after
    a kill, goes on behind what is committed and repeats nothing."""

    def __init__(self, actor: Actor, run_id: int, *, size: int = PIECE) -> None:
        self.actor, self.run_id, self.size = actor.trusted_with("orders.see"), run_id, size
        self.rows: Iterator[Row] = iter(())
        self.position, self.opened = -1, ExitStack()

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
        reader = Reader(table.head, mapping.checked(table.head), run.centre.timezone)
        numbered = islice(enumerate(table.rows, 1), run.cursor, None)
        self.rows = (reader.row(number, cells) for number, cells in numbered)
        self.devices, self.position = Devices(self.actor), run.cursor

    def met(self, run: Import, rows: Sequence[Row]) -> set[str]:
        """Keys of these rows that this very run has met before. One statement."""
        keys = [row.key for row in rows if not row.reason]
        earlier = run.rows.filter(key__in=keys).exclude(reason__in=("empty", "cells", "key", "date", "outcome"))
        return set(earlier.values_list("key", flat=True))

    def write(self, run: Import, verdicts: Sequence[Verdict]) -> None:
        """Makes it so, and keeps what became of each row."""
        new = [verdict for verdict in verdicts if verdict.outcome == CREATED]
        past = [self.past(run, verdict.row) for verdict in new]
        made = dict(zip((one.row.number for one in new), self.add(run, past), strict=True))
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

    def add(self, run: Import, past: Sequence[PastOrder]) -> list[int]:
        return add_history(self.actor, run.centre_id, past, imported=str(run.uid)) if past else []

    def corrected(self, run: Import, verdict: Verdict) -> ImportRow:
        """Writes over what an earlier import brought; what people have worked on stays as it is."""
        assert verdict.order_id is not None
        before = correct_history(self.actor, verdict.order_id, self.past(run, verdict.row))
        row = _row(run, verdict, {})
        if before is None:
            row.outcome, row.reason = SKIPPED, "touched"
        else:
            row.subject_id = verdict.order_id
            row.before = asdict(before) | {"happened_at": before.happened_at.isoformat()}
        return row

    def past(self, run: Import, row: Row) -> PastOrder:
        assert row.at is not None
        return PastOrder(
            number=f"IMP-{run.pk}-{row.number}",
            happened_at=row.at,
            outcome=row.outcome,
            fault=row.problem,
            device=row.brand,
            product_id=self.devices.model_of(row.category),
        )

    def finish(self, run: Import) -> Import:
        self.opened.close()
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


def _row(run: Import, verdict: Verdict, made: dict[int, int]) -> ImportRow:
    row = verdict.row
    return ImportRow(
        run=run,
        row=row.number,
        key=row.key,
        outcome=verdict.outcome,
        reason=row.reason,
        values=row.values,
        subject_id=made.get(row.number),
    )
