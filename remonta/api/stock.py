"""What is where: balances, one part, moves; and codes that were scanned."""

from typing import Any, Literal
from uuid import UUID

from django.db.models import F, QuerySet
from ninja import Query, Router
from pydantic import BaseModel

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Code, Line, Moment, Quantity
from remonta.api.paging import Page, Paging, page_of
from remonta.api.reading import shown
from remonta.api.shapes.stock import MoveShape, PartStock, PartThereShape, PieceCardShape, PieceThereShape, ScannedShape
from remonta.api.spoken import op
from remonta.api.told import Serial, Told, which_of
from remonta.catalogue.queries import having, parts_for
from remonta.kernel.refusals import Missing
from remonta.spine.queries import recognise
from remonta.stock.commands import place_part, place_unit, quarantine_part, scrap_part, take_back_unit
from remonta.stock.queries import (
    STORES,
    Balance,
    average_costs,
    balances_for,
    batches_of_parts,
    find_pieces,
    moves_of_part,
    moves_of_piece,
    moves_of_unit,
    part_at,
    part_availability,
    parts_there,
    pieces_for,
    pieces_of_part,
    pieces_there,
)
from remonta.stock.workflow import WriteOffCause
from remonta.supply.queries import purchases_of_part
from remonta.web.requests import Request

router = Router()
SHOWN = ("on_hand", "reserved", "free")


class StockFilter(Paging):
    """Which balances: those of stores, unless quarantine or repairs are asked for."""

    q: Line = ""
    centre: UUID | None = None
    place: Code = ""
    kind: Literal["stores", "quarantine", "repair"] = "stores"


class PieceFilter(BaseModel):
    """Pieces whose serial number begins so."""

    serial: Serial


class PastAsked(BaseModel):
    """A past moment: what was on hand then is told too."""

    at: Moment | None = None


class PartMoveAsked(Told):
    """To another bin of the centre, into quarantine, or thrown away for that cause."""

    way: Literal["place", "quarantine", "scrap"] = "place"
    source_uid: UUID
    target_uid: UUID | None = None
    quantity: Quantity
    cause: WriteOffCause = WriteOffCause.OTHER


class ScannedAsked(Asked):
    """What was read, and what it may be first."""

    code: Line
    first: list[Literal["place", "person", "order", "unit", "part", "piece"]] = []


class PutAsked(Asked):
    """A unit or order by its code, and the place by its code."""

    thing: Line
    place: Line


def rows_of(actor_balances: QuerySet[Balance], asked: StockFilter, parts: QuerySet[Any]) -> QuerySet[Balance]:
    """The balances that were asked for. No statement."""
    rows = actor_balances.select_related("part", "place").annotate(free=F("on_hand") - F("reserved"))
    rows = rows.filter(part__in=parts.filter(having(asked.q))) if asked.q else rows
    rows = rows.filter(place__centre__uid=asked.centre) if asked.centre else rows
    rows = rows.filter(place__code__istartswith=asked.place) if asked.place else rows
    return rows.filter(place__kind__in=STORES if asked.kind == "stores" else [asked.kind])


def balance_of(row: Any) -> dict[str, Any]:
    """A balance as an answer. No statement."""
    same = {name: getattr(row, name) for name in SHOWN}
    part = {"part_uid": row.part.uid, "number": row.part.number, "name": row.part.name, "measure": row.part.measure}
    return same | part | {"place_uid": row.place.uid, "place_code": row.place.code}


@router.get("/stock", **op("stock", Page[PartThereShape]))
def listed(request: Request, asked: Query[StockFilter]) -> Any:
    """What is where, in pages."""
    rows = rows_of(balances_for(request.actor), asked, parts_for(request.actor))
    return page_of(rows, asked, lambda page: [balance_of(row) for row in page])


@router.get("/parts/{uuid:uid}/stock", **op("part-stock", PartStock))
def part(request: Request, uid: UUID, asked: Query[PastAsked]) -> Any:
    """What the network has of a part, centre by centre and bin by bin, and its last deliveries; with `at`, also what
    was on hand at that moment."""
    actor, found = request.actor, parts_for(request.actor).get(uid=uid)
    bins = balances_for(actor).filter(part=found).exclude(place__kind="repair").order_by("place__code")
    centres = part_availability(actor, [found.pk]).get(found.pk, ())
    return {
        "part_uid": found.uid,
        "number": found.number,
        "name": found.name,
        "centres": [shown(one, centre=one.centre_name, free=one.free) for one in centres],
        "bins": parts_there(bins),
        "pieces": pieces_of_part(actor, found.pk),
        "batches": batches_of_parts(actor, [found.pk]),
        "past": part_at(actor, found.pk, asked.at) if asked.at else (),
        "purchases": purchases_of_part(actor, found.pk) if actor.may_somewhere("supply.see") else (),
        "costs": average_costs(actor, [found.pk]),
    }


@router.get("/parts/{uuid:uid}/moves", **op("part-moves", list[MoveShape]))
def moves(request: Request, uid: UUID) -> Any:
    """How a part came where it is, newest first."""
    return moves_of_part(request.actor, parts_for(request.actor).values_list("pk", flat=True).get(uid=uid))


@router.post("/parts/{uuid:uid}/moves", **op("part-moves", list[MoveShape], once=True))
def move(request: Request, uid: UUID, asked: PartMoveAsked) -> Any:
    """Moves parts within a centre, into quarantine, or throws them away."""
    part_id = parts_for(request.actor).values_list("pk", flat=True).get(uid=uid)
    kept = ("quantity", "source_uid", "which")
    said: dict[str, Any] = {name: value for name, value in which_of(asked).items() if name in kept}
    said["operation"] = operation_of(request)
    if asked.way == "scrap":
        scrap_part(request.actor, part_id, cause=asked.cause, **said)
    elif asked.way == "quarantine":
        quarantine_part(request.actor, part_id, **said)
    elif asked.target_uid is None:
        raise Missing
    else:
        place_part(request.actor, part_id, target_uid=asked.target_uid, **said)
    return moves(request, uid)


@router.get("/pieces", **op("pieces", list[PieceThereShape]))
def pieces(request: Request, asked: Query[PieceFilter]) -> Any:
    """Pieces by what their serial number begins with; at least three characters."""
    return find_pieces(request.actor, asked.serial)


@router.get("/pieces/{uuid:uid}", **op("piece", PieceCardShape))
def piece(request: Request, uid: UUID) -> Any:
    """Where a piece is, and how it came there, newest first."""
    found = pieces_there(request.actor, pieces_for(request.actor).filter(uid=uid))
    if not found:
        raise Missing
    return shown(found[0], moves=moves_of_piece(request.actor, uid))


@router.post("/scan", **op("scan", ScannedShape))
def scan(request: Request, asked: ScannedAsked) -> Any:
    """What a scanned code stands for, as far as the key may know."""
    found = recognise(request.actor, asked.code, tuple(asked.first))
    if found is None:
        raise Missing
    return found


@router.post("/scan/put", **op("scan-put", ScannedShape, once=True))
def put(request: Request, asked: PutAsked) -> Any:
    """A unit (or an order) and a place were scanned: the unit is there now."""
    thing, place = recognise(request.actor, asked.thing), recognise(request.actor, asked.place, ("place",))
    if thing is None or thing.unit_id is None or place is None or place.kind != "place":
        raise Missing
    more: dict[str, Any] = {"thread_id": thing.thread_id, "operation": operation_of(request)}
    place_unit(request.actor, thing.unit_id, place.uid, **more)
    return place


@router.post("/moves/{uuid:uid}/undo", **op("move-undo", MoveShape, once=True))
def undo(request: Request, uid: UUID) -> Any:
    """The unit just moved by this key goes back where it was, within ten minutes and while it has not moved again."""
    move = take_back_unit(request.actor, uid, operation=operation_of(request))
    assert move.unit_id is not None
    return next(line for line in moves_of_unit(move.unit_id) if line.uid == move.uid)
