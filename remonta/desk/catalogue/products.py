"""Models: the list, a model with its known faults and fitting parts."""

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

from remonta.catalogue.commands import (
    add_known_fault,
    add_product,
    archive_product,
    change_product,
    fit_part,
    remove_known_fault,
)
from remonta.catalogue.queries import find_part, having, product_card, products_for, services_for, versions_of
from remonta.desk.catalogue.forms import EntryFilter, FaultForm, ProductForm
from remonta.desk.catalogue.frame import entry_form, with_tabs
from remonta.kernel.texts import said
from remonta.web.answers import go
from remonta.web.form_page import posted_uid
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request


def narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    """Offered ones unless something else is asked for."""
    if "q" in wanted:
        rows = rows.filter(having(wanted["q"]))
    if "category" in wanted:
        rows = rows.filter(category_id=wanted["category"])
    which = wanted.get("which", "")
    return rows if which == "all" else rows.filter(archived_at__isnull=which != "archived")


def said_category(request: Request, rows: list[Any]) -> list[Any]:
    for row in rows:
        row.category_said = said(row.category.names, request.actor.language) if row.category else ""
    return rows


PRODUCTS = Listing(
    name="products",
    title=gettext_lazy("Models"),
    source=lambda request: products_for(request.actor),
    columns=(
        Column("name", gettext_lazy("Model"), str, sort="sort_name"),
        Column("code", gettext_lazy("Maker’s code")),
        Column("category", gettext_lazy("Kind of device"), "category_said"),
    ),
    sort="name",
    filters=EntryFilter,
    narrow=narrow,
    shape=said_category,
    url=PageOf("desk:product"),
    page="desk/catalogue/products.html",
    context=with_tabs,
)


def products(request: Request) -> HttpResponse:
    return PRODUCTS.answer(request, empty_title=_("No models yet"), empty_text=_("Add the devices you repair."))


def product(request: Request, uid: UUID) -> HttpResponse:
    """The model's card; `part` in the address looks for parts to add."""
    card = product_card(request.actor, uid)
    text = request.GET.get("part", "")
    fitting = {part.pk for part in card.parts}
    found = [part for part in find_part(request.actor, text) if part.pk not in fitting] if text else []
    lists = versions_of(request.actor, product_id=card.id)
    context = {**with_tabs(request), "product": card, "found": found, "text": text, "lists": lists}
    return render(request, "desk/catalogue/product.html", context)


def new_product(request: Request) -> HttpResponse:
    return entry_form(
        request,
        partial(ProductForm, request=request),
        lambda **values: add_product(request.actor, **values),
        page="desk/catalogue/product_form.html",
        title=gettext_lazy("New model"),
        then=lambda made: reverse("desk:product", args=[made.uid]),
        back_url=reverse("desk:products"),
        back_label=_("Models"),
    )


def edit_product(request: Request, uid: UUID) -> HttpResponse:
    card = product_card(request.actor, uid)
    here = reverse("desk:product", args=[uid])
    return entry_form(
        request,
        partial(ProductForm, request=request),
        lambda **values: change_product(request.actor, uid, **values),
        page="desk/catalogue/product_form.html",
        title=gettext_lazy("Change %(name)s") % {"name": card.full_name},
        then=here,
        initial={field: getattr(card, field) for field in ("brand", "name", "code", "category_id")},
        back_url=here,
        back_label=card.full_name,
    )


def archive(request: Request, uid: UUID) -> HttpResponse:
    archive_product(request.actor, uid, restore="restore" in request.POST)
    return go(request, reverse("desk:product", args=[uid]), _("Saved."))


def new_fault(request: Request, uid: UUID) -> HttpResponse:
    card = product_card(request.actor, uid)
    here = reverse("desk:product", args=[uid])
    language = request.actor.language
    works = services_for(request.actor).filter(archived_at=None).order_by("code")[:500]

    def run(service: str, **texts: Any) -> Any:
        return add_known_fault(request.actor, uid, service_uid=UUID(service) if service else None, **texts)

    return entry_form(
        request,
        partial(FaultForm, works=[(str(one.uid), said(one.names, language)) for one in works]),
        run,
        title=gettext_lazy("Known fault of %(name)s") % {"name": card.full_name},
        then=here,
        back_url=here,
        back_label=card.full_name,
    )


def drop_fault(request: Request, uid: UUID, fault: int) -> HttpResponse:
    remove_known_fault(request.actor, uid, fault_id=fault)
    return go(request, reverse("desk:product", args=[uid]), _("Removed."))


def fit(request: Request, uid: UUID) -> HttpResponse:
    """A part fits the model, or does not after all."""
    fit_part(request.actor, posted_uid(request, "part"), product_uid=uid, fits="drop" not in request.POST)
    return go(request, reverse("desk:product", args=[uid]), _("Saved."))
