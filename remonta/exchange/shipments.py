"""Rows of a sales system's file as lines of shipments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from remonta.exchange.dates import moment
from remonta.exchange.rows import LONGEST_KEY, Cells, Row
from remonta.kernel.texts import clean

MOST_PIECES, MOST_SERIALS = 100_000, 5_000
SEVERAL = re.compile(r"[,;|\r\n]+")
BUILT = re.compile(r"^(?P<part>[^*@#]+)(\*(?P<quantity>[\d.,]+))?(@(?P<reference>[^#]*))?(#(?P<serial>.*))?$")


class ShipmentReader(Cells):
    """Reads lines of shipments: document, date, customer, product, serial numbers, quantity, parts really used."""

    def row(self, number: int, cells: Sequence[str]) -> Row:
        """What the row says; the product and the parts are still as the file calls them."""
        values = self.values(cells)
        key = self.key(cells)
        reason = self.flaw(cells, key)
        if reason:
            return Row(number, key[:LONGEST_KEY], values, reason)
        at = moment(self.cell(cells, "date"), self.mapping.dates, self.zone)
        serials = tuple(one for one in map(clean, SEVERAL.split(self.cell(cells, "serials"))) if one)
        pieces, built = self.pieces(cells, len(serials)), built_with(self.cell(cells, "parts"))
        said = {
            "number": clean(self.cell(cells, "number")),
            "day": at.date() if at else None,
            "customer": clean(self.cell(cells, "customer"))[:200],
            "product": clean(self.cell(cells, "product")),
            "serials": serials,
            "quantity": pieces,
            "built": built,
        }
        reason = "date" if at is None else "quantity" if pieces is None else "part" if built is None else ""
        return Row(number, key, values, reason, said)

    def key(self, cells: Sequence[str]) -> str:
        """Document and line; without a line's number, document, product and serial numbers."""
        number = clean(self.cell(cells, "number"))
        if not number or len(number) > 80:
            return ""
        if line := clean(self.cell(cells, "line")):
            return f"{number}/{line}"
        rest = f"{clean(self.cell(cells, 'product'))}/{clean(self.cell(cells, 'serials'))}"
        whole = f"{number}/{rest}"
        return whole if len(whole) <= LONGEST_KEY else f"{number[:50]}/{sha256(rest.encode()).hexdigest()}"

    def pieces(self, cells: Sequence[str], serials: int) -> int | None:
        """Whole pieces, as many as there are serial numbers unless the file says more; None for nonsense."""
        text = self.cell(cells, "quantity").strip()
        found = thousandths(text) if text else 1000 * max(1, serials)
        if found is None or found % 1000 or serials > MOST_SERIALS:
            return None
        pieces = found // 1000
        return pieces if max(1, serials) <= pieces <= MOST_PIECES else None


def built_with(text: str) -> list[dict[str, object]] | None:
    """`PN-1*2@R12#SN9; PN-2`: parts with quantity, position and serial number; None where that is not what it says."""
    found: list[dict[str, object]] = []
    for one in (piece.strip() for piece in re.split(r"[;|\r\n]+", text)):
        if not one:
            continue
        said = BUILT.match(one)
        quantity = thousandths(said["quantity"] or "1") if said else None
        if said is None or quantity is None or quantity <= 0:
            return None
        more = {name: clean(said[name] or "") for name in ("reference", "serial")}
        found.append({"part": clean(said["part"]), "quantity": quantity, **more})
    return found


def thousandths(text: str) -> int | None:
    """A number of pieces in thousandths; None where it has finer digits, or is no number."""
    try:
        value = Decimal(text.replace(",", ".")) * 1000
    except InvalidOperation:
        return None
    return int(value) if value.is_finite() and value == int(value) and abs(value) < 10**15 else None
