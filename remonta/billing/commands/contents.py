"""What stands on an invoice, worked out once and frozen."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from remonta.billing.queries.charges import charge_lines
from remonta.kernel.money import Rounding, tax_within
from remonta.orders.queries import WorkOrder
from remonta.quotes.queries import approved_lines


def contents_of(order: WorkOrder, customer: Any) -> dict[str, Any]:
    """Seller, buyer, lines and taxes as plain JSON; amounts in minor units, tax included, rates as decimal text."""
    entity = order.centre.legal_entity
    lines = [_line(line, entity) for line in (*approved_lines(order.pk), *charge_lines(order.pk))]
    taxes = taxes_of(lines, entity)
    return {
        "order": order.number,
        "currency": entity.currency,
        "seller": _seller(entity, order.centre),
        "buyer": _buyer(customer),
        "lines": lines,
        "taxes": taxes,
        "total": sum(line["total"] for line in lines),
        "tax": sum(row["tax"] for row in taxes),
    }


def taxes_of(lines: Iterable[Mapping[str, Any]], entity: Any) -> list[dict[str, Any]]:
    """One row per rate. Rounded line by line, or the whole rate at once, as the country of the entity has it."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in lines:
        groups[line["tax_code"], line["rate"]].append(line["total"])
    return [_tax(code, rate, totals, entity) for (code, rate), totals in sorted(groups.items())]


def taken_back(contents: Mapping[str, Any], number: str, reason: str) -> dict[str, Any]:
    """The contents of a correction: the same lines with the other sign, and what is corrected for which reason."""
    lines = [line | {"quantity": -line["quantity"], "total": -line["total"]} for line in contents["lines"]]
    taxes = [tax | {"gross": -tax["gross"], "tax": -tax["tax"], "net": -tax["net"]} for tax in contents["taxes"]]
    sums = {"total": -contents["total"], "tax": -contents["tax"]}
    return {**contents, "lines": lines, "taxes": taxes, **sums, "corrects": number, "reason": reason}


def hash_of(contents: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the contents as JSON with sorted keys, in UTF-8."""
    text = json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _line(line: Any, entity: Any) -> dict[str, Any]:
    return {
        "text": line.text,
        "quantity": line.quantity,
        "price": f"{line.price:f}",
        "discount": line.discount,
        "total": line.total,
        "tax_code": line.tax_code,
        "rate": str(entity.tax_rates.get(line.tax_code, "0")),
    }


def _tax(code: str, rate: str, totals: list[int], entity: Any) -> dict[str, Any]:
    parts = totals if entity.rounds_lines else [sum(totals)]
    tax = sum(tax_within(part, Decimal(rate), Rounding(entity.rounding)) for part in parts)
    return {"code": code, "rate": rate, "gross": sum(totals), "tax": tax, "net": sum(totals) - tax}


def _seller(entity: Any, centre: Any) -> dict[str, str]:
    return {
        "name": entity.name,
        "tax_id": entity.tax_id,
        "address": entity.address or centre.address,
        "country": entity.country,
        "bank_account": entity.bank_account,
        "centre": centre.name,
        "phone": centre.phone,
    }


def _buyer(customer: Any) -> dict[str, str]:
    if customer is None:
        return {"name": "", "tax_id": "", "address": ""}
    address = customer.addresses.order_by("position", "pk").first()
    return {"name": customer.name, "tax_id": customer.tax_id, "address": str(address) if address else ""}
