"""Orders at suppliers: from what is wanted to what is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from remonta.catalogue.queries import parts_for
from remonta.identity.queries import centres_for
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import command, once, record, record_first, take_number
from remonta.supply import facts
from remonta.supply.commands.ask import lock_wanted, named, write_expected
from remonta.supply.commands.refusals import AlreadyOrdered, NoLines, NothingAsked, NothingChosen, PriceWrong
from remonta.supply.commands.suppliers import FINEST, HIGHEST
from remonta.supply.models import PurchaseLine, PurchaseOrder, PurchaseRequest, Requisition, Supplier
from remonta.supply.queries.purchases import purchase_requests_for, purchases_for
from remonta.supply.queries.scope import demand_for
from remonta.supply.queries.suppliers import Offer, offers_of_parts, suppliers_for
from remonta.supply.workflow import PURCHASE, REQUEST, PurchaseState, RequestState, RequisitionState

REPAIR, REQUEST_ROW = "repair", "request"


@dataclass(frozen=True)
class Chosen:
    """A row of what is to be ordered: a repair's part (`repair`) or a request by hand (`request`), and where to buy."""

    kind: str
    uid: UUID
    supplier_uid: UUID


@once(purchase_requests_for)
def request_purchase(
    actor: Actor,
    centre_uid: UUID,
    *,
    part_uid: UUID,
    quantity: int,
    reason: str = "",
    wanted_by: date | None = None,
    operation: UUID,
) -> PurchaseRequest:
    """Asks purchasing for so many thousandths of a part for a centre's stock. Raises NothingAsked."""
    centre = centres_for(actor).get(uid=centre_uid)
    if not actor.may("supply.request", centre):
        raise NotPermitted
    if quantity <= 0:
        raise NothingAsked
    part = parts_for(actor).get(uid=part_uid)
    return ask_purchasing(actor, centre, part, quantity, reason=reason, wanted_by=wanted_by)


@once(purchase_requests_for)
def cancel_purchase_request(actor: Actor, uid: UUID, *, operation: UUID) -> PurchaseRequest:
    """It is not needed after all. Raises RequestClash once it is ordered."""
    row = purchase_requests_for(actor).select_related("part").select_for_update(of=("self",)).get(uid=uid)
    REQUEST.apply("cancel", row, actor)
    row.save(update_fields=["state"])
    record(actor, row, facts.PurchaseRequestCancelled(**_of_request(row)))
    return row


@once(purchases_for)
def order_wanted(actor: Actor, *, chosen: Sequence[Chosen], operation: UUID) -> PurchaseOrder:
    """Makes order lines of the chosen rows: one draft for each centre, supplier and currency, going on with the draft
    there is. Quantities are rounded up to the supplier's lots. Returns the first draft.

    Locks requisitions and requests, then drafts. Raises NothingChosen, AlreadyOrdered.
    """
    if not chosen:
        raise NothingChosen
    suppliers = {one.uid: one for one in suppliers_for(actor).filter(uid__in={row.supplier_uid for row in chosen})}
    where = {(row.kind, row.uid): row.supplier_uid for row in chosen}
    rows: list[Requisition | PurchaseRequest] = [*_repairs(actor, where), *_requests(actor, where)]
    if len(rows) != len(where):
        raise AlreadyOrdered
    if not suppliers.keys() >= {row.supplier_uid for row in chosen}:
        raise Missing
    found = offers_of_parts(actor, {row.part_id for row in rows})
    orders = {}
    for row in rows:
        if not actor.may("supply.buy", row):
            raise NotPermitted
        kind = REPAIR if isinstance(row, Requisition) else REQUEST_ROW
        supplier = suppliers[where[kind, row.uid]]
        offer = next((one for one in found.get(row.part_id, ()) if one.supplier_id == supplier.pk), None)
        order = draft_of(actor, row.centre, supplier, offer.currency if offer else supplier.currency)
        orders[order.pk] = order
        _put(actor, order, row, offer)
    return orders[min(orders)]


@once(purchases_for)
def add_purchase_line(
    actor: Actor, centre_uid: UUID, *, supplier_uid: UUID, part_uid: UUID, quantity: int, operation: UUID
) -> PurchaseOrder:
    """So much of a part onto the draft for that supplier, which is begun if need be. Raises NothingAsked."""
    centre, supplier = centres_for(actor).get(uid=centre_uid), suppliers_for(actor).get(uid=supplier_uid)
    if not actor.may("supply.buy", centre):
        raise NotPermitted
    if quantity <= 0:
        raise NothingAsked
    part = parts_for(actor).get(uid=part_uid)
    found = offers_of_parts(actor, [part.pk]).get(part.pk, ())
    offer = next((one for one in found if one.supplier_id == supplier.pk), None)
    order = draft_of(actor, centre, supplier, offer.currency if offer else supplier.currency)
    line, new = _line_of(order, part.pk, offer, quantity)
    if not new:
        line.quantity = offer.lot(line.quantity + quantity) if offer else line.quantity + quantity
        line.save(update_fields=["quantity"])
    record(actor, order, facts.PurchaseChanged(**of_purchase(order)))
    return order


@once(purchases_for)
def change_purchase_line(
    actor: Actor, line_uid: UUID, *, quantity: int, price: Decimal | None, operation: UUID
) -> PurchaseOrder:
    """Another quantity (thousandths; none takes the line out) or price while the order is a draft.

    Raises PurchaseClash, PriceWrong.
    """
    order = lock_purchase(
        actor, PurchaseLine.objects.filter(order__in=purchases_for(actor)).get(uid=line_uid).order.uid
    )
    PURCHASE.apply("change", order, actor)
    line = order.lines.get(uid=line_uid)
    if price is not None and (not 0 <= price < HIGHEST or price != price.quantize(FINEST)):
        raise PriceWrong
    if quantity <= 0:
        set_free(actor, [line.pk])
        line.delete()
    else:
        line.quantity, line.price = quantity, price
        line.save(update_fields=["quantity", "price"])
    record(actor, order, facts.PurchaseChanged(**of_purchase(order)))
    return order


@once(purchases_for)
def send_purchase(actor: Actor, uid: UUID, *, operation: UUID) -> PurchaseOrder:
    """The order has gone to the supplier, by whatever means. The repairs that wait learn the day on which it should
    come by the lead time. Raises PurchaseClash, NoLines."""
    order = lock_purchase(actor, uid)
    mark_sent(actor, order)
    return order


@command
def mark_sent(actor: Actor, order: PurchaseOrder) -> None:
    """Sends a locked order, for commands above which write to the supplier. Raises PurchaseClash, NoLines."""
    PURCHASE.apply("send", order, actor)
    lines = [*order.lines.select_related("supplier_part")]
    if not lines:
        raise NoLines
    order.sent_at = actor.now()
    order.save(update_fields=["state", "sent_at"])
    for line in lines:
        own = line.supplier_part.lead_days if line.supplier_part else None
        days = order.supplier.lead_days if own is None else own
        line.expected_on = actor.now().date() + timedelta(days=days) if days else None
    PurchaseLine.objects.bulk_update(lines, ["expected_on"])
    days_of = {line.pk: line.expected_on for line in lines}
    for requisition in lock_wanted(actor, Requisition.objects.filter(purchase__in=lines)):
        record(actor, requisition, facts.PartOrdered(**named(requisition), order=order.number))
        day = days_of[requisition.purchase_id or 0]
        if day and requisition.expected_on is None:
            write_expected(actor, requisition, day)
    record(actor, order, facts.PurchaseSent(**of_purchase(order)))


@once(purchases_for)
def cancel_purchase(actor: Actor, uid: UUID, *, operation: UUID) -> PurchaseOrder:
    """Nothing of it is to come; whoever waits for its parts is to be ordered for anew. Raises PurchaseClash."""
    order = lock_purchase(actor, uid)
    PURCHASE.apply("cancel", order, actor)
    order.save(update_fields=["state"])
    set_free(actor, [*order.lines.values_list("pk", flat=True)])
    order.lines.update(closed=True)
    record(actor, order, facts.PurchaseCancelled(**of_purchase(order)))
    return order


def ask_purchasing(
    actor: Actor, centre: Any, part: Any, quantity: int, *, reason: str = "", wanted_by: date | None = None
) -> PurchaseRequest:
    """Writes down that a part is wanted in stock, for commands that permit it."""
    made = PurchaseRequest.objects.create(
        uid=uuid7(actor.now()),
        centre=centre,
        part=part,
        quantity=quantity,
        reason=clean(reason)[:200],
        wanted_by=wanted_by,
        account_id=actor.account_id,
        created_at=actor.now(),
    )
    record_first(actor, made, facts.PurchaseRequested(**_of_request(made)))
    return made


def lock_purchase(actor: Actor, uid: UUID) -> PurchaseOrder:
    """An order the actor may see, locked. Raises DoesNotExist."""
    rows = purchases_for(actor).select_related("centre__legal_entity", "supplier")
    return rows.select_for_update(of=("self",)).get(uid=uid)


def set_free(actor: Actor, line_ids: Sequence[int]) -> None:
    """What waited for those lines is to be ordered anew: repairs' parts that have not come, and requests by hand."""
    wanted = Requisition.objects.filter(purchase_id__in=line_ids)
    for requisition in lock_wanted(actor, wanted):
        requisition.purchase = None
        requisition.save(update_fields=["purchase"])
        if requisition.expected_on:
            write_expected(actor, requisition, None)
    open_again = PurchaseRequest.objects.filter(line_id__in=line_ids, state=RequestState.ORDERED)
    for row in open_again.select_for_update(of=("self",)).select_related("part").order_by("pk"):
        REQUEST.apply("reopen", row, actor.trusted_with("supply.buy"))
        row.line = None
        row.save(update_fields=["state", "line"])
        record(actor, row, facts.PurchaseRequestReopened(**_of_request(row)))


def of_purchase(order: PurchaseOrder) -> dict[str, Any]:
    """What every fact about an order at a supplier names."""
    return {"purchase_id": order.pk, "centre_id": order.centre_id, "number": order.number}


def draft_of(actor: Actor, centre: Any, supplier: Supplier, currency: str) -> PurchaseOrder:
    """The draft for that centre, supplier and currency, locked; a new one if there is none."""
    same = {"centre": centre, "supplier": supplier, "currency": currency, "state": PurchaseState.DRAFT}
    known = PurchaseOrder.objects.select_for_update(of=("self",)).filter(**same).first()
    if known:
        return known
    number = f"{centre.code}-P{take_number(f'purchase:{centre.pk}'):05d}"
    made = {"account_id": actor.account_id, "created_at": actor.now(), "uid": uuid7(actor.now())}
    order = PurchaseOrder.objects.create(number=number, **same, **made)
    record_first(actor, order, facts.PurchaseBegun(**of_purchase(order)))
    return order


def _put(actor: Actor, order: PurchaseOrder, row: Requisition | PurchaseRequest, offer: Offer | None) -> None:
    line, new = _line_of(order, row.part_id, offer, row.quantity)
    if isinstance(row, Requisition):
        row.purchase = line
        row.save(update_fields=["purchase"])
    else:
        REQUEST.apply("order", row, actor)
        row.line = line
        row.save(update_fields=["state", "line"])
        record(actor, row, facts.PurchaseRequestOrdered(**_of_request(row), order=order.number))
    if not new:
        waited = [*line.requisitions.values_list("quantity", flat=True)]
        wanted = sum(waited) + sum(line.requests.values_list("quantity", flat=True))
        line.quantity = max(line.quantity, offer.lot(wanted) if offer else wanted)
        line.save(update_fields=["quantity"])


def _line_of(order: PurchaseOrder, part_id: int, offer: Offer | None, quantity: int) -> tuple[PurchaseLine, bool]:
    made: dict[str, Any] = {"quantity": quantity}
    if offer:
        sold = {"supplier_part_id": offer.id, "number": offer.number, "price": offer.price}
        made = {"quantity": offer.lot(quantity), **sold}
    return PurchaseLine.objects.get_or_create(order=order, part_id=part_id, defaults=made)


def _repairs(actor: Actor, where: dict[tuple[str, UUID], UUID]) -> list[Requisition]:
    uids = [uid for kind, uid in where if kind == REPAIR]
    rows = demand_for(actor).filter(uid__in=uids, purchase=None, state=RequisitionState.WANTED)
    return [*rows.select_related("centre").select_for_update(of=("self",)).order_by("pk")]


def _requests(actor: Actor, where: dict[tuple[str, UUID], UUID]) -> list[PurchaseRequest]:
    uids = [uid for kind, uid in where if kind == REQUEST_ROW]
    rows = purchase_requests_for(actor).filter(uid__in=uids, state=RequestState.OPEN)
    return [*rows.select_related("centre", "part").select_for_update(of=("self",)).order_by("pk")]


def _of_request(row: PurchaseRequest) -> dict[str, Any]:
    named_so = {"request_id": row.pk, "centre_id": row.centre_id, "part_id": row.part_id}
    return {**named_so, "quantity": row.quantity, "part": row.part.number}
