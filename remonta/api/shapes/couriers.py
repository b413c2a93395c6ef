"""Courier accounts, shipments and rounds."""

from datetime import date, datetime
from uuid import UUID

from remonta.api.fields import Money, Shape


class CourierShape(Shape):
    """A courier account, as whoever sends by it sees it."""

    uid: UUID
    name: str
    driver: str
    driver_name: str
    centre_uid: UUID
    centre: str
    service: str


class PartyShape(Shape):
    """Who sends or gets it."""

    name: str
    company: str
    phone: str
    email: str
    street: str
    building: str
    city: str
    postcode: str
    country: str


class CourierSetShape(CourierShape):
    """A courier account, as whoever sets it up sees it. Secrets are named, never told; the hook's own is told."""

    url: str
    sender: PartyShape
    secrets: list[str]
    hook_url: str
    hook_secret: str
    archived: bool


class PackedPieceShape(Shape):
    """One piece: grams and millimetres."""

    weight: int
    length: int
    width: int
    height: int


class ShipmentEventShape(Shape):
    """What the courier said happened, at its own time."""

    at: datetime
    status: str
    label: str
    text: str
    place: str


class ShipmentRow(Shape):
    """A shipment in a list."""

    uid: UUID
    number: str
    state: str
    courier: str
    receiver: str
    city: str
    tracking_number: str
    asked_at: datetime
    due_at: datetime | None


class ShipmentShape(Shape):
    """A shipment with what happened to it, the newest first."""

    uid: UUID
    number: str
    state: str
    state_label: str
    centre: str
    account: str
    driver: str
    service: str
    point: str
    contents: str
    sender: PartyShape
    receiver: PartyShape
    parcels: list[PackedPieceShape]
    outside_number: str
    tracking_number: str
    tracking_url: str
    price: Money | None
    order_uid: UUID | None
    order_number: str
    refusal: str
    asked_at: datetime
    due_at: datetime | None
    late: bool
    cancelling: bool
    has_label: bool
    events: list[ShipmentEventShape]


class StopShape(Shape):
    """A stop of a round."""

    uid: UUID
    kind: str
    position: int
    shipment_uid: UUID
    number: str
    contents: str
    pieces: int
    weight: int
    party: PartyShape
    done_at: datetime | None
    signed_by: str
    failed: str


class RoundRow(Shape):
    """A round in a list."""

    uid: UUID
    number: str
    day: date
    driver_uid: UUID
    driver: str
    centre: str
    stops_count: int
    stops_done: int


class RoundShape(RoundRow):
    """A round with its stops, in their order."""

    stops: list[StopShape]
