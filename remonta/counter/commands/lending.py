"""Lending a loaner with its deposit, and taking it back with what of the deposit is given back or kept."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.billing.commands import Tender, add_payment, keep_pledge, return_pledge
from remonta.billing.queries import payments_for
from remonta.billing.words import Purpose
from remonta.billing.workflow import PAID, PENDING
from remonta.counter.models import LoanDeposit
from remonta.kernel.actor import Actor, system
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.orders.commands import lock_work_order
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import once
from remonta.stock.commands import CameBack, agree_deposit, lend_unit, lock_loan, return_loaner
from remonta.stock.queries import Loan, loans_for


class NoBorrower(Refused):
    text = _("This order has no customer to lend to. Write the customer first.")


class OrderEnded(Refused):
    text = _("Order %(number)s is closed; nothing is lent for it any more.")


class DepositStands(Refused):
    text = _("The deposit of this loaner is taken already, or the card terminal has not answered yet.")


class DepositPending(Refused):
    text = _("The card terminal has not answered for the deposit yet. Wait until it has.")


class NothingKept(Refused):
    text = _("Only what was paid as a deposit can be kept. Lower the amount.")
    field = "keep"


@once(loans_for)
def lend_loaner(
    actor: Actor,
    work_order_uid: UUID,
    *,
    loaner_uid: UUID,
    due_on: date,
    deposit: Tender | None = None,
    operation: UUID,
) -> Loan:
    """A free loaner goes to the order's customer until a day, with its deposit taken in the same breath.

    Raises OrderEnded, NoBorrower, LoanerClash, LoanerElsewhere, DueInPast, and what take_deposit raises.
    """
    order = lock_work_order(actor, work_order_uid, permission="stock.lend")
    if not order.open:
        raise OrderEnded(number=order.number)
    if order.customer_id is None:
        raise NoBorrower
    loan = lend_unit(
        actor,
        loaner_uid,
        thread_id=order.pk,
        centre_id=order.centre_id,
        customer_id=order.customer_id,
        deposit=deposit.amount if deposit else 0,
        due_on=due_on,
    )
    if deposit:
        _take(actor, order, loan, deposit)
    return loan


@once(loans_for)
def take_loan_deposit(actor: Actor, uid: UUID, *, deposit: Tender, operation: UUID) -> Loan:
    """Takes the deposit of a loaner that is out, when it was not asked before or did not go through.

    Raises DepositStands, and what take_deposit raises.
    """
    order, loan = _locked(actor, uid)
    standing = LoanDeposit.objects.filter(loan=loan).select_related("payment").first()
    if (standing and standing.payment.state in (PAID, *PENDING)) or loan.returned_at:
        raise DepositStands
    agree_deposit(loan, deposit.amount)
    _take(actor, order, loan, deposit)
    return loan


@once(loans_for)
def take_loaner_back(
    actor: Actor,
    uid: UUID,
    *,
    back: CameBack,
    keep: int = 0,
    way: str = "",
    desk_uid: UUID | None = None,
    operation: UUID,
) -> Loan:
    """A loaner is back: `keep` (minor units) of its deposit is kept for damage, the rest is given back the way it came,
    or as the customer's credit (`way`).

    Whoever may take loaners back gives their deposit back. Raises LoanClash, NothingKept, DepositPending, RefundWay,
    ShiftNotOpen, DrawerTooEmpty.
    """
    order, loan = _locked(actor, uid)
    standing = LoanDeposit.objects.filter(loan=loan).first()
    loan = return_loaner(actor, uid, back=back)
    reader = system("counter", actor.now, "billing.see")
    payment = payments_for(reader).select_related("desk").filter(pk=standing.payment_id if standing else 0).first()
    if payment and payment.state in PENDING:
        raise DepositPending
    if payment is None or payment.state != PAID:
        if keep:
            raise NothingKept
        return loan
    if keep > payment.amount:
        raise NothingKept
    hand = actor.trusted_with("billing.refund", "billing.see")
    if keep:
        keep_pledge(hand, order, payment, keep)
    return_pledge(hand, order, payment, way, desk_uid)
    return loan


def _locked(actor: Actor, uid: UUID) -> tuple[WorkOrder, Loan]:
    """The loan and the order it is for, the order locked first. Raises NotPermitted."""
    named = loans_for(actor).values_list("thread_id", flat=True).get(uid=uid)
    order = lock_work_order(actor.trusted_with("orders.see"), named)
    loan = lock_loan(actor, uid)
    if not actor.may("stock.lend", loan):
        raise NotPermitted
    return order, loan


def _take(actor: Actor, order: WorkOrder, loan: Loan, deposit: Tender) -> None:
    if not actor.may("billing.take", order):
        raise NotPermitted
    payment = add_payment(actor, order, deposit, purpose=Purpose.PLEDGE)
    LoanDeposit.objects.update_or_create(loan=loan, defaults={"payment": payment})
