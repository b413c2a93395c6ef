"""Codes of parts: our number, or the GTIN of the maker."""

from django.db.models import Q
from django.utils.translation import gettext as _

from remonta.catalogue.queries import parts_for, successors
from remonta.kernel.actor import Actor
from remonta.kernel.gs1 import trade_item
from remonta.spine.queries import Found, recognises


@recognises("part")
def part(actor: Actor, code: str) -> Found | None:
    """A part by its number in any case, or by a GTIN, with or without leading zeros, alone or in a GS1 barcode."""
    which = Q(number__in={code, code.upper()})
    if (item := trade_item(code)) and item.gtin:
        shorter = {item.gtin[14 - size :] for size in (8, 12, 13) if not item.gtin[: 14 - size].strip("0")}
        which |= Q(gtin__in={item.gtin, *shorter})
    found = parts_for(actor).filter(which, archived_at=None).first()
    if found is None:
        return None
    newer = successors([found.pk]).get(found.pk)
    said = f"{found.number} {found.name}"
    return Found("part", found.pk, found.uid, _superseded(said, newer.number) if newer else said)


def _superseded(part: str, number: str) -> str:
    return _("%(part)s, superseded by %(number)s") % {"part": part, "number": number}
