"""Rows of a file as repairs of the past: what each says, or why it says nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from remonta.exchange.dates import moment
from remonta.exchange.mapping import RepairMapping, place_of
from remonta.kernel.texts import clean

LONGEST_KEY, LONGEST_BRAND, LONGEST_CATEGORY = 120, 200, 120
REASONS: dict[str, object] = {
    "here": _("already here"),
    "double": _("the same number earlier in the file"),
    "empty": _("empty row"),
    "key": _("no number, or too long a one"),
    "date": _("no date, or not written as chosen"),
    "outcome": _("a word for the outcome that is not mapped"),
    "cells": _("more cells than headings"),
    "touched": _("changed in the file, but people have worked on it here"),
}


@dataclass(frozen=True)
class Row:
    """One row read: either a repair with its `at`, or the `reason` why it is left out. `values` as in the file."""

    number: int
    key: str
    values: dict[str, str]
    reason: str = ""
    at: datetime | None = None
    outcome: str = ""
    category: str = ""
    brand: str = ""
    problem: str = ""


class Reader:
    """Reads rows by a mapping, in the zone of the centre whose repairs they were."""

    def __init__(self, head: Sequence[str], mapping: RepairMapping, zone: str) -> None:
        self.head, self.mapping, self.zone = head, mapping, ZoneInfo(zone)
        self.places = {name: place_of(head, column) for name, column in mapping.columns.items()}

    def row(self, number: int, cells: Sequence[str]) -> Row:
        """What the row says. Each row is one of these: nothing is left out without a reason."""
        values = dict(zip(self.head, cells, strict=False))
        key = self.key(cells)
        found = Row(number, key[:LONGEST_KEY], values, self.flaw(cells, key))
        if found.reason:
            return found
        at = moment(self.cell(cells, "date"), self.mapping.dates, self.zone)
        outcome = self.mapping.outcomes.get(self.cell(cells, "outcome"), "")
        return Row(
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

    def flaw(self, cells: Sequence[str], key: str) -> str:
        if not any(cell.strip() for cell in cells):
            return "empty"
        if len(cells) > len(self.head) and any(cell.strip() for cell in cells[len(self.head) :]):
            return "cells"
        return "key" if not key or len(key) > LONGEST_KEY else ""

    def key(self, cells: Sequence[str]) -> str:
        """The number in the old system; without such a column, what the whole row comes to."""
        if "key" in self.places:
            return self.cell(cells, "key").strip()
        return sha256(json.dumps(list(cells)).encode()).hexdigest()

    def cell(self, cells: Sequence[str], name: str) -> str:
        place = self.places.get(name)
        return cells[place] if place is not None and place < len(cells) else ""
