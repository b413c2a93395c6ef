"""The money of one order, and single payments and invoices, as pages and papers show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from remonta.billing.models import Invoice, Payment
from remonta.billing.queries.charges import ChargeLine, charge_lines
from remonta.billing.queries.owing import credit_of
from remonta.billing.queries.scope import invoices_for, payments_for
from remonta.billing.words import NOT_REFUNDED, OF_PLEDGES, REFUSALS, Method, Purpose
from remonta.billing.workflow import PENDING, SETTLED, PaymentState
from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.kernel.refusals import NotPermitted
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.orders.workflow import Stage
from remonta.quotes.queries import approved_total


@dataclass(frozen=True)
class PaymentRow:
    """One payment. `left` is what can still be given back; a negative `amount` went back to the customer."""

    id: int
    uid: UUID
    centre_id: int
    order_id: int
    order_uid: UUID
    order_number: str
    method: str
    method_label: object
    purpose: str
    purpose_label: object
    amount: Money
    cash: Money
    change: Money
    left: Money
    state: str
    state_label: object
    reference: str
    refusal: object
    desk: str
    customer: str
    made_at: datetime

    of_loaner: bool = False

    @property
    def pending(self) -> bool:
        return self.state in PENDING

    @property
    def unclear(self) -> bool:
        return self.state == PaymentState.UNCLEAR


@dataclass(frozen=True)
class InvoiceRow:
    """One invoice or correction."""

    uid: UUID
    number: str
    total: Money
    tax: Money
    issued_at: datetime
    correction: bool
    buyer: str


@dataclass(frozen=True)
class OrderMoney:
    """What an order costs, what is paid, what is on its way, what the payer has with us, and how it came about.

    `deposit` is what is asked ahead, as the centre has set it; zero once something is paid or owed.
    """

    order_id: int
    order_uid: UUID
    number: str
    centre_id: int
    total: Money
    paid: Money
    pending: Money
    credit: Money
    payments: tuple[PaymentRow, ...]
    invoice: InvoiceRow | None
    ready: bool
    deposit: Money
    charges: tuple[ChargeLine, ...] = ()

    @property
    def owed(self) -> Money:
        return Money(max(self.total.minor - self.paid.minor, 0), self.total.currency)

    @property
    def excess(self) -> Money:
        return Money(max(self.paid.minor - self.total.minor, 0), self.total.currency)

    @property
    def waits(self) -> bool:
        """Whether a card payment has no result yet."""
        return any(payment.pending for payment in self.payments)


def money_of_order(actor: Actor, work_order_id: int) -> OrderMoney:
    """The money panel of an order. Seven statements at most. Raises DoesNotExist, NotPermitted."""
    rows = work_orders_for(actor).select_related("centre__legal_entity", "request")
    order = rows.get(pk=work_order_id)
    if not actor.may("billing.see", order):
        raise NotPermitted
    currency = order.centre.legal_entity.currency
    payer = order.request.payer_id or order.customer_id
    payments = payment_rows(payments_for(actor).filter(work_order_id=order.pk).order_by("pk"))
    sums = {name: Money(_sum(payments, states), currency) for name, states in (("paid", SETTLED), ("pending", PENDING))}
    charges = charge_lines(order.pk)
    total = approved_total([order.pk]).get(order.pk, 0) + sum(line.total for line in charges)
    ahead = 0 if total or any(not row.of_loaner for row in payments) or not order.open else deposit_asked(order)
    invoice = Invoice.objects.filter(work_order_id=order.pk, corrects=None, correction=None).first()
    return OrderMoney(
        order.pk,
        order.uid,
        order.number,
        order.centre_id,
        total=Money(total, currency),
        credit=credit_of(payer, order.centre.legal_entity_id, currency) if payer else Money(0, currency),
        payments=payments,
        invoice=invoice_row(invoice) if invoice else None,
        ready=order.state == Stage.READY,
        deposit=Money(ahead, currency),
        charges=charges,
        **sums,
    )


def deposit_asked(order: WorkOrder) -> int:
    """The part of the pre-authorised spend that the centre asks for ahead, in minor units, rounded down.
    One statement, none without such a spend."""
    percent = int(setting("billing.deposit_percent", order.centre_id)) if order.preauthorised else 0
    return order.preauthorised * percent // 100


def payment_rows(payments: QuerySet[Payment]) -> tuple[PaymentRow, ...]:
    """Payments as pages show them. One statement."""
    return tuple(payment_row(payment) for payment in with_left(payments))


def with_left(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """Payments together with what of each was given back. No statement."""
    back = Payment.objects.filter(refunds=OuterRef("pk"), state__in=SETTLED).order_by().values("refunds")
    returned = Coalesce(Subquery(back.annotate(sum=Sum("amount")).values("sum")), 0)
    return payments.annotate(returned=returned).select_related("work_order", "desk", "customer", "refunds")


def payment_row(payment: Any) -> PaymentRow:
    """One row of `with_left`. No statement."""
    refundable = payment.state == PaymentState.PAID and payment.purpose not in NOT_REFUNDED
    left = payment.amount + payment.returned if refundable else 0

    def money(minor: int) -> Money:
        return Money(minor, payment.currency)

    return PaymentRow(
        payment.pk,
        payment.uid,
        payment.centre_id,
        payment.work_order_id,
        payment.work_order.uid,
        payment.work_order.number,
        payment.method,
        Method(payment.method).label,
        payment.purpose,
        Purpose(payment.purpose).label,
        money(payment.amount),
        money(payment.amount + payment.rounding),
        money(payment.change),
        money(left),
        payment.state,
        PaymentState(payment.state).label,
        payment.reference,
        REFUSALS.get(payment.refusal, payment.refusal),
        payment.desk.name if payment.desk else "",
        payment.customer.name if payment.customer else "",
        payment.made_at,
        of_loaner=payment.purpose in OF_PLEDGES or bool(payment.refunds and payment.refunds.purpose in OF_PLEDGES),
    )


def payment_shape(actor: Actor, uid: UUID) -> PaymentRow:
    """One payment the actor may see, for its page and its receipt. One statement."""
    return payment_row(with_left(payments_for(actor)).get(uid=uid))


def unclear_payments(actor: Actor, limit: int = 50) -> tuple[PaymentRow, ...]:
    """Card payments without a result, the oldest first. One statement."""
    return payment_rows(payments_for(actor).filter(state__in=PENDING).order_by("made_at")[:limit])


def invoice_row(invoice: Invoice) -> InvoiceRow:
    """An invoice as lists show it. No statement."""
    total, tax = Money(invoice.total, invoice.currency), Money(invoice.tax, invoice.currency)
    buyer = str(invoice.contents["buyer"]["name"])
    return InvoiceRow(
        invoice.uid, invoice.number, total, tax, invoice.issued_at, invoice.corrects_id is not None, buyer
    )


def invoice_page(actor: Actor, uid: UUID) -> Invoice:
    """One invoice with its order, what it corrects and what corrected it. One statement."""
    return invoices_for(actor).select_related("work_order", "corrects", "correction").get(uid=uid)


def _sum(payments: Iterable[PaymentRow], states: tuple[PaymentState, ...]) -> int:
    paying = (payment for payment in payments if not payment.of_loaner)
    return sum(payment.amount.minor for payment in paying if payment.state in states)
