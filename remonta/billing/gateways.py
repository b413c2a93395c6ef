"""Card terminals: what a driver can do, what a terminal answers, and the driver for terminals that speak HTTP.

A payment goes along with an id of ours. A terminal that is told the same id again answers what it knows of it and never
charges twice; a cancelled id cannot be charged any more.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 15.0


@dataclass(frozen=True)
class Approved:
    """Charged (or given back). `reference` is what the terminal's slip says; `card` the last digits."""

    reference: str
    card: str = ""


@dataclass(frozen=True)
class Declined:
    """Nothing was charged, and nothing will be; `code` says why."""

    code: str


@dataclass(frozen=True)
class Waiting:
    """The customer has not finished at the terminal."""


@dataclass(frozen=True)
class Cancelled:
    """Called off before anything was charged."""


@dataclass(frozen=True)
class Unheard:
    """The terminal has never heard of this payment."""


@dataclass(frozen=True)
class Lost:
    """No answer: whether it was charged is unknown."""


Answer = Approved | Declined | Waiting | Cancelled | Unheard | Lost


class Terminal(Protocol):
    """A card terminal. Amounts are minor units; a negative one is given back to the card. No method raises."""

    def begin(self, payment_uid: UUID, amount: int, currency: str) -> Answer:
        """Ask the customer to pay. Declined(“unreachable”) only when the terminal has surely not heard of it."""

    def ask(self, payment_uid: UUID) -> Answer:
        """What became of it."""

    def cancel(self, payment_uid: UUID) -> Answer:
        """Call it off. Approved when it was too late for that; else this id cannot be charged any more."""


@dataclass(frozen=True)
class HttpTerminal:
    """Terminals that take PUT, GET and DELETE of /payments/<id> and answer in JSON, each request soon."""

    url: str

    def begin(self, payment_uid: UUID, amount: int, currency: str) -> Answer:
        body = {"amount": amount, "currency": currency}
        return self._call("PUT", payment_uid, body, unreachable=Declined("unreachable"))

    def ask(self, payment_uid: UUID) -> Answer:
        return self._call("GET", payment_uid)

    def cancel(self, payment_uid: UUID) -> Answer:
        return self._call("DELETE", payment_uid)

    def _call(
        self, method: str, payment_uid: UUID, body: Mapping[str, Any] | None = None, unreachable: Answer | None = None
    ) -> Answer:
        connection = self._connection()
        try:
            try:
                connection.connect()
            except OSError:
                return unreachable or Lost()
            return _exchanged(connection, method, f"/payments/{payment_uid}", body)
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self.url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return kind(parts.hostname or "", parts.port, timeout=CONNECT_SECONDS)


def terminal_at(address: str) -> Terminal:
    """The driver for a desk's terminal."""
    return HttpTerminal(address)


def _exchanged(connection: HTTPConnection, method: str, path: str, body: Mapping[str, Any] | None) -> Answer:
    """One request on an open connection. From here on, silence means that the result is unknown."""
    connection.sock.settimeout(ANSWER_SECONDS)
    try:
        text = json.dumps(body) if body else None
        connection.request(method, path, text, {"Content-Type": "application/json"} if body else {})
        response = connection.getresponse()
        status, said = response.status, response.read()
        return Unheard() if status == 404 else _understood(status, json.loads(said))
    except (OSError, HTTPException, ValueError):
        return Lost()


def _understood(status: int, said: Mapping[str, Any]) -> Answer:
    if status != 200:
        return Lost()
    match said.get("state"):
        case "approved":
            return Approved(str(said.get("reference", ""))[:120], str(said.get("card", ""))[:30])
        case "declined":
            return Declined(str(said.get("code", "declined"))[:60])
        case "cancelled":
            return Cancelled()
        case "waiting":
            return Waiting()
    return Lost()
