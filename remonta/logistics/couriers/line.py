"""Asking couriers over HTTPS: JSON in, JSON out, only in the open internet, never redirected, in bounded time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from remonta.spine.commands import Address, Answer, NotSent, Unclear, ask, outside

MOST = 4 * 1024 * 1024
BUSY = 429


class Silent(Exception):
    """No answer that could be understood: what became of the request is unknown."""


class NotReached(Silent):
    """The same, but the courier has surely not taken the request."""


@dataclass(frozen=True)
class Said:
    """An answer: status, its JSON (empty when it has none) and its bytes."""

    status: int
    data: Any
    content: bytes = field(repr=False)

    @property
    def fine(self) -> bool:
        return 200 <= self.status < 300


def judge(address: Address) -> bool:
    """Which addresses are asked: those of the open internet; this machine's own only where that is switched on."""
    return outside(address) or (settings.REMONTA_COURIER_LOOPBACK and address.is_loopback)


def call(method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Said:
    """One request with a JSON body, if any. Raises NotReached, Silent (for a failing server too)."""
    content = None if body is None else json.dumps(body).encode()
    kind = {"Content-Type": "application/json"} if content is not None else {}
    return send(method, url, content, {"Accept": "application/json", **kind, **(headers or {})})


def send(method: str, url: str, content: bytes | None, headers: Mapping[str, str]) -> Said:
    """The same with bytes of any kind."""
    try:
        answer = ask(method, url, {"User-Agent": "Remonta", **headers}, content, judge=judge, at_most=MOST)
    except NotSent as error:
        raise NotReached(str(error)) from error
    except Unclear as error:
        raise Silent(str(error)) from error
    if answer.status == BUSY:
        raise NotReached("too many requests")
    if answer.status >= 500:
        raise Silent(f"{answer.status}: {answer.body[:200]!r}")
    return Said(answer.status, _json_of(answer), answer.body)


def moment(text: object) -> datetime | None:
    """A time with its zone as couriers write it (`2020-03-20 15:08:06 +0100`, ISO 8601); None for anything else."""
    plain = str(text or "").strip().replace(" +", "+").replace(" -", "-").replace(" ", "T", 1)
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def short(value: object, most: int = 300) -> str:
    """A text of the courier's, without control characters and not too long."""
    return "".join(char for char in str(value or "") if char.isprintable())[:most].strip()


def _json_of(answer: Answer) -> Any:
    try:
        return json.loads(answer.body) if answer.body[:1] in (b"{", b"[") else {}
    except ValueError:
        return {}
