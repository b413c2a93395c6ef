"""What is where in all centres, today or when a past day ended; and things that are only here for a time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import having, parts_for
from remonta.desk.warehouse.forms import end_of
from remonta.desk.warehouse.frame import with_tabs
from remonta.equipment.queries import units_for
from remonta.identity.queries import every_centre
from remonta.kernel.money import Money
from remonta.orders.queries import open_orders
from remonta.stock.queries import PLACE_KINDS, STORES, Balance, Standing, standing_units, stock_at
from remonta.web.access import ACCESS
from remonta.web.listing import Column, ListFilter, Listing
from remonta.web.middleware import opens
from remonta.web.requests import Request
from remonta.web.templatetags.formats import unit_price

FINEST = 4
KINDS = [
    ("", _("in stores")),
    ("all", _("everywhere")),
    *PLACE_KINDS,
    ("courier", _("on the way")),
    ("repair", _("in repairs")),
]
WHAT = [
    ("", _("everything")),
    ("customers", _("customers’ units")),
    ("ours", _("our own units")),
    ("quarantine", _("in quarantine")),
    ("way", _("on the way")),
]
DAY = forms.DateInput(attrs={"type": "date"})
QUERY_WORDS = {
    "empty_title": _("Nothing was there"),
    "empty_text": _("Choose another day, place or part."),
}
TEMPORARY_WORDS = {
    "live_list": "stock.move",
    "empty_title": _("No units are here"),
    "empty_text": _("Units that are taken in appear here with their place and since when they stand there."),
}


class CentreField(forms.ChoiceField):
    """One of the centres of the network."""

    def __init__(self, **more: Any) -> None:
        super().__init__(label=_("Centre"), choices=_centres, **more)


def _centres() -> list[tuple[str, Any]]:
    return [("", _("all centres")), *((str(one.pk), one.name) for one in every_centre().order_by("name"))]


class QueryFilter(ListFilter):
    day = forms.DateField(label=_("When this day ended"), widget=DAY)
    centre = CentreField()
    q = forms.CharField(label=_("Part"), max_length=80, widget=forms.SearchInput)
    kind = forms.ChoiceField(label=_("Where"), choices=KINDS)


class TemporaryFilter(ListFilter):
    what = forms.ChoiceField(label=_("What"), choices=WHAT)
    centre = CentreField()
    days = forms.IntegerField(label=_("Longer than days"), min_value=1, max_value=3650)


def moment_of(day: date | None) -> datetime | None:
    """When that day ended, in the reader's zone; None for no day and for today."""
    return None if day is None or day >= timezone.localdate() else end_of(day)


def _source(request: Request) -> QuerySet[Balance]:
    form = QueryFilter(request.GET, request)
    return stock_at(request.actor, moment_of(form.wanted().get("day"))).select_related(
        "part", "place__centre__legal_entity"
    )


def _narrow(rows: QuerySet[Balance], wanted: Mapping[str, Any], request: Request) -> QuerySet[Balance]:
    if "q" in wanted:
        rows = rows.filter(part__in=parts_for(request.actor).filter(having(wanted["q"])))
    if "centre" in wanted:
        rows = rows.filter(place__centre_id=wanted["centre"])
    kind = wanted.get("kind", "")
    return rows if kind == "all" else rows.filter(place__kind__in=[kind] if kind else STORES)


def _shaped(request: Request, rows: list[Balance]) -> Sequence[Balance]:
    """The place only where the actor sees places, what it cost only where the actor sees costs. No statement."""
    for row in rows:
        there: Any = row
        seen = request.actor.may("stock.see_places", row.place)
        there.code = row.place.code if seen else ""
        known = request.actor.may("stock.see_cost", row.place) and there.cost is not None
        there.currency = row.place.centre.legal_entity.currency if row.place.centre else ""
        there.each = round(there.cost, FINEST) if known else None
        there.worth = Money.of(there.cost * there.then / 1000, there.currency) if known else None
    return rows


QUERY = Listing(
    name="everywhere",
    title=_("Stock of all centres"),
    columns=(
        Column("number", _("Number"), "part.number", sort="part__number"),
        Column("name", _("Part"), "part.name", sort="part__sort_name"),
        Column("centre", _("Centre"), "place.centre.name", sort="place__centre__name"),
        Column("place", _("Place"), "code"),
        Column("kind", _("Kind"), lambda row: row.place.get_kind_display()),
        Column("then", _("On hand"), kind="quantity"),
        Column(
            "each",
            _("Unit cost"),
            kind="number",
            right="stock.see_cost",
            html=lambda row: unit_price(row.each, row.currency),
        ),
        Column("worth", _("Value"), kind="money", right="stock.see_cost"),
    ),
    source=_source,
    sort="name",
    page="desk/warehouse/everywhere.html",
    filters=QueryFilter,
    narrow=_narrow,
    shape=_shaped,
    url=lambda row: reverse("desk:part-stock", args=[row.part.uid]),
    context=with_tabs,
)


def query(request: Request) -> HttpResponse:
    return QUERY.answer(request, **QUERY_WORDS)


def _standing(request: Request) -> QuerySet[Standing]:
    seen = units_for(request.actor)
    orders = open_orders(request.actor).filter(unit=OuterRef("unit")).order_by("-pk")
    number = {"order_number": Subquery(orders.values("number")[:1]), "order_uid": Subquery(orders.values("uid")[:1])}
    rows = standing_units(request.actor).filter(unit__in=seen).annotate(**number)
    return rows.select_related("unit__product__brand", "place__centre")


def _for_a_time(rows: QuerySet[Standing], wanted: Mapping[str, Any], request: Request) -> QuerySet[Standing]:
    which: dict[str, dict[str, Any]] = {
        "customers": {"unit__owner__isnull": False},
        "ours": {"unit__owner__isnull": True},
        "quarantine": {"place__kind": "quarantine"},
        "way": {"place__kind": "courier"},
    }
    rows = rows.filter(**which.get(wanted.get("what", ""), {}))
    if "centre" in wanted:
        rows = rows.filter(place__centre_id=wanted["centre"])
    if "days" in wanted:
        rows = rows.filter(since__lt=request.actor.now() - timedelta(days=wanted["days"]))
    return rows


TEMPORARY = Listing(
    name="temporary",
    title=_("Here for a time"),
    columns=(
        Column("unit", _("Unit"), lambda row: str(row.unit)),
        Column("product", _("Model"), lambda row: str(row.unit.product)),
        Column("whose", _("Whose"), lambda row: _("a customer’s") if row.unit.owner_id else _("ours")),
        Column("centre", _("Centre"), "place.centre.name"),
        Column("place", _("Place"), lambda row: str(row.place)),
        Column("kind", _("Kind"), lambda row: row.place.get_kind_display()),
        Column("since", _("Since"), kind="moment", sort="since"),
        Column("order", _("Order"), "order_number"),
    ),
    source=_standing,
    sort="since",
    page="desk/warehouse/temporary.html",
    filters=TemporaryFilter,
    narrow=_for_a_time,
    url=lambda row: reverse("desk:order", args=[row.order_uid]) if row.order_uid else "",
    context=with_tabs,
)


def temporary(request: Request) -> HttpResponse:
    return TEMPORARY.answer(request, **TEMPORARY_WORDS, may_see_loaners=opens(ACCESS["desk:loaners", "GET"], request))
