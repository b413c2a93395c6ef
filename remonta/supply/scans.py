"""Codes of picking lists."""

import re

from remonta.kernel.actor import Actor
from remonta.spine.queries import Found, recognises
from remonta.supply.queries import pickings_for

LIST = re.compile(r"[A-Z0-9]{1,6}-P\d{5,12}", re.ASCII)


@recognises("picking")
def picking(actor: Actor, code: str) -> Found | None:
    """`KRK-P00001`, the number of a picking list."""
    number = code.upper()
    rows = pickings_for(actor).filter(number=number)
    found = rows.only("uid", "number").first() if LIST.fullmatch(number) else None
    return Found("picking", found.pk, found.uid, found.number) if found else None
