"""What to order: worked out from history and open repairs, and taken onto the list to be ordered."""

from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.advice import AdviceShape, CalculationShape
from remonta.api.shapes.purchases import PurchaseRequestShape
from remonta.api.spoken import op
from remonta.supply import commands
from remonta.supply.queries import advice_for, advised, calculations_for
from remonta.web.requests import Request

router = Router()


class AdviceFilter(Paging):
    """Whose advice; `all` adds what is above the level at which to order."""

    centre: UUID | None = None
    all: bool = False


class AdviceAsked(Asked):
    """For which centre."""

    centre_uid: UUID


class TakenAsked(Asked):
    """The lines that are to be ordered."""

    chosen: list[UUID] = Field(min_length=1, max_length=500)


@router.get("/order-advice", **op("order-advice", Page[AdviceShape]))
def listed(request: Request, asked: Query[AdviceFilter]) -> Any:
    """What to order, in pages, with the reasons."""
    rows = advice_for(request.actor).select_related("part", "offer__supplier")
    rows = rows if asked.all else rows.filter(quantity__gt=0)
    rows = rows.filter(calculation__centre__uid=asked.centre) if asked.centre else rows
    return page_of(rows, asked, advised)


@router.post("/order-advice", **op("order-advice", CalculationShape, once=True, status=201))
def work(request: Request, asked: AdviceAsked) -> Any:
    """Has it worked out what a centre should order."""
    return commands.ask_advice(request.actor, asked.centre_uid, operation=operation_of(request))


@router.post("/order-advice/take", **op("order-advice-take", PurchaseRequestShape, once=True, status=201))
def take(request: Request, asked: TakenAsked) -> Any:
    """The chosen lines stand among what is to be ordered. Answers the first one."""
    return commands.take_advice(request.actor, chosen=asked.chosen, operation=operation_of(request))


@router.get("/calculations/{uuid:uid}", **op("calculation", CalculationShape))
def one(request: Request, uid: UUID) -> Any:
    """How far a calculation is."""
    return calculations_for(request.actor).get(uid=uid)


@router.post("/calculations/{uuid:uid}/stop", **op("calculation-stop", CalculationShape, once=True))
def stop(request: Request, uid: UUID) -> Any:
    """It ends after its present piece."""
    return commands.stop_calculation(request.actor, uid, operation=operation_of(request))
