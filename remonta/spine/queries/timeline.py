"""The timeline as it is shown and as it is followed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from remonta.spine.models import Event

Position = tuple[int, int]
START: Position = (0, 0)


@dataclass(frozen=True)
class LiveEvent:
    """What the live stream needs of an event: ids only. `position` is where the stream has got to."""

    position: Position
    subject: str
    subject_id: int
    name: str
    thread_id: int | None
    centre_id: int | None
    account_id: int | None


@dataclass(frozen=True)
class Line:
    """A line of a timeline as pages show it; `data` are the fact's ids, codes and amounts."""

    id: int
    subject: str
    subject_id: int
    seq: int
    name: str
    version: int
    data: dict[str, Any]
    from_state: str
    to_state: str
    account_id: int | None
    actor: str
    occurred_at: datetime


def newest_position() -> Position:
    """Where a listener that has missed nothing stands. One statement."""
    return _committed().order_by("-xact", "-id").values_list("xact", "id").first() or START


def events_after(position: Position, limit: int = 500) -> tuple[LiveEvent, ...]:
    """Events committed after that position, in an order in which nothing can appear behind it later. One statement.

    PostgreSQL commits ids out of order; so rows are read in order of their transaction, and only those of transactions
    older than every one still running.
    """
    xact, last = position
    later = _committed().filter(Q(xact=xact, id__gt=last) | Q(xact__gt=xact)).order_by("xact", "id")
    fields = ("xact", "id", "subject", "subject_id", "name", "thread_id", "centre_id", "account_id")
    return tuple(LiveEvent((row[0], row[1]), *row[2:]) for row in later.values_list(*fields)[:limit])


def timeline(of: Iterable[tuple[str, int]], *, thread_id: int | None = None, limit: int = 200) -> tuple[Line, ...]:
    """Newest first: the lines of those subjects and of that work order's thread. One statement.

    The caller has checked who may see them.
    """
    about = Q(thread_id=thread_id) if thread_id else Q(pk__in=[])
    for subject, subject_id in of:
        about |= Q(subject=subject, subject_id=subject_id)
    found = Event.objects.filter(about).order_by("-id").values_list(*(field.name for field in fields(Line)))
    return tuple(Line(*row) for row in found[:limit])


def threads_spoken_of(threads: Collection[int], *, but: Collection[str]) -> set[int]:
    """Which of those work orders have lines in their log under other names than these. One statement."""
    others = Event.objects.filter(thread_id__in=threads).exclude(name__in=but)
    return {thread for thread in others.values_list("thread_id", flat=True).distinct() if thread is not None}


def last_touched(threads: QuerySet[Any]) -> dict[int, datetime]:
    """When each of those work orders was last spoken of in its log; the caller has checked who may see them.

    One statement, the work orders being read in it.
    """
    lines = Event.objects.filter(thread_id__in=threads.values("pk")).order_by()
    return dict(lines.values_list("thread_id").annotate(at=Max("occurred_at")))


def spoken_of_since(at: datetime) -> Exists:
    """Whether the log of the work order of an outer query has a line since then. No statement."""
    return Exists(Event.objects.filter(thread_id=OuterRef("pk"), occurred_at__gte=at))


def minutes_by_state(subject: str, threads: QuerySet[Any]) -> tuple[tuple[str, int, int], ...]:
    """How long those work orders stood in each state: the state left, whole minutes, how often.

    Read from the `minutes` that the facts of the subject's moves carry. One statement.
    """
    moves = Event.objects.filter(subject=subject, thread_id__in=threads.values("pk"), data__has_key="minutes")
    rows = moves.exclude(from_state="").order_by().values_list("from_state", "data__minutes")
    return tuple(rows.annotate(times=Count("pk")))


def _committed() -> QuerySet[Event]:
    if connection.vendor != "postgresql":
        return Event.objects.all()
    return Event.objects.filter(xact__lt=RawSQL("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", []))
