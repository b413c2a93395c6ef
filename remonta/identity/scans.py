"""Codes of people: the badge, which says the last twelve hexadecimal digits of their uid."""

import re

from remonta.identity.queries import colleagues_for
from remonta.kernel.actor import Actor
from remonta.spine.queries import Found, recognises

BADGE = re.compile(r"B-([0-9A-F]{12})", re.IGNORECASE)


@recognises("person")
def person(actor: Actor, code: str) -> Found | None:
    """A colleague by the badge."""
    badge = BADGE.fullmatch(code)
    found = colleagues_for(actor).filter(uid__endswith=badge[1].lower()).first() if badge else None
    return Found("person", found.pk, found.uid, found.name) if found else None
