"""Messages that go out, and background work."""

from typing import Any
from uuid import UUID

from ninja import Query, Router

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Code, Line
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.papers import JobShape, MessageShape
from remonta.api.spoken import op
from remonta.spine.commands import cancel_message, resend_message, retry_job, settle_message, stop_job
from remonta.spine.queries import jobs_for, messages_for
from remonta.web.requests import Request

router = Router()
TROUBLE = ("unclear", "dead")


class MessageFilter(Paging):
    """Which messages; `trouble` are those that wait for a person."""

    state: Code = ""
    channel: Code = ""
    recipient: Line = ""


class JobFilter(Paging):
    """Which work."""

    state: Code = ""


class MessageSettleAsked(Asked):
    """Whether the message arrived after all; if not, it is sent again."""

    arrived: bool


@router.get("/messages", **op("messages", Page[MessageShape]))
def listed(request: Request, asked: Query[MessageFilter]) -> Any:
    """Messages in pages, newest first."""
    rows = messages_for(request.actor)
    if asked.state:
        rows = rows.filter(state__in=TROUBLE if asked.state == "trouble" else [asked.state])
    rows = rows.filter(channel=asked.channel) if asked.channel else rows
    return page_of(rows.filter(recipient__icontains=asked.recipient) if asked.recipient else rows, asked)


@router.get("/messages/{uuid:message}", **op("message", MessageShape))
def one(request: Request, message: UUID) -> Any:
    """What became of a message."""
    return messages_for(request.actor).get(uid=message)


@router.post("/messages/{uuid:message}/resend", **op("message-resend", MessageShape, once=True))
def resend(request: Request, message: UUID) -> Any:
    """The message goes out again. Answers the message that goes."""
    return resend_message(request.actor, message, operation=operation_of(request))


@router.post("/messages/{uuid:message}/settle", **op("message-settle", MessageShape, once=True))
def settle(request: Request, message: UUID, asked: MessageSettleAsked) -> Any:
    """A person has found out whether an unclear message arrived."""
    return settle_message(request.actor, message, arrived=asked.arrived, operation=operation_of(request))


@router.post("/messages/{uuid:message}/cancel", **op("message-cancel", MessageShape))
def cancel(request: Request, message: UUID) -> Any:
    """Calls off a message that has not left."""
    return cancel_message(request.actor, message)


@router.get("/jobs", **op("jobs", Page[JobShape]))
def jobs(request: Request, asked: Query[JobFilter]) -> Any:
    """Background work in pages, newest first."""
    rows = jobs_for(request.actor)
    return page_of(rows.filter(state=asked.state) if asked.state else rows, asked)


@router.get("/jobs/{uuid:job}", **op("job", JobShape))
def job(request: Request, job: UUID) -> Any:
    """How far it is, and what came of it."""
    return jobs_for(request.actor).get(uid=job)


@router.post("/jobs/{uuid:job}/stop", **op("job-stop", JobShape))
def stop(request: Request, job: UUID) -> Any:
    """It stops after its present piece."""
    return stop_job(request.actor, job)


@router.post("/jobs/{uuid:job}/retry", **op("job-retry", JobShape))
def retry(request: Request, job: UUID) -> Any:
    """It waits for its turn again."""
    return retry_job(request.actor, job)
