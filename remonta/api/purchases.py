"""Orders at suppliers: what is to be ordered, sending, confirmations, deliveries, and what these cost."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field, StringConstraints

from remonta.api.asking import operation_of
from remonta.api.buying import Currency
from remonta.api.documents import paper_of
from remonta.api.fields import Asked, Day, Email, Line, Paragraph, Price, Quantity, Word
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.papers import Paper
from remonta.api.shapes.purchases import LandingShape, NeedShape, PurchaseRequestShape, PurchaseRow, PurchaseShape
from remonta.api.shapes.stock import ReceiptShape
from remonta.api.spoken import op
from remonta.api.told import ToldNew, which_of
from remonta.documents.commands import print_purchase, send_purchase_by_mail
from remonta.identity.queries import centres_for
from remonta.kernel.money import Money
from remonta.kernel.refusals import NotPermitted
from remonta.supply import commands
from remonta.supply.queries import landing_of, purchase_page, purchases_for, receipt_page, receipts_for, to_order
from remonta.supply.workflow import PurchaseState
from remonta.web.requests import Request

router = Router()
Amount = Annotated[str, StringConstraints(pattern=r"^-?\d{1,12}(\.\d{1,3})?$")]


class PurchaseFilter(Paging):
    """Which orders."""

    state: PurchaseState | None = None
    supplier: UUID | None = None


class NeedAsked(Asked):
    """So much of a part for a centre’s stock."""

    centre_uid: UUID
    part_uid: UUID
    quantity: Quantity
    reason: Line = Field("", max_length=200)
    wanted_by: Day | None = None


class ChosenAsked(Asked):
    """A row of what is to be ordered, and the supplier where it is bought."""

    kind: Literal["repair", "request"]
    uid: UUID
    supplier_uid: UUID


class PurchaseAsked(Asked):
    """The rows that become lines of orders."""

    chosen: list[ChosenAsked] = Field(min_length=1, max_length=500)


class PurchaseLineAsked(Asked):
    """One more part."""

    part_uid: UUID
    quantity: Quantity


class LineChanged(Asked):
    """Quantity and price of a line of a draft; a quantity of 0 takes it out."""

    quantity: Quantity
    price: Price | None = None


class MailAsked(Asked):
    """Where the order goes; the supplier’s own address unless another is given."""

    email: Email = ""
    message: Paragraph = ""


class ConfirmedAsked(Asked):
    """What comes of a line, and when."""

    line_uid: UUID
    quantity: Quantity
    expected_on: Day | None = None


class SupplierAnswerAsked(Asked):
    """What the supplier says."""

    lines: list[ConfirmedAsked] = Field(max_length=500)
    reference: Word = Field("", max_length=80)


class ArrivedAsked(ToldNew):
    """So many of a part into a bin."""

    part_uid: UUID
    place_uid: UUID
    quantity: Quantity = Field(1000, json_schema_extra={"default": "1"})


class ArrivalAsked(Asked):
    """A delivery against the order; `complete` says that nothing more is to come."""

    lines: list[ArrivedAsked] = Field(min_length=1, max_length=500)
    note_number: Word = Field("", max_length=80)
    complete: bool = False


class CostAsked(Asked):
    """A cost of getting a delivery here; a negative amount puts an earlier one right."""

    kind: Literal["freight", "duty", "other"]
    amount: Amount = Field(examples=["120.50"])
    currency: Currency
    shared_by: Literal["value", "quantity"] = "value"
    note: Line = Field("", max_length=200)


@router.get("/purchase-needs", **op("purchase-needs", list[NeedShape]))
def needs(request: Request, centre: Query[UUID | None] = None) -> Any:
    """What nobody has ordered yet, the oldest first, with where it can be bought."""
    centres = centres_for(request.actor).values_list("pk", flat=True)
    return to_order(request.actor, [centres.get(uid=centre)] if centre else None)


@router.post("/purchase-requests", **op("purchase-requests", PurchaseRequestShape, once=True, status=201))
def ask(request: Request, asked: NeedAsked) -> Any:
    """Asks purchasing for a part for a centre’s stock."""
    said = asked.model_dump()
    centre = said.pop("centre_uid")
    return commands.request_purchase(request.actor, centre, **said, operation=operation_of(request))


@router.post("/purchase-requests/{uuid:uid}/cancel", **op("purchase-request-cancel", PurchaseRequestShape, once=True))
def cancel_request(request: Request, uid: UUID) -> Any:
    """It is not needed after all."""
    return commands.cancel_purchase_request(request.actor, uid, operation=operation_of(request))


@router.get("/purchases", **op("purchases", Page[PurchaseRow]))
def listed(request: Request, asked: Query[PurchaseFilter]) -> Any:
    """Orders at suppliers in pages, newest first."""
    rows = purchases_for(request.actor)
    rows = rows.filter(state=asked.state) if asked.state else rows
    return page_of(rows.filter(supplier__uid=asked.supplier) if asked.supplier else rows, asked)


@router.post("/purchases", **op("purchases", PurchaseShape, once=True, status=201))
def order(request: Request, asked: PurchaseAsked) -> Any:
    """The chosen rows become lines of drafts, one for each centre, supplier and currency. Answers the first one."""
    chosen = [commands.Chosen(**row.model_dump()) for row in asked.chosen]
    made = commands.order_wanted(request.actor, chosen=chosen, operation=operation_of(request))
    return purchase_page(request.actor, made.uid)


@router.get("/purchases/{uuid:uid}", **op("purchase", PurchaseShape))
def one(request: Request, uid: UUID) -> Any:
    """An order at a supplier."""
    return purchase_page(request.actor, uid)


@router.post("/purchases/{uuid:uid}/lines", **op("purchase-lines", PurchaseShape, once=True))
def add_line(request: Request, uid: UUID, asked: PurchaseLineAsked) -> Any:
    """One more part onto the draft for that supplier."""
    page = purchase_page(request.actor, uid)
    said: dict[str, Any] = {**asked.model_dump(), "supplier_uid": page.supplier_uid}
    made = commands.add_purchase_line(request.actor, page.centre_uid, **said, operation=operation_of(request))
    return purchase_page(request.actor, made.uid)


@router.patch("/purchase-lines/{uuid:uid}", **op("purchase-line", PurchaseShape, once=True))
def change_line(request: Request, uid: UUID, asked: LineChanged) -> Any:
    """Another quantity or price while the order is a draft."""
    done = commands.change_purchase_line(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return purchase_page(request.actor, done.uid)


@router.post("/purchases/{uuid:uid}/mail", **op("purchase-mail", PurchaseShape, once=True))
def mail(request: Request, uid: UUID, asked: MailAsked) -> Any:
    """Sends the order to the supplier as a PDF by e-mail."""
    send_purchase_by_mail(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return purchase_page(request.actor, uid)


@router.post("/purchases/{uuid:uid}/sent", **op("purchase-sent", PurchaseShape, once=True))
def sent(request: Request, uid: UUID) -> Any:
    """The order has gone to the supplier another way."""
    commands.send_purchase(request.actor, uid, operation=operation_of(request))
    return purchase_page(request.actor, uid)


@router.post("/purchases/{uuid:uid}/confirm", **op("purchase-confirm", PurchaseShape, once=True))
def confirm(request: Request, uid: UUID, asked: SupplierAnswerAsked) -> Any:
    """What the supplier says comes, and when; waiting repairs have the new day."""
    lines = [commands.Confirmed(**line.model_dump()) for line in asked.lines]
    said: dict[str, Any] = {"lines": lines, "reference": asked.reference, "operation": operation_of(request)}
    commands.confirm_purchase(request.actor, uid, **said)
    return purchase_page(request.actor, uid)


@router.post("/purchases/{uuid:uid}/tell-customers", **op("purchase-tell", PurchaseShape, once=True))
def tell(request: Request, uid: UUID) -> Any:
    """The customers whose repairs wait are told the day; each day once."""
    commands.tell_new_date(request.actor, uid, operation=operation_of(request))
    return purchase_page(request.actor, uid)


@router.post("/purchases/{uuid:uid}/close", **op("purchase-close", PurchaseShape, once=True))
def close(request: Request, uid: UUID) -> Any:
    """Nothing more is to come."""
    commands.close_purchase(request.actor, uid, operation=operation_of(request))
    return purchase_page(request.actor, uid)


@router.post("/purchases/{uuid:uid}/cancel", **op("purchase-cancel", PurchaseShape, once=True))
def cancel(request: Request, uid: UUID) -> Any:
    """Nothing of it is to come; its parts are to be ordered anew."""
    commands.cancel_purchase(request.actor, uid, operation=operation_of(request))
    return purchase_page(request.actor, uid)


@router.post("/purchases/{uuid:uid}/paper", **op("purchase-paper", Paper, status=201))
def paper(request: Request, uid: UUID) -> Any:
    """Prints the order, with prices."""
    return paper_of(print_purchase(request.actor, uid))


@router.post("/purchases/{uuid:uid}/deliveries", **op("purchase-receive", ReceiptShape, once=True, status=201))
def receive(request: Request, uid: UUID, asked: ArrivalAsked) -> Any:
    """Books a delivery against the order, then serves the repairs that wait for it."""
    lines = [commands.Delivered(**which_of(line)) for line in asked.lines]
    said: dict[str, Any] = {"note_number": asked.note_number, "complete": asked.complete}
    made = commands.receive_purchase(request.actor, uid, lines=lines, **said, operation=operation_of(request))
    return receipt_page(request.actor, made.uid)


@router.get("/deliveries/{uuid:uid}/costs", **op("delivery-costs", LandingShape))
def costs(request: Request, uid: UUID) -> Any:
    """What a delivery cost us in the end."""
    found = landing_of(request.actor, receipts_for(request.actor).get(uid=uid).pk)
    if found is None:
        raise NotPermitted
    return found


@router.post("/deliveries/{uuid:uid}/costs", **op("delivery-costs", LandingShape, once=True, status=201))
def add_cost(request: Request, uid: UUID, asked: CostAsked) -> Any:
    """Shares one more cost out over the lines, and corrects the averages."""
    said: dict[str, Any] = asked.model_dump() | {"amount": Money.of(Decimal(asked.amount), asked.currency).minor}
    cost = commands.add_landed_cost(request.actor, uid, **said, operation=operation_of(request))
    return landing_of(request.actor, cost.receipt_id)
