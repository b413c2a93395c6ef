"""Parcels, batches, and what waits to be sent on."""

from datetime import datetime
from uuid import UUID

from remonta.api.fields import Label, Quantities, Shape


class ParcelShape(Shape):
    """A parcel; `due_at` is when it should have come or been delivered."""

    uid: UUID
    number: str
    way: str
    state: str
    centre: str
    request: str
    sender_name: str
    sender_phone: str
    sender_email: str
    address: str
    courier: str
    tracking: str
    hint: str
    question: str
    due_at: datetime | None
    late_at: datetime | None
    arrived_at: datetime | None
    sent_at: datetime | None
    ended_at: datetime | None
    created_at: datetime
    orders: list[str]


class DifferenceOut(Shape):
    """What was not as written."""

    kind: str
    thing: str
    note: str
    by: str
    made_at: datetime


class BatchLineOut(Shape):
    """One thing in a batch: a unit, a quantity of a part, or another batch by its number. `here` is the order of one’s
    own centre."""

    uid: UUID
    state: str
    name: str
    serial: str
    part_uid: UUID | None
    quantity: Quantities
    order: str
    here: str
    inside: str
    task: str
    accessories: str
    note: str
    packed_at: datetime


class BatchRow(Shape):
    """A batch in a list."""

    uid: UUID
    number: str
    state: str
    purpose: str
    centre: str
    holder: str
    destination: str
    seal: str
    courier: str
    tracking: str
    due_at: datetime | None
    late_at: datetime | None
    created_at: datetime


class BatchShape(BatchRow):
    """A batch with what is in it and what was not as written."""

    lines: list[BatchLineOut]
    differences: list[DifferenceOut]


class ParcelWhole(ParcelShape):
    """A parcel with what was not as written."""

    differences: list[DifferenceOut]


class OnwardShape(Shape):
    """A unit that is to be sent on."""

    uid: UUID
    order: str
    to: str
    purpose: Label
    task: str
    asked_at: datetime
    ended_at: datetime | None


class ElsewhereShape(Shape):
    """Another centre’s order of the same unit; `ours` when this order works for it, else it works for this one."""

    uid: UUID | None
    number: str
    centre: str
    state: str
    since: datetime
    solution: str
    ours: bool


class CustomsLineOut(Shape):
    """A line for customs: `value` in minor units of the batch’s currency and `weight` in grams, of all of it."""

    uid: UUID
    name: str
    serial: str
    quantity: Quantities
    value: int | None
    hs_code: str
    origin: str
    weight: int | None


class CustomsOut(Shape):
    """What customs are told of a batch."""

    currency: str
    lines: list[CustomsLineOut]
