"""Transfers between centres: what was asked, sent and received."""

from datetime import datetime
from uuid import UUID

from remonta.api.fields import Label, Quantities, Shape


class TransferRow(Shape):
    """A transfer; parts go from `giver` to `centre`."""

    uid: UUID
    number: str
    centre: str
    giver: str
    state: str
    note: str
    reason: str
    created_at: datetime
    sent_at: datetime | None
    arrived_at: datetime | None


class SettlementShape(Shape):
    """How some of a difference ended."""

    way: str
    label: Label
    quantity: Quantities
    note: str
    settled_at: datetime


class TransferLineShape(Shape):
    """A part of a transfer; `difference` is still to be settled, `free` what the giver has."""

    uid: UUID
    part_uid: UUID
    number: str
    name: str
    measure: str
    asked: Quantities
    granted: Quantities | None
    sent: Quantities
    received: Quantities
    difference: Quantities
    free: Quantities
    settlements: list[SettlementShape]


class TransferShape(TransferRow):
    """With its lines."""

    lines: list[TransferLineShape]
