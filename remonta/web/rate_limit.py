"""How often somebody may try. Counted in the database by one statement, so all workers count together."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from remonta.identity.commands import count_attempt, forget_attempts
from remonta.identity.queries import actor_of
from remonta.web.errors import too_many

View = Callable[..., HttpResponseBase]


def allow(key: str, limit: int, window: timedelta) -> bool:
    """Counts one attempt; whether it is within the limit of the running window."""
    return bool(count_attempt(actor_of(None), key, window) <= limit)


def forget(key: str) -> None:
    """Starts that key's window anew, after a success."""
    forget_attempts(actor_of(None), key)


def limited(
    name: str, limit: int, window: timedelta, key: Callable[[HttpRequest], str] | None = None
) -> Callable[[View], View]:
    """A view whose POSTs are counted by address, or by what `key` reads from the request; too many are answered 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            who = key(request) if key else address_of(request)
            if request.method == "POST" and not allow(f"{name}:{who}", limit, window):
                return too_many(request)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def address_of(request: HttpRequest) -> str:
    """The asker's network address: the one our outermost trusted proxy saw, if any stand before us; IPv6 by its /64."""
    proxies = settings.REMONTA_TRUSTED_PROXIES
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    address = seen[-proxies] if 0 < proxies <= len(seen) else request.META.get("REMOTE_ADDR", "")
    return ":".join(address.split(":")[:4]) if ":" in address else address
