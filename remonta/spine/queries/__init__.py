"""Reading the ground floor."""

from remonta.spine.queries.jobs import jobs_for
from remonta.spine.queries.timeline import START, Line, LiveEvent, Position, events_after, newest_position, timeline

__all__ = [
    "START",
    "Line",
    "LiveEvent",
    "Position",
    "events_after",
    "jobs_for",
    "newest_position",
    "timeline",
]
