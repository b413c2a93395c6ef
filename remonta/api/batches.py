"""Batches: begun, packed, sealed, handed over; received at the other end; what waits to be sent on."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.documents import paper_of
from remonta.api.fields import Asked, Code, Line, Moment, Paragraph, Quantity
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.reading import file_of
from remonta.api.shapes.orders import Photo
from remonta.api.shapes.papers import Paper
from remonta.api.shapes.road import BatchRow, BatchShape, CustomsOut, ElsewhereShape, OnwardShape
from remonta.api.spoken import op
from remonta.documents.commands import gather_claim, print_batch
from remonta.kernel.refusals import NotPermitted
from remonta.logistics import commands
from remonta.logistics.queries import Batch, LineShape, Onward, batch_page, batches_for, customs_lines, onwards_for
from remonta.logistics.workflow import BatchState
from remonta.orders.queries import work_elsewhere, work_orders_for
from remonta.spine.queries import attachments_for
from remonta.stock.commands import Which
from remonta.web.requests import Request

router = Router()
Purposes = Literal["repair", "back", "claim", "move"]


class BatchFilter(Paging):
    """Which batches."""

    state: BatchState | None = None
    centre: UUID | None = None
    to_centre: UUID | None = None


class BatchAsked(Asked):
    """Where it starts, and where it goes: to a centre, or to a name with an address."""

    centre_uid: UUID
    to_centre_uid: UUID | None = None
    to_name: Line = Field("", max_length=200)
    to_address: Paragraph = ""
    purpose: Purposes = "repair"
    note: Paragraph = ""


class BatchUnitAsked(Asked):
    """A unit that was scanned into it."""

    unit_uid: UUID
    task: Paragraph = ""


class BatchPartsAsked(Asked):
    """A quantity of a part out of a bin; without one, from where most of it lies. Of a part kept by serial number or by
    batch, which."""

    part_uid: UUID
    place_uid: UUID | None = None
    quantity: Quantity = Field(1000, json_schema_extra={"default": "1"})
    serials: list[Code] = Field(default_factory=list, max_length=500)
    batch: Line = Field("", max_length=60)
    task: Paragraph = ""


class InnerAsked(Asked):
    """A sealed batch that was scanned into it."""

    batch_uid: UUID


class BatchLineAsked(Asked):
    """A line, and the place to which it is put."""

    line_uid: UUID
    place_uid: UUID | None = None


class ReceivedAsked(BatchLineAsked):
    """`damage` says in which state it came; empty when it is sound. `quantity` when not all of a part’s line came."""

    quantity: Quantity | None = None
    damage: Paragraph = ""


class BackAsked(BatchLineAsked):
    """What was done with it there."""

    note: Paragraph = ""


class ExtraAsked(Asked):
    """A unit that is not on the list."""

    unit_uid: UUID
    place_uid: UUID | None = None


class SealAsked(Asked):
    """The number on the seal."""

    seal: Line = Field("", max_length=40)


class SentAsked(Asked):
    """Who carries it, by which number, and by when it should arrive."""

    courier: Line = Field("", max_length=80)
    tracking: Line = Field("", max_length=80)
    due_at: Moment | None = None


class FormAsked(Asked):
    """Which paper."""

    code: Literal["waybill", "packing_list", "transfer_act", "return_note", "pro_forma"]
    language: Literal["", "en", "ru", "pl", "zh-hans"] = ""


class DeclaredAsked(Asked):
    """A line for customs: `value` in minor units and `weight` in grams, of all of it."""

    line_uid: UUID
    value: int | None = Field(None, ge=0, le=1_000_000_000_000_000)
    hs_code: Line = Field("", max_length=12)
    origin: Line = Field("", max_length=2)
    weight: int | None = Field(None, ge=0, le=2_000_000_000)


class CustomsAsked(Asked):
    """The currency of the values, and the lines."""

    currency: Line = Field(max_length=3)
    lines: list[DeclaredAsked] = Field(max_length=1000)


class OnwardAsked(Asked):
    """Where the unit of an order should go on to."""

    to_centre_uid: UUID | None = None
    to_name: Line = Field("", max_length=200)
    purpose: Purposes = "repair"
    task: Paragraph = ""


@router.get("/batches", **op("batches", Page[BatchRow]))
def listed(request: Request, asked: Query[BatchFilter]) -> Any:
    """Batches in pages, newest first."""
    rows = batches_for(request.actor).select_related("centre", "holder", "to_centre")
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(centre__uid=asked.centre) if asked.centre else rows
    rows = rows.filter(to_centre__uid=asked.to_centre) if asked.to_centre else rows
    return page_of(rows, asked, each(batch_row))


@router.post("/batches", **op("batches", BatchShape, once=True, status=201))
def begin(request: Request, asked: BatchAsked) -> Any:
    """A new batch."""
    given = commands.BatchAsked(**asked.model_dump(exclude={"centre_uid"}))
    made = commands.begin_batch(request.actor, asked.centre_uid, asked=given, operation=operation_of(request))
    return told(request, made)


@router.get("/batches/{uuid:uid}", **op("batch", BatchShape))
def one(request: Request, uid: UUID) -> Any:
    """A batch with what is in it."""
    return whole(request, uid)


@router.post("/batches/{uuid:uid}/units", **op("batch-units", BatchShape, once=True))
def pack_unit(request: Request, uid: UUID, asked: BatchUnitAsked) -> Any:
    """A unit is packed."""
    return told(request, commands.pack_unit(request.actor, uid, **asked.model_dump(), operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/parts", **op("batch-parts", BatchShape, once=True))
def pack_parts(request: Request, uid: UUID, asked: BatchPartsAsked) -> Any:
    """Parts are packed."""
    said = asked.model_dump(exclude={"serials", "batch"})
    which = Which(serials=tuple(asked.serials), batch=asked.batch)
    return told(request, commands.pack_parts(request.actor, uid, **said, which=which, operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/batches", **op("batch-batches", BatchShape, once=True))
def pack_batch(request: Request, uid: UUID, asked: InnerAsked) -> Any:
    """A sealed batch is packed."""
    said = {"inner_uid": asked.batch_uid, "operation": operation_of(request)}
    return told(request, commands.pack_batch(request.actor, uid, **said))


@router.post("/batches/{uuid:uid}/take-out", **op("batch-take-out", BatchShape, once=True))
def take_out(request: Request, uid: UUID, asked: BatchLineAsked) -> Any:
    """Something is taken out before it leaves."""
    return told(request, commands.take_out(request.actor, uid, **asked.model_dump(), operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/seal", **op("batch-seal", BatchShape, once=True))
def seal(request: Request, uid: UUID, asked: SealAsked) -> Any:
    """Nothing more comes into it."""
    return told(request, commands.seal_batch(request.actor, uid, seal=asked.seal, operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/unseal", **op("batch-unseal", BatchShape, once=True))
def unseal(request: Request, uid: UUID) -> Any:
    """The seal is opened before it leaves."""
    return told(request, commands.unseal_batch(request.actor, uid, operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/send", **op("batch-send", BatchShape, once=True))
def send(request: Request, uid: UUID, asked: SentAsked) -> Any:
    """A courier or driver takes it."""
    given = commands.HandOver(**asked.model_dump())
    return told(request, commands.send_batch(request.actor, uid, given=given, operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/arrive", **op("batch-arrive", BatchShape, once=True))
def arrive(request: Request, uid: UUID) -> Any:
    """It is at the other end."""
    return told(request, commands.arrive_batch(request.actor, uid, operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/receive", **op("batch-receive", BatchShape, once=True))
def receive(request: Request, uid: UUID, asked: ReceivedAsked) -> Any:
    """One thing is taken out at the other end."""
    done = commands.receive_line(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return told(request, done)


@router.post("/batches/{uuid:uid}/extra", **op("batch-extra", BatchShape, once=True))
def extra(request: Request, uid: UUID, asked: ExtraAsked) -> Any:
    """Something was in it that is not on the list."""
    done = commands.receive_extra(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return told(request, done)


@router.post("/batches/{uuid:uid}/finish", **op("batch-finish", BatchShape, once=True))
def finish(request: Request, uid: UUID) -> Any:
    """Everything that came was scanned; the rest is missing."""
    return told(request, commands.finish_receiving(request.actor, uid, operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/take-back", **op("batch-take-back", BatchShape, once=True))
def take_back(request: Request, uid: UUID, asked: BackAsked) -> Any:
    """A unit came back from a maker or partner outside."""
    return told(request, commands.take_back(request.actor, uid, **asked.model_dump(), operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/cancel", **op("batch-cancel", BatchShape, once=True))
def cancel(request: Request, uid: UUID) -> Any:
    """An empty batch is not needed."""
    return told(request, commands.cancel_batch(request.actor, uid, operation=operation_of(request)))


@router.post("/batches/{uuid:uid}/paper", **op("batch-paper", Paper, status=201))
def print_it(request: Request, uid: UUID, asked: FormAsked) -> Any:
    """Prints the waybill, packing list, transfer act, return note, or pro forma for customs; in that language."""
    return paper_of(print_batch(request.actor, uid, code=asked.code, language=asked.language))


@router.get("/batches/{uuid:uid}/customs", **op("batch-customs", CustomsOut))
def customs(request: Request, uid: UUID) -> Any:
    """What customs are told of it. Where nothing was said yet, code and origin are those of the same goods last."""
    batch = batches_for(request.actor).get(uid=uid)
    if not request.actor.may_at("logistics.handle", batch.holder_id):
        raise NotPermitted
    return {"currency": batch.customs_currency, "lines": customs_lines(request.actor, batch)}


@router.post("/batches/{uuid:uid}/customs", **op("batch-customs", CustomsOut))
def declare(request: Request, uid: UUID, asked: CustomsAsked) -> Any:
    """Keeps what customs are told of it."""
    lines = [commands.Declared(**one.model_dump()) for one in asked.lines]
    batch = commands.declare_batch(request.actor, uid, currency=asked.currency, lines=lines)
    return {"currency": batch.customs_currency, "lines": customs_lines(request.actor, batch)}


@router.get("/batches/{uuid:uid}/files", **op("batch-files", list[Photo]))
def files(request: Request, uid: UUID) -> Any:
    """What lies with it: the evidence of a claim as one archive. Its content is under `/files/{uid}`."""
    found = batches_for(request.actor).get(uid=uid)
    return [file_of(row) for row in attachments_for(request.actor, [("logistics.batch", found.pk)])]


@router.post("/batches/{uuid:uid}/evidence", **op("batch-evidence", Photo, status=201))
def evidence(request: Request, uid: UUID) -> Any:
    """Gathers what proves the claim: the claim on paper, photos and files of each unit, in one archive."""
    return file_of(gather_claim(request.actor, uid))


@router.get("/onwards", **op("onwards", Page[OnwardShape]))
def waiting(request: Request, asked: Query[Paging]) -> Any:
    """Units that are or were to be sent on, newest first."""
    rows = onwards_for(request.actor).select_related("work_order", "to_centre")
    return page_of(rows, asked, each(onward))


@router.post("/orders/{uuid:uid}/send-on", **op("order-send-on", OnwardShape, once=True, status=201))
def send_on(request: Request, uid: UUID, asked: OnwardAsked) -> Any:
    """The unit of the order should go on; it is proposed for a batch."""
    made = commands.ask_onward(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return onward(onwards_for(request.actor).select_related("work_order", "to_centre").get(pk=made.pk))


@router.get("/orders/{uuid:uid}/elsewhere", **op("order-elsewhere", list[ElsewhereShape]))
def elsewhere(request: Request, uid: UUID) -> Any:
    """The order of another centre that this one works for, and other centres’ orders that work for this one."""
    return work_elsewhere(request.actor, work_orders_for(request.actor).get(uid=uid))


@router.post("/onwards/{uuid:uid}/drop", **op("onward-drop", OnwardShape, once=True))
def drop(request: Request, uid: UUID) -> Any:
    """The unit stays here after all."""
    done = commands.drop_onward(request.actor, uid, operation=operation_of(request))
    return onward(onwards_for(request.actor).select_related("work_order", "to_centre").get(pk=done.pk))


def told(request: Request, batch: Batch) -> dict[str, Any]:
    """The batch a command gave, as an answer."""
    return whole(request, batch.uid)


def whole(request: Request, uid: UUID) -> dict[str, Any]:
    """A batch with its lines. Raises DoesNotExist."""
    page = batch_page(request.actor, uid)
    return batch_row(page.batch) | {"lines": [batch_line(row) for row in page.lines], "differences": page.differences}


def batch_row(row: Batch) -> dict[str, Any]:
    """A batch in a list. No statement."""
    names = set(BatchRow.model_fields) - {"centre", "holder"}
    return {name: getattr(row, name) for name in names} | {"centre": row.centre.name, "holder": row.holder.name}


def batch_line(row: LineShape) -> dict[str, Any]:
    """One thing in a batch. No statement."""
    return vars(row) | {"inside": row.inside.number if row.inside else ""}


def onward(row: Onward) -> dict[str, Any]:
    """A wish to send on. No statement."""
    to = row.to_centre.name if row.to_centre else row.to_name
    kept = {name: getattr(row, name) for name in ("uid", "purpose", "task", "asked_at", "ended_at")}
    return kept | {"order": row.work_order.number, "to": to}
