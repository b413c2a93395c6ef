"""Forgetting a customer who asks for it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.customers.commands import erase_customer
from remonta.customers.queries import customer_card, customers_for
from remonta.kernel.refusals import NotPermitted
from remonta.web.form_page import form_page
from remonta.web.requests import Request


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label=gettext_lazy("They asked for it themselves, and I know it is they who asked."),
        error_messages={"required": gettext_lazy("Make sure of that first: what is erased cannot be brought back.")},
    )


def erase(request: Request, uid: UUID) -> HttpResponse:
    """What goes and what stays, and one box to tick; then all of it at once."""
    card = customer_card(request.actor, uid)
    if not customers_for(request.actor, "customers.erase").filter(pk=card.id).exists():
        raise NotPermitted

    def run(sure: bool) -> Any:
        return erase_customer(request.actor, uid)

    return form_page(
        request,
        EraseForm,
        run,
        page="desk/customers/erase.html",
        title=gettext_lazy("Erase personal data"),
        then=reverse("desk:customer", args=[uid]),
        say=gettext_lazy("Personal data erased."),
        customer=card,
        save_label=_("Erase for good"),
        back_url=reverse("desk:customer", args=[uid]),
        back_label=card.name,
    )
