"""Units that were taken apart, and what was got out of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.stock.models import Dismantling, Whereabouts


@dataclass(frozen=True)
class SalvagedLine:
    """A part that was got out, in thousandths, and where it was put; `value` only for those who may see costs."""

    part_uid: UUID
    number: str
    name: str
    quantity: int
    place_uid: UUID
    place: str
    serial: str
    batch: str
    value: Money | None


@dataclass(frozen=True)
class TakenApart:
    """The document of a unit that was taken apart; `cost` only for those who may see costs."""

    uid: UUID
    number: str
    unit_uid: UUID
    unit: str
    centre: str
    by: str
    taken_at: datetime
    note: str
    cost: Money | None
    lines: tuple[SalvagedLine, ...]


def dismantlings_for(actor: Actor) -> QuerySet[Dismantling]:
    """Those of the centres whose places the actor may see."""
    return Dismantling.objects.filter(in_reach(actor, "stock.see_places"))


def dismantling_of(actor: Actor, unit_id: int) -> Dismantling | None:
    """The document by which a unit was taken apart, if it was. One statement."""
    return dismantlings_for(actor).filter(unit=unit_id).first()


def can_be_taken_apart(actor: Actor, unit_id: int) -> bool:
    """Whether a unit without an owner stands where the actor takes units apart. One statement."""
    here = Whereabouts.objects.filter(in_reach(actor, "stock.take_apart", "place__centre_id"), unit=unit_id)
    return here.filter(place__centre__isnull=False).exists()


def taken_apart(actor: Actor, uid: UUID) -> TakenApart:
    """The document with its lines. Raises DoesNotExist. Two statements."""
    row = dismantlings_for(actor).select_related("unit__product__brand", "centre", "account").get(uid=uid)
    costs = actor.may("stock.see_cost", row)
    found = row.lines.select_related("part", "place", "move__lot").order_by("pk")
    return TakenApart(
        uid=row.uid,
        number=row.number,
        unit_uid=row.unit.uid,
        unit=f"{row.unit.product} {row.unit}",
        centre=row.centre.name,
        by=row.account.name if row.account else "",
        taken_at=row.taken_at,
        note=row.note,
        cost=Money(row.cost, row.currency) if costs and row.cost is not None else None,
        lines=tuple(_line(line, row.currency if costs else "") for line in found),
    )


def _line(line: Any, currency: str) -> SalvagedLine:
    move = line.move
    said = (line.part.uid, line.part.number, line.part.name, line.quantity, line.place.uid, str(line.place))
    value = Money(line.value, currency) if currency and line.value is not None else None
    return SalvagedLine(*said, move.serial if move.piece_id else "", move.lot.code if move.lot else "", value)
