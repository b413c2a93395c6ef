"""Rows of a supplier's price list, as spreadsheets have them: titles above, headings repeated, numbers as texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import IO, Any

from remonta.exchange.mapping import PRICE_FIELDS, RepairMapping, plain
from remonta.exchange.rows import LONGEST_KEY, Cells, Row
from remonta.exchange.tables import Shape, open_rows
from remonta.kernel.texts import clean

LOOKED_AT, LONGEST_NUMBER = 30, 80
NOT_DIGITS = re.compile(r"[^\d.,'\-]+")
GROUPS = re.compile(r"\d+|\d{1,3}([.,']\d{3})+")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
CODE = re.compile(r"\b[A-Z]{3}\b")


class PriceReader(Cells):
    """Reads lines of a price list. A row that only says the headings again, or a title, says nothing."""

    def __init__(self, head: Sequence[str], mapping: RepairMapping, zone: str) -> None:
        super().__init__(head, mapping, zone)
        self.again = [plain(name) for name in head]

    def row(self, number: int, cells: Sequence[str]) -> Row:
        """What the row says; the part is still as the file calls it."""
        values, key = self.values(cells), clean(self.cell(cells, "number"))
        reason = self.heading(cells) or self.flaw(cells, key) or ("key" if len(key) > LONGEST_NUMBER else "")
        if reason:
            return Row(number, key[:LONGEST_KEY], values, reason)
        said: dict[str, Any] = {"number": key, "part": clean(self.cell(cells, "part"))}
        said["name"] = " ".join(clean(self.cell(cells, "name")).split())[:200]
        for name in ("price", "minimum", "quantity"):
            text = self.cell(cells, name).strip()
            said[name] = amount(text) if text else None
            if text and said[name] is None:
                reason = reason or f"no_{name}"
        named = CODE.search(self.cell(cells, "currency").upper()) or CODE.search(self.cell(cells, "price").upper())
        said["currency"] = named[0] if named else ""
        return Row(number, key, values, reason, said)

    def heading(self, cells: Sequence[str]) -> str:
        """Whether the row is the headings once more."""
        said = [plain(cell) for cell in cells if cell.strip()]
        return "heading" if said and said == [name for name in self.again if not name.startswith("#")] else ""


def amount(text: str) -> Decimal | None:
    """`1 234,50 zł`, `$1,234.50`, `1.234,50`, `12`: zero or more; None for what is no single number.

    A comma before the last three digits of a whole number parts thousands, a point does not.
    """
    if re.search(r"\d\s*[^\d\s.,'\u00a0\u202f]+\s*\d", text):
        return None
    bare = NOT_DIGITS.sub("", text).strip(".,'")
    last = max(bare.rfind("."), bare.rfind(","))
    whole, fraction = (bare, "") if last < 0 else (bare[:last], bare[last + 1 :])
    if last >= 0 and len(fraction) == 3 and (bare.count(bare[last]) > 1 or (bare[last] == "," and whole != "0")):
        whole, fraction = bare, ""
    if not GROUPS.fullmatch(whole):
        return None
    joined = re.sub(r"[.,']", "", whole) + (f".{fraction}" if fraction else "")
    try:
        found = Decimal(joined) if NUMBER.fullmatch(joined) else None
    except InvalidOperation:
        return None
    return found if found is not None and 0 <= found < 10**9 else None


def rows_above(stream: IO[bytes], shape: Shape) -> int:
    """How many rows stand above the headings: the row among the first thirty with the most words we know."""
    words = {word for _label, known in PRICE_FIELDS.values() for word in known}
    with open_rows(stream, shape) as rows:
        met = [sum(plain(cell) in words for cell in row) for row in islice(rows, LOOKED_AT)]
    best = max(met, default=0)
    return met.index(best) if best > 1 else 0
