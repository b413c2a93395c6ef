"""What customs are told of a batch."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from remonta.kernel.actor import Actor
from remonta.logistics.models import Batch, BatchLine, LineState
from remonta.logistics.queries.batches import batches_for

SHOWN = ("unit__product__brand", "part", "piece", "lot")


@dataclass(frozen=True)
class CustomsShape:
    """A line for customs: `value` (minor units) and `weight` (grams) of all of it. Where nothing was said yet, the code
    and the origin are those of the same goods the last time."""

    uid: UUID
    name: str
    serial: str
    quantity: int
    value: int | None
    hs_code: str
    origin: str
    weight: int | None


def customs_lines(actor: Actor, batch: Batch) -> tuple[CustomsShape, ...]:
    """The units and parts of a batch the actor may see, in the order they were packed. Two statements."""
    rows = BatchLine.objects.filter(batch=batch, inside=None).exclude(state=LineState.TAKEN_OUT)
    found = list(rows.select_related(*SHOWN).order_by("pk"))
    usual = _usual(actor, found)
    return tuple(_shape(row, usual.get(_goods(row), ("", ""))) for row in found)


def _usual(actor: Actor, rows: list[BatchLine]) -> dict[tuple[int | None, int | None], tuple[str, str]]:
    """Code and origin by the goods, as said last."""
    parts = {row.part_id for row in rows if row.part_id}
    products = {row.unit.product_id for row in rows if row.unit}
    same = Q(part__in=parts) | Q(unit__product__in=products)
    known = BatchLine.objects.filter(same, batch__in=batches_for(actor)).exclude(hs_code="")
    last = known.order_by("-pk").values_list("part_id", "unit__product_id", "hs_code", "origin")[:1000]
    return {(part, product): (code, origin) for part, product, code, origin in reversed(last)}


def _goods(row: BatchLine) -> tuple[int | None, int | None]:
    return row.part_id, row.unit.product_id if row.unit else None


def _shape(row: BatchLine, usual: tuple[str, str]) -> CustomsShape:
    unit = row.unit
    name = str(unit.product) if unit else str(row.part)
    serial = (unit.serial or unit.tag) if unit else str(row.piece or row.lot or "")
    code, origin = (row.hs_code, row.origin) if row.hs_code or row.origin else usual
    return CustomsShape(row.uid, name, serial, row.quantity, row.value, code, origin, row.weight)
