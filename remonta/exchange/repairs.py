"""Rows of a file as repairs of the past: what each says, or why it says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from remonta.exchange.dates import moment
from remonta.exchange.rows import LONGEST_KEY, Cells, Row, digest
from remonta.kernel.texts import clean

LONGEST_BRAND, LONGEST_CATEGORY = 200, 120


@dataclass(frozen=True)
class RepairRow(Row):
    """A repair with its `at`."""

    at: datetime | None = None
    outcome: str = ""
    category: str = ""
    brand: str = ""
    problem: str = ""


class Reader(Cells):
    """Reads rows by a mapping, in the zone of the centre whose repairs they were."""

    def row(self, number: int, cells: Sequence[str]) -> Row:
        """What the row says. Each row is one of these: nothing is left out without a reason."""
        values = self.values(cells)
        key = self.key(cells)
        found = Row(number, key[:LONGEST_KEY], values, self.flaw(cells, key))
        if found.reason:
            return found
        at = moment(self.cell(cells, "date"), self.mapping.dates, self.zone)
        outcome = self.mapping.outcomes.get(self.cell(cells, "outcome"), "")
        return RepairRow(
            number,
            key,
            values,
            reason="" if at and outcome else "outcome" if at else "date",
            at=at,
            outcome=outcome,
            category=clean(self.cell(cells, "category"))[:LONGEST_CATEGORY],
            brand=self.cell(cells, "brand")[:LONGEST_BRAND],
            problem=clean(self.cell(cells, "problem")),
        )

    def key(self, cells: Sequence[str]) -> str:
        """The number in the old system; without such a column, what the whole row comes to."""
        return self.cell(cells, "key").strip() if "key" in self.places else digest(cells)
