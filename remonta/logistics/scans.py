"""Codes of parcels and batches: their numbers, as documents and waybills say them."""

import re

from django.db.models import Q

from remonta.kernel.actor import Actor
from remonta.logistics.queries import batches_for, parcels_for
from remonta.logistics.queries.couriers import shipments_for
from remonta.spine.queries import Found, recognises

BATCH = re.compile(r"B\d{7}", re.ASCII | re.IGNORECASE)
PARCEL = re.compile(r"P\d{7}", re.ASCII | re.IGNORECASE)
SHIPMENT = re.compile(r"S\d{7}|[A-Z0-9]{8,40}", re.ASCII | re.IGNORECASE)


@recognises("parcel")
def parcel(actor: Actor, code: str) -> Found | None:
    """`P` and seven digits."""
    if not PARCEL.fullmatch(code):
        return None
    found = parcels_for(actor).filter(number=code.upper()).only("uid", "number").first()
    return Found("parcel", found.pk, found.uid, found.number) if found else None


@recognises("batch")
def batch(actor: Actor, code: str) -> Found | None:
    """`B` and seven digits."""
    if not BATCH.fullmatch(code):
        return None
    found = batches_for(actor).filter(number=code.upper()).only("uid", "number").first()
    return Found("batch", found.pk, found.uid, found.number) if found else None


@recognises("shipment")
def shipment(actor: Actor, code: str) -> Found | None:
    """Our own number (`S` and seven digits), or the courier's tracking number as its label says it."""
    if not SHIPMENT.fullmatch(code):
        return None
    rows = shipments_for(actor).filter(Q(number=code.upper()) | Q(tracking_number=code)).order_by("-pk")
    found = rows.only("uid", "number").first()
    return Found("shipment", found.pk, found.uid, found.number) if found else None
