"""What is to be ordered, and what is on order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money, line_total
from remonta.kernel.workflow import Move
from remonta.spine.queries import Line, timeline
from remonta.supply.models import PurchaseLine, PurchaseOrder, PurchaseRequest, Requisition
from remonta.supply.queries.scope import demand_for
from remonta.supply.queries.suppliers import Offer, offers_of_parts
from remonta.supply.workflow import PURCHASE, PurchaseState

MOST = 500


@dataclass(frozen=True)
class ToOrder:
    """A part that is to be ordered (thousandths): for a repair (`order_number`, promised to its customer for `due_at`),
    or for stock, for a `reason` in words. `offers` say where it can be bought."""

    kind: str
    uid: UUID
    part_id: int
    part_uid: UUID
    part_number: str
    part_name: str
    centre_id: int
    centre: str
    quantity: int
    since: datetime
    order_number: str = ""
    order_uid: UUID | None = None
    due_at: datetime | None = None
    reason: str = ""
    wanted_by: date | None = None
    offers: tuple[Offer, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.uid}"


@dataclass(frozen=True)
class Waiter:
    """A repair that waits for a line: how much, promised to its customer for when, and the day its part should come."""

    order_uid: UUID
    order_number: str
    quantity: int
    due_at: datetime | None
    expected_on: date | None


@dataclass(frozen=True)
class OrderedLine:
    """A line of an order at a supplier (thousandths). `price` and `total` only for those who may see costs."""

    uid: UUID
    part_id: int
    part_uid: UUID
    part_number: str
    part_name: str
    number: str
    quantity: int
    price: Decimal | None
    total: Money | None
    confirmed: int | None
    expected_on: date | None
    received: int
    closed: bool
    waiting: tuple[Waiter, ...] = ()

    @property
    def missing(self) -> int:
        """What is still to come, or never came."""
        return max(self.quantity - self.received, 0)

    @property
    def surplus(self) -> int:
        return max(self.received - self.quantity, 0)


@dataclass(frozen=True)
class PurchasePage:
    """An order at a supplier as its page and its paper show it."""

    id: int
    uid: UUID
    number: str
    centre_id: int
    centre_uid: UUID
    centre: str
    supplier_id: int
    supplier_uid: UUID
    supplier: str
    email: str
    our_number: str
    currency: str
    state: str
    reference: str
    note: str
    created_at: datetime
    sent_at: datetime | None
    total: Money | None
    minimum: Money | None
    lines: tuple[OrderedLine, ...]
    receipts: tuple[tuple[UUID, str, datetime], ...]
    moves: tuple[Move, ...] = ()
    events: tuple[Line, ...] = ()

    @property
    def state_label(self) -> str:
        return str(PurchaseState(self.state).label)

    @property
    def below_minimum(self) -> bool:
        """Whether it comes to less than the supplier wants."""
        return bool(self.total and self.minimum and self.total.minor < self.minimum.minor)

    @property
    def waiting(self) -> int:
        """How many repairs wait for it."""
        return len({one.order_uid for line in self.lines for one in line.waiting})


def purchases_for(actor: Actor) -> QuerySet[PurchaseOrder]:
    """The orders at suppliers of the centres in which the actor may see them."""
    return PurchaseOrder.objects.filter(in_reach(actor, "supply.see_orders"))


def purchase_requests_for(actor: Actor) -> QuerySet[PurchaseRequest]:
    """What purchasing is asked for, in the centres in which the actor may see supply."""
    return PurchaseRequest.objects.filter(in_reach(actor, "supply.see"))


def to_order(actor: Actor, centre_ids: Iterable[int] | None = None) -> tuple[ToOrder, ...]:
    """What nobody has ordered yet, for repairs and for stock, oldest first; at most 500 of each. Three statements."""
    here = in_reach(actor, "supply.see_orders")
    of = Q() if centre_ids is None else Q(centre_id__in=list(centre_ids))
    wanted = demand_for(actor).filter(here, of, purchase=None, transfer=None).order_by("pk")[:MOST]
    asked = purchase_requests_for(actor).filter(here, of, state="open").order_by("pk")[:MOST]
    part = ("uid", "part_id", "part__uid", "part__number", "part__name", "centre_id", "centre__name", "quantity")
    repair = (*part, "created_at", "work_order__number", "work_order__uid", "work_order__due_at")
    by_hand = (*part, "created_at", "reason", "wanted_by")
    repairs: list[Any] = [*wanted.values_list(*repair)]
    requests: list[Any] = [*asked.values_list(*by_hand)]
    offers = offers_of_parts(actor, {row[1] for row in (*repairs, *requests)})
    whole: list[Any] = [("repair", *row, "", None, offers.get(row[1], ())) for row in repairs]
    whole += [("request", *row[:9], "", None, None, *row[9:], offers.get(row[1], ())) for row in requests]
    rows = [ToOrder(*row) for row in whole]
    return tuple(sorted(rows, key=lambda row: (row.since, row.key)))


def purchase_page(actor: Actor, uid: UUID) -> PurchasePage:
    """An order at a supplier with its lines and who waits for them. Raises DoesNotExist. Six statements."""
    order = purchases_for(actor).select_related("centre", "supplier").get(uid=uid)
    shown = actor.may("stock.see_cost", order)
    lines = ordered_lines(order, shown)
    total = sum((line.total.minor for line in lines if line.total), 0)
    names = [
        "id",
        "uid",
        "number",
        "centre_id",
        "supplier_id",
        "currency",
        "state",
        "reference",
        "note",
        "created_at",
        "sent_at",
    ]
    receipts = order.receipts.order_by("pk").values_list("uid", "number", "received_at")
    return PurchasePage(
        **{name: getattr(order, name) for name in names},
        centre_uid=order.centre.uid,
        centre=order.centre.name,
        supplier_uid=order.supplier.uid,
        supplier=order.supplier.name,
        email=order.supplier.email,
        our_number=order.supplier.our_number,
        total=Money(total, order.currency) if shown else None,
        minimum=_minimum(order) if shown else None,
        lines=lines,
        receipts=tuple(receipts),
        moves=PURCHASE.open_to(actor, order),
        events=timeline([("supply.purchaseorder", order.pk)]),
    )


def ordered_lines(order: PurchaseOrder, shown: bool) -> tuple[OrderedLine, ...]:
    """The lines of an order with the repairs that wait; prices if they may be shown. Two statements."""
    fields = ("uid", "part_id", "part__uid", "part__number", "part__name", "number", "quantity", "price")
    more = ("confirmed", "expected_on", "received", "closed")
    waiting = _waiting(order)
    found = []
    for pk, *row in order.lines.order_by("part__sort_name", "pk").values_list("pk", *fields, *more):
        head, price, rest = row[:7], row[7] if shown else None, row[8:]
        total = None if price is None else Money(line_total(price, row[6], order.currency), order.currency)
        values: Any = (*head, price, total, *rest, waiting.get(pk, ()))
        found.append(OrderedLine(*values))
    return tuple(found)


def on_order(actor: Actor, part_ids: Iterable[int]) -> dict[int, int]:
    """How many thousandths of those parts are still to come, by part, as far as the actor may see. One statement."""
    states = (PurchaseState.SENT, PurchaseState.CONFIRMED, PurchaseState.PARTLY)
    rows = PurchaseLine.objects.filter(
        order__in=purchases_for(actor), order__state__in=states, part_id__in=list(part_ids), closed=False
    )
    found: dict[int, int] = {}
    for part_id, quantity, received in rows.values_list("part_id", "quantity", "received"):
        found[part_id] = found.get(part_id, 0) + max(quantity - received, 0)
    return found


def _minimum(order: PurchaseOrder) -> Money | None:
    same = order.supplier.minimum and order.supplier.currency == order.currency
    return Money(order.supplier.minimum, order.currency) if same else None


def _waiting(order: PurchaseOrder) -> Mapping[int, tuple[Waiter, ...]]:
    rows = Requisition.objects.filter(purchase__order=order, state="wanted").order_by("pk")
    fields = ("work_order__uid", "work_order__number", "quantity", "work_order__due_at", "expected_on")
    found: dict[int, tuple[Waiter, ...]] = {}
    for row in rows.values_list("purchase_id", *fields):
        found[row[0]] = (*found.get(row[0], ()), Waiter(*row[1:]))
    return found
