"""The courier and its number stand on what a shipment carries as soon as they are known."""

from remonta.kernel.actor import Actor
from remonta.logistics.commands.couriers.telling import carries
from remonta.logistics.couriers.workflow import CANCELLED, REFUSED, RETURNED
from remonta.logistics.models import Batch, Parcel
from remonta.logistics.models.couriers import Shipment
from remonta.logistics.search import index_batch, index_parcel
from remonta.logistics.workflow import PACKED, PACKING, SEALED, SENT, UNDER_WAY

NOT_CARRIED = (REFUSED, CANCELLED, RETURNED)


@carries("logistics.batch")
def number_batch(actor: Actor, shipment: Shipment) -> None:
    """A batch that is packed, sealed or under way, and the batches in it when it is sent."""
    rows = Batch.objects.select_for_update().filter(pk=shipment.subject_id or 0, state__in=[PACKING, SEALED, UNDER_WAY])
    for batch in rows:
        if _number(batch, shipment):
            index_batch(batch)


@carries("logistics.parcel")
def number_parcel(actor: Actor, shipment: Shipment) -> None:
    """A parcel that is packed or under way to its customer."""
    rows = Parcel.objects.select_for_update().filter(pk=shipment.subject_id or 0, way="out", state__in=[PACKED, SENT])
    for parcel in rows:
        if _number(parcel, shipment):
            index_parcel(parcel)


def _number(thing: Batch | Parcel, shipment: Shipment) -> bool:
    """What was typed by hand stays where the courier says nothing, or does not carry it."""
    if shipment.state in NOT_CARRIED:
        return False
    known = {"courier": shipment.account.name[:80], "tracking": shipment.tracking_number or thing.tracking}
    if all(getattr(thing, name) == value for name, value in known.items()):
        return False
    for name, value in known.items():
        setattr(thing, name, value)
    thing.save(update_fields=[*known])
    return True
