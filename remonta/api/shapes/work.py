"""Who does what: dispatch orders, diagnoses, time; quotes; checks."""

from datetime import date, datetime
from uuid import UUID

from remonta.api.fields import Label, Money, Prices, Quantities, Shape
from remonta.api.shapes.orders import Button, OrderLine


class GivenShape(Shape):
    """Work given to an engineer or a group."""

    uid: UUID
    state: str
    state_label: Label
    engineer: str
    group: str
    minutes: int
    starts_at: datetime | None
    ends_at: datetime | None
    given_at: datetime
    reason: str
    buttons: list[Button]


class FindingOut(Shape):
    """A line of the diagnosis."""

    uid: UUID
    symptom: str
    defect: str
    repair: str
    text: str
    engineer: str
    made_at: datetime


class TimeOut(Shape):
    """Whole minutes somebody has spent on the order."""

    name: str
    minutes: int
    running_since: datetime | None


class Bench(Shape):
    """Who has the work, the diagnosis, the time spent."""

    given: list[GivenShape]
    findings: list[FindingOut]
    times: list[TimeOut]
    running: bool


class LoadShape(Shape):
    """The real load of an engineer, and when the order could be ready with them."""

    account_uid: UUID
    name: str
    orders: int
    minutes: int
    free_at: datetime
    ready_at: datetime
    skilled: bool


class Offered(Shape):
    """Work that waits to be answered or taken: the dispatch order, and the order itself."""

    dispatch_uid: UUID
    order: OrderLine


class MyWork(Shape):
    """What is offered to the key’s person, what waits in their pools, what is theirs."""

    offers: list[Offered]
    pool: list[Offered]
    orders: list[OrderLine]
    timer_on: UUID | None


class QuoteLineShape(Shape):
    """A line of a quote. Amounts are in the quote’s currency; `cost` is null for who may not see costs."""

    uid: UUID
    variant: str
    kind: str
    text: str
    quantity: Quantities
    price: Prices
    discount: Money
    total: Money
    tax_code: str
    minutes: int
    approved: bool | None
    cost: Money | None


class QuoteOut(Shape):
    """A version of an order’s quote. Answers name `shown_hash`, so that nobody approves what they have not seen."""

    uid: UUID
    version: int
    state: str
    state_label: Label
    note: str
    ready_at: datetime | None
    valid_until: date | None
    shown_hash: str
    sent_at: datetime | None
    lines: list[QuoteLineShape]
    necessary: Money
    whole: Money
    approved_total: Money | None
    profit: Money | None
    answered_by: str
    answered_at: datetime | None
    answer_reason: str


class FinalCheckShape(Shape):
    """A final check."""

    passed: bool
    note: str
    by: str
    made_at: datetime


class RatingShape(Shape):
    """What the customer thinks, one to five."""

    score: int
    text: str
    made_at: datetime


class QualityShape(Shape):
    """The quality of one order."""

    checks: list[FinalCheckShape]
    rating: RatingShape | None
