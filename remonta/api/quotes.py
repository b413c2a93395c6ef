"""Quotes: writing, sending and answering them."""

from typing import Any, Literal
from uuid import UUID

from ninja import Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Day, Line, Moment, Money, Paragraph, Price, Quantity, minor
from remonta.api.fields import money as sum_or_none
from remonta.api.reading import shown
from remonta.api.shapes.work import QuoteOut
from remonta.api.spoken import op
from remonta.orders.queries import work_orders_for
from remonta.quotes import commands
from remonta.quotes.queries import QuoteShape, quotes_for, quotes_of
from remonta.web.requests import Request

router = Router()


class QuoteLineAsked(Asked):
    """A work or a part of the catalogue, or words with a price. `price` is for one, tax included."""

    service_uid: UUID | None = None
    part_uid: UUID | None = None
    text: Line = ""
    variant: Literal["necessary", "recommended"] = "necessary"
    quantity: Quantity = Field(1000, json_schema_extra={"default": "1"})
    price: Price | None = None
    discount: Money | None = None


class QuoteAsked(Asked):
    """An offer. A draft is written anew; once sent, a change is a new version."""

    lines: list[QuoteLineAsked] = Field(min_length=1, max_length=200)
    note: Paragraph = ""
    ready_at: Moment | None = None
    valid_until: Day | None = None


class ApprovalAsked(Asked):
    """The lines that are accepted, by whom, of what was shown."""

    lines: list[UUID] = Field(max_length=200)
    name: Line = Field(max_length=200)
    shown_hash: str = Field(pattern=r"^[0-9a-f]{64}$")


class DeclineAsked(Asked):
    """Who refuses what was shown, and why."""

    name: Line = Field(max_length=200)
    shown_hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    reason: Paragraph = ""


def quote_out(quote: QuoteShape) -> dict[str, Any]:
    """A quote with its sums. No statement."""
    currency = quote.currency
    lines = [
        shown(
            line,
            discount=quote.money(line.discount),
            total=quote.money(line.total),
            cost=sum_or_none(line.cost, currency),
        )
        for line in quote.lines
    ]
    sums = {name: sum_or_none(getattr(quote, name), currency) for name in ("approved_total", "profit")}
    return shown(quote, lines=lines, necessary=quote.money(quote.necessary), whole=quote.money(quote.whole), **sums)


def quote_of(request: Request, uid: UUID) -> dict[str, Any]:
    """One quote as an answer. Three statements. Raises DoesNotExist."""
    order_id = quotes_for(request.actor).values_list("work_order_id", flat=True).get(uid=uid)
    return next(quote_out(one) for one in quotes_of(request.actor, order_id) if one.uid == uid)


@router.get("/orders/{uuid:uid}/quotes", **op("order-quotes", list[QuoteOut]))
def versions(request: Request, uid: UUID) -> Any:
    """Every version of the order’s quote, the standing one first."""
    order_id = work_orders_for(request.actor).values_list("pk", flat=True).get(uid=uid)
    return [quote_out(one) for one in quotes_of(request.actor, order_id)]


@router.post("/orders/{uuid:uid}/quotes", **op("order-quotes", QuoteOut, once=True, status=201))
def write(request: Request, uid: UUID, asked: QuoteAsked) -> Any:
    """Writes an offer."""
    order = work_orders_for(request.actor).get(uid=uid)
    lines = [
        commands.LineAsked(
            **line.model_dump(exclude={"discount"}),
            discount=minor(line.discount, order.currency, f"lines.{at}.discount") if line.discount else 0,
        )
        for at, line in enumerate(asked.lines)
    ]
    more = asked.model_dump(exclude={"lines"})
    return quote_of(
        request, commands.write_quote(request.actor, uid, lines=lines, **more, operation=operation_of(request)).uid
    )


@router.get("/quotes/{uuid:uid}", **op("quote", QuoteOut))
def one(request: Request, uid: UUID) -> Any:
    """A quote."""
    return quote_of(request, uid)


@router.post("/quotes/{uuid:uid}/send", **op("quote-send", QuoteOut, once=True))
def send(request: Request, uid: UUID) -> Any:
    """Asks the customer: what is shown is frozen with its hash, and the order waits for an answer."""
    commands.send_quote(request.actor, uid, operation=operation_of(request))
    return quote_of(request, uid)


@router.post("/quotes/{uuid:uid}/approve", **op("quote-approve", QuoteOut, once=True))
def approve(request: Request, uid: UUID, asked: ApprovalAsked) -> Any:
    """The customer accepts these lines: work may begin."""
    commands.approve_quote(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return quote_of(request, uid)


@router.post("/quotes/{uuid:uid}/decline", **op("quote-decline", QuoteOut, once=True))
def decline(request: Request, uid: UUID, asked: DeclineAsked) -> Any:
    """The customer refuses: work stops."""
    commands.decline_quote(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return quote_of(request, uid)


@router.post("/quotes/{uuid:uid}/preauthorised", **op("quote-preauthorised", QuoteOut, once=True))
def preauthorised(request: Request, uid: UUID) -> Any:
    """Begins without asking, for what the customer allowed beforehand."""
    commands.use_preauthorisation(request.actor, uid, operation=operation_of(request))
    return quote_of(request, uid)
