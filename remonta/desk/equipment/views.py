"""The product archive: the list, a unit with its history, and what is changed."""

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

from remonta.catalogue.queries import having, list_on, products_for
from remonta.customers.queries import find_customers, phones_of
from remonta.desk.equipment.forms import LINKS, REASONS, UnitFilter, UnitForm
from remonta.desk.loans.pool import page_of_unit
from remonta.equipment.commands import (
    change_owner,
    change_unit,
    deactivate_unit,
    link_units,
    merge_units,
    reactivate_unit,
    register_unit,
)
from remonta.equipment.queries import (
    UnitCard,
    find_units,
    numbered,
    shipped_with,
    unit_card,
    unit_family,
    unit_parts,
    units_for,
)
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.kernel.texts import serial_normal
from remonta.orders.queries import unit_history
from remonta.stock.queries import can_be_taken_apart, dismantling_of
from remonta.web.answers import go
from remonta.web.form_page import form_page, posted_uid
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request

FIELDS = ("serial", "second_serial", "sold_on", "warranty_until", "quantity", "batch", "note")


def narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    if text := wanted.get("q"):
        serial = serial_normal(text)
        begins = rows.filter(numbered(serial, beginning=True))
        models = products_for(request.actor).filter(having(text)).order_by().values("pk")
        rows = begins | rows.filter(product__in=models)
    if "category" in wanted:
        rows = rows.filter(product__category_id=wanted["category"])
    return rows.filter(state=wanted["state"]) if "state" in wanted else rows


UNITS = Listing(
    name="units",
    title=gettext_lazy("Units"),
    source=lambda request: units_for(request.actor).select_related("product__brand", "product__category"),
    columns=(
        Column("number", gettext_lazy("Serial number or tag"), str),
        Column("product", gettext_lazy("Model"), lambda row: str(row.product), sort="product__sort_name"),
        Column("warranty_until", gettext_lazy("Warranty until"), kind="day", sort="warranty_until", nulls=True),
        Column("state", gettext_lazy("State"), lambda row: row.get_state_display()),
        Column("created_at", gettext_lazy("Known since"), kind="day", sort="created_at"),
        Column("batch", gettext_lazy("Batch"), shown=False),
        Column("quantity", gettext_lazy("Quantity"), kind="number", shown=False),
    ),
    sort="-pk",
    filters=UnitFilter,
    narrow=narrow,
    url=PageOf("desk:unit"),
    page="desk/equipment/list.html",
)


def units(request: Request) -> HttpResponse:
    return UNITS.answer(
        request,
        may_write=request.actor.may_somewhere("equipment.write"),
        empty_title=_("No units yet"),
        empty_text=_("Every unit taken in is kept here, with its history."),
    )


def unit(request: Request, uid: UUID) -> HttpResponse:
    """The card and everything ever done to the unit in the network."""
    card = unit_card(request.actor, uid)
    past = [row for one in unit_family(card.id) for row in unit_history(request.actor, one)]
    context = {
        "unit": card,
        "past": past,
        "parts": unit_parts(request.actor, card.id),
        "shipped": shipped_with(request.actor, card.id),
        "listable": list_on(card.sold_on or request.actor.now().date(), product_id=card.product_id) is not None,
        "may_write": may_change(request, card),
        "may_retire": request.actor.may_at("equipment.retire", None),
        "reasons": REASONS,
        "loaner_url": page_of_unit(request, card.id) if request.actor.may_somewhere("stock.see_loaners") else "",
        "apart": dismantling_of(request.actor, card.id),
        "may_take_apart": can_be_taken_apart(request.actor, card.id) if card.owner_uid is None else False,
        "may_pool": card.state == "active" and request.actor.may_somewhere("stock.keep_loaners"),
    }
    return render(request, "desk/equipment/unit.html", context)


def may_change(request: Request, card: UnitCard) -> bool:
    return units_for(request.actor, "equipment.write").filter(pk=card.id).exists()


def new_unit(request: Request) -> HttpResponse:
    centre = request.centre
    if centre is None:
        raise NotPermitted
    return _form(
        request,
        lambda **values: register_unit(request.actor, centre_id=centre.id, **values),
        title=gettext_lazy("New unit"),
        then=lambda made: reverse("desk:unit", args=[made.uid]),
        initial={"serial": request.GET.get("serial", ""), "quantity": 1},
        back_url=reverse("desk:units"),
        back_label=_("Units"),
    )


def edit_unit(request: Request, uid: UUID) -> HttpResponse:
    card = unit_card(request.actor, uid)
    if not may_change(request, card):
        raise NotPermitted
    here = reverse("desk:unit", args=[uid])
    return _form(
        request,
        lambda **values: change_unit(request.actor, uid, **values),
        title=gettext_lazy("Change %(name)s") % {"name": card.number},
        then=here,
        initial={"product": card.product, **{field: getattr(card, field) for field in FIELDS}},
        back_url=here,
        back_label=card.number,
    )


def move(request: Request, uid: UUID) -> HttpResponse:
    """Out of service, or back."""
    if request.POST.get("move") == "reactivate":
        reactivate_unit(request.actor, uid)
    else:
        reason = request.POST.get("reason", "")
        deactivate_unit(request.actor, uid, reason=reason if reason in dict(REASONS) else "other")
    return go(request, reverse("desk:unit", args=[uid]), _("Saved."))


def owner(request: Request, uid: UUID) -> HttpResponse:
    """Find the customer to whom it belongs now."""
    if request.method == "POST":
        chosen = request.POST.get("owner", "")
        change_owner(request.actor, uid, owner_uid=posted_uid(request, "owner") if chosen else None)
        return go(request, reverse("desk:unit", args=[uid]), _("Saved."))
    text = request.GET.get("q", "")
    found = find_customers(request.actor, text)
    numbers = phones_of({one.pk for one in found})
    others = [(one, numbers.get(one.pk, "")) for one in found]
    context = {"unit": unit_card(request.actor, uid), "others": others, "text": text}
    return render(request, "desk/equipment/owner.html", context)


def link(request: Request, uid: UUID) -> HttpResponse:
    """Find another unit, and say how the two belong together."""
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in dict(LINKS):
            raise Missing
        link_units(request.actor, uid, other_uid=posted_uid(request, "other"), kind=kind)
        return go(request, reverse("desk:unit", args=[uid]), _("Saved."))
    return _choose(request, uid, "desk/equipment/link.html", kinds=LINKS)


def merge(request: Request, uid: UUID) -> HttpResponse:
    """Find the other entry of the same device; this one is found under it from then on."""
    if request.method == "POST":
        kept = merge_units(request.actor, uid, into_uid=posted_uid(request, "into"))
        return go(request, reverse("desk:unit", args=[kept.uid]), _("The two are one unit now."))
    return _choose(request, uid, "desk/equipment/merge.html")


def _choose(request: Request, uid: UUID, page: str, **more: Any) -> HttpResponse:
    card = unit_card(request.actor, uid)
    text = request.GET.get("q", "")
    others = [one for one in find_units(request.actor, text) if one.pk != card.id]
    return render(request, page, {"unit": card, "others": others, "text": text, **more})


def _form(request: Request, run: Any, **more: Any) -> HttpResponse:
    models = products_for(request.actor).filter(archived_at=None).order_by("sort_name")[:2000]
    make = partial(UnitForm, request=request)
    return form_page(request, make, run, page="desk/equipment/form.html", models=[str(one) for one in models], **more)
