"""Goods that go back to their supplier: asked for, sent, answered, and how it ends."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field, StringConstraints

from remonta.api.asking import operation_of
from remonta.api.buying import Currency
from remonta.api.documents import paper_of
from remonta.api.fields import Asked, Line, Quantity, Word
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.papers import Paper
from remonta.api.shapes.sent_back import SupplierReturnRow, SupplierReturnShape
from remonta.api.spoken import op
from remonta.documents.commands import print_supplier_return
from remonta.kernel.money import Money
from remonta.supply import commands
from remonta.supply.queries import SupplierReturn, return_page, supplier_returns_for
from remonta.supply.workflow import ReturnState
from remonta.web.requests import Request

router = Router()
Positive = Annotated[str, StringConstraints(pattern=r"^\d{1,12}(\.\d{1,3})?$"), Field(examples=["120.50"])]


class ReturnsAsked(Paging):
    """Which returns."""

    state: ReturnState | None = None
    supplier: UUID | None = None


class SupplierReturnAsked(Asked):
    """Whose goods go back to whom."""

    centre_uid: UUID
    supplier_uid: UUID
    note: Line = Field("", max_length=200)


class ReturnLineAsked(Asked):
    """A part that goes back; without a place from where it lies, without a line of an order by the last one."""

    part_uid: UUID
    quantity: Quantity
    reason: Literal["wrong", "surplus", "failed"]
    place_uid: UUID | None = None
    purchase_line_uid: UUID | None = None
    note: Line = Field("", max_length=200)
    named: Line = Field("", description="Serial numbers with commas, or the batch, of a part that is kept so.")


class SendBackAsked(Asked):
    """How the goods go."""

    courier: Word = Field("", max_length=80)
    tracking: Word = Field("", max_length=80)


class ReturnAnswerAsked(Asked):
    """What the supplier says."""

    accepted: bool
    reference: Word = Field("", max_length=80)
    answer: Line = Field("", max_length=200)


class ReturnCreditAsked(Asked):
    """How much came back."""

    amount: Positive
    currency: Currency
    reference: Word = Field("", max_length=80)


class NewPieceAsked(Asked):
    """The serial number, or the batch, of what came for a line; else the same has come back."""

    line_uid: UUID
    named: Word = Field(max_length=80)


class SentBackReplacementAsked(Asked):
    """Where the new goods are put."""

    place_uid: UUID
    note_number: Word = Field("", max_length=80)
    named: list[NewPieceAsked] = Field([], max_length=500)


class SentBackAsked(Asked):
    """Where the refused goods are put."""

    place_uid: UUID


def _answer(request: Request, found: SupplierReturn) -> Any:
    return return_page(request.actor, found.uid)


@router.get("/supplier-returns", **op("supplier-returns", Page[SupplierReturnRow]))
def listed(request: Request, asked: Query[ReturnsAsked]) -> Any:
    """Returns to suppliers in pages, newest first."""
    rows = supplier_returns_for(request.actor)
    rows = rows.filter(state=asked.state) if asked.state else rows
    return page_of(rows.filter(supplier__uid=asked.supplier) if asked.supplier else rows, asked)


@router.post("/supplier-returns", **op("supplier-returns", SupplierReturnShape, once=True, status=201))
def begin(request: Request, asked: SupplierReturnAsked) -> Any:
    """Goods of a centre are to go back to a supplier."""
    said = asked.model_dump()
    centre = said.pop("centre_uid")
    return _answer(request, commands.begin_return(request.actor, centre, **said, operation=operation_of(request)))


@router.get("/supplier-returns/{uuid:uid}", **op("supplier-return", SupplierReturnShape))
def one(request: Request, uid: UUID) -> Any:
    """A return to a supplier."""
    return return_page(request.actor, uid)


@router.post("/supplier-returns/{uuid:uid}/lines", **op("supplier-return-lines", SupplierReturnShape, once=True))
def add_line(request: Request, uid: UUID, asked: ReturnLineAsked) -> Any:
    """One more part that goes back."""
    said = asked.model_dump()
    return _answer(request, commands.add_return_line(request.actor, uid, **said, operation=operation_of(request)))


@router.delete("/supplier-return-lines/{uuid:uid}", **op("supplier-return-line", SupplierReturnShape, once=True))
def drop_line(request: Request, uid: UUID) -> Any:
    """The line stays here."""
    return _answer(request, commands.drop_return_line(request.actor, uid, operation=operation_of(request)))


@router.post("/supplier-returns/{uuid:uid}/send", **op("supplier-return-send", SupplierReturnShape, once=True))
def send(request: Request, uid: UUID, asked: SendBackAsked) -> Any:
    """The goods leave for the supplier."""
    said = asked.model_dump()
    return _answer(request, commands.send_return(request.actor, uid, **said, operation=operation_of(request)))


@router.post("/supplier-returns/{uuid:uid}/answer", **op("supplier-return-answer", SupplierReturnShape, once=True))
def answer(request: Request, uid: UUID, asked: ReturnAnswerAsked) -> Any:
    """The supplier takes the goods back, or refuses them."""
    said = asked.model_dump()
    return _answer(request, commands.answer_return(request.actor, uid, **said, operation=operation_of(request)))


@router.post("/supplier-returns/{uuid:uid}/credit", **op("supplier-return-credit", SupplierReturnShape, once=True))
def credit(request: Request, uid: UUID, asked: ReturnCreditAsked) -> Any:
    """The supplier gave the money back."""
    said: dict[str, Any] = asked.model_dump() | {"amount": Money.of(Decimal(asked.amount), asked.currency).minor}
    return _answer(request, commands.credit_return(request.actor, uid, **said, operation=operation_of(request)))


@router.post("/supplier-returns/{uuid:uid}/replace", **op("supplier-return-replace", SupplierReturnShape, once=True))
def replace(request: Request, uid: UUID, asked: SentBackReplacementAsked) -> Any:
    """New goods have come for those that went back; repairs that wait for them are served."""
    said: dict[str, Any] = asked.model_dump()
    said["named"] = [(one.line_uid, one.named) for one in asked.named]
    return _answer(request, commands.replace_return(request.actor, uid, **said, operation=operation_of(request)))


@router.post("/supplier-returns/{uuid:uid}/take-back", **op("supplier-return-back", SupplierReturnShape, once=True))
def take_back(request: Request, uid: UUID, asked: SentBackAsked) -> Any:
    """Refused goods are here again."""
    said = asked.model_dump()
    return _answer(request, commands.take_return_back(request.actor, uid, **said, operation=operation_of(request)))


@router.post("/supplier-returns/{uuid:uid}/give-up", **op("supplier-return-give-up", SupplierReturnShape, once=True))
def give_up(request: Request, uid: UUID) -> Any:
    """Refused goods stay with the supplier."""
    return _answer(request, commands.give_return_up(request.actor, uid, operation=operation_of(request)))


@router.post("/supplier-returns/{uuid:uid}/cancel", **op("supplier-return-cancel", SupplierReturnShape, once=True))
def cancel(request: Request, uid: UUID) -> Any:
    """Nothing goes back after all."""
    return _answer(request, commands.cancel_return(request.actor, uid, operation=operation_of(request)))


@router.post("/supplier-returns/{uuid:uid}/paper", **op("supplier-return-paper", Paper, status=201))
def paper(request: Request, uid: UUID) -> Any:
    """Prints the note that goes along."""
    return paper_of(print_supplier_return(request.actor, uid))
