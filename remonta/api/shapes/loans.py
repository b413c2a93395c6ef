"""Loaners and loans in answers."""

from datetime import date, datetime
from uuid import UUID

from remonta.api.fields import Label, Money, Shape
from remonta.api.shapes.money import Payment


class LoanerRow(Shape):
    """A loaner of the pool: where it is, who has it, until when."""

    uid: UUID
    unit_uid: UUID
    centre: str
    name: str
    product: str
    serial: str
    state: str
    state_label: Label
    place: str
    condition: str
    accessories: list[str]
    value: Money
    deposit: Money
    loan_uid: UUID | None
    customer: str
    due_on: date | None
    late: bool


class LoanRow(Shape):
    """A loan: what is lent for which order, until when."""

    uid: UUID
    number: str
    loaner_uid: UUID
    name: str
    product: str
    serial: str
    customer: str
    state: str
    deposit: Money
    due_on: date
    condition: str
    accessories: list[str]
    found: str
    missing: list[str]
    damaged: bool
    lent_at: datetime
    returned_at: datetime | None


class LoanWithDeposit(LoanRow):
    """A loan with the order it is for and the payment of its deposit, as far as the key may see them."""

    order_uid: UUID | None
    payment: Payment | None
