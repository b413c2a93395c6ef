"""What every gateway to the outside is: what it is given, what it answers, how it fails."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Enclosure:
    """A file that goes along with a message."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Envelope:
    """A message as gateways take it. `uid` is the same at every attempt."""

    uid: str
    channel: str
    recipient: str
    title: str
    body: str
    html: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    about: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Receipt:
    """The gateway has taken the message over; `reference` is its own name for it."""

    reference: str = ""


class NotSent(Exception):
    """For certain the message did not leave. `final` means that trying again cannot help."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class Unclear(Exception):
    """The connection broke after the message was handed over: it may have arrived or not."""


class Gateway(Protocol):
    """One way to the outside. One that `recognises_repeats` takes a message of the same uid twice and sends it once."""

    name: str
    recognises_repeats: bool

    def send(self, envelope: Envelope) -> Receipt: ...
