"""Giving a unit back to its owner."""

from typing import Any, Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from remonta.api.asking import on_order, operation_of
from remonta.api.fields import Asked, Line
from remonta.api.reading import order_shape
from remonta.api.shapes.orders import Order
from remonta.api.spoken import op
from remonta.counter.commands import Given, hand_over
from remonta.kernel.refusals import Missing
from remonta.orders.queries import OrderPage, order_page
from remonta.spine.queries import attachments_for
from remonta.web.requests import Request

router = Router()


class HandOverAsked(Asked):
    """Who takes the unit; `signature_uid` is a file of the order, where it was signed on a screen."""

    taken_by: Line = Field(max_length=200)
    signature_uid: UUID | None = None
    checks: dict[UUID, Literal["ok", "bad", "unknown"]] = Field(default_factory=dict, max_length=300)


@router.post("/orders/{uuid:uid}/hand-over", **op("order-hand-over", Order, once=True, match=True))
def give(request: Request, uid: UUID, asked: HandOverAsked) -> Any:
    """The unit leaves with its owner. Every hold that keeps it is named in the refusal."""
    page = order_page(request.actor, uid)
    shown = f"{page.number} {page.device} {page.serial}"
    checks = {str(item): result for item, result in asked.checks.items()}
    signature = signature_of(request, page, asked.signature_uid)
    given = Given(taken_by=asked.taken_by, shown=shown, signature_id=signature, checks=checks)
    operation = operation_of(request)
    on_order(request, uid, lambda: hand_over(request.actor, uid, given=given, operation=operation))
    return order_shape(request, uid)


def signature_of(request: Request, page: OrderPage, uid: UUID | None) -> int | None:
    """The file's key, if it is one of this order."""
    if uid is None:
        return None
    found = attachments_for(request.actor, [("orders.workorder", page.id)]).filter(uid=uid).first()
    if found is None:
        raise Missing
    return found.pk
