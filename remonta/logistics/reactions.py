"""What logistics does when work for another centre is done, and when a customer is forgotten: where things went stays,
who sent and signed goes."""

from collections.abc import Collection

from django.db.models import Q

from remonta.customers.facts import CustomerErased
from remonta.customers.queries import reached_by
from remonta.kernel.actor import Actor, system
from remonta.logistics.commands import propose_way_back
from remonta.logistics.commands.couriers.telling import index_shipment
from remonta.logistics.models import BatchLine, Difference, Onward, Parcel, RouteStop, Shipment, ShipmentEvent
from remonta.logistics.queries import whole_batches_with
from remonta.logistics.search import index_parcel
from remonta.orders.facts import UnitReady, WorkStopped
from remonta.orders.queries import orders_of_customers, work_orders_for
from remonta.spine.commands import erase_files
from remonta.spine.facts import reacts_to

NOTHING = "–"


@reacts_to(UnitReady)
def send_back_when_ready(actor: Actor, fact: UnitReady) -> None:
    """Work for another centre's order is done: the unit is proposed for a batch there."""
    _send_back(actor, fact.work_order_id)


@reacts_to(WorkStopped)
def send_back_when_stopped(actor: Actor, fact: WorkStopped) -> None:
    """The same when it goes back unrepaired."""
    _send_back(actor, fact.work_order_id)


def _send_back(actor: Actor, work_order_id: int) -> None:
    rows = work_orders_for(system("logistics", actor.now, "orders.see")).select_related("for_order")
    propose_way_back(actor, rows.get(pk=work_order_id))


@reacts_to(CustomerErased)
def erase_senders_and_receivers(actor: Actor, fact: CustomerErased) -> None:
    """Parcels by their orders, requests, numbers and addresses; shipments by their orders and parcels."""
    orders = list(orders_of_customers(fact.customer_ids).values_list("pk", flat=True))
    parcels = _erase_parcels(fact.customer_ids, orders)
    shipments = _erase_shipments(parcels, orders)
    batches = ("logistics.batch", whole_batches_with(orders))
    subjects = [("logistics.parcel", parcels), ("logistics.shipment", shipments), batches]
    erase_files(actor, subjects, [])
    BatchLine.objects.filter(work_order__in=orders).update(task="", accessories="", note="")
    Onward.objects.filter(work_order__in=orders).update(task="")
    Difference.objects.filter(Q(work_order__in=orders) | Q(parcel__in=parcels)).update(thing=NOTHING, note="")


def _erase_parcels(customer_ids: Collection[int], orders: Collection[int]) -> list[int]:
    numbers, mails = reached_by(customer_ids)
    asked = Q(request__customer__in=customer_ids) | Q(request__end_customer__in=customer_ids)
    reached = Q(sender_phone__in=numbers) | Q(sender_email__in=mails)
    theirs = Parcel.objects.filter(asked | reached | Q(items__work_order__in=orders))
    keys = sorted(set(theirs.values_list("pk", flat=True)))
    sender = {"sender_name": "", "sender_phone": "", "sender_email": "", "address": ""}
    Parcel.objects.filter(pk__in=keys).update(**sender, hint="", question="", note="")
    for parcel in Parcel.objects.filter(pk__in=keys):
        index_parcel(parcel)
    return keys


def _erase_shipments(parcels: Collection[int], orders: Collection[int]) -> list[int]:
    of_parcel = Q(subject="logistics.parcel", subject_id__in=parcels)
    keys = list(Shipment.objects.filter(of_parcel | Q(work_order__in=orders)).values_list("pk", flat=True))
    Shipment.objects.filter(pk__in=keys).update(sender={}, receiver={}, contents="", refusal="")
    for shipment in Shipment.objects.filter(pk__in=keys):
        index_shipment(shipment)
    ShipmentEvent.objects.filter(shipment__in=keys).update(text="", place="")
    RouteStop.objects.filter(shipment__in=keys).update(signed_by="")
    RouteStop.objects.filter(shipment__in=keys).exclude(failed="").update(failed=NOTHING)
    return keys
