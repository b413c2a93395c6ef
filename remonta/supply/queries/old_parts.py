"""Parts taken out of customers' units: where they are, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.supply.models import OldPart
from remonta.supply.workflow import OLD_PART_CAUSES, OldPartState


@dataclass(frozen=True)
class OldPartLine:
    """An old part as pages show it; quantity in thousandths, `place` where it waits or waited."""

    id: int
    uid: UUID
    centre_id: int
    part_uid: UUID
    number: str
    name: str
    quantity: int
    serials: tuple[str, ...]
    batch: str
    order_uid: UUID
    order_number: str
    place: str
    state: str
    cause: str
    taken_at: datetime
    settled_at: datetime | None

    @property
    def state_label(self) -> str:
        return str(OldPartState(self.state).label)

    @property
    def cause_label(self) -> str:
        return str(OLD_PART_CAUSES.get(self.cause, ""))

    @property
    def waits(self) -> bool:
        return self.state == OldPartState.WAITING


def old_parts_for(actor: Actor) -> QuerySet[OldPart]:
    """The old parts of the centres whose requisitions the actor may see."""
    return OldPart.objects.filter(in_reach(actor, "supply.see"))


def old_part_lines(rows: QuerySet[OldPart]) -> tuple[OldPartLine, ...]:
    """Those old parts as pages show them. One statement."""
    part, order = ("part__uid", "part__number", "part__name"), ("work_order__uid", "work_order__number")
    fields = ("id", "uid", "centre_id", *part, "quantity", "serials", "batch", *order, "move__target__code")
    found: list[Any] = [
        (*row[:7], tuple(row[7]), *row[8:])
        for row in rows.values_list(*fields, "state", "cause", "taken_at", "settled_at")
    ]
    return tuple(OldPartLine(*row) for row in found)


def old_parts_of_order(actor: Actor, work_order_id: int) -> tuple[OldPartLine, ...]:
    """What came out of an order's unit, the oldest first. One statement."""
    return old_part_lines(old_parts_for(actor).filter(work_order_id=work_order_id).order_by("pk"))
