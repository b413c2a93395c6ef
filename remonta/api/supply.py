"""What repairs need, and where it comes from: requisitions, issuing, returning, deliveries."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.dispatch import order_id
from remonta.api.documents import paper_of
from remonta.api.fields import Asked, Day, Line, Paragraph, Price, Quantity
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.papers import Paper
from remonta.api.shapes.stock import DemandShape, PartThereShape, ReceiptRow, ReceiptShape, RequisitionShape
from remonta.api.spoken import op
from remonta.api.told import Told, ToldNew, which_of
from remonta.documents.commands import print_issue_note
from remonta.identity.queries import centres_for
from remonta.stock.queries import parts_in_repair
from remonta.supply import commands
from remonta.supply.queries import (
    parts_of_order,
    picking_list,
    receipt_page,
    receipts_for,
    requisition_lines,
    requisitions_for,
    waiting_demand,
)
from remonta.supply.workflow import RequisitionState
from remonta.web.requests import Request

router = Router()
TermsSaid = Literal["", "paid", "warranty", "free"]


class RequisitionFilter(Paging):
    """Which requisitions."""

    state: RequisitionState | None = None
    centre: UUID | None = None
    order: UUID | None = None


class PartAsked(Asked):
    """So many of a part."""

    part_uid: UUID
    quantity: Quantity = Field(1000, json_schema_extra={"default": "1"})


class OldPartAsked(PartAsked, ToldNew):
    """So many of a part that were in the unit."""


class ScanAsked(PartAsked, Told):
    """A part that was scanned, from a bin if it is named; who pays, unless it is as agreed."""

    place_uid: UUID | None = None
    accept_expired: bool = False
    terms: TermsSaid = ""


class IssueAsked(Told):
    """From another bin than the one where it is set aside; an expired batch only when that is accepted; who
    pays, unless it is as agreed."""

    place_uid: UUID | None = None
    accept_expired: bool = False
    terms: TermsSaid = ""


class ReturnAsked(Told):
    """Back into that bin; without a quantity, all of it, or the pieces named."""

    place_uid: UUID
    quantity: Quantity | None = None


class TermsAsked(Asked):
    """Who pays from now on, and why."""

    terms: Literal["paid", "warranty", "free"]
    reason: Paragraph


class UsedAsked(Asked):
    """How much of it was built in."""

    used: Quantity


class IssueNoteAsked(Asked):
    """Of what is paid, or of the rest."""

    code: Literal["sales_note", "issue_note"]


class ExpectAsked(Asked):
    """The day on which it comes; null when nobody knows."""

    expected_on: Day | None


class DeliveredAsked(ToldNew):
    """A line of a delivery; `cost` is for one, in major units."""

    part_uid: UUID
    place_uid: UUID
    quantity: Quantity = Field(1000, json_schema_extra={"default": "1"})
    cost: Price | None = None


class DeliveryAsked(Asked):
    """A delivery with its lines."""

    centre_uid: UUID
    supplier: Line = Field(max_length=200)
    note_number: Line = Field("", max_length=80)
    lines: list[DeliveredAsked] = Field(min_length=1, max_length=500)


def requisition_of(request: Request, uid: UUID) -> Any:
    """One requisition as an answer. One statement. Raises DoesNotExist."""
    found = requisition_lines(requisitions_for(request.actor).filter(uid=uid))
    return found[0] if found else requisitions_for(request.actor).get(uid=uid)


@router.get("/orders/{uuid:uid}/parts", **op("order-parts", list[RequisitionShape]))
def of_order(request: Request, uid: UUID) -> Any:
    """What was asked for a work order, oldest first."""
    return parts_of_order(request.actor, order_id(request, uid))


@router.post("/orders/{uuid:uid}/parts", **op("order-parts", RequisitionShape, once=True, status=201))
def ask(request: Request, uid: UUID, asked: PartAsked) -> Any:
    """A repair needs a part: what is here is set aside, the rest is wanted and holds the order."""
    made = commands.ask_part(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return requisition_of(request, made.uid)


@router.get("/orders/{uuid:uid}/built-in", **op("order-built-in", list[PartThereShape]))
def built_in(request: Request, uid: UUID) -> Any:
    """The parts issued to the order and not returned."""
    return parts_in_repair(order_id(request, uid))


@router.post("/orders/{uuid:uid}/issue", **op("order-issue", RequisitionShape, once=True))
def issue_scanned(request: Request, uid: UUID, asked: ScanAsked) -> Any:
    """Part and order were scanned: what the order asked for is issued, or, when it asked for nothing, that quantity."""
    done = commands.issue_scanned(request.actor, uid, **which_of(asked), operation=operation_of(request))
    return requisition_of(request, done.uid)


@router.post("/requisitions/{uuid:uid}/issue/undo", **op("requisition-issue-undo", RequisitionShape, once=True))
def undo_issue(request: Request, uid: UUID) -> Any:
    """The part just issued by this key goes back into its bin, within ten minutes and while nothing moved since."""
    done = commands.take_back_issue(request.actor, uid, operation=operation_of(request))
    return requisition_of(request, done.uid)


@router.post("/orders/{uuid:uid}/old-part", **op("order-old-part", None, once=True, status=204))
def old_part(request: Request, uid: UUID, asked: OldPartAsked) -> None:
    """The part taken out of the customer’s unit is put into quarantine."""
    commands.take_out_old_part(request.actor, uid, **which_of(asked), operation=operation_of(request))


@router.get("/requisitions", **op("requisitions", Page[RequisitionShape]))
def listed(request: Request, asked: Query[RequisitionFilter]) -> Any:
    """Parts that repairs asked for, in pages, newest first."""
    rows = requisitions_for(request.actor)
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(centre__uid=asked.centre) if asked.centre else rows
    rows = rows.filter(work_order__uid=asked.order) if asked.order else rows
    return page_of(rows, asked, lambda page: in_order(request, [row.pk for row in page]))


def in_order(request: Request, keys: list[int]) -> Any:
    """These requisitions as lines, in that order. One statement."""
    lines = requisition_lines(requisitions_for(request.actor).filter(pk__in=keys).order_by("-pk"))
    return sorted(lines, key=lambda line: line.created_at, reverse=True)


@router.get("/requisitions/{uuid:uid}", **op("requisition", RequisitionShape))
def one(request: Request, uid: UUID) -> Any:
    """A part that was asked for."""
    return requisition_of(request, uid)


@router.post("/requisitions/{uuid:uid}/issue", **op("requisition-issue", RequisitionShape, once=True))
def issue(request: Request, uid: UUID, asked: IssueAsked) -> Any:
    """Hands the part to the repair."""
    commands.issue_part(request.actor, uid, **which_of(asked), operation=operation_of(request))
    return requisition_of(request, uid)


@router.post("/requisitions/{uuid:uid}/return", **op("requisition-return", RequisitionShape, once=True))
def give_back(request: Request, uid: UUID, asked: ReturnAsked) -> Any:
    """An unused part goes back into a bin."""
    commands.return_unused_part(request.actor, uid, **which_of(asked), operation=operation_of(request))
    return requisition_of(request, uid)


@router.post("/requisitions/{uuid:uid}/cancel", **op("requisition-cancel", None, once=True, status=204))
def cancel(request: Request, uid: UUID) -> None:
    """The part is not needed after all."""
    commands.cancel_requisition(request.actor, uid, operation=operation_of(request))


@router.post("/requisitions/{uuid:uid}/terms", **op("requisition-terms", RequisitionShape, once=True))
def change_terms(request: Request, uid: UUID, asked: TermsAsked) -> Any:
    """Somebody else pays for an issued part; what the order costs follows."""
    commands.change_terms(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return requisition_of(request, uid)


@router.post("/requisitions/{uuid:uid}/used", **op("requisition-used", RequisitionShape, once=True))
def report_used(request: Request, uid: UUID, asked: UsedAsked) -> Any:
    """How much of an issued part was built in; the rest is to come back."""
    commands.report_used(request.actor, uid, used=asked.used, operation=operation_of(request))
    return requisition_of(request, uid)


@router.post("/orders/{uuid:uid}/issue-note", **op("order-issue-note", Paper, status=201))
def issue_note(request: Request, uid: UUID, asked: IssueNoteAsked) -> Any:
    """Prints the sales issue note of what is paid, or the other issue note of the rest."""
    return paper_of(print_issue_note(request.actor, uid, code=asked.code))


@router.post("/requisitions/{uuid:uid}/expect", **op("requisition-expect", RequisitionShape, once=True))
def expect(request: Request, uid: UUID, asked: ExpectAsked) -> Any:
    """Purchasing says when a wanted part comes."""
    commands.expect_part(request.actor, uid, expected_on=asked.expected_on, operation=operation_of(request))
    return requisition_of(request, uid)


@router.get("/picking", **op("picking", list[RequisitionShape]))
def picking(request: Request, centre: Query[UUID]) -> Any:
    """What lies set aside in a centre, in the order in which one walks past the bins."""
    return picking_list(request.actor, centres_for(request.actor).values_list("pk", flat=True).get(uid=centre))


@router.get("/demand", **op("demand", list[DemandShape]))
def demand(request: Request, centre: Query[UUID | None] = None) -> Any:
    """What repairs wait for, the longest wait first; what others have free."""
    centres = centres_for(request.actor).values_list("pk", flat=True)
    return waiting_demand(request.actor, [centres.get(uid=centre)] if centre else None)


@router.get("/deliveries", **op("deliveries", Page[ReceiptRow]))
def deliveries(request: Request, asked: Query[Paging]) -> Any:
    """Goods receipts in pages, newest first."""
    return page_of(receipts_for(request.actor), asked)


@router.post("/deliveries", **op("deliveries", ReceiptShape, once=True, status=201))
def receive(request: Request, asked: DeliveryAsked) -> Any:
    """Books a delivery into its bins, then serves the repairs that wait for it."""
    lines = [commands.Delivered(**which_of(line)) for line in asked.lines]
    said: dict[str, Any] = {
        "supplier": asked.supplier,
        "note_number": asked.note_number,
        "operation": operation_of(request),
    }
    made = commands.receive_goods(request.actor, asked.centre_uid, lines=lines, **said)
    return receipt_page(request.actor, made.uid)


@router.get("/deliveries/{uuid:uid}", **op("delivery", ReceiptShape))
def delivery(request: Request, uid: UUID) -> Any:
    """A delivery with its lines."""
    return receipt_page(request.actor, uid)
