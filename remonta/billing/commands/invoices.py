"""Issuing and correcting invoices."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from remonta.billing.commands.contents import contents_of, hash_of, taken_back
from remonta.billing.commands.holds import keep_holds
from remonta.billing.commands.ledger import Line, post, reverse_entry
from remonta.billing.commands.payments import payer_of
from remonta.billing.commands.refusals import (
    CardPending,
    CorrectedAlready,
    CorrectsNothing,
    InvoicedAlready,
    NothingToInvoice,
    ReasonUnknown,
)
from remonta.billing.facts import InvoiceCorrected, InvoiceIssued
from remonta.billing.models import Entry, Invoice, Payment
from remonta.billing.queries.scope import invoices_for
from remonta.billing.words import CORRECTIONS, LedgerKind, Series
from remonta.billing.workflow import PENDING
from remonta.kernel.actor import Actor
from remonta.orders.commands import lock_work_order
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import once, record_first, take_number


@once(invoices_for)
def invoice_order(actor: Actor, work_order_uid: UUID, *, operation: UUID) -> Invoice:
    """Invoices the approved lines of a work order. Raises NothingToInvoice, InvoicedAlready, CardPending."""
    order = lock_work_order(actor, work_order_uid, permission="billing.invoice")
    invoice = add_invoice(actor, order)
    if invoice is None:
        raise NothingToInvoice
    return invoice


def add_invoice(actor: Actor, order: WorkOrder) -> Invoice | None:
    """Invoices a locked order, for commands above; None when nothing has a price. Raises InvoicedAlready, CardPending.

    The number is taken last of all locks, so that numbers have no gaps and nobody waits for it longer than needed.
    """
    if standing := standing_invoice(order.pk):
        raise InvoicedAlready(number=standing.number)
    if Payment.objects.filter(work_order_id=order.pk, state__in=PENDING).exists():
        raise CardPending
    payer = order.request.payer if order.request.payer_id else order.customer
    contents = contents_of(order, payer)
    if not contents["total"]:
        return None
    entry = post(actor, order.centre, "invoice", _lines(order, contents), thread_id=order.pk)
    invoice = _issue(actor, order, Series.INVOICE, contents, entry)
    record_first(actor, invoice, InvoiceIssued(**_told(invoice)))
    keep_holds(actor, order)
    return invoice


@once(invoices_for)
def correct_invoice(actor: Actor, uid: UUID, *, reason: str, operation: UUID) -> Invoice:
    """Takes a whole invoice back by a correction with a number of its own; `reason` is a code of CORRECTIONS.

    Raises CorrectedAlready, CorrectsNothing, ReasonUnknown.
    """
    named = invoices_for(actor).values_list("work_order_id", flat=True).get(uid=uid)
    order = lock_work_order(actor, named, permission="billing.correct")
    invoice = invoices_for(actor).select_related("entry").get(uid=uid)
    if reason not in CORRECTIONS:
        raise ReasonUnknown
    if invoice.corrects_id:
        raise CorrectsNothing
    if Invoice.objects.filter(corrects=invoice).exists():
        raise CorrectedAlready
    return _take_back(actor, order, invoice, reason)


def reissue(actor: Actor, order: WorkOrder, invoice: Invoice, reason: str) -> Invoice | None:
    """Takes an invoice of a locked order back and issues what the order costs now, for commands that permit it; None
    when nothing is left to invoice."""
    _take_back(actor, order, invoice, reason)
    return add_invoice(actor, order)


def _take_back(actor: Actor, order: WorkOrder, invoice: Invoice, reason: str) -> Invoice:
    contents = taken_back(invoice.contents, invoice.number, reason)
    entry = reverse_entry(actor, invoice.entry)
    correction = _issue(actor, order, Series.CORRECTION, contents, entry, corrects=invoice)
    told = InvoiceCorrected(**_told(correction), corrects_id=invoice.pk, reason=reason)
    record_first(actor, correction, told)
    keep_holds(actor, order)
    return correction


def standing_invoice(work_order_id: int) -> Invoice | None:
    """The invoice of an order that no correction has taken back. One statement."""
    issued = Invoice.objects.filter(work_order_id=work_order_id, corrects=None, correction=None)
    return issued.first()


def _lines(order: WorkOrder, contents: dict[str, Any]) -> list[Line]:
    """Debit the payer, credit income and each tax."""
    taxes = [Line(kind=LedgerKind.TAX, amount=-row["tax"], code=row["code"]) for row in contents["taxes"]]
    income = Line(kind=LedgerKind.INCOME, amount=contents["tax"] - contents["total"])
    return [Line(kind=LedgerKind.CUSTOMER, amount=contents["total"], customer_id=payer_of(order)), income, *taxes]


def _issue(
    actor: Actor,
    order: WorkOrder,
    series: Series,
    contents: dict[str, Any],
    entry: Entry,
    corrects: Invoice | None = None,
) -> Invoice:
    entity_id, year = order.centre.legal_entity_id, actor.now().astimezone(ZoneInfo(order.centre.timezone)).year
    place = take_number(f"{series}:{entity_id}:{year}")
    return Invoice.objects.create(
        legal_entity_id=entity_id,
        series=series,
        year=year,
        place=place,
        number=f"{series}/{year}/{place:06d}",
        centre=order.centre,
        customer_id=corrects.customer_id if corrects else payer_of(order),
        work_order_id=order.pk,
        entry=entry,
        corrects=corrects,
        currency=contents["currency"],
        total=contents["total"],
        tax=contents["tax"],
        contents=contents,
        contents_hash=hash_of(contents),
        issued_at=actor.now(),
    )


def _told(invoice: Invoice) -> dict[str, Any]:
    return {
        "invoice_id": invoice.pk,
        "work_order_id": invoice.work_order_id,
        "number": invoice.number,
        "total": invoice.total,
        "tax": invoice.tax,
        "currency": invoice.currency,
    }
