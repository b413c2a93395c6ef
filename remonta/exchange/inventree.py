"""Rows of InvenTree's tables: parts, lines of parts lists, serialised stock, and what suppliers call the parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from remonta.exchange.mapping import RepairMapping, inventree_file
from remonta.exchange.rows import LONGEST_KEY, Cells, Row
from remonta.exchange.shipments import thousandths
from remonta.kernel.texts import clean

MEASURES = {"m": "m", "g": "g", "ml": "ml", "h": "h", "litres": "l", "l": "l"}
PARTS, BOM, STOCK, SUPPLIERS = "parts", "bom", "stock", "suppliers"
STATES = {
    "50": "attention needed",
    "55": "damaged",
    "60": "destroyed",
    "65": "rejected",
    "70": "lost",
    "75": "quarantined",
}


class InventreeReader(Cells):
    """Which table it is, is known by its headings. Ids are those of InvenTree: keys find what they have become here."""

    def __init__(self, head: Sequence[str], mapping: RepairMapping, zone: str) -> None:
        super().__init__(head, mapping, zone)
        self.file = inventree_file(head)

    def row(self, number: int, cells: Sequence[str]) -> Row:
        values = self.values(cells)
        kept = {name: clean(value) for name, value in values.items()}
        key, said, reason = getattr(self, f"of_{self.file}")(kept)
        reason = self.flaw(cells, key) or reason
        return Row(number, key[:LONGEST_KEY], values, reason, {"file": self.file, **said})

    def of_parts(self, kept: dict[str, str]) -> tuple[str, dict[str, Any], str]:
        """A part's number is its IPN, else its name; what it is called then is its description."""
        number, name = kept.get("IPN", ""), kept["name"]
        said = {
            "id": kept["part_id"],
            "number": (number or name)[:70],
            "name": (name if number else kept.get("description", "") or name)[:200],
            "measure": MEASURES.get(kept.get("units", ""), "pc"),
            "tracking": "serial" if kept.get("trackable", "") == "True" else "quantity",
        }
        return part_key(kept["part_id"]), said, "" if name else "key"

    def of_bom(self, kept: dict[str, str]) -> tuple[str, dict[str, Any], str]:
        owner, part = kept["assembly_id"], kept["component_id"]
        quantity = thousandths(kept["quantity"])
        said = {
            "owner": part_key(owner),
            "part": part_key(part),
            "quantity": quantity,
            "reference": kept.get("reference", "")[:300],
            "optional": kept.get("optional", "") == "True",
            "note": "consumable" if kept.get("consumable", "") == "True" else "",
        }
        wrong = quantity is None or quantity <= 0
        return f"bom:{owner}/{part}/{said['reference']}" if owner and part else "", said, "quantity" if wrong else ""

    def of_stock(self, kept: dict[str, str]) -> tuple[str, dict[str, Any], str]:
        words = [STATES.get(kept.get("status", ""), ""), kept.get("customer", "")]
        said = {
            "part": part_key(kept["part_id"]),
            "serial": kept["serial"][:80],
            "batch": kept.get("batch", "")[:60],
            "note": ", ".join(word for word in words if word),
            "customer": kept.get("customer", ""),
        }
        return f"stock:{kept['stock_id']}" if kept["stock_id"] else "", said, "" if kept["serial"] else "bulk"

    def of_suppliers(self, kept: dict[str, str]) -> tuple[str, dict[str, Any], str]:
        supplier, number = kept["supplier"], kept["SKU"][:80]
        said = {"part": part_key(kept["part_id"]), "supplier": supplier, "number": number}
        return f"supplier:{supplier}/{number}" if supplier and number else "", said, ""


def part_key(number: str) -> str:
    """By what a part of InvenTree is found in later files; nothing for no number."""
    return f"part:{number}" if number else ""
