"""Frozen read shapes of requests and work orders; what faces draw."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remonta.kernel.workflow import Move
from remonta.spine.queries import Line


@dataclass(frozen=True)
class Step:
    """One stage of the status bar: when it was reached (UTC), if it was; `current` where the order is now."""

    stage: str
    label: object
    reached_at: datetime | None
    current: bool


@dataclass(frozen=True)
class Reason:
    """A standing hold as a sentence, and the moves it keeps back."""

    code: str
    sentence: str
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A move that would start here, and why it cannot be made now."""

    move: Move
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class NoteShape:
    """A note beside the timeline."""

    id: int
    kind: str
    text: str


@dataclass(frozen=True)
class PersonShape:
    """A customer as an order names one; phones in E.164."""

    uid: UUID
    name: str
    email: str
    language: str
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class OrderPage:
    """Everything the order page shows at once. Money in minor units of `currency`, times in UTC."""

    id: int
    uid: UUID
    number: str
    version: int
    state: str
    stage_label: object
    status_name: str
    route_name: str
    centre_id: int
    centre_uid: UUID
    centre_name: str
    timezone: str
    request_uid: UUID
    request_number: str
    channel: str
    customer: PersonShape | None
    unit_id: int | None
    unit_uid: UUID | None
    serial: str
    device: str
    category_id: int | None
    fault: str
    confirmed_fault: str
    fault_confirmed_at: datetime | None
    looks: str
    solution: str
    outcome: str
    under_warranty: bool
    preauthorised: int
    currency: str
    priority: int
    planned_minutes: int
    due_at: datetime | None
    late: bool
    stage_since: datetime
    created_at: datetime
    closed_at: datetime | None
    engineer_id: int | None
    engineer: str
    group: str
    responsible: str
    rework_of: str
    steps: tuple[Step, ...]
    holds: tuple[Reason, ...]
    buttons: tuple[Move, ...]
    held: tuple[Held, ...]
    lines: tuple[Line, ...]
    notes: dict[int, NoteShape]
    names: dict[int, str]


@dataclass(frozen=True)
class OrderRow:
    """One line of a list of orders; `forgotten` only where with_forgotten was asked."""

    id: int
    uid: UUID
    number: str
    state: str
    stage_label: object
    status_name: str
    device: str
    serial: str
    customer: str
    engineer: str
    group: str
    centre: str
    priority: int
    due_at: datetime | None
    late: bool
    stage_since: datetime
    created_at: datetime
    outcome: str
    planned_minutes: int = 0
    centre_id: int = 0
    forgotten: bool = False


@dataclass(frozen=True)
class Past:
    """One earlier repair of a unit or a customer, without whose it was; `uid` only where the actor may open it."""

    uid: UUID | None
    number: str
    centre: str
    at: datetime
    stage_label: object
    open: bool
    device: str
    fault: str
    solution: str
    outcome: str
    engineer: str
