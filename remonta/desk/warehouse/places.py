"""Places of the centre: the list, adding them one by one or by the hundred, labels, and what stands in one."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.desk.warehouse.forms import BinsForm, PlaceFilter, PlaceForm
from remonta.desk.warehouse.frame import with_tabs
from remonta.equipment.queries import units_for
from remonta.kernel.refusals import Missing
from remonta.orders.queries import open_orders
from remonta.stock.commands import add_bins, add_place, archive_place, rename_place
from remonta.stock.queries import Place, contents_counted, pieces_in_places, places_for, things_at_place
from remonta.web.answers import answer_form, back, go, operation_of
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request

LIST_WORDS = {
    "live_list": "stock.place",
    "empty_title": _("No places yet"),
    "empty_text": _("Add the desk where units are taken in, the shelves they wait on, and the bins of the store."),
}


def _source(request: Request) -> QuerySet[Place]:
    rows = places_for(request.actor).exclude(kind="repair")
    return rows.filter(centre_id=request.centre.id) if request.centre else rows


def _narrow(rows: QuerySet[Place], wanted: Mapping[str, Any], request: Request) -> QuerySet[Place]:
    if "q" in wanted:
        rows = rows.filter(Q(code__icontains=wanted["q"]) | Q(name__icontains=wanted["q"]))
    if "kind" in wanted:
        rows = rows.filter(kind=wanted["kind"])
    return rows.filter(archived_at__isnull=not wanted.get("archived"))


def _counted(_request: Request, rows: list[Place]) -> list[Any]:
    counted = contents_counted([row.pk for row in rows])
    for row in rows:
        row.units, row.parts = counted.get(row.pk, (0, 0))  # type: ignore[attr-defined]
    return rows


PLACES = Listing(
    name="places",
    title=_("Places"),
    columns=(
        Column("code", _("Code"), sort="code"),
        Column("name", _("Name")),
        Column("kind", _("Kind"), "get_kind_display", sort="kind"),
        Column("units", _("Units"), kind="number"),
        Column("parts", _("Kinds of parts"), kind="number"),
        Column("label", _("Barcode"), shown=False),
    ),
    source=_source,
    sort="code",
    page="desk/warehouse/places.html",
    filters=PlaceFilter,
    narrow=_narrow,
    shape=_counted,
    url=PageOf("desk:place"),
    context=with_tabs,
)


def places(request: Request) -> HttpResponse:
    may_manage = request.centre is not None and request.actor.may("stock.manage_places", request.centre)
    return PLACES.answer(request, **LIST_WORDS, may_manage=may_manage)


def new(request: Request) -> HttpResponse:
    return _made(request, PlaceForm, add_place, _("New place"))


def bins(request: Request) -> HttpResponse:
    return _made(request, BinsForm, add_bins, _("Many bins at once"))


def place(request: Request, uid: UUID) -> HttpResponse:
    found = _contents(request, uid)
    may_manage = request.actor.may("stock.manage_places", found["place"])
    context = {**found, "may_manage": may_manage, "may_send_back": _sends_back(request, found["place"])}
    return render(request, "desk/warehouse/place.html", {**context, **with_tabs(request)})


def contents(request: Request, uid: UUID) -> HttpResponse:
    """What stands there alone, fetched anew after a scan."""
    return render(request, "desk/warehouse/_contents.html", _contents(request, uid))


def _sends_back(request: Request, place: Place) -> bool:
    """Whether what lies in this centre's quarantine may go back to its supplier from here."""
    here = request.centre is not None and place.centre_id == request.centre.id
    return here and place.kind == "quarantine" and request.actor.may("supply.send_back", place)


def rename(request: Request, uid: UUID) -> HttpResponse:
    name, zone = request.POST.get("name", "")[:120], request.POST.get("zone")
    text = request.POST.get("walk", "").strip()
    walk = int(text[:9]) if text.isascii() and text.isdigit() else None
    said: dict[str, Any] = {"name": name, "zone": zone, "walk": walk}
    renamed = rename_place(request.actor, uid, **said, operation=operation_of(request))
    return go(request, reverse("desk:place", args=[renamed.uid]), _now("Saved."))


def archive(request: Request, uid: UUID) -> HttpResponse:
    archived = archive_place(request.actor, uid, operation=operation_of(request))
    return go(request, reverse("desk:places"), _now("%(place)s is archived.") % {"place": archived})


def _contents(request: Request, uid: UUID) -> dict[str, Any]:
    there = things_at_place(request.actor, uid)
    units = units_for(request.actor).filter(pk__in=there.unit_ids).select_related("product__brand")
    orders = open_orders(request.actor).filter(unit_id__in=there.unit_ids)
    numbers = {order.unit_id: order for order in orders.only("uid", "number", "unit_id")}
    rows = [(unit, numbers.get(unit.pk)) for unit in sorted(units, key=lambda one: there.unit_ids.index(one.pk))]
    serials = pieces_in_places([there.place.pk])
    parts = [(part, serials.get((there.place.pk, part.part_id), ())) for part in there.parts]
    return {"place": there.place, "units": rows, "parts": parts, "hidden": len(there.unit_ids) - len(rows)}


def _made(request: Request, make: type[Form], run: Any, title: object) -> HttpResponse:
    if request.centre is None:
        raise Missing
    context = {"title": title, "url": request.get_full_path(), **with_tabs(request)}
    page, then = "desk/warehouse/place_form.html", back(request, reverse("desk:places"))
    if request.method == "GET":
        return render(request, page, {**context, "form": make()})
    run = partial(run, request.actor, request.centre.uid, operation=operation_of(request))
    return answer_form(request, make(request.POST), run, page=page, then=then, context=context, say=_now("Saved."))
