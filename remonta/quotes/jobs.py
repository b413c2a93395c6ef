"""Quotes' background work: what was not answered in time is no longer an offer."""

from datetime import timedelta

from remonta.quotes.commands import expire_quotes
from remonta.spine.commands import Task, handles, scheduled


@handles("quotes.expire", "quotes.see", "quotes.expire", "orders.see")
def expire(task: Task) -> None:
    """Lets sent quotes expire whose day has passed."""
    expire_quotes(task.actor)


scheduled("quotes.expire", every=timedelta(hours=1))
