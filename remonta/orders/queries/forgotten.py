"""Open orders of which nothing was heard for so many days that they count as forgotten."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from remonta.identity.queries import setting_in_each
from remonta.orders.models import WorkOrder
from remonta.orders.queries.shapes import OrderRow
from remonta.orders.workflow import OPEN
from remonta.spine.queries import last_touched, spoken_of_since

DAYS = "orders.stale_days"
SHORTEST = timedelta(days=1)


def only_forgotten(orders: QuerySet[WorkOrder], now: datetime) -> QuerySet[WorkOrder]:
    """Those of them whose log has no line for the days that their centre has set. One statement for the settings."""
    centres: dict[int, list[int]] = defaultdict(list)
    for centre_id, days in setting_in_each(DAYS).items():
        centres[int(days)].append(centre_id)
    silent = Q(pk__in=[])
    for days, centre_ids in centres.items():
        since = now - timedelta(days=days)
        silent |= Q(centre_id__in=centre_ids, stage_since__lt=since) & ~Q(spoken_of_since(since))
    return orders.filter(silent, state__in=OPEN)


def with_forgotten(rows: Iterable[OrderRow], now: datetime) -> tuple[OrderRow, ...]:
    """The same lines, forgotten ones marked. Two statements, none while each has reached its stage today."""
    lines = tuple(rows)
    old = {row.id: row for row in lines if row.state in OPEN and row.stage_since < now - SHORTEST}
    if not old:
        return lines
    days = setting_in_each(DAYS, {row.centre_id for row in old.values()})
    touched = last_touched(WorkOrder.objects.filter(pk__in=list(old)))
    silent = {
        key
        for key, row in old.items()
        if touched.get(key, row.stage_since) < now - timedelta(days=int(days[row.centre_id]))
    }
    return tuple(replace(row, forgotten=True) if row.id in silent else row for row in lines)
