"""Invoices and their corrections."""

from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Code
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.reading import shown
from remonta.api.shapes.money import Invoice, InvoiceLine
from remonta.api.spoken import op
from remonta.billing.commands import correct_invoice, invoice_order
from remonta.billing.queries import invoice_page, invoice_row, invoices_for
from remonta.orders.queries import work_orders_for
from remonta.web.requests import Request

router = Router()


class InvoiceFilter(Paging):
    """Which invoices."""

    number: Code = ""
    year: int | None = Field(None, ge=2000, le=2200)
    order: UUID | None = None


class CorrectionAsked(Asked):
    """Why the invoice is taken back: a code."""

    reason: Code


def invoice_of(request: Request, uid: UUID) -> dict[str, Any]:
    """An invoice with its contents. Raises DoesNotExist."""
    row = invoice_page(request.actor, uid)
    correction = getattr(row, "correction", None)
    more = {"contents": row.contents, "contents_hash": row.contents_hash}
    return shown(invoice_row(row), **more, corrected_by=correction.uid if correction else None)


@router.get("/invoices", **op("invoices", Page[InvoiceLine]))
def listed(request: Request, asked: Query[InvoiceFilter]) -> Any:
    """Invoices and corrections in pages, newest first."""
    rows = invoices_for(request.actor)
    rows = rows.filter(number__begins=asked.number.strip().upper()) if asked.number else rows
    rows = rows.filter(year=asked.year) if asked.year else rows
    return page_of(rows.filter(work_order__uid=asked.order) if asked.order else rows, asked, each(invoice_row))


@router.get("/invoices/{uuid:uid}", **op("invoice", Invoice))
def one(request: Request, uid: UUID) -> Any:
    """An invoice as it was issued."""
    return invoice_of(request, uid)


@router.post("/orders/{uuid:uid}/invoice", **op("order-invoice", Invoice, once=True, status=201))
def issue(request: Request, uid: UUID) -> Any:
    """Invoices the approved lines of an order."""
    work_orders_for(request.actor).only("pk").get(uid=uid)
    return invoice_of(request, invoice_order(request.actor, uid, operation=operation_of(request)).uid)


@router.post("/invoices/{uuid:uid}/correct", **op("invoice-correct", Invoice, once=True, status=201))
def correct(request: Request, uid: UUID, asked: CorrectionAsked) -> Any:
    """Takes an invoice back by a correction. Answers the correction."""
    made = correct_invoice(request.actor, uid, reason=asked.reason, operation=operation_of(request))
    return invoice_of(request, made.uid)
