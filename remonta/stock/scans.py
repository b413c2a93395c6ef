"""Codes of places, as add_place prints them on their labels, and of loans, as their agreements do."""

import re

from remonta.kernel.actor import Actor
from remonta.spine.queries import Found, recognises
from remonta.stock.queries import loans_for, places_for

LOAN = re.compile(r"[A-Z0-9]{1,6}-L\d{5,12}", re.ASCII)
LABEL = re.compile(r"L-(\d{1,15})", re.ASCII | re.IGNORECASE)


@recognises("place")
def place(actor: Actor, code: str) -> Found | None:
    """`L-` and the place's number."""
    label = LABEL.fullmatch(code)
    found = places_for(actor).exclude(kind="repair").filter(pk=int(label[1])).first() if label else None
    return Found("place", found.pk, found.uid, str(found)) if found else None


@recognises("loan")
def loan(actor: Actor, code: str) -> Found | None:
    """`KRK-L00001`, the number of a loan agreement."""
    number = code.upper()
    found = loans_for(actor).filter(number=number).first() if LOAN.fullmatch(number) else None
    return Found("loan", found.pk, found.uid, found.number) if found else None
