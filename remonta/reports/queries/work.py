"""Work done: by engineer, by stage, and what customers think of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from remonta.dispatch.workflow import ACCEPTED, DONE
from remonta.kernel.actor import Actor
from remonta.orders.workflow import OPEN, Stage
from remonta.reports.queries.scope import ended, ratings, time_spent, work_given
from remonta.reports.queries.shapes import Column, Line, Report, Wanted
from remonta.spine.queries import minutes_by_state

SPAN = ExpressionWrapper(F("stopped_at") - F("started_at"), DurationField())
SCORES = (5, 4, 3, 2, 1)


def engineers(actor: Actor, wanted: Wanted) -> Report:
    """Orders finished, those in hand, minutes measured, and minutes an order, of each person. Two statements."""
    finished = Count("work_order", distinct=True, filter=wanted.within("done_at") & Q(state=DONE))
    in_hand = Count("work_order", distinct=True, filter=Q(state=ACCEPTED))
    given = work_given(actor, wanted).filter(account__isnull=False).order_by().values("account_id", "account__name")
    spent = time_spent(actor, wanted).filter(stopped_at__isnull=False).order_by().values("account_id", "account__name")
    rows: dict[int, dict[str, Any]] = defaultdict(lambda: {"finished": 0, "in_hand": 0, "orders": 0, "time": None})
    for row in (*given.annotate(finished=finished, in_hand=in_hand), *_timed(spent)):
        rows[row["account_id"]] |= row
    busy = [row for row in rows.values() if row["finished"] or row["in_hand"] or row["time"]]
    lines = [_person(row) for row in sorted(busy, key=lambda row: (-row["finished"], row["account__name"]))]
    columns = (
        Column("engineer", _("Engineer")),
        Column("finished", _("Orders finished"), "number"),
        Column("in_hand", _("In hand now"), "number"),
        Column("minutes", _("Time measured"), "minutes"),
        Column("an_order", _("Time an order"), "minutes"),
    )
    return Report("engineers", _("Work done by engineers"), columns, tuple(lines), "bar")


def stage_times(actor: Actor, wanted: Wanted) -> Report:
    """How long orders handed over in these days stood in each stage: how many times, median, nine of ten, longest.

    One statement.
    """
    stood: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for state, minutes, times in minutes_by_state("orders.workorder", ended(actor, wanted).filter(imported="")):
        stood[state].append((minutes, times))
    columns = (
        Column("stage", _("Stage")),
        Column("median", _("Median"), "minutes"),
        Column("most", _("Nine of ten within"), "minutes"),
        Column("longest", _("Longest"), "minutes"),
        Column("times", _("Times"), "number"),
    )
    lines = [Line((Stage(stage).label, *_spread(sorted(stood[stage])))) for stage in OPEN if stage in stood]
    return Report("stage-times", _("Time in each stage"), columns, tuple(lines), "bar")


def scores(actor: Actor, wanted: Wanted) -> Report:
    """The mean rating of each centre, and how many gave which score. One statement."""
    counts: dict[str, Any] = {f"gave{score}": Count("pk", filter=Q(score=score)) for score in SCORES}
    rows = (
        ratings(actor, wanted).order_by().values("centre__name").annotate(mean=Avg("score"), many=Count("pk"), **counts)
    )
    columns = (
        Column("centre", _("Centre")),
        Column("mean", _("Mean"), "score"),
        Column("many", _("Ratings"), "number"),
        *(Column(f"gave{score}", str(score), "number") for score in SCORES),
    )
    found = sorted(rows, key=lambda row: row["centre__name"])
    names = ("centre__name", "mean", "many", *counts)
    lines = [Line(tuple(row[name] for name in names)) for row in found]
    return Report("ratings", _("What customers think"), columns, tuple(lines))


def percentile(stood: Sequence[tuple[int, int]], part: float) -> int:
    """The least value that at least this part of all do not exceed (nearest rank); pairs of value and how often."""
    wanted, met = part * sum(times for _value, times in stood), 0
    for value, times in stood:
        met += times
        if met >= wanted:
            return value
    return 0


def _spread(stood: Sequence[tuple[int, int]]) -> tuple[int, int, int, int]:
    times = sum(many for _minutes, many in stood)
    return percentile(stood, 0.5), percentile(stood, 0.9), stood[-1][0], times


def _timed(spent: Any) -> Any:
    return spent.annotate(time=Sum(SPAN), orders=Count("work_order", distinct=True))


def _person(row: dict[str, Any]) -> Line:
    minutes = int((row["time"] or timedelta()).total_seconds() // 60)
    an_order = round(minutes / row["orders"]) if row["orders"] else None
    return Line((row["account__name"], row["finished"], row["in_hand"], minutes, an_order))
