"""The places that batches and parcels are: one while they are packed, one while they are on the way."""

from remonta.logistics.models import Batch, Parcel
from remonta.stock.commands import carried_place
from remonta.stock.queries import Place


def box_place(number: str, centre_id: int) -> Place:
    """Where things stand that are packed into a batch or parcel and have not left the centre."""
    return carried_place(f"{number}-BOX-{centre_id}", number, centre_id)


def road_place(batch: Batch) -> Place:
    """Where things are that travel in the batch, from the centre that hands it over."""
    name = f"{batch.number} → {batch.destination}"[:120]
    return carried_place(f"{batch.number}-WAY-{batch.holder_id}", name, batch.holder_id)


def way_back_place(parcel: Parcel) -> Place:
    """Where a unit is that goes back to its customer."""
    name = f"{parcel.number} → {parcel.sender_name}"[:120]
    return carried_place(f"{parcel.number}-WAY", name, parcel.centre_id)
