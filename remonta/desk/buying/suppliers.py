"""Suppliers, and what each of them sells."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.buying.forms import SoldPartForm, SupplierFilter, SupplierForm, SupplierPartForm
from remonta.desk.buying.frame import with_tabs
from remonta.kernel.money import Money
from remonta.kernel.texts import normal
from remonta.supply.commands import (
    add_supplier,
    add_supplier_part,
    archive_supplier,
    change_supplier,
    change_supplier_part,
)
from remonta.supply.queries import Supplier, offers_of_supplier, sees_prices, supplier_parts_for, suppliers_for
from remonta.web.answers import answer_form, go
from remonta.web.form_page import form_page
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request

FIELDS = (
    "name",
    "currency",
    "lead_days",
    "warranty_months",
    "contact",
    "email",
    "phone",
    "our_number",
    "tax_id",
    "language",
    "address",
    "notes",
)


def _narrow(rows: QuerySet[Supplier], wanted: Mapping[str, Any], request: Request) -> QuerySet[Supplier]:
    if "q" in wanted:
        rows = rows.filter(sort_name__contains=normal(wanted["q"]))
    which = wanted.get("which", "")
    return rows if which == "all" else rows.filter(archived_at__isnull=which != "archived")


SUPPLIERS = Listing(
    name="suppliers",
    title=gettext_lazy("Suppliers"),
    columns=(
        Column("name", gettext_lazy("Name"), sort="sort_name"),
        Column("currency", gettext_lazy("Currency")),
        Column("lead_days", gettext_lazy("Lead time in days"), kind="number", sort="lead_days"),
        Column("contact", gettext_lazy("Contact person")),
        Column("email", gettext_lazy("E-mail")),
        Column("phone", gettext_lazy("Phone")),
    ),
    source=lambda request: suppliers_for(request.actor),
    sort="name",
    page="desk/buying/suppliers.html",
    filters=SupplierFilter,
    narrow=_narrow,
    url=PageOf("desk:supplier"),
    context=with_tabs,
)


def suppliers(request: Request) -> HttpResponse:
    text = _("Add whom you buy parts from, with currency and lead time.")
    return SUPPLIERS.answer(request, empty_title=_("No suppliers yet"), empty_text=text)


def new_supplier(request: Request) -> HttpResponse:
    return form_page(
        request,
        SupplierForm,
        lambda **values: add_supplier(request.actor, **values),
        title=gettext_lazy("New supplier"),
        then=_page_of,
        back_url=reverse("desk:suppliers"),
        back_label=_("Suppliers"),
        **with_tabs(request),
    )


def supplier(request: Request, uid: UUID) -> HttpResponse:
    """The supplier with its terms, and the parts it sells; who may not keep suppliers reads it."""
    one = suppliers_for(request.actor).get(uid=uid)
    page = "desk/buying/supplier.html"
    context = {
        "supplier": one,
        "sold": offers_of_supplier(request.actor, one.pk),
        "sees_prices": sees_prices(request.actor),
        **with_tabs(request),
    }
    if request.method == "GET":
        initial = {name: getattr(one, name) for name in FIELDS}
        initial["minimum"] = Money(one.minimum, one.currency).major if one.minimum else ""
        return render(request, page, {**context, "form": SupplierForm(initial=initial)})
    run = partial(change_supplier, request.actor, uid)
    return answer_form(
        request, SupplierForm(request.POST), run, page=page, then=_page_of, context=context, say=_("Saved.")
    )


def archive(request: Request, uid: UUID) -> HttpResponse:
    archive_supplier(request.actor, uid, restore="restore" in request.POST)
    return go(request, reverse("desk:supplier", args=[uid]), _("Saved."))


def new_part(request: Request, uid: UUID) -> HttpResponse:
    """One more of our parts that the supplier sells."""
    one = suppliers_for(request.actor).get(uid=uid)

    def run(part: Any, **values: Any) -> object:
        return add_supplier_part(request.actor, uid, part_uid=part.uid, **values)

    then = reverse("desk:supplier", args=[uid])
    return form_page(
        request,
        partial(SupplierPartForm, request=request),
        run,
        title=_("%(supplier)s sells") % {"supplier": one.name},
        then=then,
        initial={"currency": one.currency, "minimum": "1", "multiple": "1"},
        back_url=then,
        back_label=one.name,
        **with_tabs(request),
    )


def sold_part(request: Request, uid: UUID) -> HttpResponse:
    """Number, price and lots of a part at a supplier."""
    row = supplier_parts_for(request.actor).select_related("supplier", "part").get(uid=uid)
    then = reverse("desk:supplier", args=[row.supplier.uid])
    initial = {
        "number": row.number,
        "price": f"{row.price.normalize():f}" if row.price is not None else "",
        "currency": row.currency,
        "minimum": f"{row.minimum / 1000:g}",
        "multiple": f"{row.multiple / 1000:g}",
        "lead_days": row.lead_days,
        "warranty_months": row.warranty_months,
        "archived": row.archived_at is not None,
    }
    return form_page(
        request,
        SoldPartForm,
        lambda **values: change_supplier_part(request.actor, uid, **values),
        title=f"{row.part} · {row.supplier}",
        then=then,
        initial=initial,
        back_url=then,
        back_label=row.supplier.name,
        **with_tabs(request),
    )


def _page_of(one: Supplier) -> str:
    return reverse("desk:supplier", args=[one.uid])
