"""Where rooms of one floor are joined: an approved quote orders its parts, a declined one sets them free, and what
is issued to a repair stands in the parts list of its unit."""

from collections import Counter

from remonta.counter.commands import deliver_parcel
from remonta.counter.models import HandOver
from remonta.customers.facts import CustomerErased
from remonta.equipment.commands import fit_in_unit, take_back_from_unit
from remonta.equipment.queries import units_with_parts
from remonta.kernel.actor import Actor, system
from remonta.kernel.ids import uuid7
from remonta.logistics.commands import HandOver as BatchHandOver
from remonta.logistics.commands import arrive_batch, pick_up_parcel, send_batch
from remonta.logistics.facts import ShipmentDelivered, ShipmentFact, ShipmentPickedUp
from remonta.logistics.queries import Parcel, batches_for, parcels_for
from remonta.logistics.queries.couriers import shipments_for
from remonta.orders.queries import orders_of_customers, work_orders_for
from remonta.quotes.facts import QuoteApproved, QuoteDeclined, QuoteReplaced
from remonta.quotes.queries import approved_lines
from remonta.spine.facts import reacts_to
from remonta.supply.commands import agree_parts, ask_parts, free_parts
from remonta.supply.facts import IssueTakenBack, PartIssued, PartReturned, RequisitionFact


@reacts_to(QuoteApproved)
def order_parts(actor: Actor, fact: QuoteApproved) -> None:
    """Parts that are here are set aside, the others become demand: in the approval's own transaction."""
    parts = [(line.part_id, line.quantity) for line in approved_lines(fact.work_order_id) if line.part_id]
    ask_parts(_supplier(actor), fact.work_order_id, parts, from_quote=True)
    agreed: Counter[int] = Counter()
    for part_id, quantity in parts:
        agreed[part_id] += quantity
    agree_parts(_supplier(actor), fact.work_order_id, agreed)


@reacts_to(QuoteDeclined)
def set_parts_free(actor: Actor, fact: QuoteDeclined) -> None:
    """What was set aside for declined work is free for others."""
    free_parts(_supplier(actor), fact.work_order_id)


@reacts_to(QuoteReplaced)
def set_replaced_parts_free(actor: Actor, fact: QuoteReplaced) -> None:
    """The parts of the version before are asked for anew when the newer one is approved."""
    free_parts(_supplier(actor), fact.work_order_id)


@reacts_to(PartIssued)
def fit_into_unit(actor: Actor, fact: PartIssued) -> None:
    """A part that goes to the repair takes its place in the unit's own parts list."""
    if unit_id := _unit_of(actor, fact):
        fitted = {"part_id": fact.part_id, "quantity": fact.quantity, "order_id": fact.work_order_id}
        fit_in_unit(actor, unit_id, **fitted, serial=", ".join(fact.serials))


@reacts_to(PartReturned)
def take_out_of_unit(actor: Actor, fact: PartReturned) -> None:
    """An unused part never was in the unit."""
    _taken_back(actor, fact)


@reacts_to(IssueTakenBack)
def take_mistake_out_of_unit(actor: Actor, fact: IssueTakenBack) -> None:
    """A part issued by mistake never was in the unit."""
    _taken_back(actor, fact)


@reacts_to(ShipmentPickedUp, later=True)
def parcel_picked_up(actor: Actor, fact: ShipmentPickedUp) -> None:
    """The courier says that it has the parcel packed for that order: its unit is on the way."""
    hand = _road(actor)
    if parcel := _parcel_of(hand, fact, "packed"):
        shipment = shipments_for(hand).select_related("account").get(pk=fact.shipment_id)
        pick_up_parcel(
            hand,
            parcel.uid,
            courier=shipment.account.name,
            tracking=shipment.tracking_number,
            due_at=shipment.due_at,
            operation=uuid7(actor.now()),
        )


@reacts_to(ShipmentDelivered, later=True)
def parcel_delivered(actor: Actor, fact: ShipmentDelivered) -> None:
    """The courier says that the customer has it: the unit is handed over."""
    hand = _road(actor)
    if parcel := _parcel_of(hand, fact, "sent"):
        deliver_parcel(hand, parcel.uid, operation=uuid7(actor.now()))


@reacts_to(ShipmentPickedUp, later=True)
def batch_picked_up(actor: Actor, fact: ShipmentPickedUp) -> None:
    """The courier says that it has a sealed batch: what is in it is on the way."""
    hand = _road(actor)
    batch = batches_for(hand).filter(pk=fact.subject_id or 0, state="sealed").first()
    if fact.subject != "logistics.batch" or batch is None:
        return
    shipment = shipments_for(hand).select_related("account").get(pk=fact.shipment_id)
    said = {"courier": shipment.account.name, "tracking": shipment.tracking_number}
    given = BatchHandOver(**said, due_at=shipment.due_at)
    send_batch(hand, batch.uid, given=given, operation=uuid7(actor.now()))


@reacts_to(ShipmentDelivered, later=True)
def batch_delivered(actor: Actor, fact: ShipmentDelivered) -> None:
    """The courier says that a maker or partner outside has the batch; a centre of ours says so itself, by its scan."""
    hand = _road(actor)
    rows = batches_for(hand).filter(pk=fact.subject_id or 0, state="sent", to_centre=None)
    if fact.subject == "logistics.batch" and (batch := rows.first()):
        arrive_batch(hand, batch.uid, operation=uuid7(actor.now()))


def _road(actor: Actor) -> Actor:
    return system("counter", actor.now, "logistics.see", "logistics.handle", "orders.see", "orders.hand_over")


def _parcel_of(hand: Actor, fact: ShipmentFact, state: str) -> Parcel | None:
    """The parcel going out that the shipment carries: named by it, or packed for its order."""
    rows = parcels_for(hand).filter(way="out", state=state)
    if fact.subject == "logistics.parcel":
        return rows.filter(pk=fact.subject_id or 0).first()
    return rows.filter(items__work_order=fact.work_order_id).first() if fact.work_order_id else None


@reacts_to(CustomerErased)
def erase_who_took_it(actor: Actor, fact: CustomerErased) -> None:
    """The name of who took the unit; the signature went with the order's files."""
    HandOver.objects.filter(work_order__in=orders_of_customers(fact.customer_ids)).update(taken_by="")


def _taken_back(actor: Actor, fact: RequisitionFact) -> None:
    if unit_id := _unit_of(actor, fact):
        take_back_from_unit(actor, unit_id, part_id=fact.part_id, quantity=fact.quantity, order_id=fact.work_order_id)


def _unit_of(actor: Actor, fact: RequisitionFact) -> int | None:
    """The order's unit, if it has a parts list of its own. One statement."""
    orders = work_orders_for(system("counter", actor.now, "orders.see")).filter(unit__in=units_with_parts())
    return orders.filter(pk=fact.work_order_id).values_list("unit_id", flat=True).first()


def _supplier(actor: Actor) -> Actor:
    return system("counter", actor.now, "orders.see", "supply.ask", "stock.reserve", "stock.see")
