"""What issued parts change of an order's price: worked out from quote, terms and what came back; and what is booked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from remonta.billing.models import PartCharge
from remonta.kernel.actor import system
from remonta.kernel.money import Money, line_total
from remonta.quotes.queries import approved_lines, approved_total
from remonta.supply.queries import Requisition, requisitions_for
from remonta.supply.workflow import ISSUED, Terms

SIX = Decimal("0.000001")


@dataclass(frozen=True)
class ChargeLine:
    """What a part changes of an order's price, as bills and pages show it: `total` in minor units, `quantity` in
    thousandths, `price` for one in major units."""

    text: str
    quantity: int
    price: Decimal
    total: int
    tax_code: str
    discount: int = 0


@dataclass(frozen=True)
class Due:
    """What has to be booked for a requisition: minor units for so many thousandths, on these terms."""

    requisition: Requisition
    amount: int
    quantity: int
    terms: str
    tax_code: str = "standard"
    price: Decimal | None = None


def order_totals(work_order_ids: Collection[int]) -> dict[int, int]:
    """Minor units of each order: the approved lines of its quote, and what issued parts change. Two statements."""
    totals: dict[int, int] = defaultdict(int, approved_total(work_order_ids))
    for order_id, amount in charged(work_order_ids).items():
        totals[order_id] += amount
    return totals


def charged(work_order_ids: Collection[int]) -> dict[int, int]:
    """What issued parts change of each order's price, in minor units. One statement."""
    rows = PartCharge.objects.filter(work_order_id__in=work_order_ids).order_by().values("work_order_id")
    return {row["work_order_id"]: row["sum"] for row in rows.annotate(sum=Sum("amount"))}


def booked(work_order_id: int) -> dict[int, int]:
    """What is booked for each requisition of an order, in minor units. One statement."""
    rows = PartCharge.objects.filter(work_order_id=work_order_id).order_by().values("requisition_id")
    return {row["requisition_id"]: row["sum"] for row in rows.annotate(sum=Sum("amount"))}


def charge_lines(work_order_id: int) -> tuple[ChargeLine, ...]:
    """What stands on the order's bill beside its quote: the newest words of each requisition with what is booked in
    all; nothing where that comes to nothing. The caller checks rights. One statement."""
    newest: dict[int, PartCharge] = {}
    sums: dict[int, int] = defaultdict(int)
    for row in PartCharge.objects.filter(work_order_id=work_order_id).select_related("work_order").order_by("pk"):
        newest[row.requisition_id] = row
        sums[row.requisition_id] += row.amount
    return tuple(_line(newest[key], total) for key, total in sums.items() if total)


def sold_prices(work_order_id: int) -> dict[int, Decimal]:
    """What one of each part costs that the customer pays for, in major units by part: as sold beyond the quote, else by
    the quote. The caller checks rights. Two statements."""
    quoted = {line.part_id: line.price for line in approved_lines(work_order_id) if line.part_id}
    rows = PartCharge.objects.filter(work_order_id=work_order_id, price__isnull=False)
    sold = {part: price for part, price in rows.values_list("requisition__part_id", "price") if price is not None}
    return {**sold, **quoted}


def dues(work_order_id: int, currency: str, prices: Mapping[int, Decimal]) -> tuple[Due, ...]:
    """What has to be booked for each requisition of an order, zero included; `prices` are those of parts sold beyond
    the quote, by requisition. Three statements.

    The quote charges its parts once. Of those, what is on other terms than paid, or came back unused and was not
    replaced, is taken off by the share of its line; a part sold beyond the quote is added at its price.
    """
    reader = system("billing", timezone.now, "supply.see")
    rows = requisitions_for(reader).filter(work_order_id=work_order_id).select_related("part")
    known = booked(work_order_id)
    found = [row for row in rows.order_by("pk") if row.state == ISSUED or row.back or row.pk in known]
    quoted: dict[int, list[Any]] = defaultdict(list)
    for line in approved_lines(work_order_id) if found else ():
        if line.part_id:
            quoted[line.part_id].append(line)
    of_quote = [row for row in found if row.from_quote]
    beyond = [_sold(row, currency, prices.get(row.pk)) for row in found if not row.from_quote]
    parts = {row.part_id for row in of_quote}
    off = [due for part in parts for due in _off([row for row in of_quote if row.part_id == part], quoted[part])]
    return (*off, *beyond)


def terms_of(requisition: Requisition) -> str:
    """Who pays; parts issued before terms were kept are paid when they were quoted."""
    return requisition.terms or (Terms.PAID if requisition.from_quote else Terms.FREE)


def _off(rows: Iterable[Requisition], lines: Iterable[Any]) -> Iterable[Due]:
    kept = list(rows)
    whole, worth = sum(line.quantity for line in lines), sum(line.total for line in lines)
    tax = next((line.tax_code for line in lines), "standard")
    issued = {row.pk: row.quantity if row.state == ISSUED else 0 for row in kept}
    left = max(0, whole - sum(issued[row.pk] for row in kept if terms_of(row) == Terms.PAID))
    gone = 0
    for row in kept:
        unpaid = (issued[row.pk] if terms_of(row) != Terms.PAID else 0) + row.back
        cut = min(left, unpaid)
        amount = _share(worth, gone, whole) - _share(worth, gone + cut, whole)
        left, gone = left - cut, gone + cut
        yield Due(row, amount, cut or row.quantity, terms_of(row), tax)


def _share(worth: int, of: int, whole: int) -> int:
    return (worth * of + whole // 2) // whole if whole else 0


def _sold(row: Requisition, currency: str, price: Decimal | None) -> Due:
    paid = row.state == ISSUED and terms_of(row) == Terms.PAID
    amount = line_total(price, row.quantity, currency) if paid and price is not None else 0
    return Due(row, amount, row.quantity, terms_of(row), price=price)


def _line(row: PartCharge, total: int) -> ChargeLine:
    each = Money(abs(total), row.work_order.currency).major * 1000 / row.quantity
    price = row.price if row.price is not None else each.quantize(SIX)
    return ChargeLine(row.text, row.quantity, price, total, row.tax_code)
