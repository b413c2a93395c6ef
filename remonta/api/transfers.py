"""Transfers between centres of ours: asked for, approved, packed, received, settled."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Code, Line, Quantity
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.stock import RequisitionShape
from remonta.api.shapes.transfers import TransferRow, TransferShape
from remonta.api.spoken import op
from remonta.api.supply import requisition_of
from remonta.stock import commands
from remonta.stock.queries import Transfer, transfer_lines, transfers_for
from remonta.stock.workflow import TransferState
from remonta.supply.commands import ask_transfer_for
from remonta.web.requests import Request

router = Router()
STEPS = {
    "send": commands.send_transfer,
    "arrive": commands.finish_receiving,
    "cancel": commands.cancel_transfer,
}


class TransferFilter(Paging):
    """Which transfers: by state, to a centre, from one."""

    state: TransferState | None = None
    centre: UUID | None = None
    giver: UUID | None = None


class TransferPartAsked(Asked):
    """So many of a part."""

    part_uid: UUID
    quantity: Quantity = Field(1000, json_schema_extra={"default": "1"})


class TransferAsked(Asked):
    """A centre asks another one of ours for parts."""

    centre_uid: UUID
    giver_uid: UUID
    lines: list[TransferPartAsked] = Field(min_length=1, max_length=200)
    note: Line = Field("", max_length=200)


class TransferChangeAsked(Asked):
    """So many of a part are asked for now; without a quantity, none."""

    part_uid: UUID
    quantity: Quantity | None = None


class GrantedAsked(Asked):
    """So much of a line is approved; without a quantity, none of it."""

    line_uid: UUID
    quantity: Quantity | None = None


class TransferStepAsked(Asked):
    """The step; `granted` says where less is approved than asked, `reason` why nothing is sent."""

    move: Literal["approve", "refuse", "send", "arrive", "cancel"]
    granted: list[GrantedAsked] = Field([], max_length=500)
    reason: Line = Field("", max_length=200)


class TransferScanAsked(TransferPartAsked):
    """A part out of a bin, or into one; of a part kept by serial number or batch, which."""

    place_uid: UUID
    serials: list[Code] = Field([], max_length=500)
    batch: Code = ""

    def said(self) -> dict[str, Any]:
        """What the command takes."""
        which = commands.Which(serials=tuple(self.serials), batch=self.batch)
        return self.model_dump(exclude={"serials", "batch"}) | {"which": which}


class TransferSettleAsked(Asked):
    """How a difference ended; `place_uid` is the bin here for what is found here and for a surplus."""

    way: Literal["found_here", "found_there", "lost", "sent_more", "unknown"]
    place_uid: UUID | None = None
    quantity: Quantity | None = None
    note: Line = Field("", max_length=200)
    serials: list[Code] = Field([], max_length=500)
    batch: Code = ""


class TransferGiverAsked(Asked):
    """The centre that is asked."""

    giver_uid: UUID


@router.get("/transfers", **op("transfers", Page[TransferRow]))
def listed(request: Request, asked: Query[TransferFilter]) -> Any:
    """Transfers in pages, newest first."""
    rows = transfers_for(request.actor).select_related("centre", "giver")
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(giver__uid=asked.giver) if asked.giver else rows
    return page_of(rows.filter(centre__uid=asked.centre) if asked.centre else rows, asked, each(row_of))


@router.post("/transfers", **op("transfers", TransferShape, once=True, status=201))
def ask(request: Request, asked: TransferAsked) -> Any:
    """Asks another centre for parts; goes on with what it has been asked for and has not answered."""
    lines = [(one.part_uid, one.quantity) for one in asked.lines]
    said: dict[str, Any] = {"lines": lines, "note": asked.note, "operation": operation_of(request)}
    made = commands.ask_transfer(request.actor, asked.centre_uid, giver_uid=asked.giver_uid, **said)
    return whole(request, made.uid)


@router.get("/transfers/{uuid:uid}", **op("transfer", TransferShape))
def one(request: Request, uid: UUID) -> Any:
    """A transfer with its lines."""
    return whole(request, uid)


@router.post("/transfers/{uuid:uid}/parts", **op("transfer-parts", TransferShape, once=True))
def change(request: Request, uid: UUID, asked: TransferChangeAsked) -> Any:
    """More or less of a part is asked for, while nobody has answered."""
    said: dict[str, Any] = {"part_uid": asked.part_uid, "quantity": asked.quantity or 0}
    commands.change_asked(request.actor, uid, **said, operation=operation_of(request))
    return whole(request, uid)


@router.post("/transfers/{uuid:uid}/move", **op("transfer-move", TransferShape, once=True))
def move(request: Request, uid: UUID, asked: TransferStepAsked) -> Any:
    """Approved, refused, sent, all has arrived, cancelled."""
    operation = operation_of(request)
    if asked.move == "approve":
        granted = [(one.line_uid, one.quantity or 0) for one in asked.granted]
        commands.approve_transfer(request.actor, uid, granted=granted, operation=operation)
    elif asked.move == "refuse":
        commands.refuse_transfer(request.actor, uid, reason=asked.reason, operation=operation)
    else:
        STEPS[asked.move](request.actor, uid, operation=operation)
    return whole(request, uid)


@router.post("/transfers/{uuid:uid}/pack", **op("transfer-pack", TransferShape, once=True))
def pack(request: Request, uid: UUID, asked: TransferScanAsked) -> Any:
    """A part goes out of a bin of the giving centre into the transfer."""
    commands.pack_part(request.actor, uid, **asked.said(), operation=operation_of(request))
    return whole(request, uid)


@router.post("/transfers/{uuid:uid}/receive", **op("transfer-receive", TransferShape, once=True))
def receive(request: Request, uid: UUID, asked: TransferScanAsked) -> Any:
    """A part of the transfer goes into a bin where it was asked for."""
    commands.receive_transferred(request.actor, uid, **asked.said(), operation=operation_of(request))
    return whole(request, uid)


@router.post("/transfer-lines/{uuid:uid}/unpack", **op("transfer-unpack", TransferShape, once=True))
def unpack(request: Request, uid: UUID) -> Any:
    """What is packed of a line goes back into its bin."""
    return whole(request, commands.unpack_part(request.actor, uid, operation=operation_of(request)).uid)


@router.post("/transfer-lines/{uuid:uid}/settle", **op("transfer-settle", TransferShape, once=True))
def settle(request: Request, uid: UUID, asked: TransferSettleAsked) -> Any:
    """Says how a difference ended."""
    said = asked.model_dump(exclude={"serials", "batch"})
    said["which"] = commands.Which(serials=tuple(asked.serials), batch=asked.batch)
    done = commands.settle_difference(request.actor, uid, **said, operation=operation_of(request))
    return whole(request, done.uid)


@router.post("/requisitions/{uuid:uid}/transfer", **op("requisition-transfer", RequisitionShape, once=True))
def for_repair(request: Request, uid: UUID, asked: TransferGiverAsked) -> Any:
    """A part that a repair waits for is asked of another centre."""
    ask_transfer_for(request.actor, uid, giver_uid=asked.giver_uid, operation=operation_of(request))
    return requisition_of(request, uid)


def whole(request: Request, uid: UUID) -> dict[str, Any]:
    """A transfer with its lines. Raises DoesNotExist."""
    row = transfers_for(request.actor).select_related("centre", "giver").get(uid=uid)
    return row_of(row) | {"lines": transfer_lines(request.actor, row)}


def row_of(row: Transfer) -> dict[str, Any]:
    """A transfer in a list. No statement."""
    names = set(TransferRow.model_fields) - {"centre", "giver"}
    return {name: getattr(row, name) for name in names} | {"centre": row.centre.name, "giver": row.giver.name}
