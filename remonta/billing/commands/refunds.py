"""Giving money back: the way it came, or as credit for later."""

from uuid import UUID

from django.db.models import Sum

from remonta.billing.commands.payments import Tender, new_payment, start_or_settle
from remonta.billing.commands.posting import tell
from remonta.billing.commands.refusals import AmountMissing, CardPending, MoreThanPaid, RefundWay
from remonta.billing.facts import PaymentRefunded, PledgeSettled
from remonta.billing.models import Payment
from remonta.billing.queries.scope import payments_for
from remonta.billing.words import NOT_REFUNDED, Method, Purpose
from remonta.billing.workflow import PAID, PAYMENT, PENDING, SETTLED, PaymentClash, PaymentState
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.orders.commands import lock_work_order
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import once


@once(payments_for)
def refund_payment(
    actor: Actor,
    uid: UUID,
    *,
    amount: int | None = None,
    method: str = "",
    desk_uid: UUID | None = None,
    reference: str = "",
    operation: UUID,
) -> Payment:
    """Gives a payment back, whole or in part (minor units), the way it came or as the customer's credit.

    Answers the payment that goes back; by card it starts at the terminal. Raises MoreThanPaid, RefundWay, PaymentClash,
    CardPending, ShiftNotOpen, AmountMissing.
    """
    payment, order = lock_payment(actor, uid, "billing.refund")
    way = method or payment.method
    if way not in (payment.method, Method.CREDIT):
        raise RefundWay
    return give_back(actor, order, payment, _tender(payment, amount, way, desk_uid, reference))


@once(payments_for)
def credit_deposit(actor: Actor, uid: UUID, *, operation: UUID) -> Payment:
    """Keeps what is left of a payment as the customer's credit. Raises as refund_payment."""
    payment, order = lock_payment(actor, uid, "billing.refund")
    return give_back(actor, order, payment, _tender(payment, None, Method.CREDIT, None, ""))


def give_back(actor: Actor, order: WorkOrder, payment: Payment, tender: Tender) -> Payment:
    """Gives back under the order's lock, for commands that have checked the right. Raises as refund_payment."""
    if payment.state != PAID or payment.purpose in NOT_REFUNDED:
        raise PaymentClash(state=PaymentState(payment.state).label)
    if Payment.objects.filter(work_order_id=order.pk, state__in=PENDING).exists():
        raise CardPending
    left = left_of(payment)
    if -tender.amount > left:
        raise MoreThanPaid(left=Money(left, payment.currency))
    if tender.amount >= 0:
        raise AmountMissing
    back = new_payment(actor, order, tender, Purpose.REFUND)
    back.refunds, back.customer_id = payment, payment.customer_id
    start_or_settle(actor, order, back)
    close_refunded(actor, order, payment)
    return back


def keep_pledge(actor: Actor, order: WorkOrder, payment: Payment, amount: int) -> Payment:
    """Keeps so much (minor units) of a loaner's deposit for damage, under the order's lock, for the command above that
    has checked the right: it becomes income. Raises PaymentClash, MoreThanPaid, AmountMissing."""
    if payment.state != PAID or payment.purpose != Purpose.PLEDGE:
        raise PaymentClash(state=PaymentState(payment.state).label)
    if amount <= 0:
        raise AmountMissing
    if amount > (left := left_of(payment)):
        raise MoreThanPaid(left=Money(left, payment.currency))
    kept = new_payment(actor, order, Tender(method=Method.NONE, amount=-amount), Purpose.KEPT)
    kept.refunds, kept.customer_id = payment, payment.customer_id
    start_or_settle(actor, order, kept)
    close_refunded(actor, order, payment)
    return kept


def return_pledge(
    actor: Actor, order: WorkOrder, payment: Payment, way: str = "", desk_uid: UUID | None = None
) -> None:
    """Gives what is left of a loaner's deposit back, the way it came unless another is named, under the order's lock.

    Raises as refund_payment; nothing left is nothing to do.
    """
    if left_of(payment):
        give_back(actor, order, payment, _tender(payment, None, way or payment.method, desk_uid, ""))


def close_refunded(actor: Actor, order: WorkOrder, payment: Payment) -> None:
    """A payment all of which went back is refunded."""
    if payment.state == PAID and not left_of(payment):
        PAYMENT.apply("refund", payment, actor)
        payment.save(update_fields=["state"])
        kept = payment.refunded_by.filter(purpose=Purpose.KEPT).exists()
        tell(actor, order, payment, PledgeSettled if kept else PaymentRefunded)


def left_of(payment: Payment) -> int:
    """What of a payment has not been given back, in minor units. One statement."""
    back = payment.refunded_by.filter(state__in=SETTLED).aggregate(sum=Sum("amount"))["sum"]
    return payment.amount + (back or 0)


def lock_payment(actor: Actor, uid: UUID, permission: str) -> tuple[Payment, WorkOrder]:
    """The payment and its work order, the order locked first."""
    named = payments_for(actor).values_list("work_order_id", flat=True).get(uid=uid)
    order = lock_work_order(actor, named, permission=permission)
    return payments_for(actor).select_for_update(of=("self",)).select_related("desk").get(uid=uid), order


def _tender(payment: Payment, amount: int | None, way: str, desk_uid: UUID | None, reference: str) -> Tender:
    """The same desk unless another is named or that one is archived; without an amount, all that is left."""
    same = payment.desk if way != Method.CREDIT else None
    desk = desk_uid or (same.uid if same and same.archived_at is None else None)
    back = left_of(payment) if amount is None else amount
    kept = reference or (payment.reference if way != Method.CASH else "")
    return Tender(method=way, amount=-back, desk_uid=desk, reference=kept)
