"""Picking lists, and what is on them in the order in which one walks."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.stock.queries import walking_key
from remonta.supply.models import PickingList, Requisition
from remonta.supply.queries.lists import RequisitionLine, requisition_lines
from remonta.supply.queries.scope import requisitions_for
from remonta.supply.workflow import RequisitionState


@dataclass(frozen=True)
class Walk:
    """A list: what is still to be fetched, by walking order, and what has been."""

    ahead: tuple[RequisitionLine, ...]
    fetched: tuple[RequisitionLine, ...]

    @property
    def next(self) -> RequisitionLine | None:
        return self.ahead[0] if self.ahead else None


def pickings_for(actor: Actor) -> QuerySet[PickingList]:
    """The picking lists of the centres in which the actor may see supply."""
    return PickingList.objects.filter(in_reach(actor, "supply.see"))


def open_pickings(actor: Actor, centre_id: int) -> QuerySet[PickingList]:
    """Those of a centre with something still to be fetched, with `left` lines of `all`."""
    left = Count("lines", filter=Q(lines__requisition__state=RequisitionState.RESERVED))
    rows = pickings_for(actor).filter(centre_id=centre_id).annotate(left=left, every=Count("lines"))
    return rows.filter(left__gt=0).order_by("pk")


def walk_of(picking: PickingList) -> Walk:
    """What is on a list of the actor's scope. Two statements."""
    rows = Requisition.objects.filter(picking__picking=picking)
    return Walk(walked(rows.filter(state=RequisitionState.RESERVED)), requisition_lines(rows.filter(state="issued")))


def walked(rows: QuerySet[Requisition]) -> tuple[RequisitionLine, ...]:
    """Those requisitions that are set aside, in the order in which one walks past their bins. Two statements."""
    placed = rows.exclude(reservation=None).select_related("reservation__place")
    keys = {row.uid: walking_key(row.reservation.place) for row in placed if row.reservation}
    return tuple(sorted(requisition_lines(rows.exclude(reservation=None)), key=lambda line: keys[line.uid]))


def picking_list(actor: Actor, centre_id: int, limit: int = 200) -> tuple[RequisitionLine, ...]:
    """What lies set aside in a centre and waits to be fetched, in the order in which one walks past the bins.
    Two statements."""
    rows = requisitions_for(actor).filter(centre_id=centre_id, state=RequisitionState.RESERVED)
    oldest = rows.order_by("pk").values_list("pk", flat=True)[:limit]
    return walked(Requisition.objects.filter(pk__in=list(oldest)))
