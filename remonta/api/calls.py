"""Calls of the telephone exchange."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router

from remonta.api.fields import Asked
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.calls import CallShape
from remonta.api.spoken import op
from remonta.calls.commands import bind_call, return_call
from remonta.calls.queries import calls_for
from remonta.web.requests import Request

router = Router()
BESIDE = ("customer", "centre", "account", "request")


class CallFilter(Paging):
    """Which calls; `waiting` ones were missed and nobody has called back."""

    state: Literal["ringing", "answered", "ended", "missed"] | None = None
    waiting: bool = False


class CallReturnAsked(Asked):
    """The request the call was about, if any."""

    request_uid: UUID | None = None


class BindAsked(Asked):
    """The request the call was about."""

    request_uid: UUID


def call_of(row: Any) -> dict[str, Any]:
    """A call as an answer. No statement when read with BESIDE."""
    same = ("uid", "incoming", "number", "line", "state", "started_at", "answered_at", "ended_at", "called_back_at")
    return {name: getattr(row, name) for name in same} | {
        "customer_uid": row.customer.uid if row.customer else None,
        "customer": row.customer.name if row.customer else "",
        "centre": row.centre.name if row.centre else "",
        "who": row.account.name if row.account else "",
        "request_uid": row.request.uid if row.request else None,
    }


@router.get("/calls", **op("calls", Page[CallShape]))
def listed(request: Request, asked: Query[CallFilter]) -> Any:
    """Calls in pages, newest first."""
    rows = calls_for(request.actor).select_related(*BESIDE)
    rows = rows.filter(state=asked.state) if asked.state else rows
    return page_of(rows.filter(state="missed", called_back_at=None) if asked.waiting else rows, asked, each(call_of))


@router.get("/calls/{uuid:uid}", **op("call", CallShape))
def one(request: Request, uid: UUID) -> Any:
    """A call."""
    return call_of(calls_for(request.actor).select_related(*BESIDE).get(uid=uid))


@router.post("/calls/{uuid:uid}/returned", **op("call-returned", CallShape))
def returned(request: Request, uid: UUID, asked: CallReturnAsked) -> Any:
    """The missed call has been returned."""
    return_call(request.actor, uid, request_uid=asked.request_uid)
    return one(request, uid)


@router.post("/calls/{uuid:uid}/bind", **op("call-bind", CallShape))
def bind(request: Request, uid: UUID, asked: BindAsked) -> Any:
    """The call was about that request."""
    bind_call(request.actor, uid, request_uid=asked.request_uid)
    return one(request, uid)
