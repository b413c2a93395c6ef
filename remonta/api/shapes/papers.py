"""Papers, messages, notices, links."""

from datetime import datetime
from uuid import UUID

from remonta.api.fields import Label, Shape


class Paper(Shape):
    """A printed document; its pages are at /papers/{uid}/pdf."""

    uid: UUID
    code: str
    label: str
    number: str
    language: str
    created_at: datetime


class PrintedShape(Paper):
    """A document of an order, with who printed it."""

    paper_label: str
    by: str


class FormShape(Shape):
    """A form, and the papers it can be printed on."""

    code: str
    label: str
    papers: list[str]


class Address(Shape):
    """A link, shown this once."""

    address: str


class SentShape(Shape):
    """What the customer was written, and how far it got."""

    code: str
    label: Label
    channel: str
    channel_label: Label
    state: str
    made_at: datetime
    sent_at: datetime | None
    not_before: datetime | None


class NoticeShape(Shape):
    """Something the key’s person is told."""

    uid: UUID
    code: str
    text: str
    subject: str
    subject_uid: UUID | None
    made_at: datetime
    unread: bool


class MessageShape(Shape):
    """What became of a message. Its text is not shown: it can carry a link that opens something."""

    uid: UUID
    channel: str
    recipient: str
    title: str
    purpose: str
    state: str
    attempt: int
    error: str
    created_at: datetime
    sent_at: datetime | None


class JobShape(Shape):
    """Background work: how far it is, and what came of it."""

    uid: UUID
    name: str
    state: str
    attempt: int
    done_steps: int
    all_steps: int
    error: str
    run_at: datetime
    created_at: datetime
    finished_at: datetime | None


class TemplateShape(Shape):
    """The template of a form for one centre, a legal entity, or the network."""

    uid: UUID
    code: str
    version: int
    source: str
    centre: str
    active: bool
    created_at: datetime


class TextOut(Shape):
    """What customers are written at an occasion, in one layer."""

    code: str
    channel: str
    language: str
    title: str
    body: str
    active: bool
    centre_uid: UUID | None
