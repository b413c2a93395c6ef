"""By what parcels and batches are found."""

from remonta.logistics.models import Batch, Parcel
from remonta.spine.commands import index_entry


def index_parcel(parcel: Parcel) -> None:
    """By its number, the courier's number, who sends it, and their phone."""
    index_entry(
        "parcel",
        parcel.pk,
        uid=parcel.uid,
        centre_id=parcel.centre_id,
        title=parcel.number,
        hint=parcel.sender_name,
        words=[word for word in (parcel.number, parcel.tracking) if word],
        phones=[parcel.sender_phone] if parcel.sender_phone else [],
        exact=parcel.number,
        names=[parcel.sender_name] if parcel.sender_name else [],
        open=parcel.ended_at is None,
    )


def index_batch(batch: Batch) -> None:
    """By its number, seal and courier's number, and where it goes."""
    index_entry(
        "batch",
        batch.pk,
        uid=batch.uid,
        centre_id=batch.centre_id,
        title=batch.number,
        hint=batch.destination,
        words=[word for word in (batch.number, batch.seal, batch.tracking, batch.destination) if word],
        exact=batch.number,
        open=batch.received_at is None,
    )
