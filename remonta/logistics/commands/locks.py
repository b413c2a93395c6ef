"""Locking a parcel or a batch for a change."""

from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.logistics.models import Batch, Parcel
from remonta.logistics.queries.batches import batches_for
from remonta.logistics.queries.parcels import parcels_for


def lock_parcel(actor: Actor, named: UUID | int) -> Parcel:
    """The parcel, locked, with its centre and request. Raises DoesNotExist. One statement."""
    found = parcels_for(actor).select_for_update(of=("self",)).select_related("centre", "request__customer")
    return found.get(uid=named) if isinstance(named, UUID) else found.get(pk=named)


def lock_batch(actor: Actor, named: UUID | int) -> Batch:
    """The batch, locked, with where it goes. Raises DoesNotExist. One statement."""
    shown = ("centre", "holder", "to_centre", "parent", "box", "road")
    found = batches_for(actor).select_for_update(of=("self",)).select_related(*shown)
    return found.get(uid=named) if isinstance(named, UUID) else found.get(pk=named)
