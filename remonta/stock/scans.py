"""Codes of places, transfers and loans, as labels and papers say them; serial numbers of pieces, also in GS1 codes."""

import re

from django.db.models import Q

from remonta.kernel.actor import Actor
from remonta.kernel.gs1 import trade_item
from remonta.kernel.texts import serial_normal
from remonta.spine.queries import Found, recognises
from remonta.stock.queries import loans_for, pieces_for, places_for, transfers_for

LOAN = re.compile(r"[A-Z0-9]{1,6}-L\d{5,12}", re.ASCII)
TRANSFER = re.compile(r"T\d{7}", re.ASCII | re.IGNORECASE)
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


@recognises("piece")
def piece(actor: Actor, code: str) -> Found | None:
    """A piece of a part kept by serial number; of several with that number, the one that moved last."""
    item = trade_item(code)
    wanted = serial_normal(item.serial if item and item.serial else code)
    if len(wanted) < 3:
        return None
    of_part = Q(part__gtin__in={item.gtin, *(item.gtin[-size:] for size in (8, 12, 13))}) if item and item.gtin else Q()
    rows = pieces_for(actor).filter(of_part, serial_normal=wanted).select_related("part")
    found = rows.order_by("-since", "-pk").first()
    return Found("piece", found.pk, found.uid, f"{found.part} {found.serial}") if found else None


@recognises("transfer")
def transfer(actor: Actor, code: str) -> Found | None:
    """`T` and seven digits, as its note says."""
    rows = transfers_for(actor).filter(number=code.upper())
    found = rows.only("uid", "number").first() if TRANSFER.fullmatch(code) else None
    return Found("transfer", found.pk, found.uid, found.number) if found else None
