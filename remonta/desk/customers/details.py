"""What hangs on a customer: phones, addresses, warnings, and who belongs to them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.customers.commands import (
    add_address,
    add_phone,
    change_address,
    flag_customer,
    part_customers,
    relate_customers,
    remove_phone,
)
from remonta.customers.queries import customer_card, find_customers, phones_of
from remonta.desk.customers.forms import RELATIONS, AddressForm, PhoneForm
from remonta.kernel.refusals import Missing
from remonta.web.answers import go
from remonta.web.form_page import form_page, posted_uid
from remonta.web.requests import Request


def phone(request: Request, uid: UUID) -> HttpResponse:
    return _form(request, uid, PhoneForm, lambda **values: add_phone(request.actor, uid, **values), _("Add a phone"))


def drop_phone(request: Request, uid: UUID, phone_id: int) -> HttpResponse:
    remove_phone(request.actor, uid, phone_id=phone_id)
    return go(request, _card(uid), _("Number removed."))


def new_address(request: Request, uid: UUID) -> HttpResponse:
    return _form(
        request, uid, AddressForm, lambda **values: add_address(request.actor, uid, **values), _("Add an address")
    )


def address(request: Request, uid: UUID, address: UUID) -> HttpResponse:
    kept = next((one for one in customer_card(request.actor, uid).addresses if one.uid == address), None)
    if kept is None:
        raise Missing
    fields = ("label", "lines", "postcode", "city", "country")
    return _form(
        request,
        uid,
        AddressForm,
        lambda **values: change_address(request.actor, uid, address_uid=address, **values),
        _("Change the address"),
        {field: getattr(kept, field) for field in fields},
    )


def relate(request: Request, uid: UUID) -> HttpResponse:
    """Find somebody, then say how they belong together."""
    if request.method == "POST":
        other, kind = posted_uid(request, "other"), request.POST.get("kind", "")
        if kind not in dict(RELATIONS):
            raise Missing
        relate_customers(request.actor, uid, other_uid=other, kind=kind)
        return go(request, _card(uid), _("Saved."))
    card = customer_card(request.actor, uid)
    text = request.GET.get("q", "")
    found = [one for one in find_customers(request.actor, text) if one.pk != card.id]
    numbers = phones_of({one.pk for one in found})
    others = [(one, numbers.get(one.pk, "")) for one in found]
    context = {"customer": card, "others": others, "text": text, "kinds": RELATIONS}
    return render(request, "desk/customers/relate.html", context)


def part(request: Request, uid: UUID) -> HttpResponse:
    other, kind = posted_uid(request, "other"), request.POST.get("kind", "")
    part_customers(request.actor, uid, other_uid=other, kind=kind)
    return go(request, _card(uid), _("They no longer belong together."))


def flag(request: Request, uid: UUID) -> HttpResponse:
    flag_customer(request.actor, uid, flag=request.POST.get("flag", ""), on="off" not in request.POST)
    return go(request, _card(uid), _("Saved."))


def _card(uid: UUID) -> str:
    return reverse("desk:customer", args=[uid])


def _form(
    request: Request, uid: UUID, form: Any, run: Any, title: str, initial: dict[str, Any] | None = None
) -> HttpResponse:
    card = customer_card(request.actor, uid)
    links = {"back_url": _card(uid), "back_label": card.name}
    return form_page(request, form, run, title=title, then=_card(uid), initial=initial, **links)
