"""Links and messages to customers, and what the key’s person is told."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router

from remonta.api.asking import operation_of
from remonta.api.dispatch import order_id
from remonta.api.fields import Asked
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.papers import Address, NoticeShape, SentShape
from remonta.api.spoken import op
from remonta.notices.commands import make_order_link, mark_read, revoke_order_links, send_order_link
from remonta.notices.queries import notice_lines, notices_for, sent_about
from remonta.web.requests import Request

router = Router()


class ChannelAsked(Asked):
    """By which means."""

    channel: Literal["sms", "email"]


class NoticeFilter(Paging):
    """Which notices."""

    unread: bool = False


@router.post("/orders/{uuid:uid}/link", **op("order-link", Address, status=201))
def link(request: Request, uid: UUID) -> Any:
    """A new link to the customer’s page of the order. Nobody can read it again later."""
    return {"address": make_order_link(request.actor, uid)}


@router.post("/orders/{uuid:uid}/link/send", **op("order-link-send", None, once=True, status=204))
def send(request: Request, uid: UUID, asked: ChannelAsked) -> None:
    """Sends the customer a new link."""
    send_order_link(request.actor, uid, channel=asked.channel, operation=operation_of(request))


@router.post("/orders/{uuid:uid}/link/revoke", **op("order-link-revoke", None, status=204))
def revoke(request: Request, uid: UUID) -> None:
    """Closes every link to the customer’s page, those on paper too."""
    revoke_order_links(request.actor, uid)


@router.get("/orders/{uuid:uid}/messages", **op("order-messages", list[SentShape]))
def messages(request: Request, uid: UUID) -> Any:
    """What the customer was written, newest first, and how far it got."""
    return sent_about(request.actor, order_id(request, uid))


@router.get("/notices", **op("notices", Page[NoticeShape]))
def notices(request: Request, asked: Query[NoticeFilter]) -> Any:
    """What the key’s person was told, newest first."""
    rows = notices_for(request.actor)
    return page_of(rows.filter(read_at=None) if asked.unread else rows, asked, notice_lines)


@router.post("/notices/read", **op("notices-read", None, status=204))
def read_all(request: Request) -> None:
    """All of them are read."""
    mark_read(request.actor)


@router.post("/notices/{uuid:uid}/read", **op("notice-read", None, status=204))
def read(request: Request, uid: UUID) -> None:
    """One of them is read."""
    notices_for(request.actor).only("pk").get(uid=uid)
    mark_read(request.actor, uid)
