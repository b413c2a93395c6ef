"""Counting by scan: a place, then what is in it, then the next place. What the book says is not shown here."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import find_part, parts_for
from remonta.desk.warehouse.forms import thousandths, uid_in, which_in
from remonta.desk.warehouse.frame import with_tabs
from remonta.equipment.queries import units_for
from remonta.kernel.gs1 import code_of, trade_item
from remonta.kernel.refusals import Refused
from remonta.spine.queries import recognise
from remonta.stock.commands import ANY, Which, close_count, count_moved_again, count_part, count_unit, open_count
from remonta.stock.queries import (
    CountedPlace,
    Stocktake,
    count_progress,
    counted_places_for,
    found_at,
    moved_meanwhile,
    pieces_for,
    pieces_there,
    places_for,
    stocktakes_for,
)
from remonta.web.answers import go, operation_of
from remonta.web.requests import Request

KINDS = ("place", "part", "piece", "unit", "order")
NEXT = 8


class NothingKnown(Refused):
    text = _("“%(code)s” is not known here. Nothing was counted.")


class PlaceFirst(Refused):
    text = _("Scan the place first, then what is in it.")


def counting(request: Request, uid: UUID) -> HttpResponse:
    found = stocktakes_for(request.actor).get(uid=uid)
    return render(request, "desk/warehouse/counting.html", {**_here(request, found), **with_tabs(request)})


def scanned(request: Request, uid: UUID) -> HttpResponse:
    """A place opens, and the one before is closed; a part is so many more; a unit is there."""
    found = stocktakes_for(request.actor).get(uid=uid)
    code, operation = code_of(request.POST.get("code", "")), operation_of(request)
    row, (kind, thing, which) = _mine(request, found), _known(request, found, code)
    if kind == "asks":
        return _answer(request, found, thing)
    if kind == "place":
        open_count(request.actor, uid, place_uid=thing, operation=operation)
    elif row is None:
        raise PlaceFirst
    elif kind == "unit":
        count_unit(request.actor, row.uid, unit_uid=thing, operation=operation)
    else:
        quantity = thousandths(request.POST.get("quantity") or "1") or 0
        asked: dict[str, Any] = {"part_uid": thing, "quantity": quantity, "which": which}
        count_part(request.actor, row.uid, **asked, operation=operation)
    return _answer(request, found, thing if which.serials or which.batch else None)


def correct(request: Request, uid: UUID) -> HttpResponse:
    """So many of a part are there, whatever was scanned; `uid` is the place's in the stocktake."""
    row = counted_places_for(request.actor).select_related("stocktake").get(uid=uid)
    text = request.POST.get("quantity", "").strip()
    quantity = 0 if text in ("0", "") else thousandths(text)
    if quantity is None:
        raise NothingKnown(code=text)
    asked: dict[str, Any] = {"part_uid": uid_in(request.POST, "part"), "quantity": quantity, "instead": True}
    asked["which"] = which_in(request.POST)
    count_part(request.actor, uid, **asked, operation=operation_of(request))
    return _answer(request, row.stocktake)


def close(request: Request, uid: UUID) -> HttpResponse:
    """The last place is done, or what moved meanwhile is counted once more."""
    row = counted_places_for(request.actor).select_related("stocktake").get(uid=uid)
    run = count_moved_again if request.POST.get("move") == "again" else close_count
    run(request.actor, uid, operation=operation_of(request))
    return _answer(request, row.stocktake)


def _answer(request: Request, found: Stocktake, asks: UUID | None = None) -> HttpResponse:
    """What is counted so far; `asks` is the part whose serial numbers or batches are scanned next."""
    context = {**_here(request, found), "asks": parts_for(request.actor).get(uid=asks) if asks else None}
    if request.headers.get("HX-Request"):
        return render(request, "desk/warehouse/_counting.html", context)
    if asks:
        return render(request, "desk/warehouse/counting.html", {**context, **with_tabs(request)})
    return go(request, reverse("desk:counting", args=[found.uid]))


def _here(request: Request, found: Stocktake) -> dict[str, Any]:
    row = _mine(request, found)
    ahead = counted_places_for(request.actor).filter(stocktake=found, state="waiting").select_related("place")
    return {
        "count": found,
        "row": row,
        "found": found_at(request.actor, row) if row else (),
        "moved": moved_meanwhile(row) if row else (),
        "progress": count_progress(found.pk),
        "ahead": ahead.order_by("place__code")[:NEXT],
    }


def _mine(request: Request, found: Stocktake) -> CountedPlace | None:
    mine = counted_places_for(request.actor).filter(stocktake=found, state="counting", counter=request.actor.label)
    return mine.select_related("place").first()


def _known(request: Request, found: Stocktake, code: str) -> tuple[str, UUID, Which]:
    """What the code stands for: a place, a part with its piece or batch, or a unit; a part of which these are to be
    scanned next `asks` for them. Raises NothingKnown."""
    actor = request.actor
    read = recognise(actor, code, KINDS) if code else None
    if read and read.kind == "place":
        return read.kind, read.uid, ANY
    if read and read.kind == "piece":
        piece = pieces_there(actor, pieces_for(actor).filter(pk=read.id))[0]
        return "part", piece.part_uid, Which((piece.serial,))
    if read and read.unit_id:
        return "unit", units_for(actor).values_list("uid", flat=True).get(pk=read.unit_id), ANY
    place = places_for(actor).filter(centre_id=found.centre_id, code=code.upper()).first() if code else None
    if place:
        return "place", place.uid, ANY
    of = parts_for(actor).filter(uid=uid_in(request.POST, "of")).first() if request.POST.get("of") else None
    if of and (read is None or read.kind != "part"):
        return "part", of.uid, Which((code,)) if of.tracking == "serial" else Which(batch=code)
    part = parts_for(actor).get(pk=read.id) if read and read.kind == "part" else _by_words(request, code)
    item = trade_item(code)
    which = Which(
        (item.serial,) if item and item.serial else (), item.batch if item else "", item.expires_on if item else None
    )
    told = which.serials if part.tracking == "serial" else which.batch
    return "part" if told or part.tracking == "quantity" else "asks", part.uid, which


def _by_words(request: Request, code: str) -> Any:
    part = next(iter(find_part(request.actor, code, led=False)), None) if code else None
    if part is None:
        raise NothingKnown(code=code)
    return part
