"""How frozen shapes of the rooms become answers: labels and timelines in the reader's words."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from remonta.kernel.money import Money
from remonta.orders.queries import OrderPage, RequestPage, order_page, request_page, requests_for
from remonta.spine.queries import attachments_for
from remonta.web.requests import Request
from remonta.web.timeline import sentence

WORK_ORDER = "orders.workorder"


def shown(thing: Any, **more: Any) -> dict[str, Any]:
    """A frozen shape's fields, with others in their place."""
    return {field.name: getattr(thing, field.name) for field in fields(thing)} | more


def order_shape(request: Request, uid: UUID) -> dict[str, Any]:
    """A work order as its page shows it."""
    return order_of(order_page(request.actor, uid))


def order_of(page: OrderPage) -> dict[str, Any]:
    """The page as an answer. No statement."""
    held = [{"name": one.move.name, "label": one.move.label, "reasons": one.reasons} for one in page.held]
    return shown(page, preauthorised=Money(page.preauthorised, page.currency), held=held)


def timeline_of(page: OrderPage | RequestPage) -> list[dict[str, Any]]:
    """The lines of a case, newest first. No statement."""
    return [
        {
            "id": line.id,
            "name": line.name,
            "text": sentence(line),
            "detail": note.text if (note := page.notes.get(line.data.get("note_id", 0))) else "",
            "who": page.names.get(line.account_id or 0, ""),
            "from_state": line.from_state,
            "to_state": line.to_state,
            "at": line.occurred_at,
        }
        for line in page.lines
    ]


def request_shape(request: Request, uid: UUID) -> dict[str, Any]:
    """A request as its page shows it, with the version that If-Match compares."""
    page = request_page(request.actor, uid)
    version = requests_for(request.actor).values_list("version", flat=True).get(uid=uid)
    return shown(page, version=version, timeline=timeline_of(page))


def photos_of(request: Request, order_id: int) -> list[dict[str, Any]]:
    """The files of an order that the asker may see."""
    return [file_of(row) for row in attachments_for(request.actor, [(WORK_ORDER, order_id)]).select_related("file")]


def file_of(row: Any) -> dict[str, Any]:
    """A file's row as an answer."""
    same = {name: getattr(row, name) for name in ("uid", "name", "kind", "for_customer", "created_at")}
    return same | {"media_type": row.file.media_type, "size": row.file.size}


def all_of(shapes: Iterable[Any]) -> list[dict[str, Any]]:
    """Frozen shapes, each with its fields."""
    return [asdict(one) for one in shapes]
