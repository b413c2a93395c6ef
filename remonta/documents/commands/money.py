"""Printing what was paid, invoiced and handed over."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from remonta.billing.queries import PaymentRow, charge_lines, invoice_page, owed, payment_shape
from remonta.documents.commands.issuing import issue_document
from remonta.documents.commands.links import with_link
from remonta.documents.commands.orders import order_to_print
from remonta.documents.models import Document
from remonta.documents.pieces import company_of, customer_of, language_of, unit_of, zone
from remonta.documents.queries import logo_of
from remonta.documents.shapes import (
    ActData,
    Company,
    InvoiceData,
    InvoiceLine,
    Line,
    Pair,
    Party,
    PaymentData,
    PaymentLine,
    Sum,
    TaxLine,
)
from remonta.documents.written import day, moment, money, percent, phone, price, quantity
from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.kernel.refusals import NotPermitted
from remonta.orders.queries import WorkOrder
from remonta.quotes.queries import approved_lines
from remonta.spine.commands import command


@command
def print_payment(actor: Actor, payment_uid: UUID, *, paper: str = "roll80") -> Document:
    """The receipt for one payment or refund, in the customer's language. Raises NotPermitted, NoSuchForm."""
    payment = payment_shape(actor, payment_uid)
    order = order_to_print(actor, payment.order_uid)
    with translation.override(language_of(order)):
        form = _payment(order, payment, paper)
        return with_link(actor, order, form, subject="billing.payment", subject_id=payment.id)


@command
def print_act(actor: Actor, work_order_uid: UUID) -> Document:
    """The completion act: what was done, what it cost, what is paid. Raises NotPermitted where money is not seen."""
    order = order_to_print(actor, work_order_uid)
    if not actor.may("billing.see", order):
        raise NotPermitted
    with translation.override(language_of(order)):
        return with_link(actor, order, _act(order))


@command
def print_invoice(actor: Actor, invoice_uid: UUID) -> Document:
    """The invoice from the contents billing has frozen, with their SHA-256 at the foot."""
    invoice = invoice_page(actor, invoice_uid)
    order = order_to_print(actor, invoice.work_order.uid) if invoice.work_order else None
    language = language_of(order) if order else invoice.centre.language
    with translation.override(language):
        form = replace(_invoice(invoice, language), logo=logo_of(actor, invoice.legal_entity_id))
        about: dict[str, Any] = {
            "subject": "billing.invoice",
            "subject_id": invoice.pk,
            "thread_id": invoice.work_order_id,
        }
        look: dict[str, Any] = {
            "code": form.code,
            "paper": form.paper,
            "language": language,
            "centre_id": invoice.centre_id,
        }
        issued: Document = issue_document(actor, **look, **about, data=form.as_json())
    return issued


def _payment(order: WorkOrder, payment: PaymentRow, paper: str) -> PaymentData:
    language = language_of(order)
    device = unit_of(order).name
    return PaymentData(
        paper=paper,
        language=language,
        company=company_of(order),
        number=order.number,
        issued=moment(payment.made_at, language, zone(order)),
        bar=order.number,
        qr_caption=_("Scan to follow your repair"),
        customer=customer_of(order),
        lines=(PaymentLine(name=f"{payment.purpose_label}: {device}", amount=money(payment.amount, language)),),
        totals=_paid(payment, language),
        facts=((_("Means"), str(payment.method_label)), (_("Reference"), payment.reference), (_("Desk"), payment.desk)),
    )


def _paid(payment: PaymentRow, language: str) -> tuple[Sum, ...]:
    name = _("Paid") if payment.amount.minor > 0 else _("Paid back")
    rows: list[Sum] = [(name, money(payment.cash, language), True)]
    if payment.change:
        rows.append((_("Given"), money(payment.cash + payment.change, language), False))
        rows.append((pgettext("money", "Change"), money(payment.change, language), False))
    return tuple(rows)


def _act(order: WorkOrder) -> ActData:
    language = language_of(order)
    return ActData(
        paper="a4",
        language=language,
        company=company_of(order),
        number=order.number,
        issued=day(order.closed_at or order.created_at, language, zone(order)),
        bar=order.number,
        qr_caption=_("Scan to follow your repair"),
        customer=customer_of(order),
        unit=unit_of(order),
        lines=_lines_of(order, language),
        totals=_totals(order, language),
        fault=order.confirmed_fault or order.fault,
        finding=order.solution,
        accessories=tuple(order.accessories.order_by("pk").values_list("name", flat=True)),
        warranty=str(setting("documents.act_warranty", order.centre_id)),
        terms=_("Work done and unit received; the customer has no complaints about quality, time and price."),
    )


def _lines_of(order: WorkOrder, language: str) -> tuple[Line, ...]:
    lines: tuple[Any, ...] = (*approved_lines(order.pk), *charge_lines(order.pk))
    return tuple(
        Line(
            name=line.text,
            quantity=quantity(line.quantity, language),
            price=price(line.price, order.currency, language),
            amount=money(Money(line.total, order.currency), language),
        )
        for line in lines
    )


def _totals(order: WorkOrder, language: str) -> tuple[Sum, ...]:
    sums = owed([order.pk])[order.pk]
    rows: tuple[tuple[str, Money, bool], ...] = (
        (_("Total"), sums.total, True),
        (_("Paid"), sums.paid, False),
        (_("Still to pay"), sums.owed, False),
    )
    return tuple((name, money(value, language), strong) for name, value, strong in rows)


def _invoice(invoice: Any, language: str) -> InvoiceData:
    frozen: Mapping[str, Any] = invoice.contents
    seller, buyer = frozen["seller"], frozen["buyer"]
    lines = (seller["address"], _tax_number(seller))
    return InvoiceData(
        paper="a4",
        language=language,
        company=Company(name=seller["name"], lines=lines, phone=phone(seller["phone"])),
        number=invoice.number,
        issued=day(invoice.issued_at, language, invoice.centre.timezone),
        bar=invoice.number,
        qr=invoice.number,
        subtitle=_("Corrects %(corrects)s: %(reason)s") % frozen if frozen.get("corrects") else "",
        footer=f"SHA-256 {invoice.contents_hash[:16]}…",
        seller=Party(name=seller["name"], facts=_about(seller)),
        buyer=Party(name=buyer["name"], facts=_about(buyer)),
        lines=_invoice_lines(frozen, language),
        taxes=_taxes(frozen, language),
        totals=((_("Total"), money(Money(frozen["total"], frozen["currency"]), language), True),),
        facts=((_("Work order"), frozen["order"]), (_("Bank account"), seller["bank_account"])),
    )


def _invoice_lines(frozen: Mapping[str, Any], language: str) -> tuple[InvoiceLine, ...]:
    return tuple(
        InvoiceLine(
            name=line["text"],
            quantity=quantity(line["quantity"], language),
            price=price(Decimal(line["price"]), frozen["currency"], language),
            tax=percent(Decimal(line["rate"]), language),
            amount=money(Money(line["total"], frozen["currency"]), language),
        )
        for line in frozen["lines"]
    )


def _taxes(frozen: Mapping[str, Any], language: str) -> tuple[TaxLine, ...]:
    def written(minor: int) -> str:
        return money(Money(minor, frozen["currency"]), language)

    return tuple(
        TaxLine(percent(Decimal(tax["rate"]), language), *(written(tax[name]) for name in ("net", "tax", "gross")))
        for tax in frozen["taxes"]
    )


def _about(party: Mapping[str, str]) -> tuple[Pair, ...]:
    return ((_("Address"), party["address"]), (_("Tax number"), party["tax_id"]))


def _tax_number(party: Mapping[str, str]) -> str:
    return _("Tax number: %(number)s") % {"number": party["tax_id"]} if party["tax_id"] else ""
