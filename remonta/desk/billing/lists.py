"""Payments, unclear ones on top, and invoices with their corrections."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.billing.commands import correct_invoice
from remonta.billing.queries import (
    invoice_page,
    invoice_row,
    invoices_for,
    payment_row,
    payments_for,
    unclear_payments,
    with_left,
)
from remonta.billing.words import CORRECTIONS, Method
from remonta.billing.workflow import PaymentState
from remonta.desk.billing.forms import CorrectForm
from remonta.desk.billing.views import tried
from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money
from remonta.web.answers import go
from remonta.web.listing import Column, ListFilter, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge

TONES = {
    "started": "wait",
    "unclear": "warn",
    "paid": "good",
    "refused": "bad",
    "cancelled": "quiet",
    "refunded": "quiet",
}


class PaymentFilter(ListFilter):
    number = forms.CharField(label=gettext_lazy("Order"), max_length=20)
    method = forms.ChoiceField(label=gettext_lazy("How"), choices=[("", gettext_lazy("any way")), *Method.choices])
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=[("", gettext_lazy("any")), *PaymentState.choices])


class InvoiceFilter(ListFilter):
    number = forms.CharField(label=gettext_lazy("Number"), max_length=40)
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2200)


def narrow_payments(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    """By order, way of paying and state."""
    if number := wanted.get("number"):
        rows = rows.filter(work_order__number__begins=number.upper())
    return rows.filter(**{name: wanted[name] for name in ("method", "state") if name in wanted})


def narrow_invoices(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    """By number and year."""
    if number := wanted.get("number"):
        rows = rows.filter(number__icontains=number)
    return rows.filter(year=wanted["year"]) if "year" in wanted else rows


def _here(request: Request, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(centre_id=request.centre.id) if request.centre and len(request.centres) > 1 else rows


PAYMENTS = Listing(
    name="payments",
    title=gettext_lazy("Payments"),
    source=lambda request: with_left(_here(request, payments_for(request.actor))),
    columns=(
        Column("made_at", gettext_lazy("When"), kind="moment", sort="pk"),
        Column("order_number", gettext_lazy("Order")),
        Column("customer", gettext_lazy("Customer")),
        Column("purpose", gettext_lazy("What for"), "purpose_label"),
        Column("method", gettext_lazy("How"), "method_label"),
        Column("amount", gettext_lazy("Amount"), kind="money"),
        Column(
            "state", gettext_lazy("State"), "state_label", html=lambda row: badge(row.state_label, TONES[row.state])
        ),
        Column("reference", gettext_lazy("Reference"), shown=False),
        Column("desk", gettext_lazy("Cash desk"), shown=False),
    ),
    sort="-made_at",
    filters=PaymentFilter,
    narrow=narrow_payments,
    shape=lambda request, rows: [payment_row(row) for row in rows],
    url=PageOf("desk:payment"),
    page="desk/billing/payments.html",
    context=lambda request: {"unclear": unclear_payments(request.actor), **tabs("payments")},
)
INVOICES = Listing(
    name="invoices",
    title=gettext_lazy("Invoices"),
    source=lambda request: _here(request, invoices_for(request.actor)),
    columns=(
        Column("number", gettext_lazy("Number")),
        Column("issued_at", gettext_lazy("Issued"), kind="moment", sort="pk"),
        Column("buyer", gettext_lazy("Buyer")),
        Column("total", gettext_lazy("Total"), kind="money"),
        Column("tax", gettext_lazy("Tax in it"), kind="money"),
    ),
    sort="-issued_at",
    filters=InvoiceFilter,
    narrow=narrow_invoices,
    shape=lambda request, rows: [invoice_row(row) for row in rows],
    url=PageOf("desk:invoice"),
    page="desk/billing/invoices.html",
    context=lambda request: tabs("invoices"),
)


def payments(request: Request) -> HttpResponse:
    """Every payment, those without a result above the list."""
    return PAYMENTS.answer(request)


def invoices(request: Request) -> HttpResponse:
    """Every invoice and correction."""
    return INVOICES.answer(request)


def invoice(request: Request, uid: UUID, form: CorrectForm | None = None) -> HttpResponse:
    """One invoice as it was issued."""
    row = invoice_page(request.actor, uid)
    corrected = getattr(row, "correction", None)
    may_correct = request.actor.may("billing.correct", row) and row.corrects_id is None and corrected is None
    first = {"operation": uuid7()}
    context = {
        "invoice": row,
        "corrected": corrected,
        "total": Money(row.total, row.currency),
        "may_print": request.actor.may("documents.print", row),
        "reason": CORRECTIONS.get(row.contents.get("reason", ""), ""),
        "form": form or (CorrectForm(initial=first) if may_correct else None),
    }
    return render(request, "desk/billing/invoice.html", context, status=422 if form else 200)


def invoice_correct(request: Request, uid: UUID) -> HttpResponse:
    """Takes an invoice back by a correction, and shows the correction."""
    form = CorrectForm(request.POST)
    done: list[Any] = []
    if tried(form, lambda: done.append(correct_invoice(request.actor, uid, **form.cleaned_data))):
        return go(request, reverse("desk:invoice", args=[done[0].uid]), _("Correction issued"))
    return invoice(request, uid, form)


def tabs(here: str) -> dict[str, Any]:
    """The three money pages."""
    places = (
        ("cash", _("Cash desk"), "cash"),
        ("payments", _("Payments"), "coin"),
        ("invoices", _("Invoices"), "file-invoice"),
    )
    return {
        "tabs": [
            {"label": label, "url": reverse(f"desk:{name}"), "current": name == here, "icon": icon}
            for name, label, icon in places
        ]
    }
