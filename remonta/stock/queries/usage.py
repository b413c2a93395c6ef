"""How much of a part was used, month by month: the history from which demand is forecast."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import TruncMonth

from remonta.stock.models import STORES, Move, PlaceKind

USED = (PlaceKind.REPAIR, PlaceKind.CUSTOMER)
ENDS = (("source", "target"), ("target", "source"))


def used_by_month(
    centre_id: int, part_ids: Collection[int], since: datetime, until: datetime, zone: str
) -> dict[int, dict[date, int]]:
    """What left a centre's stores for repairs and customers, less what came back (thousandths), by part and by the
    first day of the month in the centre's zone. For commands that permit it. One statement."""
    rows = Move.objects.filter(part_id__in=part_ids, centre=centre_id, occurred_at__gte=since, occurred_at__lt=until)
    out, back = (Q(**{f"{ends[0]}__kind__in": STORES, f"{ends[1]}__kind__in": USED}) for ends in ENDS)
    signed = Case(When(out, then=F("quantity")), default=-F("quantity"))
    month = TruncMonth("occurred_at", tzinfo=ZoneInfo(zone))
    grouped = rows.filter(out | back).annotate(month=month).values_list("part_id", "month").annotate(sum=Sum(signed))
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for part_id, at, quantity in grouped.order_by():
        found[part_id][at.date()] = quantity
    return found


def first_move_at(centre_id: int) -> datetime | None:
    """When the first move of a part in a centre was written; None before it. One statement."""
    rows = Move.objects.filter(centre=centre_id, part__isnull=False).order_by("pk")
    return rows.values_list("occurred_at", flat=True).first()
