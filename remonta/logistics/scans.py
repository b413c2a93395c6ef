"""Codes of parcels and batches: their numbers, as documents and waybills say them."""

import re

from remonta.kernel.actor import Actor
from remonta.logistics.queries import batches_for, parcels_for
from remonta.spine.queries import Found, recognises

BATCH = re.compile(r"B\d{7}", re.ASCII | re.IGNORECASE)
PARCEL = re.compile(r"P\d{7}", re.ASCII | re.IGNORECASE)


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
