"""Work on one unit under the orders of several centres: what each may know of the other's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from remonta.kernel.actor import Actor
from remonta.orders.models import WorkOrder
from remonta.orders.queries.scope import work_orders_for
from remonta.orders.workflow import Stage


@dataclass(frozen=True)
class Elsewhere:
    """Another centre's order of the same unit. `ours` when this one works for it, else it works for this one.

    `uid` only where the actor may open it; `solution` is what was done there, in words.
    """

    id: int
    uid: UUID | None
    number: str
    centre: str
    state: str
    state_label: object
    since: datetime
    solution: str
    ours: bool


def work_elsewhere(actor: Actor, order: WorkOrder) -> tuple[Elsewhere, ...]:
    """The order that this one works for and those that work for this one. The caller has read the order in scope.
    Two statements."""
    about = Q(for_order=order) | Q(pk=order.for_order_id or 0)
    rows = list(WorkOrder.objects.filter(about, withdrawn_at=None).select_related("centre").order_by("pk"))
    seen = set(work_orders_for(actor).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return tuple(_shape(row, order, row.pk in seen) for row in rows)


def _shape(row: WorkOrder, order: WorkOrder, seen: bool) -> Elsewhere:
    ours = row.pk == order.for_order_id
    uid, solution = row.uid if seen else None, "" if ours else row.solution
    label = Stage(row.state).label
    return Elsewhere(row.pk, uid, row.number, row.centre.name, row.state, label, row.stage_since, solution, ours)
