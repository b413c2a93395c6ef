"""What stands under the bell: parse, one command or query, respond."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from remonta.notices.commands import mark_read
from remonta.notices.queries import notice_count, notice_lines, notices_for
from remonta.web.answers import go
from remonta.web.keyset import Order, piece_of
from remonta.web.requests import Request

NEWEST = Order(descending=True)
PAGES = {
    "orders.workorder": "desk:order",
    "orders.task": "desk:task",
    "logistics.parcel": "desk:parcel",
    "logistics.batch": "desk:batch",
    "logistics.shipment": "desk:shipment",
    "logistics.driverroute": "desk:round",
    "stock.transfer": "desk:transfer",
}


def notices(request: Request) -> HttpResponse:
    """Everything that was told, newest first; asking for it marks nothing as read."""
    piece = piece_of(notices_for(request.actor), NEWEST, after=request.GET.get("after", ""))
    more = f"{reverse('desk:notices')}?after={piece.after}" if piece.after else None
    context = {"lines": notice_lines(piece.rows), "more_url": more, "unread": notice_count(request.actor)}
    part = request.htmx and "after" in request.GET
    return render(request, "desk/notices/_lines.html" if part else "desk/notices/notices.html", context)


def count(request: Request) -> HttpResponse:
    """The number on the bell."""
    return render(request, "desk/notices/_count.html", {"notice_count": notice_count(request.actor)})


def read(request: Request) -> HttpResponse:
    """Marks everything as read."""
    mark_read(request.actor)
    return go(request, reverse("desk:notices"))


def open_notice(request: Request, uid: UUID) -> HttpResponse:
    """Marks one as read and goes where it leads."""
    notice = notices_for(request.actor).get(uid=uid)
    mark_read(request.actor, uid)
    return go(request, _page_of(notice.subject, notice.subject_uid))


def _page_of(subject: str, uid: UUID | None) -> str:
    """Where a subject is shown; the notices themselves where it has no page."""
    try:
        return reverse(PAGES[subject], args=[uid])
    except (KeyError, NoReverseMatch):
        return reverse("desk:notices")
