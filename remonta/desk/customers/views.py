"""The list of customers, the card, and the forms for the whole of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.customers.commands import change_customer, merge_customers, register_customer
from remonta.customers.queries import (
    CustomerCard,
    alike,
    customer_card,
    customers_for,
    family_of,
    find_customers,
    flags,
    matching,
    phones_of,
)
from remonta.desk.customers.forms import CHANNELS, CustomerFilter, CustomerForm, NewCustomerForm
from remonta.equipment.queries import units_of
from remonta.kernel.refusals import NotPermitted
from remonta.orders.queries import customer_history
from remonta.web.answers import go
from remonta.web.form_page import form_page, posted_uid
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge


@dataclass(frozen=True)
class CustomerRow:
    """A customer as the list shows them."""

    uid: UUID
    name: str
    phone: str
    email: str
    kind: str
    language: str
    tax_id: str
    flags: tuple[str, ...]
    created_at: datetime


def narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    if text := wanted.get("q"):
        rows = rows.filter(matching(text, request.centre.country if request.centre else ""))
    return rows.filter(kind=wanted["kind"]) if "kind" in wanted else rows


def with_phones(request: Request, rows: list[Any]) -> Sequence[CustomerRow]:
    numbers, words = phones_of({row.pk for row in rows}), dict(flags())
    return [
        CustomerRow(
            uid=row.uid,
            name=row.name,
            phone=numbers.get(row.pk, ""),
            email=row.email,
            kind=row.get_kind_display(),
            language=row.get_language_display(),
            tax_id=row.tax_id,
            flags=tuple(words.get(flag, flag) for flag in row.flags),
            created_at=row.created_at,
        )
        for row in rows
    ]


CUSTOMERS = Listing(
    name="customers",
    title=gettext_lazy("Customers"),
    source=lambda request: customers_for(request.actor).filter(erased_at=None),
    columns=(
        Column("name", gettext_lazy("Name"), sort="sort_name"),
        Column("phone", gettext_lazy("Phone"), kind="phone"),
        Column("email", gettext_lazy("E-mail")),
        Column("kind", gettext_lazy("Kind")),
        Column(
            "flags",
            gettext_lazy("Warnings"),
            lambda row: ", ".join(row.flags),
            html=lambda row: format_html_join(" ", "{}", ((badge(flag, "warn"),) for flag in row.flags)),
        ),
        Column("language", gettext_lazy("Language"), shown=False),
        Column("tax_id", gettext_lazy("Tax number"), shown=False),
        Column("created_at", gettext_lazy("Since"), kind="day", shown=False),
    ),
    sort="name",
    filters=CustomerFilter,
    narrow=narrow,
    shape=with_phones,
    url=PageOf("desk:customer"),
    page="desk/customers/list.html",
    export_right="customers.export",
)


def customers(request: Request) -> HttpResponse:
    return CUSTOMERS.answer(
        request,
        live_list="customers.customer",
        may_write=request.actor.may_somewhere("customers.write"),
        empty_title=_("No customers yet"),
        empty_text=_("They come with the first repair, or are added here."),
    )


def customer(request: Request, uid: UUID) -> HttpResponse:
    """The card, with units and what we did for the customer."""
    return render(request, "desk/customers/customer.html", card_context(request, customer_card(request.actor, uid)))


def card_context(request: Request, card: CustomerCard) -> dict[str, Any]:
    actor = request.actor
    family = family_of(card.id)
    sees_orders = actor.may_somewhere("orders.see")
    return {
        "customer": card,
        "units": units_of(actor, family) if actor.may_somewhere("equipment.see") else (),
        "past": [row for one in family for row in customer_history(actor, one)] if sees_orders else (),
        "may_write": may_change(request, card),
        "may_erase": not card.erased_at and customers_for(actor, "customers.erase").filter(pk=card.id).exists(),
        "may_merge": not card.erased_at and customers_for(actor, "customers.merge").filter(pk=card.id).exists(),
        "reached_by": [label for channel, label in CHANNELS if card.may_contact.get(channel)],
        "unset_flags": [pair for pair in flags() if pair not in card.flags],
    }


def may_change(request: Request, card: CustomerCard) -> bool:
    return not card.erased_at and customers_for(request.actor, "customers.write").filter(pk=card.id).exists()


def new_customer(request: Request) -> HttpResponse:
    centre = request.centre
    if centre is None:
        raise NotPermitted

    def run(phone: str, second_phone: str, **values: Any) -> Any:
        return register_customer(request.actor, phones=[phone, second_phone], centre_id=centre.id, **values)

    return form_page(
        request,
        NewCustomerForm,
        run,
        title=gettext_lazy("New customer"),
        then=lambda made: reverse("desk:customer", args=[made.uid]),
        initial={
            "name": request.GET.get("name", ""),
            "phone": request.GET.get("phone", ""),
            "language": centre.language,
        },
        back_url=reverse("desk:customers"),
        back_label=_("Customers"),
    )


def edit_customer(request: Request, uid: UUID) -> HttpResponse:
    card = customer_card(request.actor, uid)
    if not may_change(request, card):
        raise NotPermitted
    fields = ("name", "kind", "email", "language", "tax_id", "note")
    here = reverse("desk:customer", args=[uid])
    return form_page(
        request,
        CustomerForm,
        lambda **values: change_customer(request.actor, uid, **values),
        title=gettext_lazy("Change %(name)s") % {"name": card.name},
        then=here,
        initial={
            **{field: getattr(card, field) for field in fields},
            "may_contact": [channel for channel, allowed in card.may_contact.items() if allowed],
        },
        back_url=here,
        back_label=card.name,
    )


def merge(request: Request, uid: UUID) -> HttpResponse:
    """Choose the other entry of the same customer; this one is found under it from then on."""
    if request.method == "POST":
        kept = merge_customers(request.actor, uid, into_uid=posted_uid(request, "into"))
        return go(request, reverse("desk:customer", args=[kept.uid]), _("The two are one customer now."))
    card = customer_card(request.actor, uid)
    text = request.GET.get("q", "")
    found = find_customers(request.actor, text) if text else alike(request.actor, card.id)
    numbers = phones_of({one.pk for one in found})
    others = [(one, numbers.get(one.pk, "")) for one in found if one.pk != card.id]
    return render(request, "desk/customers/merge.html", {"customer": card, "others": others, "text": text})
