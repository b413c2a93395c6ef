"""What stands now: orders by stage and age, late ones, and those that nobody has touched."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.orders.queries import OrderRow, order_rows, with_row
from remonta.orders.workflow import OPEN, Stage
from remonta.reports.queries.scope import standing
from remonta.reports.queries.shapes import Column, Line, Report, Wanted
from remonta.spine.queries import last_touched

MOST = 500
AGES: tuple[tuple[int | None, object], ...] = (
    (1, _("up to a day")),
    (3, _("2–3 days")),
    (7, _("4–7 days")),
    (14, _("8–14 days")),
    (30, _("15–30 days")),
    (None, _("longer")),
)
ORDER = (
    Column("number", _("Number")),
    Column("device", _("Device")),
    Column("customer", _("Customer")),
    Column("stage", _("Stage")),
    Column("engineer", _("Engineer")),
    Column("centre", _("Centre")),
)


def stages(actor: Actor, wanted: Wanted) -> Report:
    """Open orders by stage, and how long ago they were opened. One statement."""
    now, ages = actor.now(), {}
    newest = now + timedelta(days=1)
    for place, (days, _label) in enumerate(AGES):
        oldest = now - timedelta(days=days) if days else None
        ages[f"age{place}"] = Count("pk", filter=_opened(oldest, newest))
        newest = oldest or newest
    counted: Any = standing(actor, wanted).order_by().values("state").annotate(**ages)
    rows: dict[str, Any] = {row["state"]: row for row in counted}
    columns = [Column("stage", _("Stage")), *(Column(f"age{at}", one[1], "number") for at, one in enumerate(AGES))]
    lines = [
        Line((Stage(stage).label, *(rows[stage][name] if stage in rows else 0 for name in ages))) for stage in OPEN
    ]
    return Report("stages", _("Open orders by stage and age"), tuple(columns), tuple(lines), "stack")


def late(actor: Actor, wanted: Wanted) -> Report:
    """Open orders that have missed the time they were promised for, the longest late first. One statement."""
    now, most = actor.now(), wanted.limit or MOST
    found = with_row(standing(actor, wanted).filter(due_at__lt=now)).order_by("due_at", "pk")[: most + 1]
    lines = _lines(order_rows(found, now), {row.pk: row.due_at for row in found if row.due_at}, now)
    columns = (*ORDER, Column("since", _("Promised"), "moment"), Column("days", _("Days late"), "number"))
    return Report("late", _("Late orders"), columns, lines[:most], more=len(lines) > most)


def idle(actor: Actor, wanted: Wanted) -> Report:
    """Open orders of which nothing was heard for so many days, the longest silent first. Two statements."""
    now, most = actor.now(), wanted.limit or MOST
    touched = last_touched(standing(actor, wanted))
    silent = {pk: at for pk, at in touched.items() if at < now - timedelta(days=wanted.days)}
    oldest = sorted(silent, key=lambda pk: (silent[pk], pk))[:most]
    rows = order_rows(with_row(standing(actor, wanted).filter(pk__in=oldest)), now)
    lines = _lines(sorted(rows, key=lambda row: (silent[row.id], row.id)), silent, now)
    columns = (*ORDER, Column("since", _("Last touched"), "moment"), Column("days", _("Days"), "number"))
    return Report("idle", _("Nobody has touched these"), columns, lines, more=len(silent) > most)


def _opened(after: datetime | None, until: datetime) -> Q:
    opened = Q(created_at__lte=until)
    return opened & Q(created_at__gt=after) if after else opened


def _lines(rows: Iterable[OrderRow], since: Mapping[int, datetime], now: datetime) -> tuple[Line, ...]:
    return tuple(
        Line(
            (
                row.number,
                row.device,
                row.customer,
                row.status_name or row.stage_label,
                row.engineer or row.group,
                row.centre,
                since[row.id],
                (now - since[row.id]).days,
            ),
            row.uid,
        )
        for row in rows
    )
