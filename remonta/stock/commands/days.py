"""Closing days: what every place had when a day ended is written once the day is over, and anew if moves come late."""

from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.db.models import Max, Min

from remonta.kernel.actor import Actor
from remonta.spine.commands import command
from remonta.stock.models import ClosedDay, DayEnd, Move

AFTER = timedelta(hours=2)
CLOSE = """INSERT INTO stock_dayend (part_id, place_id, day, on_hand)
SELECT moved.part_id, moved.place_id, %s, SUM(moved.quantity) + COALESCE((
    SELECT before.on_hand FROM stock_dayend before
    WHERE before.part_id = moved.part_id AND before.place_id = moved.place_id ORDER BY before.day DESC LIMIT 1), 0)
FROM (
    SELECT part_id, target_id AS place_id, quantity FROM stock_move
    WHERE part_id IS NOT NULL AND occurred_at >= %s AND occurred_at < %s
    UNION ALL SELECT part_id, source_id, -quantity FROM stock_move
    WHERE part_id IS NOT NULL AND occurred_at >= %s AND occurred_at < %s
) moved JOIN stock_place place ON place.id = moved.place_id
WHERE place.kind NOT IN ('customer', 'supplier', 'scrap', 'difference', 'donor', 'repair')
GROUP BY moved.part_id, moved.place_id"""


@command
def close_day(actor: Actor) -> date | None:
    """Writes the ends of the first day that is over and not closed; None when there is none.

    Moves that come later into closed days open these again first. Four statements, whatever the number of days.
    """
    last = ClosedDay.objects.order_by("-day").first()
    moves = Move.objects.exclude(part=None)
    if last:
        late = moves.filter(pk__gt=last.last_move_id).aggregate(at=Min("occurred_at"))["at"]
        if late and late.astimezone(UTC).date() <= last.day:
            return _open_again(late.astimezone(UTC).date())
    after = moves.filter(occurred_at__gte=begins(last.day + timedelta(days=1))) if last else moves
    first = after.aggregate(at=Min("occurred_at"))["at"]
    day: date | None = first.astimezone(UTC).date() if first else None
    if day is None or actor.now() < begins(day + timedelta(days=1)) + AFTER:
        return None
    span = [connection.ops.adapt_datetimefield_value(begins(each)) for each in (day, day + timedelta(days=1))]
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, [connection.ops.adapt_datefield_value(day), *span, *span])
    newest = moves.aggregate(newest=Max("pk"))["newest"]
    ClosedDay.objects.create(day=day, last_move_id=newest, closed_at=actor.now())
    return day


def begins(day: date) -> datetime:
    """The moment at which a day (UTC) begins."""
    return datetime.combine(day, time.min, UTC)


def _open_again(day: date) -> date:
    DayEnd.objects.filter(day__gte=day).delete()
    ClosedDay.objects.filter(day__gte=day).delete()
    return day
