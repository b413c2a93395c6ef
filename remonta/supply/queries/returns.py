"""Goods that go back to their supplier, as lists, pages and paper show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.kernel.workflow import Move
from remonta.spine.queries import Line, timeline
from remonta.supply.models import GoodsReceiptLine, ReturnReason, SupplierReturn
from remonta.supply.workflow import RETURN, ReturnState

RETURN_REASONS = ReturnReason.choices


@dataclass(frozen=True)
class ReturnedLine:
    """What goes back (thousandths), where it lies or lay, why, the order by which it came, and until when the supplier
    answers for it."""

    uid: UUID
    part_id: int
    part_uid: UUID
    part_number: str
    part_name: str
    supplier_number: str
    quantity: int
    place: str
    reason: str
    note: str
    named: str
    tracking: str
    purchase_uid: UUID | None
    purchase_number: str
    warranty_until: date | None

    @property
    def reason_label(self) -> str:
        return str(ReturnReason(self.reason).label)


@dataclass(frozen=True)
class ReturnPage:
    """A return to a supplier. `credited` only for those who may see costs."""

    id: int
    uid: UUID
    number: str
    centre_id: int
    centre_uid: UUID
    centre: str
    supplier_id: int
    supplier_uid: UUID
    supplier: str
    state: str
    note: str
    courier: str
    tracking: str
    reference: str
    answer: str
    created_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    credited: Money | None
    receipt_uid: UUID | None
    receipt_number: str
    lines: tuple[ReturnedLine, ...]
    moves: tuple[Move, ...] = ()
    events: tuple[Line, ...] = ()

    @property
    def state_label(self) -> str:
        return str(ReturnState(self.state).label)


SAME = (
    "id",
    "uid",
    "number",
    "centre_id",
    "supplier_id",
    "state",
    "note",
    "courier",
    "tracking",
    "reference",
    "answer",
    "created_at",
    "sent_at",
    "answered_at",
    "ended_at",
)


def supplier_returns_for(actor: Actor) -> QuerySet[SupplierReturn]:
    """The returns of the centres in which the actor may see orders at suppliers."""
    return SupplierReturn.objects.filter(in_reach(actor, "supply.see_orders"))


def return_page(actor: Actor, uid: UUID) -> ReturnPage:
    """A return with its lines and its history. Raises DoesNotExist. Four statements."""
    found = supplier_returns_for(actor).select_related("centre", "supplier", "receipt").get(uid=uid)
    shown = found.credited is not None and actor.may("stock.see_cost", found)
    return ReturnPage(
        **{name: getattr(found, name) for name in SAME},
        centre_uid=found.centre.uid,
        centre=found.centre.name,
        supplier_uid=found.supplier.uid,
        supplier=found.supplier.name,
        credited=Money(found.credited or 0, found.currency) if shown else None,
        receipt_uid=found.receipt.uid if found.receipt else None,
        receipt_number=found.receipt.number if found.receipt else "",
        lines=returned_lines(found),
        moves=RETURN.open_to(actor, found),
        events=timeline([("supply.supplierreturn", found.pk)]),
    )


def returned_lines(found: SupplierReturn) -> tuple[ReturnedLine, ...]:
    """The lines of a return. Two statements."""
    part = ("part_id", "part__uid", "part__number", "part__name", "purchase__number", "quantity", "place__code")
    bought = ("reason", "note", "named", "part__tracking", "purchase__order__uid", "purchase__order__number")
    rows: list[Any] = [*found.lines.order_by("pk").values_list("uid", *part, *bought, "purchase_id")]
    until = warranties({row[-1] for row in rows if row[-1]})
    lines = []
    for row in rows:
        values: Any = (*row[:5], row[5] or "", *row[6:13], row[13] or "", until.get(row[14]))
        lines.append(ReturnedLine(*values))
    return tuple(lines)


def warranties(purchase_ids: set[int]) -> dict[int, date | None]:
    """The last day on which the supplier answers for what came by those lines of orders. One statement."""
    rows = GoodsReceiptLine.objects.filter(purchase_id__in=purchase_ids).values_list("purchase_id")
    return dict(rows.annotate(until=Max("warranty_until")).order_by())
