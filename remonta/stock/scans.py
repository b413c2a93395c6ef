"""Codes of places: what add_place prints on their labels."""

import re

from remonta.kernel.actor import Actor
from remonta.spine.queries import Found, recognises
from remonta.stock.queries import places_for

LABEL = re.compile(r"L-(\d{1,15})", re.ASCII | re.IGNORECASE)


@recognises("place")
def place(actor: Actor, code: str) -> Found | None:
    """`L-` and the place's number."""
    label = LABEL.fullmatch(code)
    found = places_for(actor).exclude(kind="repair").filter(pk=int(label[1])).first() if label else None
    return Found("place", found.pk, found.uid, str(found)) if found else None
