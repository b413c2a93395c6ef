"""What a scan into a field of the warehouse means: a bin, a part, or one piece of a part."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import find_part
from remonta.desk.warehouse.forms import which_of
from remonta.kernel.refusals import Refused
from remonta.spine.queries import recognise
from remonta.stock.commands import Which
from remonta.stock.queries import Place, pieces_for, places_for
from remonta.web.requests import Request

KINDS = ("place", "part", "piece")


class BinFirst(Refused):
    text = _("Scan the bin first, then the part.")


class NothingKnown(Refused):
    text = _("“%(code)s” is neither a bin nor a part here. Nothing has moved.")


def scanned_bin(request: Request, centre_id: int, code: str) -> Place | None:
    """The bin whose label was scanned, or whose address in that centre was typed."""
    read: Any = recognise(request.actor, code, KINDS) if code else None
    places = places_for(request.actor)
    if read and read.kind == "place":
        return places.filter(pk=read.id).first()
    return places.filter(centre_id=centre_id, code=code.upper()).first() if code and not read else None


def scanned_part(request: Request, code: str) -> tuple[UUID, Which]:
    """The part that was scanned or typed, and which of it: a piece by its own number, else as the field beside says.

    Raises NothingKnown.
    """
    read: Any = recognise(request.actor, code, KINDS) if code else None
    if read and read.kind == "piece":
        uid, serial = pieces_for(request.actor).values_list("part__uid", "serial").get(pk=read.id)
        return uid, Which(serials=(serial,))
    if read and read.kind == "part":
        return read.uid, which_of(request, read.uid)
    found = next(iter(find_part(request.actor, code, led=False)), None) if code else None
    if found is None:
        raise NothingKnown(code=code)
    return found.uid, which_of(request, found.uid)
