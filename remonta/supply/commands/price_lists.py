"""Price lists of suppliers: lines as a file says them, and taking a whole list back."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.spine.commands import command
from remonta.supply.commands.refusals import LotWrong, PriceWrong
from remonta.supply.commands.suppliers import FINEST, HIGHEST, known_currency, permit
from remonta.supply.models import PriceChange, Supplier, SupplierPart

TERMS = ("price", "currency", "minimum", "multiple", "available", "priced_on", "archived_at")


@dataclass(frozen=True)
class Listed:
    """A line of a price list: the supplier's number, the price for one (major units), lots and what it has.

    What is None stays as it was.
    """

    part_id: int
    number: str
    price: Decimal | None = None
    currency: str = ""
    minimum: int | None = None
    available: int | None = None


@command
def list_price(actor: Actor, supplier_id: int, line: Listed, *, source: str) -> int:
    """Writes a line of the list called `source`, for imports; the key of the supplier's part.

    What the supplier has of a part that the list names again is added up. Raises PriceWrong, LotWrong, NoSuchCurrency.
    """
    permit(actor)
    supplier = Supplier.objects.get(pk=supplier_id)
    if line.price is not None and (not 0 <= line.price < HIGHEST or line.price != line.price.quantize(FINEST)):
        raise PriceWrong
    if line.minimum is not None and line.minimum <= 0:
        raise LotWrong
    currency = known_currency(line.currency or supplier.currency)
    made = {"currency": supplier.currency, "uid": uuid7(actor.now())}
    same = {"supplier": supplier, "part_id": line.part_id, "number": line.number}
    rows = SupplierPart.objects.select_for_update(of=("self",))
    row, new = rows.get_or_create(**same, defaults=made)
    before = None if new else {name: _plain(getattr(row, name)) for name in TERMS}
    kept = {"before": before, "changed_at": actor.now()}
    _change, first = PriceChange.objects.get_or_create(sold=row, source=source, defaults=kept)
    _write(actor, row, line, currency, again=not first)
    return row.pk


@command
def take_list_back(actor: Actor, part_ids: Collection[int], *, source: str) -> set[int]:
    """Writes back what the list called `source` wrote over on those parts of suppliers, unless a later list has changed
    them too; which ones are as before. What was not sold before is archived."""
    permit(actor)
    changes = PriceChange.objects.select_related("sold").filter(sold_id__in=part_ids, source=source)
    done = set()
    for change in changes.select_for_update(of=("self", "sold")).order_by("pk"):
        if PriceChange.objects.filter(sold=change.sold, pk__gt=change.pk).exists():
            continue
        values: dict[str, Any] = {"archived_at": actor.now()} if change.before is None else dict(change.before)
        if change.before is not None and values["price"] is not None:
            values["price"] = Decimal(values["price"])
        SupplierPart.objects.filter(pk=change.sold_id).update(**values)
        done.add(change.sold_id)
        change.delete()
    return done


def _write(actor: Actor, row: SupplierPart, line: Listed, currency: str, *, again: bool) -> None:
    if line.price is not None:
        row.price, row.currency, row.priced_on = line.price, currency, actor.now().date()
    if line.minimum is not None:
        row.minimum = row.multiple = line.minimum
    if line.available is not None:
        row.available = line.available + (row.available or 0 if again else 0)
    row.archived_at = None
    row.save()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
