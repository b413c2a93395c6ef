"""What is missing, what lies ready to be fetched, what an order has asked for, what came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet, Sum

from remonta.kernel.actor import Actor
from remonta.stock.queries import part_availability
from remonta.supply.models import GoodsReceiptLine, Requisition
from remonta.supply.queries.scope import demand_for, receipts_for, requisitions_for
from remonta.supply.workflow import RequisitionState, Terms


@dataclass(frozen=True)
class RequisitionLine:
    """A part asked for a repair as pages show it; quantity in thousandths, `bin` where it lies set aside,
    `transfer` the number of the transfer by which another centre is asked for it."""

    uid: UUID
    part_id: int
    part_uid: UUID
    number: str
    name: str
    measure: str
    exchange: bool
    quantity: int
    state: str
    from_quote: bool
    expected_on: date | None
    created_at: datetime
    work_order_id: int
    order_uid: UUID
    order_number: str
    engineer: str
    bin: str
    bin_id: int | None
    transfer: str = ""
    transfer_uid: UUID | None = None
    centre_id: int = 0
    purchase_id: int | None = None
    tracking: str = ""
    terms: str = ""
    back: int = 0
    used: int | None = None
    picking: str = ""

    @property
    def terms_label(self) -> str:
        """Who pays, once it is issued."""
        return str(Terms(self.terms).label) if self.terms else ""

    @property
    def unused(self) -> int:
        """How much of it is to come back, by what the engineer has said."""
        return self.quantity - self.used if self.state == RequisitionState.ISSUED and self.used is not None else 0

    @property
    def state_label(self) -> str:
        return str(RequisitionState(self.state).label)


@dataclass(frozen=True)
class Demand:
    """A part that repairs of a centre wait for; `elsewhere` is what other centres have free. Thousandths."""

    part_id: int
    part_uid: UUID
    number: str
    name: str
    centre_id: int
    centre: str
    wanted: int
    orders: int
    since: datetime
    expected_on: date | None
    elsewhere: int


@dataclass(frozen=True)
class ReceiptLine:
    """What arrived, and in which bin it was put. `cost` (major units) only for those who may see it."""

    part_id: int
    part_uid: UUID
    number: str
    name: str
    quantity: int
    place_id: int
    place_uid: UUID
    place_code: str
    cost: Decimal | None
    serial: str = ""
    batch: str = ""


@dataclass(frozen=True)
class Purchase:
    """One delivery of a part; `cost` (major units) only for those who may see it."""

    receipt_uid: UUID
    receipt_number: str
    supplier: str
    received_at: datetime
    quantity: int
    cost: Decimal | None


@dataclass(frozen=True)
class Receipt:
    """A goods receipt with its lines."""

    id: int
    uid: UUID
    number: str
    centre_id: int
    centre: str
    supplier: str
    note_number: str
    received_at: datetime
    account_id: int | None
    lines: tuple[ReceiptLine, ...]


FIELDS = (
    "uid",
    "part_id",
    "part__uid",
    "part__number",
    "part__name",
    "part__measure",
    "part__exchange",
    "quantity",
    "state",
    "from_quote",
    "expected_on",
    "created_at",
    "work_order_id",
    "work_order__uid",
    "work_order__number",
    "work_order__engineer__name",
    "reservation__place__code",
    "reservation__place_id",
    "transfer__transfer__number",
    "transfer__transfer__uid",
    "centre_id",
    "purchase_id",
    "part__tracking",
    "terms",
    "back",
    "used",
    "picking__picking__number",
)

TEXTS = {
    "work_order__engineer__name",
    "reservation__place__code",
    "transfer__transfer__number",
    "picking__picking__number",
}


def requisition_lines(rows: QuerySet[Requisition]) -> tuple[RequisitionLine, ...]:
    """Those requisitions as pages show them. One statement."""
    found: list[Any] = [
        ["" if one is None and name in TEXTS else one for name, one in zip(FIELDS, row, strict=True)]
        for row in rows.values_list(*FIELDS)
    ]
    return tuple(RequisitionLine(*row) for row in found)


def parts_of_order(actor: Actor, work_order_id: int) -> tuple[RequisitionLine, ...]:
    """What was asked for a work order, oldest first, without what was cancelled. One statement."""
    rows = requisitions_for(actor).filter(work_order_id=work_order_id).exclude(state=RequisitionState.CANCELLED)
    return requisition_lines(rows.order_by("pk"))


def waiting_demand(actor: Actor, centre_ids: Iterable[int] | None = None) -> tuple[Demand, ...]:
    """What repairs wait for, by part and centre, the longest wait first; what others have free. Two statements."""
    wanted = demand_for(actor)
    if centre_ids is not None:
        wanted = wanted.filter(centre_id__in=list(centre_ids))
    fields = ("part_id", "part__uid", "part__number", "part__name", "centre_id", "centre__name")
    figures = {
        "wanted": Sum("quantity"),
        "orders": Count("work_order", distinct=True),
        "since": Min("created_at"),
        "day": Min("expected_on"),
    }
    grouped = wanted.values(*fields).annotate(**figures).order_by("since", "part_id")
    rows: list[Any] = [tuple(row.values()) for row in grouped]
    found = part_availability(actor, {row[0] for row in rows})
    elsewhere = {
        (row[0], row[4]): sum(there.free for there in found.get(row[0], ()) if there.centre_id != row[4])
        for row in rows
    }
    whole: list[Any] = [(*row, elsewhere[row[0], row[4]]) for row in rows]
    return tuple(Demand(*row) for row in whole)


def purchases_of_part(actor: Actor, part_id: int, limit: int = 10) -> tuple[Purchase, ...]:
    """The last deliveries of a part in the centres the actor may see. One statement."""
    found = GoodsReceiptLine.objects.filter(receipt__in=receipts_for(actor), part_id=part_id).order_by("-pk")
    fields = ("receipt__uid", "receipt__number", "receipt__supplier", "receipt__received_at", "quantity", "cost")
    rows = found.values_list(*fields, "receipt__centre_id")[:limit]
    shown: list[Any] = [(*row[:5], row[5] if actor.may_at("stock.see_cost", row[6]) else None) for row in rows]
    return tuple(Purchase(*row) for row in shown)


def receipt_page(actor: Actor, uid: UUID) -> Receipt:
    """A goods receipt as pages and paper show it. Raises DoesNotExist. Two statements."""
    receipt = receipts_for(actor).select_related("centre").get(uid=uid)
    shown = actor.may("stock.see_cost", receipt)
    part, place = ("part_id", "part__uid", "part__number", "part__name"), ("place_id", "place__uid", "place__code")
    found = receipt.lines.order_by("pk").values_list(
        *part, "quantity", *place, "cost", "move__serial", "move__lot__code"
    )
    rows: list[Any] = [(*row[:8], row[8] if shown else None, row[9], row[10] or "") for row in found]
    return Receipt(
        id=receipt.pk,
        uid=receipt.uid,
        number=receipt.number,
        centre_id=receipt.centre_id,
        centre=receipt.centre.name,
        supplier=receipt.supplier,
        note_number=receipt.note_number,
        received_at=receipt.received_at,
        account_id=receipt.account_id,
        lines=tuple(ReceiptLine(*row) for row in rows),
    )
