"""What every operation reads from its request: the key of the operation, the version seen, the body, the page."""

import json
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.parser import Parser

from remonta.api.problems import Problem
from remonta.kernel.actor import Actor
from remonta.orders.commands import ChangedMeanwhile, lock_request, lock_work_order
from remonta.spine.commands import command

MOST_BYTES = 1024 * 1024
KEY, MATCH = "Idempotency-Key", "If-Match"
R = TypeVar("R")
Lock = Callable[..., Any]


class Body(Parser):
    """JSON of at most one MiB; NaN and Infinity are no JSON."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        length = request.headers.get("Content-Length", "")
        if (length.isdigit() and int(length) > MOST_BYTES) or len(request.body) > MOST_BYTES:
            raise Problem(413, "TooLarge", _("The body is too large: at most one MiB."))
        parsed: dict[str, Any] = json.loads(request.body, parse_constant=_no_number)
        return parsed


def operation_of(request: HttpRequest) -> UUID:
    """The operation's id, made by the client: a UUIDv7 in `Idempotency-Key`. Raises Problem 400 without one."""
    given = request.headers.get(KEY, "").strip().strip('"')
    if not given:
        raise Problem(400, "IdempotencyKeyMissing", _("Send a UUIDv7 of your own as Idempotency-Key, and keep it."))
    try:
        uid = UUID(given)
    except ValueError:
        uid = UUID(int=0)
    if uid.version != 7:
        raise Problem(400, "IdempotencyKeyUnfit", _("The Idempotency-Key is no UUIDv7 (RFC 9562)."))
    return uid


def version_of(request: HttpRequest) -> int | None:
    """The version in `If-Match`; None when it asks for none. Raises ChangedMeanwhile for a tag that is none of ours."""
    given = request.headers.get(MATCH, "").strip()
    if given in ("", "*"):
        return None
    number = given.removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise ChangedMeanwhile
    return int(number)


def tagged(response: HttpResponse, version: int) -> None:
    """Puts the version into the answer's ETag."""
    response.headers["ETag"] = f'"{version}"'


def unless_changed(request: HttpRequest, actor: Actor, lock: Lock, uid: UUID, run: Callable[[], R]) -> R:
    """Runs a command whose own signature takes no version, only if the thing is as `If-Match` says.

    A repeat of an operation changes nothing, so its old version is no reason to refuse it. Raises ChangedMeanwhile.
    """
    version = version_of(request)
    if version is None:
        return run()

    def conditional(actor: Actor) -> R:
        before = lock(actor, uid).version
        done = run()
        if before != version and lock(actor, uid).version != before:
            raise ChangedMeanwhile
        return done

    return command(conditional)(actor)


def on_order(request: Any, uid: UUID, run: Callable[[], R]) -> R:
    """`unless_changed` for a work order."""
    return unless_changed(request, request.actor, lock_work_order, uid, run)


def on_request(request: Any, uid: UUID, run: Callable[[], R]) -> R:
    """`unless_changed` for a request."""
    return unless_changed(request, request.actor, lock_request, uid, run)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
