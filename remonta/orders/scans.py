"""Codes of work orders: their number, the label of an accessory, the link on the receipt."""

import re

from django.db.models import Q

from remonta.identity.queries import valid_link
from remonta.kernel.actor import Actor
from remonta.orders.queries import work_orders_for
from remonta.spine.queries import Found, recognises

NUMBER = re.compile(r"([A-Z0-9]{1,6}-\d{1,12})(?:-A\d{1,3})?", re.ASCII)
LINK = re.compile(r"https?://\S+/([\w-]{32})/?(?:[?#]\S*)?", re.ASCII)


@recognises("order")
def order(actor: Actor, code: str) -> Found | None:
    """`KRK-000123`, `KRK-000123-A1`, or the secret link printed as a QR code."""
    if number := NUMBER.fullmatch(code.upper()):
        which = Q(number=number[1])
    elif link := LINK.fullmatch(code):
        opened = valid_link(link[1], actor.now()).filter(subject="orders.workorder")
        which = Q(pk__in=opened.values("subject_id"))
    else:
        return None
    found = work_orders_for(actor).filter(which).only("uid", "number", "unit_id").first()
    return Found("order", found.pk, found.uid, found.number, found.unit_id, found.pk) if found else None
