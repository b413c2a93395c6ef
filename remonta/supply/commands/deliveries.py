"""What suppliers answer, and what they deliver against an order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from remonta.kernel.actor import Actor
from remonta.kernel.money import line_total
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import once, record
from remonta.supply import facts
from remonta.supply.commands.ask import lock_wanted, named, write_expected
from remonta.supply.commands.goods import Delivered, Entry, book_delivery, booked_lines
from remonta.supply.commands.purchases import lock_purchase, of_purchase, set_free
from remonta.supply.commands.refusals import NobodyWaits, NoLines, RateMissing
from remonta.supply.models import GoodsReceipt, PurchaseLine, PurchaseOrder, Requisition
from remonta.supply.queries.purchases import purchases_for
from remonta.supply.queries.rates import rate_on
from remonta.supply.queries.scope import receipts_for
from remonta.supply.warranty import warranty_of
from remonta.supply.workflow import PURCHASE, PurchaseState

FINEST = Decimal("0.000001")


@dataclass(frozen=True)
class Confirmed:
    """What the supplier answers for a line: how much (thousandths) it sends, and when."""

    line_uid: UUID
    quantity: int
    expected_on: date | None = None


@dataclass(frozen=True)
class Terms:
    """What counts on the day of a delivery: the rate of the order's currency in the centre's `own`."""

    day: date
    rate: Decimal
    own: str


@once(purchases_for)
def confirm_purchase(
    actor: Actor, uid: UUID, *, lines: Sequence[Confirmed], reference: str = "", operation: UUID
) -> PurchaseOrder:
    """The supplier says what comes and when; waiting repairs have their new day. Raises PurchaseClash, Missing."""
    order = lock_purchase(actor, uid)
    PURCHASE.apply("redate" if order.state == PurchaseState.PARTLY else "confirm", order, actor)
    order.reference = clean(reference) or order.reference
    order.save(update_fields=["state", "reference"])
    standing = {line.uid: line for line in order.lines.all()}
    if not standing.keys() >= {said.line_uid for said in lines}:
        raise Missing
    for said in lines:
        line = standing[said.line_uid]
        line.confirmed, line.expected_on = max(said.quantity, 0), said.expected_on
        line.save(update_fields=["confirmed", "expected_on"])
    days = {line.pk: line.expected_on for line in standing.values()}
    for requisition in lock_wanted(actor, Requisition.objects.filter(purchase_id__in=days)):
        if requisition.expected_on != (day := days[requisition.purchase_id or 0]):
            write_expected(actor, requisition, day)
    short = sum(1 for line in standing.values() if (line.confirmed or line.quantity) < line.quantity)
    record(actor, order, facts.PurchaseConfirmed(**of_purchase(order), short=short))
    return order


@once(purchases_for)
def tell_new_date(actor: Actor, uid: UUID, *, operation: UUID) -> PurchaseOrder:
    """The customers whose repairs wait for parts of the order are told the day on which these come; a day is told once.

    Raises NobodyWaits when no waiting repair has a day.
    """
    order = lock_purchase(actor, uid)
    if not actor.may("supply.buy", order):
        raise NotPermitted
    wanted = Requisition.objects.filter(purchase__order=order).exclude(expected_on=None)
    waiting = lock_wanted(actor, wanted)
    if not waiting:
        raise NobodyWaits
    latest: dict[int, Requisition] = {}
    for requisition in waiting:
        known = latest.get(requisition.work_order_id)
        if known is None or (requisition.expected_on or date.min) > (known.expected_on or date.min):
            latest[requisition.work_order_id] = requisition
    for requisition in latest.values():
        assert requisition.expected_on is not None
        day = requisition.expected_on.isoformat()
        record(actor, requisition, facts.NewDatePromised(**named(requisition), day=day))
    record(actor, order, facts.CustomersTold(**of_purchase(order), customers=len(latest)))
    return order


@once(receipts_for)
def receive_purchase(
    actor: Actor,
    uid: UUID,
    *,
    lines: Sequence[Delivered],
    note_number: str = "",
    complete: bool = False,
    operation: UUID,
) -> GoodsReceipt:
    """Books a delivery against an order, at the rate of the day, and serves who waits for it.

    What was not ordered, or more than was, is kept as surplus. With `complete` nothing more is to come: what is short
    is kept as such, and is to be ordered anew for who waits. Raises PurchaseClash, NoLines, RateMissing, NotForParts.
    """
    order = lock_purchase(actor, uid)
    PURCHASE.apply("receive", order, actor)
    if not lines:
        raise NoLines
    entity = order.centre.legal_entity
    day = actor.now().astimezone(ZoneInfo(order.centre.timezone)).date()
    rate = rate_on(entity.pk, entity.currency, order.currency, day)
    if rate is None:
        raise RateMissing(code=order.currency, day=day)
    rows = order.lines.select_for_update(of=("self",)).select_related("order__supplier", "supplier_part").order_by("pk")
    standing = {line.part_id: line for line in rows}
    terms = Terms(day, rate, entity.currency)
    entries = [_entry(booked, standing, terms) for booked in booked_lines(actor, lines)]
    note = {"supplier": order.supplier.name, "note_number": clean(note_number), "order": order}
    receipt = book_delivery(actor, order.centre, entries, {**note, "currency": order.currency, "rate": rate})
    PurchaseLine.objects.bulk_update(standing.values(), ["received", "closed"])
    short = end_lines(actor, order) if complete else 0
    if all(line.closed for line in order.lines.all()):
        PURCHASE.apply("complete", order, actor)
    order.save(update_fields=["state"])
    surplus = sum(1 for entry in entries if entry.surplus)
    told = {**of_purchase(order), "receipt_id": receipt.pk, "surplus": surplus, "short": short}
    record(actor, order, facts.PurchaseReceived(**told))
    return receipt


@once(purchases_for)
def close_purchase(actor: Actor, uid: UUID, *, operation: UUID) -> PurchaseOrder:
    """Nothing more is to come: what is short is kept as such. Raises PurchaseClash."""
    order = lock_purchase(actor, uid)
    PURCHASE.apply("close", order, actor)
    order.save(update_fields=["state"])
    record(actor, order, facts.PurchaseClosed(**of_purchase(order), short=end_lines(actor, order)))
    return order


def end_lines(actor: Actor, order: PurchaseOrder) -> int:
    """Closes the lines of a locked order that are still open; how many of them are short."""
    missing = [line.pk for line in order.lines.all() if not line.closed]
    order.lines.filter(pk__in=missing).update(closed=True)
    set_free(actor, missing)
    return len(missing)


def _entry(booked: Entry, standing: dict[int, PurchaseLine], terms: Terms) -> Entry:
    """A line of the delivery with what the order says of it; counts it on the order's line."""
    line, quantity = standing.get(booked.part_id), booked.quantity
    if line is None:
        return replace(booked, cost=None, surplus=quantity)
    missing = max(line.quantity - line.received, 0)
    line.received += quantity
    line.closed = line.closed or line.received >= line.quantity
    known: dict[str, Any] = {"surplus": max(quantity - missing, 0), "warranty_until": warranty_of(line, terms.day)}
    entry = replace(booked, cost=None, purchase_id=line.pk, own=terms.own, **known)
    if line.price is None:
        return entry
    exact = line.price * terms.rate
    cost = exact.quantize(FINEST, ROUND_HALF_UP)
    return replace(entry, cost=cost, price=line.price, value=line_total(exact, quantity, terms.own))
