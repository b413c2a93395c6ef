"""What there is of parts in a centre, and how they are bought: what advice and plans start from."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, Sum

from remonta.stock.queries import free_in_centre, under_way
from remonta.supply.models import PurchaseLine, PurchaseRequest, Requisition, SupplierPart
from remonta.supply.replenishing import Stand
from remonta.supply.workflow import PurchaseState, RequestState, RequisitionState

COMING = (PurchaseState.DRAFT, PurchaseState.SENT, PurchaseState.CONFIRMED, PurchaseState.PARTLY)


@dataclass(frozen=True)
class Bought:
    """Where a part is bought first: the supplier's part, its days until it comes, its lots (thousandths)."""

    offer_id: int
    lead_days: int
    minimum: int
    multiple: int


def stands_in(centre_id: int, part_ids: Collection[int]) -> dict[int, Stand]:
    """How each of those parts stands in a centre; drafts and transfers to it count as on order. For commands that
    permit it. Five statements."""
    ids = list(part_ids)
    free = free_in_centre(ids, centre_id)
    coming = PurchaseLine.objects.filter(order__centre=centre_id, order__state__in=COMING, closed=False)
    missing = coming.filter(part_id__in=ids, quantity__gt=F("received")).values_list("part_id")
    on_order = dict(missing.annotate(sum=Sum(F("quantity") - F("received"))).order_by())
    road = under_way(ids, centre_id)
    open_now = PurchaseRequest.objects.filter(centre=centre_id, state=RequestState.OPEN, part_id__in=ids)
    asked = dict(open_now.values_list("part_id").annotate(sum=Sum("quantity")).order_by())
    waiting = Requisition.objects.filter(centre=centre_id, state=RequisitionState.WANTED, part_id__in=ids)
    sums = {"all": Sum("quantity"), "left": Sum("quantity", filter=Q(purchase=None, transfer=None))}
    wanted = {row[0]: row[1:] for row in waiting.values_list("part_id").annotate(**sums).order_by()}
    return {
        part_id: Stand(
            free.get(part_id, 0),
            on_order.get(part_id, 0) + road.get((part_id, centre_id), 0),
            asked.get(part_id, 0),
            wanted.get(part_id, (0, 0))[0],
            wanted.get(part_id, (0, 0))[1] or 0,
        )
        for part_id in ids
    }


def bought_where(part_ids: Collection[int]) -> dict[int, Bought]:
    """The first place to buy each of those parts, as the list to be ordered has it. For commands that permit it. One
    statement."""
    rows = SupplierPart.objects.filter(part_id__in=part_ids, archived_at=None, supplier__archived_at=None)
    fields = ("part_id", "pk", "lead_days", "supplier__lead_days", "minimum", "multiple")
    found: dict[int, Bought] = {}
    for part_id, pk, own, usual, minimum, multiple in rows.order_by("part_id", "price", "pk").values_list(*fields):
        found.setdefault(part_id, Bought(pk, usual if own is None else own, minimum, multiple))
    return found
