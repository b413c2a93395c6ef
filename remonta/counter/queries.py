"""Reading hand-overs, and what was paid for loaners."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from remonta.billing.queries import PaymentRow, payment_rows, payments_for
from remonta.counter.models import HandOver, LoanDeposit
from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor


def hand_overs_for(actor: Actor) -> QuerySet[HandOver]:
    """The hand-overs of the centres in which the actor may see orders."""
    return HandOver.objects.filter(in_reach(actor, "orders.see"))


@dataclass(frozen=True)
class Handed:
    """Who took a unit, from whom, and when (UTC)."""

    taken_by: str
    given_by: str
    at: datetime


def hand_over_of(actor: Actor, work_order_id: int) -> Handed | None:
    """How a unit was given back; None as long as it was not. One statement."""
    row = hand_overs_for(actor).filter(work_order_id=work_order_id).values_list("taken_by", "account__name", "made_at")
    found = row.first()
    return Handed(found[0], found[1] or "", found[2]) if found else None


def deposit_of_loan(actor: Actor, loan_id: int) -> PaymentRow | None:
    """The payment that was taken as a loaner's deposit, with what of it is still held; None without one, or for who may
    not see money. Two statements."""
    named = LoanDeposit.objects.filter(loan=loan_id).values("payment_id")
    return next(iter(payment_rows(payments_for(actor).filter(pk__in=named))), None)
