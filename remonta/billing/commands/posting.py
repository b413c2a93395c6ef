"""How a payment stands in the book of money, and what is told of it."""

from typing import Any

from remonta.billing.commands.holds import keep_holds
from remonta.billing.commands.ledger import Line, post
from remonta.billing.facts import MoneyReturned, PaymentFact, PaymentTaken, PledgeKept
from remonta.billing.models import Payment
from remonta.billing.words import OF_PLEDGES, LedgerKind, Method, Purpose
from remonta.kernel.actor import Actor
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import record, record_first

WAYS = {
    Method.CASH: LedgerKind.CASH,
    Method.CARD: LedgerKind.CARD,
    Method.TRANSFER: LedgerKind.BANK,
    Method.CREDIT: LedgerKind.CUSTOMER,
}
DAMAGE = "loaner_damage"


def post_payment(actor: Actor, order: WorkOrder, payment: Payment) -> None:
    """Writes the settled payment into the book and keeps its entry. The payment is saved by the caller."""
    payment.entry = post(actor, order.centre, payment.purpose, lines_of(payment), thread_id=order.pk)


def lines_of(payment: Payment) -> tuple[Line, ...]:
    """Debit where the money came to, credit the customer, or what is held for a loaner; what cash was rounded by
    stands apart. What is kept of a loaner's deposit is income."""
    held = LedgerKind.PLEDGE if is_pledge(payment) else LedgerKind.CUSTOMER
    against = Line(kind=held, amount=-payment.amount, customer_id=payment.customer_id)
    if payment.purpose == Purpose.KEPT:
        return (against, Line(kind=LedgerKind.INCOME, amount=payment.amount, code=DAMAGE))
    credit = payment.method == Method.CREDIT
    drawer = payment.desk_id if payment.method in (Method.CASH, Method.CARD) else None
    whose = payment.customer_id if credit else None
    came = payment.amount + payment.rounding
    return (
        Line(kind=WAYS[Method(payment.method)], amount=came, desk_id=drawer, customer_id=whose, threaded=not credit),
        against,
        Line(kind=LedgerKind.ROUNDING, amount=-payment.rounding),
    )


def is_pledge(payment: Payment) -> bool:
    """Whether it is a deposit for a loaner, or something given back or kept of one."""
    first = payment.refunds if payment.purpose == Purpose.REFUND else payment
    return first is not None and first.purpose in OF_PLEDGES


def tell(
    actor: Actor, order: WorkOrder, payment: Payment, fact: type[PaymentFact], *, first: bool = False, **said: Any
) -> None:
    """One line of the payment's timeline, shown in its order's too; then the order's holds follow the money."""
    told = fact(
        payment_id=payment.pk,
        work_order_id=payment.work_order_id,
        amount=payment.amount,
        currency=payment.currency,
        method=payment.method,
        purpose=payment.purpose,
        **said,
    )
    (record_first if first else record)(actor, payment, told)
    keep_holds(actor, order)


def settled_fact(payment: Payment) -> type[PaymentFact]:
    """Whether money came or went, or what was held is ours."""
    if payment.purpose == Purpose.KEPT:
        return PledgeKept
    return PaymentTaken if payment.amount > 0 else MoneyReturned
