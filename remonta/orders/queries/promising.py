"""When a repair is promised for as long as nothing better is known."""

from datetime import datetime, timedelta

from remonta.identity.queries import calendar_of, every_centre, setting
from remonta.kernel.working_time import NoWorkingTime

QUARTER = timedelta(minutes=15)


def usual_promise(centre_id: int, now: datetime) -> datetime | None:
    """The instant after the working minutes that the centre promises, up to the next quarter of an hour; None where
    nobody works. Three statements."""
    minutes = int(setting("orders.promise_minutes", centre_id))
    try:
        at = calendar_of(every_centre().select_related("calendar").get(pk=centre_id)).after(now, minutes)
    except NoWorkingTime:
        return None
    over = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at + (QUARTER - over if over else over)
