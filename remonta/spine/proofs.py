"""What is always true of the timeline, proved piece by piece, so that memory stays bounded however long it is."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import F, Max, Min, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from remonta.spine.models import Event
from remonta.spine.verify import QUIET, Flaw, changes_quietly, proves

BOOK = "timeline"
PIECE = 20_000
LINES = """SELECT subject_id, seq, before_seq, from_state, before_state FROM (
    SELECT subject_id, seq, from_state,
        COALESCE(LAG(seq) OVER subjects, 0) AS before_seq, COALESCE(LAG(to_state) OVER subjects, '') AS before_state
    FROM spine_event WHERE subject = %s AND subject_id >= %s AND subject_id < %s
    WINDOW subjects AS (PARTITION BY subject_id ORDER BY seq)
) lines WHERE seq <> before_seq + 1 OR from_state <> before_state"""

changes_quietly("spine.message")


@proves("timeline lines follow each other")
def lines_follow_each_other() -> Iterator[Flaw | int]:
    """Events of a subject count 1, 2, 3 …, and each starts in the state in which the one before ended."""
    done = 0
    for subject in _subjects():
        for first in _pieces(Event.objects.filter(subject=subject), "subject_id"):
            with connection.cursor() as cursor:
                cursor.execute(LINES, [subject, first, first + PIECE])
                wrong = cursor.fetchall()
            yield from (_broken(subject, *row) for row in wrong)
            done += PIECE
            yield done


@proves("timeline ends in the present state")
def state_is_the_last_line() -> Iterator[Flaw | int]:
    """The state of a row is the one in which its last event ended."""
    for subject in _subjects():
        model = _stated_model(subject)
        if model is not None and subject not in QUIET:
            yield from _states(subject, model)


def _states(subject: str, model: type[Model]) -> Iterator[Flaw | int]:
    lines = Event.objects.filter(subject=subject, subject_id=OuterRef("pk")).order_by("-seq")
    rows = model._default_manager.annotate(last_state=Subquery(lines.values("to_state")[:1]))
    wrong = rows.filter(Q(last_state=None) | ~Q(last_state=F("state"))).values_list("pk", "state", "last_state")
    for first in _pieces(model._default_manager.all(), "pk"):
        for pk, state, last in wrong.filter(pk__gte=first, pk__lt=first + PIECE).order_by("pk"):
            said = _("its state is “%(state)s”, but its timeline ends in “%(last)s”")
            yield Flaw(BOOK, said % {"state": state, "last": last or "–"}, f"{subject} {pk}")


def _broken(subject: str, subject_id: int, seq: int, before: int, start: str, before_state: str) -> Flaw:
    if seq != before + 1:
        said = _("line %(seq)s follows line %(before)s") % {"seq": seq, "before": before}
    else:
        values = {"seq": seq, "start": start or "–", "before": before_state or "–"}
        said = _("line %(seq)s starts in “%(start)s”, but the one before ended in “%(before)s”") % values
    return Flaw(BOOK, said, f"{subject} {subject_id}")


def _subjects() -> Iterator[str]:
    """The kinds of subjects there are lines about, one short look-up in the index each."""
    last = ""
    while last := Event.objects.filter(subject__gt=last).aggregate(least=Min("subject"))["least"] or "":
        yield last


def _pieces(rows: QuerySet[Any], column: str) -> Iterator[int]:
    """The first numbers of pieces that together hold every row; stretches without rows are passed over."""
    ends = rows.aggregate(least=Min(column), most=Max(column))
    at, most = ends["least"], ends["most"]
    while at is not None and at <= most:
        yield at
        at = rows.filter(**{f"{column}__gte": at + PIECE}).aggregate(least=Min(column))["least"]


def _stated_model(subject: str) -> type[Model] | None:
    try:
        model = apps.get_model(subject)
        model._meta.get_field("state")
    except (LookupError, FieldDoesNotExist):
        return None
    return model
