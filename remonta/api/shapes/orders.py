"""Requests, work orders and what stands beside them."""

from datetime import datetime
from uuid import UUID

from remonta.api.fields import Label, Money, Shape


class Button(Shape):
    """A move that may be made now."""

    name: str
    label: Label


class Person(Shape):
    """The customer of a case."""

    uid: UUID
    name: str
    email: str
    language: str
    phones: list[str]


class StepShape(Shape):
    """A stage of the route, and when it was last reached."""

    stage: str
    label: Label
    reached_at: datetime | None
    current: bool


class Hold(Shape):
    """Why an order cannot move on, and which moves that blocks."""

    code: str
    sentence: str
    blocks: list[str]


class HeldMove(Shape):
    """A move that holds block, with their sentences."""

    name: str
    label: Label
    reasons: list[str]


class TimelineLine(Shape):
    """One line of a timeline: the stable name of what happened, its sentence, and the words written with it."""

    id: int
    name: str
    text: str
    detail: str
    who: str
    from_state: str
    to_state: str
    at: datetime


class OrderLine(Shape):
    """A work order in a list."""

    uid: UUID
    number: str
    state: str
    stage_label: Label
    status_name: str
    device: str
    serial: str
    customer: str
    engineer: str
    group: str
    centre: str
    priority: int
    planned_minutes: int
    due_at: datetime | None
    late: bool
    stage_since: datetime
    created_at: datetime
    outcome: str


class Order(Shape):
    """A work order with everything its page shows at once."""

    uid: UUID
    number: str
    version: int
    state: str
    stage_label: Label
    status_name: str
    route_name: str
    centre_uid: UUID
    centre_name: str
    timezone: str
    request_uid: UUID
    request_number: str
    channel: str
    customer: Person | None
    unit_uid: UUID | None
    serial: str
    device: str
    fault: str
    confirmed_fault: str
    fault_confirmed_at: datetime | None
    looks: str
    solution: str
    outcome: str
    under_warranty: bool
    preauthorised: Money
    priority: int
    planned_minutes: int
    due_at: datetime | None
    late: bool
    stage_since: datetime
    created_at: datetime
    closed_at: datetime | None
    engineer: str
    group: str
    responsible: str
    rework_of: str
    steps: list[StepShape]
    holds: list[Hold]
    buttons: list[Button]
    held: list[HeldMove]


class Accessory(Shape):
    """What came with the unit; its code is on its label."""

    code: str
    name: str
    returned_at: datetime | None


class CheckShape(Shape):
    """A ticked line of a checklist."""

    item_uid: UUID
    moment: str
    text: str
    result: str
    label: Label
    note: str


class Photo(Shape):
    """A photo or another file of the order; its content is at /files/{uid}."""

    uid: UUID
    name: str
    kind: str
    media_type: str
    size: int
    for_customer: bool
    created_at: datetime


class UnitSideShape(Shape):
    """The unit's part of an order."""

    unit_uid: UUID | None
    device: str
    serial: str
    warranty_until: str | None
    has_passcode: bool
    accessories: list[Accessory]
    checks: list[CheckShape]
    photos: list[Photo]


class PastShape(Shape):
    """An earlier repair; without a uid where the key may not open it."""

    uid: UUID | None
    number: str
    centre: str
    at: datetime
    stage_label: Label
    open: bool
    device: str
    fault: str
    solution: str
    outcome: str
    engineer: str


class NoteOut(Shape):
    """What was written."""

    uid: UUID
    kind: str
    text: str
    made_at: datetime


class Passcode(Shape):
    """The passcode in the clear; that it was looked at is kept."""

    passcode: str


class StatusShape(Shape):
    """A centre's own status within a stage."""

    uid: UUID
    stage: str
    name: str
    colour: str


class RouteShape(Shape):
    """A kind of order and the stages it passes."""

    uid: UUID
    code: str
    name: str
    stages: list[str]


class RequestLine(Shape):
    """A request in a list."""

    uid: UUID
    number: str
    state: str
    state_label: Label
    channel: str
    kind: str
    centre: str
    customer: str
    contact_name: str
    contact_phone: str
    device: str
    fault: str
    wants_call: bool
    call_by: datetime | None
    created_at: datetime


class PromiseOut(Shape):
    """What the customer was told."""

    price: Money | None
    ready_at: datetime | None
    note: str
    by: str
    made_at: datetime


class RequestOut(Shape):
    """A request with everything its page shows at once."""

    uid: UUID
    number: str
    version: int
    state: str
    state_label: Label
    channel: str
    kind: str
    centre_name: str
    customer: Person | None
    contact_name: str
    contact_phone: str
    contact_email: str
    device: str
    fault: str
    answer: str
    refusal: Label
    refusal_note: str
    wants_call: bool
    call_by: datetime | None
    created_at: datetime
    responsible: str
    promises: list[PromiseOut]
    orders: list[OrderLine]
    buttons: list[Button]
    timeline: list[TimelineLine]


class TaskShape(Shape):
    """Something to do for somebody."""

    uid: UUID
    title: str
    text: str
    state: str
    centre: str
    owner: str
    order_uid: UUID | None
    request_uid: UUID | None
    due_at: datetime | None
    created_at: datetime
    done_at: datetime | None
