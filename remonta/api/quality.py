"""Final checks and ratings."""

from typing import Any, Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Paragraph
from remonta.api.shapes.work import QualityShape
from remonta.api.spoken import op
from remonta.orders.queries import work_orders_for
from remonta.quality.commands import make_final_check
from remonta.quality.queries import checks_of_order, rating_of_order
from remonta.web.requests import Request

router = Router()


class FinalCheckAsked(Asked):
    """Through to the owner, or back to the bench with what does not work."""

    passed: bool
    results: dict[UUID, Literal["ok", "bad", "unknown"]] = Field(default_factory=dict, max_length=300)
    note: Paragraph = ""


@router.get("/orders/{uuid:uid}/check", **op("order-check", QualityShape))
def checks(request: Request, uid: UUID) -> Any:
    """Final checks, newest first, and what the customer thinks."""
    order_id = work_orders_for(request.actor).values_list("pk", flat=True).get(uid=uid)
    checked, rating = checks_of_order(request.actor, order_id), rating_of_order(request.actor, order_id)
    return {"checks": checked, "rating": rating}


@router.post("/orders/{uuid:uid}/check", **op("order-check", QualityShape, once=True))
def check(request: Request, uid: UUID, asked: FinalCheckAsked) -> Any:
    """Makes the final check, by another person than the engineer."""
    results = {str(item): result for item, result in asked.results.items()}
    said: dict[str, Any] = {"passed": asked.passed, "note": asked.note, "operation": operation_of(request)}
    make_final_check(request.actor, uid, results=results, **said)
    return checks(request, uid)
