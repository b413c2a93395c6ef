"""Who does the work: giving and answering it, the bench, one’s own work."""

from typing import Any, Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Line, Long, Moment
from remonta.api.reading import shown
from remonta.api.shapes.work import Bench, GivenShape, LoadShape, MyWork
from remonta.api.spoken import op
from remonta.dispatch import commands
from remonta.dispatch.queries import (
    dispatch_orders_for,
    findings_for,
    findings_of,
    given_of,
    load_of_centre,
    my_work,
    offers,
    pool,
    ready_date_of,
    running_timer,
    time_of,
)
from remonta.orders.queries import work_orders_for
from remonta.web.requests import Request

router = Router()


class GiveAsked(Asked):
    """To an engineer or to a group’s pool; `due_at` becomes the ready date."""

    engineer_uid: UUID | None = None
    group_uid: UUID | None = None
    minutes: int | None = Field(None, ge=1, le=100_000)
    due_at: Moment | None = None


class AnswerAsked(Asked):
    """`take` from a pool; `accept`, `reject` or `finish` one’s own; `revoke` what was given."""

    move: Literal["take", "accept", "reject", "finish", "revoke"]
    reason: Line = ""


class FindingAsked(Asked):
    """A line of the diagnosis: symptom → defect → repair by their codes, and words."""

    symptom_uid: UUID | None = None
    defect_uid: UUID | None = None
    repair_uid: UUID | None = None
    text: Long = ""


def order_id(request: Request, uid: UUID) -> int:
    """The key of an order that may be seen. Raises DoesNotExist. One statement."""
    return work_orders_for(request.actor).values_list("pk", flat=True).get(uid=uid)


@router.get("/orders/{uuid:uid}/bench", **op("order-bench", Bench))
def bench(request: Request, uid: UUID) -> Any:
    """Who has the work, the diagnosis, the time spent."""
    key, timer = order_id(request, uid), running_timer(request.actor)
    return {
        "given": given_of(request.actor, key),
        "findings": findings_of(request.actor, key),
        "times": time_of(request.actor, key),
        "running": timer is not None and timer.work_order_id == key,
    }


@router.get("/orders/{uuid:uid}/load", **op("order-load", list[LoadShape]))
def load(request: Request, uid: UUID) -> Any:
    """The engineers of the centre with their real load, freest first, and when each could have this order ready."""
    order = work_orders_for(request.actor).select_related("product").get(uid=uid)
    category, minutes = order.product.category_id if order.product else None, order.planned_minutes
    return [
        shown(one, ready_at=ready_date_of(request.actor, order.centre_id, one, minutes))
        for one in load_of_centre(request.actor, order.centre_id, category)
    ]


@router.post("/orders/{uuid:uid}/give", **op("order-give", list[GivenShape], once=True))
def give(request: Request, uid: UUID, asked: GiveAsked) -> Any:
    """Gives the work; what was given before is taken back."""
    commands.give_work(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return given_of(request.actor, order_id(request, uid))


@router.post("/dispatch/{uuid:uid}/answer", **op("dispatch-answer", list[GivenShape], once=True))
def answer(request: Request, uid: UUID, asked: AnswerAsked) -> Any:
    """Answers work that was given."""
    done = commands.answer_work(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return given_of(request.actor, done.work_order_id)


@router.get("/dispatch/{uuid:uid}", **op("dispatch", GivenShape))
def one(request: Request, uid: UUID) -> Any:
    """Work that was given, with the moves that may be made."""
    found = dispatch_orders_for(request.actor).get(uid=uid)
    return next(given for given in given_of(request.actor, found.work_order_id) if given.uid == uid)


@router.post("/orders/{uuid:uid}/findings", **op("order-findings", Bench, once=True))
def find(request: Request, uid: UUID, asked: FindingAsked) -> Any:
    """Writes a line of the diagnosis."""
    commands.add_finding(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return bench(request, uid)


@router.post("/findings/{uuid:uid}/withdraw", **op("finding-withdraw", Bench, once=True))
def withdraw(request: Request, uid: UUID) -> Any:
    """The line was wrong; it stays in the timeline and leaves the diagnosis."""
    findings_for(request.actor).only("pk").get(uid=uid)
    done = commands.withdraw_finding(request.actor, uid, operation=operation_of(request))
    return bench(request, done.work_order.uid)


@router.post("/orders/{uuid:uid}/timer/start", **op("order-timer-start", Bench, once=True))
def start(request: Request, uid: UUID) -> Any:
    """Begins to measure; a timer that runs on another order stops."""
    commands.start_timer(request.actor, uid, operation=operation_of(request))
    return bench(request, uid)


@router.post("/orders/{uuid:uid}/timer/stop", **op("order-timer-stop", Bench, once=True))
def stop(request: Request, uid: UUID) -> Any:
    """Stops measuring."""
    commands.stop_timer(request.actor, uid, operation=operation_of(request))
    return bench(request, uid)


@router.get("/my-work", **op("my-work", MyWork))
def mine(request: Request) -> Any:
    """What is offered to the key’s person, what waits in their pools, and what is theirs to do."""
    timer = running_timer(request.actor)
    return {
        "offers": [{"dispatch_uid": uid, "order": row} for uid, row in offers(request.actor)],
        "pool": [{"dispatch_uid": uid, "order": row} for uid, row in pool(request.actor)],
        "orders": my_work(request.actor),
        "timer_on": timer.work_order.uid if timer else None,
    }
