"""What a card terminal's answer does to a payment. Background work asks the terminal, outside transactions."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from remonta.billing.commands.posting import post_payment, settled_fact, tell
from remonta.billing.commands.refunds import close_refunded, lock_payment
from remonta.billing.commands.refusals import ReferenceMissing
from remonta.billing.facts import PaymentCancelled, PaymentFact, PaymentRefused, PaymentUnclear
from remonta.billing.gateways import Answer, Approved, Cancelled, Declined, Lost
from remonta.billing.models import Payment
from remonta.billing.queries.scope import payments_for
from remonta.billing.workflow import PAYMENT, PENDING, STARTED
from remonta.kernel.actor import Actor
from remonta.kernel.texts import clean
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import command, enqueue, once

RECONCILE, CANCEL = "billing.reconcile_payment", "billing.cancel_at_terminal"
WAITS = (1, 1, 1, 2, 2, 3, 5, 10, 20, 30, 60)


@command
def settle_payment(actor: Actor, uid: UUID, *, answer: Answer, asked: int = 0) -> Payment:
    """Keeps what the terminal said. While that is no result, the terminal is asked again, later each time (`asked`).

    An answer about a payment that has its result already changes nothing.
    """
    payment, order = lock_payment(actor, uid, "billing.settle")
    if payment.state not in PENDING:
        return payment
    match answer:
        case Approved(reference, card):
            _confirm(actor, order, payment, f"{reference} {card}".strip())
        case Declined(code):
            payment.refusal = code
            _end(actor, order, payment, "refuse", PaymentRefused, code=code)
        case Cancelled():
            _end(actor, order, payment, "cancel", PaymentCancelled)
        case _:
            if isinstance(answer, Lost) and payment.state == STARTED:
                _end(actor, order, payment, "lose", PaymentUnclear)
            ask_again(actor, payment, asked)
    return payment


def ask_again(actor: Actor, payment: Payment, asked: int) -> None:
    """Enqueues the next question, soon at first and every minute in the end, until the result is known."""
    wait = timedelta(seconds=WAITS[min(asked, len(WAITS) - 1)])
    args = {"payment": payment.pk, "asked": asked + 1}
    enqueue(actor, RECONCILE, args, run_at=actor.now() + wait, unique_key=f"{RECONCILE}:{payment.pk}")


@once(payments_for)
def cancel_card_payment(actor: Actor, uid: UUID, *, operation: UUID) -> Payment:
    """Asks the terminal to call the payment off. If the card was charged already, the payment will be confirmed."""
    payment, _order = lock_payment(actor, uid, "billing.take")
    if payment.state in PENDING:
        enqueue(actor, CANCEL, {"payment": payment.pk}, unique_key=f"{CANCEL}:{payment.pk}")
    return payment


@once(payments_for)
def settle_by_hand(actor: Actor, uid: UUID, *, charged: bool, reference: str = "", operation: UUID) -> Payment:
    """A manager has read the terminal's own list: it was charged (with the slip's number), or it was not.

    Raises ReferenceMissing, PaymentClash.
    """
    payment, order = lock_payment(actor, uid, "billing.settle")
    if charged and not clean(reference):
        raise ReferenceMissing
    if charged:
        _confirm(actor, order, payment, clean(reference)[:120])
    else:
        _end(actor, order, payment, "refuse", PaymentRefused, code="by_hand")
    return payment


def _confirm(actor: Actor, order: WorkOrder, payment: Payment, reference: str) -> None:
    PAYMENT.apply("confirm", payment, actor)
    payment.reference = reference
    post_payment(actor, order, payment)
    payment.save(update_fields=["state", "reference", "entry"])
    tell(actor, order, payment, settled_fact(payment))
    if payment.refunds is not None:
        close_refunded(actor, order, payment.refunds)


def _end(actor: Actor, order: WorkOrder, payment: Payment, move: str, fact: type[PaymentFact], **said: Any) -> None:
    PAYMENT.apply(move, payment, actor)
    payment.save(update_fields=["state", "refusal"])
    tell(actor, order, payment, fact, **said)
