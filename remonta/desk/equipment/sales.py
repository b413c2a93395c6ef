"""Shipments of sold products: who got what and when; units are registered from their lines."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from remonta.catalogue.queries import having, products_for
from remonta.customers.queries import customers_for, matching
from remonta.desk.equipment.forms import SaleFilter
from remonta.equipment.commands import list_unit_parts, register_shipped
from remonta.equipment.queries import shipment_line, shipped_pieces_for, sold_to
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import serial_normal
from remonta.web.answers import go, uid_of
from remonta.web.listing import Column, Listing
from remonta.web.requests import Request

SHOWN = 500


def narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    """By serial number or document, customer, product, days, and whether a unit was made of it."""
    if text := wanted.get("q"):
        serial = serial_normal(text)
        begins = Q(serial_normal__gte=serial, serial_normal__lt=serial + "\uffff") & ~Q(serial_normal="")
        rows = rows.filter(begins if serial else Q(pk=None)) | rows.filter(line__shipment__number__startswith=text)
    if (text := wanted.get("customer")) and request.actor.may_somewhere("customers.see"):
        ours = customers_for(request.actor).filter(matching(text)).order_by().values("pk")
        rows = rows.filter(Q(line__shipment__customer__in=ours) | Q(line__shipment__customer_name__icontains=text))
    if text := wanted.get("product"):
        models = products_for(request.actor).filter(having(text)).order_by().values("pk")
        rows = rows.filter(line__product__in=models)
    days = {"since": "line__shipment__shipped_on__gte", "until": "line__shipment__shipped_on__lte"}
    rows = rows.filter(**{days[name]: wanted[name] for name in days if name in wanted})
    return rows.filter(unit__isnull=wanted["made"] == "no") if "made" in wanted else rows


def unit_of(row: Any) -> object:
    """The unit it became, leading there."""
    return format_html('<a href="{}">{}</a>', reverse("desk:unit", args=[row.unit.uid]), row.unit) if row.unit else ""


def with_customers(request: Request, rows: list[Any]) -> list[Any]:
    """The rows with the name of who got them, as far as the reader may see it. No statement."""
    for row in rows:
        row.sold_to = sold_to(request.actor, row.line.shipment)
    return rows


SALES = Listing(
    name="sales",
    title=gettext_lazy("Shipments"),
    source=lambda request: shipped_pieces_for(request.actor).select_related(
        "line__shipment__customer", "line__product__brand", "unit"
    ),
    columns=(
        Column("number", gettext_lazy("Document"), "line.shipment.number"),
        Column("shipped_on", gettext_lazy("Shipped on"), "line.shipment.shipped_on", kind="day"),
        Column("customer", gettext_lazy("Customer"), "sold_to"),
        Column("product", gettext_lazy("Model"), lambda row: str(row.line.product)),
        Column("serial", gettext_lazy("Serial number")),
        Column("quantity", gettext_lazy("Quantity"), kind="number"),
        Column("unit", gettext_lazy("Unit"), lambda row: str(row.unit) if row.unit else "", html=unit_of),
    ),
    sort="-pk",
    filters=SaleFilter,
    narrow=narrow,
    shape=with_customers,
    url=lambda row: reverse("desk:sale", args=[row.line.uid]),
    page="desk/equipment/sales.html",
)


def sales(request: Request) -> HttpResponse:
    return SALES.answer(
        request,
        empty_title=_("No shipments yet"),
        empty_text=_("They come from a file of your sales system, under Imports."),
    )


def sale(request: Request, uid: UUID) -> HttpResponse:
    """A line with its pieces, and what they were built with."""
    line = shipment_line(request.actor, uid)
    pieces = line.pieces.select_related("unit").order_by("pk")
    context = {
        "line": line,
        "pieces": pieces[:SHOWN],
        "waiting": pieces.filter(unit=None).exists(),
        "sold_to": sold_to(request.actor, line.shipment),
        "customer": customers_for(request.actor).filter(pk=line.shipment.customer_id or 0).first(),
        "may_write": request.centre is not None and request.actor.may_at("equipment.write", request.centre.id),
    }
    return render(request, "desk/equipment/sale.html", context)


def register(request: Request, uid: UUID) -> HttpResponse:
    """Makes units of all pieces of a line, or of the one chosen; they are known at the centre one works in."""
    if request.centre is None:
        raise NotPermitted
    chosen = [uid_of(one) for one in request.POST.getlist("piece")]
    units = register_shipped(request.actor, uid, centre_id=request.centre.id, pieces=chosen)
    if len(units) == 1:
        return go(request, reverse("desk:unit", args=[units[0].uid]), _("Registered."))
    count = len(units)
    say = ngettext("%(count)s unit registered.", "%(count)s units registered.", count) % {"count": count}
    return go(request, reverse("desk:sale", args=[uid]), say)


def list_parts(request: Request, uid: UUID) -> HttpResponse:
    """Gives a unit its own parts list."""
    list_unit_parts(request.actor, uid)
    return go(request, reverse("desk:unit", args=[uid]), _("Saved."))
