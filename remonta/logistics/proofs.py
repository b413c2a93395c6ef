"""What is always true on the road: what a batch or a parcel is said to hold is where the book of things says."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from remonta.logistics.models import BatchLine, LineState, ParcelItem
from remonta.logistics.workflow import ARRIVED, PACKING, SEALED, SENT, UNDER_WAY
from remonta.spine.queries import Flaw, proves
from remonta.stock.queries import whereabouts

BOOK = "road"
PIECE = 500


@proves("what is packed stands in its batch")
def packed_is_in_its_batch() -> Iterator[Flaw | int]:
    """A unit on a line that still travels is at the box of its batch, and on its road once it was handed over."""
    at_home, gone = Q(batch__state__in=[PACKING, SEALED]), Q(batch__state__in=[UNDER_WAY, ARRIVED])
    for where, lines in (("batch__box", at_home), ("batch__road", gone)):
        rows = BatchLine.objects.filter(lines, state=LineState.PACKED, unit__isnull=False).annotate(place=F(where))
        yield from _astray(rows.order_by("pk").values_list("pk", "unit_id", "place"), "batch line")


@proves("what was picked up is in its parcel")
def picked_up_is_in_its_parcel() -> Iterator[Flaw | int]:
    """A unit of a parcel under way is at the parcel's own place."""
    rows = ParcelItem.objects.filter(parcel__state=SENT, parcel__way="out", unit__isnull=False)
    yield from _astray(rows.order_by("pk").values_list("pk", "unit_id", "parcel__place"), "parcel item")


@proves("a batch in a batch travels with it")
def inner_goes_with_outer() -> Iterator[Flaw | int]:
    """A batch that lies in another is on a line of it that still travels, and on the way exactly when that one is."""
    lines = BatchLine.objects.filter(state=LineState.PACKED, inside__isnull=False)
    wrong = lines.exclude(inside__parent=F("batch")) | lines.filter(
        Q(batch__state__in=[PACKING, SEALED]) & ~Q(inside__state=SEALED)
        | Q(batch__state__in=[UNDER_WAY, ARRIVED]) & ~Q(inside__state=UNDER_WAY)
    )
    for pk in wrong.order_by("pk").values_list("pk", flat=True).iterator():
        yield Flaw(BOOK, _("it is said to lie in a batch and does not travel with it"), f"batch line {pk}")


def _astray(rows: QuerySet[Any, Any], kind: str) -> Iterator[Flaw | int]:
    """Where the unit of a row (key, unit, place) is not at its place."""
    last = 0
    while piece := list(rows.filter(pk__gt=last)[:PIECE]):
        here = whereabouts([unit_id for _pk, unit_id, _place in piece])
        for pk, unit_id, place_id in piece:
            if unit_id not in here or here[unit_id].place_id != place_id:
                yield Flaw(BOOK, _("the book says it is elsewhere than on the way"), f"{kind} {pk}")
        last = piece[-1][0]
        yield len(piece)
