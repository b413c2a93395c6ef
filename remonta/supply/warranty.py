"""For how long a supplier answers for what it delivers."""

from calendar import monthrange
from datetime import date

from remonta.supply.models import PurchaseLine


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last one where there is no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def warranty_of(line: PurchaseLine, delivered: date) -> date | None:
    """The last day of the warranty of what came by a line: the part's own terms, else the supplier's; None without."""
    own = line.supplier_part.warranty_months if line.supplier_part else None
    months = line.order.supplier.warranty_months if own is None else own
    return months_later(delivered, months) if months else None
