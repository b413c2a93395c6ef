"""What stands beside a work order: unit, history, checklists, photos, passcode, place, papers of the timeline."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import get_language
from ninja import File, Form, Query, Router, UploadedFile
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Line, Shape
from remonta.api.reading import file_of, photos_of, shown
from remonta.api.shapes.orders import Passcode, PastShape, Photo, UnitSideShape
from remonta.api.shapes.stock import MoveShape, WhereShape
from remonta.api.spoken import op
from remonta.catalogue.queries import checklist
from remonta.kernel.refusals import Missing
from remonta.orders.commands import add_photo, fill_checklist, look_at_passcode
from remonta.orders.queries import unit_history, unit_side, work_orders_for
from remonta.stock.commands import place_unit
from remonta.stock.queries import moves_of_thread, whereabouts
from remonta.web.files import send_file
from remonta.web.requests import Request

router = Router()
Moments = Literal["intake", "bench", "final", "handover"]
Result = Literal["ok", "bad", "unknown"]
FileKind = Literal["unit", "damage", "document", "other"]


class ChecklistAsked(Asked):
    """Results by line: works, does not work, or not checked."""

    results: dict[UUID, Result] = Field(max_length=300)
    notes: dict[UUID, Line] = Field(default_factory=dict, max_length=300)


class PlaceAsked(Asked):
    """Where the unit stands now."""

    place_uid: UUID


class CheckLineShape(Shape):
    """A line to be ticked, with what was ticked so far."""

    uid: UUID
    text: str
    required: bool
    result: str
    note: str


@router.get("/orders/{uuid:uid}/unit", **op("order-unit", UnitSideShape))
def unit(request: Request, uid: UUID) -> Any:
    """Accessories, ticked lines and photos."""
    side = unit_side(request.actor, uid)
    until = str(side.warranty_until) if side.warranty_until else None
    return shown(side, warranty_until=until, photos=photos_of(request, side.id))


@router.get("/orders/{uuid:uid}/history", **op("order-history", list[PastShape]))
def history(request: Request, uid: UUID) -> Any:
    """Everything ever done to this unit in the network."""
    side = unit_side(request.actor, uid)
    return unit_history(request.actor, side.unit_id, but=side.id) if side.unit_id else []


@router.get("/orders/{uuid:uid}/checklists/{slug:moment}", **op("order-checklist", list[CheckLineShape]))
def lines(request: Request, uid: UUID, moment: Moments) -> Any:
    """The checklist of that moment for this kind of device."""
    side = unit_side(request.actor, uid)
    known = {check.item_uid: check for check in side.checks}
    return [
        {
            "uid": line.uid,
            "text": line.text,
            "required": line.required,
            "result": known[line.uid].result if line.uid in known else "",
            "note": known[line.uid].note if line.uid in known else "",
        }
        for line in checklist(side.category_id, moment, get_language() or "en")
    ]


@router.post("/orders/{uuid:uid}/checklists/{slug:moment}", **op("order-checklist", UnitSideShape, once=True))
def tick(request: Request, uid: UUID, moment: Moments, asked: ChecklistAsked) -> Any:
    """Ticks lines of the checklist of that moment."""
    results = {str(item): result for item, result in asked.results.items()}
    notes = {str(item): text for item, text in asked.notes.items()}
    more: dict[str, Any] = {"notes": notes, "operation": operation_of(request)}
    fill_checklist(request.actor, uid, moment=moment, results=results, **more)
    return unit(request, uid)


@router.get("/orders/{uuid:uid}/photos", **op("order-photos", list[Photo]))
def photos(request: Request, uid: UUID) -> Any:
    """Photos and other files of the order."""
    return photos_of(request, work_orders_for(request.actor).values_list("pk", flat=True).get(uid=uid))


@router.post("/orders/{uuid:uid}/photos", **op("order-photos", Photo, status=201))
def add(request: Request, uid: UUID, photo: File[UploadedFile], kind: Form[FileKind] = "unit") -> Any:
    """Adds a photo or a file; the customer sees it at once. The same content twice is one."""
    return file_of(add_photo(request.actor, uid, file=photo, name=photo.name or "photo", kind=kind))


@router.get("/files/{uuid:uid}", **op("file"))
def file(request: Request, uid: UUID, small: Query[bool] = False) -> HttpResponseBase:
    """The content of a file; `small` is its thumbnail."""
    return send_file(request.actor, uid, small=small)


@router.post("/orders/{uuid:uid}/passcode/look", **op("order-passcode", Passcode))
def passcode(request: Request, uid: UUID) -> Any:
    """The passcode in the clear. That the key’s person looked is kept."""
    return {"passcode": look_at_passcode(request.actor, uid)}


@router.get("/orders/{uuid:uid}/place", **op("order-place", WhereShape | None))
def place(request: Request, uid: UUID) -> Any:
    """Where the unit is; null when it has never been in our hands."""
    unit_id = work_orders_for(request.actor).values_list("unit_id", flat=True).get(uid=uid)
    return whereabouts([unit_id]).get(unit_id) if unit_id else None


@router.post("/orders/{uuid:uid}/place", **op("order-place", WhereShape, once=True))
def put(request: Request, uid: UUID, asked: PlaceAsked) -> Any:
    """The unit has been put somewhere else."""
    order = work_orders_for(request.actor).get(uid=uid)
    if order.unit_id is None:
        raise Missing
    place_unit(request.actor, order.unit_id, asked.place_uid, thread_id=order.pk, operation=operation_of(request))
    return whereabouts([order.unit_id])[order.unit_id]


@router.get("/orders/{uuid:uid}/moves-of-things", **op("order-things", list[MoveShape]))
def moves(request: Request, uid: UUID) -> Any:
    """Everything that moved for this order, newest first."""
    return moves_of_thread(work_orders_for(request.actor).values_list("pk", flat=True).get(uid=uid))
