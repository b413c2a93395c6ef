"""Calls, hits of a search, events."""

from datetime import datetime
from uuid import UUID

from remonta.api.fields import Shape


class CallShape(Shape):
    """A call: `number` is the other side, `line` ours."""

    uid: UUID
    incoming: bool
    number: str
    line: str
    state: str
    centre: str
    customer_uid: UUID | None
    customer: str
    who: str
    request_uid: UUID | None
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    called_back_at: datetime | None


class HitShape(Shape):
    """Something that was found."""

    kind: str
    uid: UUID
    title: str
    hint: str
    open: bool


class EventShape(Shape):
    """Something happened to `subject`: read it anew. `order_uid` is the order it belongs to, where there is one."""

    name: str
    subject: str
    uid: UUID
    order_uid: UUID | None


class Events(Shape):
    """Events behind the mark, oldest first. Send `next` as `after` of the next poll; `more`: there are more already."""

    items: list[EventShape]
    next: str
    more: bool
