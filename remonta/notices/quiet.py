"""The hours in which customers are not disturbed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def after_quiet_hours(at: datetime, zone: ZoneInfo, begins: str, ends: str) -> datetime:
    """The instant itself, or the end of the quiet hours it falls into; hours are `21:00` in that zone.

    Hours that cannot be read, or of no length, are no quiet hours.
    """
    first, last = _time(begins), _time(ends)
    if first is None or last is None or first == last:
        return at
    local = at.astimezone(zone)
    now = local.time()
    over_night = first > last
    quiet = (now >= first or now < last) if over_night else first <= now < last
    if not quiet:
        return at
    day = local.date() + timedelta(days=1) if over_night and now >= first else local.date()
    return datetime.combine(day, last, zone)


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        return None
