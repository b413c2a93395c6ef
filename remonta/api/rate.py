"""How often a key may ask. Counted in each process on its own: reading an answer must not write to the database."""

from math import ceil
from threading import Lock
from time import monotonic

from django.conf import settings
from django.http import HttpRequest

from remonta.web.rate_limit import address_of

MOST_KEPT = 10_000
SHARES: dict[str, tuple[float, float]] = {}
LOCK = Lock()


def wait_of(request: HttpRequest) -> int:
    """Takes one request from the asker's share; the seconds to wait when nothing of it is left, else 0."""
    actor = getattr(request, "actor", None)
    who = actor.label if actor and actor.account_id else address_of(request)
    return take(who, settings.REMONTA_API_RATE, monotonic())


def take(who: str, a_minute: int, now: float) -> int:
    """A share fills evenly and holds one minute's worth. Shares that are full again are forgotten."""
    with LOCK:
        if len(SHARES) > MOST_KEPT:
            for name, (_left, since) in [*SHARES.items()]:
                if now - since > 60:
                    del SHARES[name]
        left, since = SHARES.get(who, (float(a_minute), now))
        left = min(float(a_minute), left + (now - since) * a_minute / 60)
        SHARES[who] = (left - 1 if left >= 1 else left, now)
    return 0 if left >= 1 else ceil((1 - left) * 60 / a_minute)
