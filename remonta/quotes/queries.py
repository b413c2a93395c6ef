"""Reading quotes: in scope, with both variants, and what of them was approved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from remonta.catalogue.queries import sees_cost
from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money, line_total
from remonta.quotes.models import Quote, QuoteLine, Variant
from remonta.quotes.workflow import APPROVED, QuoteState

__all__ = [
    "LineShape",
    "Quote",
    "QuoteShape",
    "approved_lines",
    "approved_total",
    "quote_shape",
    "quotes_for",
    "quotes_of",
]


@dataclass(frozen=True)
class LineShape:
    """A line as it is shown; `cost` and `margin` (minor units) are None for who may not see them."""

    uid: UUID
    variant: str
    kind: str
    text: str
    quantity: int
    price: Decimal
    discount: int
    total: int
    tax_code: str
    minutes: int
    approved: bool | None
    service_id: int | None
    part_id: int | None
    cost: int | None

    @property
    def below_cost(self) -> bool:
        """Whether it is a part sold for less than it costs, as far as the actor may know."""
        return self.kind == "part" and self.cost is not None and self.total < self.cost


@dataclass(frozen=True)
class QuoteShape:
    """A version with its lines. Amounts are minor units, tax included."""

    uid: UUID
    work_order_id: int
    centre_id: int
    version: int
    state: str
    state_label: object
    currency: str
    note: str
    ready_at: datetime | None
    valid_until: date | None
    shown_hash: str
    sent_at: datetime | None
    lines: tuple[LineShape, ...]
    necessary: int
    whole: int
    approved_total: int | None
    profit: int | None
    answered_by: str
    answered_at: datetime | None
    answer_reason: str

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)


def quotes_for(actor: Actor) -> QuerySet[Quote]:
    """The quotes of the centres in which the actor may see them, and of orders a secret link opens, once sent."""
    opened = actor.granted("orders.workorder")
    linked = Q(work_order_id__in=opened) & ~Q(state="draft") if opened else Q(pk__in=[])
    return Quote.objects.filter(in_reach(actor, "quotes.see") | linked)


def quotes_of(actor: Actor, work_order_id: int) -> tuple[QuoteShape, ...]:
    """Every version of an order's quote, the standing one first. Two statements."""
    rows = quotes_for(actor).filter(work_order_id=work_order_id).select_related("answer").prefetch_related("lines")
    return tuple(quote_shape(actor, quote) for quote in rows.order_by("-version"))


def quote_shape(actor: Actor, quote: Quote) -> QuoteShape:
    """A quote read with its lines and answer, as this actor may see it. No statement then."""
    costs = sees_cost(actor)
    lines = tuple(_line(line, quote.currency, costs) for line in sorted(quote.lines.all(), key=_order))
    answer = getattr(quote, "answer", None)
    necessary = sum(line.total for line in lines if line.variant == Variant.NECESSARY)
    return QuoteShape(
        **{name: getattr(quote, name) for name in SAME},
        state_label=QuoteState(quote.state).label,
        lines=lines,
        necessary=necessary,
        whole=sum(line.total for line in lines),
        profit=sum(line.total - (line.cost or 0) for line in lines if line.approved is not False) if costs else None,
        answered_by=answer.name if answer else "",
        answered_at=answer.answered_at if answer else None,
        answer_reason=answer.reason if answer else "",
    )


def approved_total(work_order_ids: Collection[int]) -> dict[int, int]:
    """Minor units of the approved lines of each order's standing quote. The caller checks rights. One statement."""
    rows = _approved(work_order_ids).values("quote__work_order_id").annotate(sum=Sum("total"))
    return {row["quote__work_order_id"]: row["sum"] for row in rows}


def approved_lines(work_order_id: int) -> tuple[QuoteLine, ...]:
    """The lines an invoice is made of. The caller checks rights. One statement."""
    return tuple(_approved([work_order_id]).order_by("variant", "position", "pk"))


def _approved(work_order_ids: Collection[int]) -> QuerySet[QuoteLine]:
    return QuoteLine.objects.filter(quote__work_order__in=work_order_ids, quote__state=APPROVED, approved=True)


def _line(line: QuoteLine, currency: str, costs: bool) -> LineShape:
    cost = line_total(line.cost, line.quantity, currency) if costs and line.cost is not None else None
    shown: dict[str, Any] = {name: getattr(line, name) for name in LINE}
    return LineShape(**shown, kind="part" if line.part_id else "work", cost=cost)


def _order(line: QuoteLine) -> tuple[str, int, int]:
    return line.variant, line.position, line.pk


SAME = (
    *("uid", "work_order_id", "centre_id", "version", "state", "currency", "note", "ready_at", "valid_until"),
    *("shown_hash", "sent_at", "approved_total"),
)
LINE = (
    *("uid", "variant", "text", "quantity", "price", "discount", "total", "tax_code", "minutes", "approved"),
    *("service_id", "part_id"),
)
