"""Payments, invoices, cash desks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from remonta.api.fields import Label, Money, Shape


class Payment(Shape):
    """A payment. `left` can still be given back; a negative amount went back to the customer."""

    uid: UUID
    order_uid: UUID
    order_number: str
    method: str
    method_label: Label
    purpose: str
    purpose_label: Label
    amount: Money
    cash: Money
    change: Money
    left: Money
    state: str
    state_label: Label
    pending: bool
    reference: str
    refusal: Label
    desk: str
    customer: str
    made_at: datetime


class InvoiceLine(Shape):
    """An invoice or correction in a list."""

    uid: UUID
    number: str
    total: Money
    tax: Money
    issued_at: datetime
    correction: bool
    buyer: str


class Invoice(InvoiceLine):
    """An invoice with its frozen contents: seller, buyer, lines and taxes, amounts in minor units."""

    contents: dict[str, Any]
    contents_hash: str
    corrected_by: UUID | None


class MoneyOfOrder(Shape):
    """What an order costs, what is paid, and what the payer has with us."""

    order_uid: UUID
    number: str
    total: Money
    paid: Money
    owed: Money
    excess: Money
    deposit: Money
    pending: Money
    credit: Money
    waits: bool
    payments: list[Payment]
    invoice: InvoiceLine | None


class CashDesk(Shape):
    """A cash desk: closed, or open since when by whom. What it should hold is not told."""

    uid: UUID
    name: str
    terminal: str
    currency: str
    shift_uid: UUID | None
    opened_at: datetime | None
    opened_by: str
    own: bool


class CashMove(Shape):
    """One movement of cash."""

    at: datetime
    what: Label
    amount: Money


class ShiftShape(Shape):
    """A shift that was counted, and by how much that differs from the book."""

    uid: UUID
    desk: str
    opened_at: datetime
    closed_at: datetime
    closed_by: str
    counted: Money
    difference: Money
