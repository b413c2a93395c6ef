"""Repairs of the past, read from files: many at a time, closed from the start, without customer and unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.orders import facts
from remonta.orders.commands.work import route_of
from remonta.orders.models import Channel, Request, WorkOrder
from remonta.orders.workflow import CLOSED, ENDED
from remonta.spine.commands import record_many
from remonta.spine.queries import threads_spoken_of

OWN_LINES = tuple(fact.name for fact in (facts.PastOrderAdded, facts.PastOrderCorrected, facts.PastOrderWithdrawn))


@dataclass(frozen=True, kw_only=True)
class PastOrder:
    """A repair of the past. `outcome` is a code, `device` the brand exactly as the file has it."""

    number: str
    happened_at: datetime
    outcome: str
    fault: str = ""
    device: str = ""
    product_id: int | None = None


def add_history(actor: Actor, centre_id: int, past: Sequence[PastOrder], *, imported: str) -> list[int]:
    """Adds closed work orders inside the caller's transaction, who has checked the right; their keys in that order.

    `imported` names the run they come from. Raises RouteUnknown where no kind of order is set up.
    """
    centre = every_centre().select_related("legal_entity").get(pk=centre_id)
    route, currency = route_of(actor, centre_id, "counter"), centre.legal_entity.currency
    asked = Request.objects.bulk_create(_request(actor, centre_id, one) for one in past)
    orders = WorkOrder.objects.bulk_create(
        WorkOrder(
            uid=uuid7(actor.now()),
            number=one.number,
            request=request,
            centre_id=centre_id,
            route=route,
            state=CLOSED,
            product_id=one.product_id,
            fault=one.fault,
            currency=currency,
            outcome=one.outcome,
            imported=imported,
            stage_since=one.happened_at,
            created_at=one.happened_at,
            closed_at=one.happened_at,
        )
        for one, request in zip(past, asked, strict=True)
    )
    told = [(one, _asked(one, imported)) for one in asked]
    record_many(actor, told, first=True)
    record_many(actor, _told(orders, facts.PastOrderAdded), first=True)
    return [order.pk for order in orders]


def correct_history(actor: Actor, order_id: int, past: PastOrder) -> PastOrder | None:
    """Writes what a file says by now over a repair of the past, inside the caller's transaction, who has checked the
    right. Says what it was before; None when people have worked on it since, and nothing is changed."""
    order = WorkOrder.objects.select_for_update(of=("self",)).select_related("request").get(pk=order_id)
    if not _untouched([order]):
        return None
    before = PastOrder(
        number=order.number,
        happened_at=order.created_at,
        outcome=order.outcome,
        fault=order.fault,
        device=order.request.device,
        product_id=order.product_id,
    )
    order.fault, order.outcome, order.product_id = past.fault, past.outcome, past.product_id
    order.created_at = order.closed_at = order.stage_since = past.happened_at
    order.save(update_fields=["fault", "outcome", "product", "created_at", "closed_at", "stage_since"])
    Request.objects.filter(pk=order.request_id).update(device=past.device, product_id=past.product_id)
    record_many(actor, _told([order], facts.PastOrderCorrected))
    return before


def withdraw_history(actor: Actor, order_ids: Collection[int]) -> set[int]:
    """Takes repairs of the past out of every read, inside the caller's transaction, who has checked the right.

    Says which were withdrawn; those that people have worked on since stay as they are.
    """
    rows = WorkOrder.objects.select_for_update(of=("self",)).filter(pk__in=order_ids, withdrawn_at=None)
    gone = _untouched(list(rows.exclude(imported="").order_by("pk")))
    WorkOrder.objects.filter(pk__in=[order.pk for order in gone]).update(withdrawn_at=actor.now())
    record_many(actor, _told(gone, facts.PastOrderWithdrawn))
    return {order.pk for order in gone}


def _untouched(orders: Sequence[WorkOrder]) -> list[WorkOrder]:
    """Those nobody has changed or written about since they were read from a file."""
    spoken = threads_spoken_of([order.pk for order in orders], but=OWN_LINES)
    return [order for order in orders if order.version == 1 and order.pk not in spoken]


def _request(actor: Actor, centre_id: int, past: PastOrder) -> Request:
    return Request(
        uid=uuid7(actor.now()),
        number=past.number,
        centre_id=centre_id,
        channel=Channel.IMPORT,
        state=ENDED,
        product_id=past.product_id,
        device=past.device,
        created_at=past.happened_at,
    )


def _asked(request: Request, imported: str) -> facts.PastRequestAdded:
    return facts.PastRequestAdded(request_id=request.pk, centre_id=request.centre_id, imported=imported)


def _told(orders: Sequence[WorkOrder], fact: type[facts.PastOrderFact]) -> list[tuple[WorkOrder, facts.PastOrderFact]]:
    return [(order, fact(work_order_id=order.pk, imported=order.imported)) for order in orders]
