"""What every courier's driver can do, what it is given, and what couriers answer.

A booking goes along with an id of ours. When the answer to it is lost, the courier is asked by that id what it knows;
only when it has never heard of it is it booked again. No method of a driver raises.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Protocol, Self
from uuid import UUID


@dataclass(frozen=True)
class Party:
    """Sender or receiver. `country` is two letters (ISO 3166-1), `phone` in E.164."""

    name: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    building: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From the JSON in which it is kept; what it does not know is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: str(value) for name, value in kept.items() if name in known})

    def kept(self) -> dict[str, str]:
        return asdict(self)

    @property
    def address(self) -> str:
        """One line: street and building, postcode and city, country."""
        street = f"{self.street} {self.building}".strip()
        return ", ".join(filter(None, (street, f"{self.postcode} {self.city}".strip(), self.country)))


@dataclass(frozen=True)
class Parcel:
    """One piece: grams and millimetres."""

    weight: int
    length: int = 0
    width: int = 0
    height: int = 0

    def kept(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Booking:
    """A shipment as drivers see it. The outside and the tracking number are the courier's, once it has given them."""

    uid: UUID
    number: str
    asked_at: datetime
    sender: Party
    receiver: Party
    parcels: tuple[Parcel, ...]
    service: str = ""
    point: str = ""
    contents: str = ""
    outside_number: str = ""
    tracking_number: str = ""


@dataclass(frozen=True)
class Access:
    """How an account is reached: another address than the published one if any, its secrets by name, our hook."""

    url: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)
    hook_url: str = ""


@dataclass(frozen=True)
class Report:
    """One thing the courier says happened, at its own time; `status` is one of workflow.REPORTED, or empty."""

    outside_id: str
    at: datetime
    status: str
    text: str = ""
    place: str = ""


@dataclass(frozen=True)
class Booked:
    """The courier has it under its own number; the tracking number and the price may come later. Minor units."""

    outside_number: str
    tracking_number: str = ""
    price: int | None = None
    currency: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class Declined:
    """The courier will not carry it; `reason` in its own words."""

    reason: str


@dataclass(frozen=True)
class Unheard:
    """The courier has never heard of it."""


@dataclass(frozen=True)
class Unreached:
    """Nothing was handed over for certain: it can be tried again as it is."""


@dataclass(frozen=True)
class Lost:
    """No answer: what became of it is unknown."""


@dataclass(frozen=True)
class Tracked:
    """What the courier knows by now: its numbers and everything that happened."""

    booked: Booked
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True)
class Label:
    """The label to stick on, as a PDF."""

    content: bytes = field(repr=False)


@dataclass(frozen=True)
class NotYet:
    """There will be one; it can be asked for again."""


@dataclass(frozen=True)
class Cancelled:
    """It will not be carried."""


@dataclass(frozen=True)
class TooLate:
    """It is on its way, or cannot be called off any more."""


@dataclass(frozen=True)
class Heard:
    """What a report sent to us is about, by one of three numbers. Unsigned ones are a knock: we ask the courier."""

    uid: str = ""
    outside_number: str = ""
    tracking_number: str = ""
    reports: tuple[Report, ...] = ()


BookAnswer = Booked | Declined | Unreached | Lost
FindAnswer = Booked | Declined | Unheard | Lost
TrackAnswer = Tracked | Declined | Unheard | Lost
LabelAnswer = Label | NotYet | Lost
CancelAnswer = Cancelled | TooLate | Lost


class Courier(Protocol):
    """One courier's account. `signs`: what it sends us carries our signature; else it only says that there is news."""

    signs: bool

    def book(self, booking: Booking) -> BookAnswer:
        """Has it carried. Unreached only when the courier has surely not heard of it."""

    def find(self, booking: Booking) -> FindAnswer:
        """What the courier knows under our own id."""

    def track(self, booking: Booking) -> TrackAnswer:
        """Everything that has happened to a booked shipment."""

    def label(self, booking: Booking) -> LabelAnswer:
        """The label of a booked shipment."""

    def cancel(self, booking: Booking) -> CancelAnswer:
        """Calls a booked shipment off."""

    def heard(self, body: bytes) -> tuple[Heard, ...]:
        """What a report sent to us says; nothing for what is no report."""
