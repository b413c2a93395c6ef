"""Counting by scan: a place, then what is in it, then the next place. What the book says is not shown here."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import find_part
from remonta.desk.warehouse.forms import thousandths, uid_in
from remonta.desk.warehouse.frame import with_tabs
from remonta.equipment.queries import units_for
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.spine.queries import recognise
from remonta.stock.commands import close_count, count_moved_again, count_part, count_unit, open_count
from remonta.stock.queries import (
    CountedPlace,
    Stocktake,
    count_progress,
    counted_places_for,
    found_at,
    moved_meanwhile,
    places_for,
    stocktakes_for,
)
from remonta.web.answers import go, operation_of
from remonta.web.requests import Request

KINDS = ("place", "part", "unit", "order")
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
    code, operation = clean(request.POST.get("code", "")), operation_of(request)
    row, (kind, thing) = _mine(request, found), _known(request, found, code)
    if kind == "place":
        open_count(request.actor, uid, place_uid=thing, operation=operation)
    elif row is None:
        raise PlaceFirst
    elif kind == "unit":
        count_unit(request.actor, row.uid, unit_uid=thing, operation=operation)
    else:
        quantity = thousandths(request.POST.get("quantity") or "1") or 0
        count_part(request.actor, row.uid, part_uid=thing, quantity=quantity, operation=operation)
    return _answer(request, found)


def correct(request: Request, uid: UUID) -> HttpResponse:
    """So many of a part are there, whatever was scanned; `uid` is the place's in the stocktake."""
    row = counted_places_for(request.actor).select_related("stocktake").get(uid=uid)
    text = request.POST.get("quantity", "").strip()
    quantity = 0 if text in ("0", "") else thousandths(text)
    if quantity is None:
        raise NothingKnown(code=text)
    asked: dict[str, Any] = {"part_uid": uid_in(request.POST, "part"), "quantity": quantity, "instead": True}
    count_part(request.actor, uid, **asked, operation=operation_of(request))
    return _answer(request, row.stocktake)


def close(request: Request, uid: UUID) -> HttpResponse:
    """The last place is done, or what moved meanwhile is counted once more."""
    row = counted_places_for(request.actor).select_related("stocktake").get(uid=uid)
    run = count_moved_again if request.POST.get("move") == "again" else close_count
    run(request.actor, uid, operation=operation_of(request))
    return _answer(request, row.stocktake)


def _answer(request: Request, found: Stocktake) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "desk/warehouse/_counting.html", _here(request, found))
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


def _known(request: Request, found: Stocktake, code: str) -> tuple[str, UUID]:
    """What the code stands for: a place, a part or a unit. Raises NothingKnown."""
    actor = request.actor
    read = recognise(actor, code, KINDS) if code else None
    if read and read.kind in ("place", "part"):
        return read.kind, read.uid
    if read and read.unit_id:
        return "unit", units_for(actor).values_list("uid", flat=True).get(pk=read.unit_id)
    place = places_for(actor).filter(centre_id=found.centre_id, code=code.upper()).first() if code else None
    if place:
        return "place", place.uid
    part = next(iter(find_part(actor, code, led=False)), None) if code else None
    if part is None:
        raise NothingKnown(code=code)
    return "part", part.uid
