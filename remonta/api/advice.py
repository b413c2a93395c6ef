"""What to order, and the spare-part plan: worked out, read, and asked of purchasing or of other centres."""

from functools import partial
from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.advice import AdviceShape, CalculationShape, PlanShape
from remonta.api.shapes.purchases import PurchaseRequestShape
from remonta.api.spoken import op
from remonta.supply import commands
from remonta.supply.queries import advice_for, advised, calculations_for, plan_for, planned
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


class PlanAsked(AdviceAsked):
    """For which centre, and how many months ahead."""

    months: int = Field(6, ge=1, le=24)


class PlanTakenAsked(TakenAsked):
    """The lines of which the rest is asked for; `elsewhere` asks other centres instead of purchasing."""

    elsewhere: bool = False


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


@router.get("/part-plan", **op("part-plan", Page[PlanShape]))
def plan(request: Request, asked: Query[AdviceFilter]) -> Any:
    """Which parts the units in the field will need, in pages, with the reasons."""
    rows = plan_for(request.actor).select_related("part", "calculation", "transfer")
    rows = rows if asked.all else rows.filter(quantity__gt=0)
    rows = rows.filter(calculation__centre__uid=asked.centre) if asked.centre else rows
    return page_of(rows, asked, partial(planned, request.actor))


@router.post("/part-plan", **op("part-plan", CalculationShape, once=True, status=201))
def work_plan(request: Request, asked: PlanAsked) -> Any:
    """Has it worked out which parts a centre will need in the next months."""
    said: dict[str, Any] = {"months": asked.months, "operation": operation_of(request)}
    return commands.ask_plan(request.actor, asked.centre_uid, **said)


@router.post("/part-plan/take", **op("part-plan-take", PlanShape, once=True))
def take_planned(request: Request, asked: PlanTakenAsked) -> Any:
    """What is missing is asked of purchasing, or of the centres that have it free. Answers the first line taken."""
    made = commands.take_plan(request.actor, **asked.model_dump(), operation=operation_of(request))
    return planned(request.actor, [made])[0]


@router.get("/calculations/{uuid:uid}", **op("calculation", CalculationShape))
def one(request: Request, uid: UUID) -> Any:
    """How far a calculation is."""
    return calculations_for(request.actor).get(uid=uid)


@router.post("/calculations/{uuid:uid}/stop", **op("calculation-stop", CalculationShape, once=True))
def stop(request: Request, uid: UUID) -> Any:
    """It ends after its present piece."""
    return commands.stop_calculation(request.actor, uid, operation=operation_of(request))
