"""What is where: the list of stock, and everything about one part."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import having, parts_for
from remonta.desk.warehouse.forms import PartMoveForm, StockFilter, day_of, end_of
from remonta.desk.warehouse.frame import with_tabs
from remonta.kernel.refusals import Missing
from remonta.stock.commands import Which, place_part, quarantine_part, scrap_part
from remonta.stock.queries import (
    STORES,
    Balance,
    average_costs,
    balances_for,
    batches_of_parts,
    cost_changes,
    givers_of,
    levels_for,
    moves_of_part,
    part_at,
    part_availability,
    parts_there,
    pieces_of_part,
    store_places,
)
from remonta.stock.workflow import WriteOffCause
from remonta.supply.queries import purchases_of_part
from remonta.web.answers import answer_form, operation_of
from remonta.web.listing import Column, Listing
from remonta.web.requests import Request

LIST_WORDS = {
    "live_list": "stock.move",
    "empty_title": _("No parts in stock"),
    "empty_text": _("Parts appear here when a delivery is received."),
}


def _source(request: Request) -> QuerySet[Balance]:
    rows = balances_for(request.actor).select_related("part", "place").annotate(free=F("on_hand") - F("reserved"))
    return rows.filter(place__centre_id=request.centre.id) if request.centre else rows


def _narrow(rows: QuerySet[Balance], wanted: Mapping[str, Any], request: Request) -> QuerySet[Balance]:
    if "q" in wanted:
        rows = rows.filter(part__in=parts_for(request.actor).filter(having(wanted["q"])))
    if "place" in wanted:
        rows = rows.filter(place__code__istartswith=wanted["place"].strip())
    kinds = [wanted["kind"]] if "kind" in wanted else STORES
    return rows.filter(place__kind__in=kinds)


STOCK = Listing(
    name="stock",
    title=_("Stock"),
    columns=(
        Column("number", _("Number"), "part.number", sort="part__number"),
        Column("name", _("Part"), "part.name", sort="part__sort_name"),
        Column("place", _("Place"), "place.code", sort="place__code"),
        Column("on_hand", _("On hand"), kind="quantity", sort="on_hand"),
        Column("reserved", _("Set aside"), kind="quantity", sort="reserved"),
        Column("free", _("Free"), kind="quantity"),
    ),
    source=_source,
    sort="name",
    page="desk/warehouse/stock.html",
    filters=StockFilter,
    narrow=_narrow,
    url=lambda row: reverse("desk:part-stock", args=[row.part.uid]),
    context=with_tabs,
)


def stock(request: Request) -> HttpResponse:
    return STOCK.answer(request, **LIST_WORDS, may_levels=request.actor.may_somewhere("stock.see_places"))


def part(request: Request, uid: UUID) -> HttpResponse:
    return render(request, "desk/warehouse/part.html", _part_context(request, uid))


def move(request: Request, uid: UUID) -> HttpResponse:
    """To another bin, into quarantine, or thrown away: the button says which."""
    part_id, tracking = parts_for(request.actor).values_list("pk", "tracking").get(uid=uid)
    operation, way = operation_of(request), request.POST.get("move", "place")
    if request.centre is None:
        raise Missing

    def run(*, source_uid: UUID, target_uid: UUID | None, quantity: int, which: Which, cause: str) -> object:
        asked: dict[str, Any] = {"quantity": quantity, "source_uid": source_uid, "which": which, "operation": operation}
        if way == "scrap":
            return scrap_part(request.actor, part_id, cause=cause or WriteOffCause.OTHER, **asked)
        if target_uid is None:
            return quarantine_part(request.actor, part_id, **asked)
        return place_part(request.actor, part_id, target_uid=target_uid, **asked)

    of: dict[str, Any] = {"centre_id": request.centre.id, "part_id": part_id, "tracking": tracking}
    form = PartMoveForm(request.POST, actor=request.actor, **of)
    then = reverse("desk:part-stock", args=[uid])
    context, page = _part_context(request, uid), "desk/warehouse/part.html"
    return answer_form(request, form, run, page=page, then=then, context=context, say=_now("Moved."))


def _past(request: Request, part_id: int) -> dict[str, Any]:
    """What the network had of the part when the day ended that the address names; nothing without one."""
    day = day_of(request.GET.get("on", ""))
    if day is None:
        return {"on": None, "past": ()}
    return {"on": day, "past": part_at(request.actor, part_id, end_of(day))}


def _part_context(request: Request, uid: UUID) -> dict[str, Any]:
    actor, here = request.actor, request.centre.id if request.centre else 0
    found = parts_for(actor).get(uid=uid)
    centres = part_availability(actor, [found.pk]).get(found.pk, ())
    bins = parts_there(balances_for(actor).filter(part=found).exclude(place__kind="repair").order_by("place__code"))
    may_keep = request.centre is not None and actor.may("stock.keep", request.centre)
    of: dict[str, Any] = {"part_id": found.pk, "tracking": found.tracking}
    return {
        "part": found,
        "here": [one for one in centres if one.centre_id == here],
        "elsewhere": [one for one in centres if one.centre_id != here],
        "bins": bins,
        "moves": moves_of_part(actor, found.pk, limit=50),
        "levels": levels_for(actor).filter(part=found, centre=here).select_related("place").order_by("place__code"),
        "may_level": request.centre is not None and actor.may("stock.keep_levels", request.centre),
        "stores": store_places(actor, here)[:500],
        "may_transfer": request.centre is not None and actor.may("stock.ask_transfers", request.centre),
        "givers": givers_of(actor, [found.pk], here).get(found.pk, ()) if here else (),
        "purchases": purchases_of_part(actor, found.pk),
        "costs": average_costs(actor, [found.pk]),
        "cost_changes": cost_changes(actor, found.pk),
        "form": PartMoveForm(actor=actor, centre_id=here, **of) if may_keep else None,
        "pieces": pieces_of_part(actor, found.pk) if found.tracking == "serial" else (),
        "batches": batches_of_parts(actor, [found.pk]) if found.tracking == "batch" else (),
        **_past(request, found.pk),
        **with_tabs(request),
    }
