"""What every kind of import says of a row, and how its cells are found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from remonta.exchange.mapping import RepairMapping, place_of

LONGEST_KEY = 120


@dataclass(frozen=True)
class Row:
    """One row read: either it says something, or the `reason` why it is left out. `values` as in the file.

    `said` is what kinds of imports without fields of their own have read.
    """

    number: int
    key: str
    values: dict[str, str]
    reason: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)


class RowReader(Protocol):
    """Reads rows by a mapping. Each row is a Row: nothing is left out without a reason."""

    def row(self, number: int, cells: Sequence[str]) -> Row: ...


class Cells:
    """Where the cells of a row are, and what is wrong with it whatever it says."""

    def __init__(self, head: Sequence[str], mapping: RepairMapping, zone: str) -> None:
        self.head, self.mapping, self.zone = head, mapping, ZoneInfo(zone)
        self.places = {name: place_of(head, column) for name, column in mapping.columns.items()}

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """The row as it stands in the file."""
        return dict(zip(self.head, cells, strict=False))

    def flaw(self, cells: Sequence[str], key: str) -> str:
        if not any(cell.strip() for cell in cells):
            return "empty"
        if len(cells) > len(self.head) and any(cell.strip() for cell in cells[len(self.head) :]):
            return "cells"
        return "key" if not key or len(key) > LONGEST_KEY else ""

    def cell(self, cells: Sequence[str], name: str) -> str:
        place = self.places.get(name)
        return cells[place] if place is not None and place < len(cells) else ""


def digest(cells: Sequence[str]) -> str:
    """What a whole row comes to, where nothing else names it."""
    return sha256(json.dumps(list(cells)).encode()).hexdigest()
