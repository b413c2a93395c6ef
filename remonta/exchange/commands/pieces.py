"""What both the dry run and the import ask of some rows: which are new, which are here, which say something else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from remonta.exchange.models import Import, ImportRow
from remonta.exchange.rows import Row

CREATED, UPDATED, SKIPPED = "created", "updated", "skipped"
PIECE = 1000


@dataclass(frozen=True)
class Verdict:
    """What is to become of a row. `subject_id` is what is here already."""

    row: Row
    outcome: str
    subject_id: int | None = None

    @property
    def reason(self) -> str:
        return self.row.reason


def judged(run: Import, rows: Sequence[Row], met: set[str]) -> list[Verdict]:
    """A verdict a row; `met` are the keys met earlier in the file, and takes these. One statement."""
    here = standing(run, [row.key for row in rows if not row.reason])
    verdicts = []
    for row in rows:
        if row.reason:
            verdicts.append(Verdict(row, SKIPPED))
        elif row.key in met:
            verdicts.append(Verdict(replace(row, reason="double"), SKIPPED))
        else:
            met.add(row.key)
            verdicts.append(_judged(row, here.get(row.key)))
    return verdicts


def standing(run: Import, keys: Sequence[str]) -> dict[str, ImportRow]:
    """By key, the newest row that brought something into this centre which is still there. One statement."""
    about = {"run__kind": run.kind, "run__centre_id": run.centre_id, "outcome__in": (CREATED, UPDATED)}
    rows = ImportRow.objects.filter(key__in=keys, subject_id__isnull=False, **about).exclude(
        fate__in=("withdrawn", "restored")
    )
    return {row.key: row for row in rows.order_by("pk")}


def in_pieces(rows: Iterator[Any], size: int = PIECE) -> Iterator[list[Any]]:
    """The rows, some at a time."""
    piece = []
    for row in rows:
        piece.append(row)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece


def _judged(row: Row, here: ImportRow | None) -> Verdict:
    if here is None:
        return Verdict(row, CREATED)
    if here.values == row.values:
        return Verdict(replace(row, reason="here"), SKIPPED)
    return Verdict(row, UPDATED, here.subject_id)
