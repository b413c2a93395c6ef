"""Taking deposits and payments: in cash, by card, by transfer, from what the customer has with us."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from remonta.billing.commands.posting import post_payment, settled_fact, tell
from remonta.billing.commands.refusals import (
    AmountMissing,
    CardPending,
    CreditTooSmall,
    CustomerUnknown,
    DeskMissing,
    DrawerTooEmpty,
    MoreThanOwed,
    NoTerminal,
    ReferenceMissing,
    ShiftNotOpen,
    TooLittleCash,
)
from remonta.billing.facts import PaymentStarted
from remonta.billing.models import CashDesk, LedgerAccount, Payment, Shift
from remonta.billing.queries.drawers import drawer_balance
from remonta.billing.queries.owing import credit_of, owed
from remonta.billing.queries.scope import desks_for, payments_for
from remonta.billing.words import Method, Purpose
from remonta.billing.workflow import PAID, PENDING, STARTED
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money, rounded
from remonta.kernel.texts import clean
from remonta.orders.commands import lock_work_order
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import enqueue, once

CHARGE = "billing.charge_terminal"


@dataclass(frozen=True, kw_only=True)
class Tender:
    """What the customer gives: minor units, at which desk; `tendered` is the cash put on the counter."""

    method: str
    amount: int
    desk_uid: UUID | None = None
    tendered: int | None = None
    reference: str = ""


@once(payments_for)
def take_payment(actor: Actor, work_order_uid: UUID, *, tender: Tender, operation: UUID) -> Payment:
    """Takes what is owed, or a part of it. Cash needs the desk's open shift; a card payment starts at the terminal.

    Raises MoreThanOwed, CardPending, ShiftNotOpen, NoTerminal, TooLittleCash, CreditTooSmall, ReferenceMissing.
    """
    order = lock_work_order(actor, work_order_uid, permission="billing.take")
    return add_payment(actor, order, tender)


@once(payments_for)
def take_deposit(actor: Actor, work_order_uid: UUID, *, tender: Tender, operation: UUID) -> Payment:
    """Takes money ahead of what will be owed. Raises what take_payment raises, but for MoreThanOwed."""
    order = lock_work_order(actor, work_order_uid, permission="billing.take")
    return add_payment(actor, order, tender, purpose=Purpose.DEPOSIT)


def add_payment(actor: Actor, order: WorkOrder, tender: Tender, *, purpose: Purpose = Purpose.PAYMENT) -> Payment:
    """Takes money for a locked order, for commands above that have checked the right. Raises as take_payment."""
    if tender.amount <= 0:
        raise AmountMissing
    if Payment.objects.filter(work_order_id=order.pk, state__in=PENDING).exists():
        raise CardPending
    if purpose == Purpose.PAYMENT:
        _check_owed(order, tender.amount)
    payment = new_payment(actor, order, tender, purpose)
    return start_or_settle(actor, order, payment)


def new_payment(actor: Actor, order: WorkOrder, tender: Tender, purpose: Purpose) -> Payment:
    """The payment as it will be kept, not yet saved; a negative amount goes back to the customer."""
    desk = _desk(actor, order, tender)
    payment = Payment(
        centre=order.centre,
        customer_id=payer_of(order),
        work_order_id=order.pk,
        desk=desk,
        method=Method(tender.method),
        purpose=purpose,
        amount=tender.amount,
        currency=order.centre.legal_entity.currency,
        state=PAID,
        reference=clean(tender.reference)[:120],
        account_id=actor.account_id,
        made_at=actor.now(),
    )
    _prepare(order, payment, tender)
    return payment


def start_or_settle(actor: Actor, order: WorkOrder, payment: Payment) -> Payment:
    """Saves the payment: posted at once, or at the terminal, which is asked after this transaction."""
    if payment.state == STARTED:
        payment.save(force_insert=True)
        enqueue(actor, CHARGE, {"payment": payment.pk}, unique_key=f"{CHARGE}:{payment.pk}")
        tell(actor, order, payment, PaymentStarted, first=True)
    else:
        post_payment(actor, order, payment)
        payment.save(force_insert=True)
        tell(actor, order, payment, settled_fact(payment), first=True)
    return payment


def payer_of(order: WorkOrder) -> int | None:
    """Whose account it is: the payer named in the request, else the order's customer."""
    return order.request.payer_id or order.customer_id


def _check_owed(order: WorkOrder, amount: int) -> None:
    left = owed([order.pk])[order.pk].owed
    if amount > left.minor:
        raise MoreThanOwed(owed=left)


def _desk(actor: Actor, order: WorkOrder, tender: Tender) -> CashDesk | None:
    if tender.method not in (Method.CASH, Method.CARD):
        return None
    if tender.desk_uid is None:
        raise DeskMissing
    return desks_for(actor).get(uid=tender.desk_uid, centre_id=order.centre_id)


def _prepare(order: WorkOrder, payment: Payment, tender: Tender) -> None:
    """What each way of paying asks for."""
    match payment.method:
        case Method.CASH:
            _prepare_cash(order, payment, tender)
        case Method.CARD if payment.desk is not None and payment.desk.terminal:
            payment.state, payment.terminal = STARTED, payment.desk.terminal
        case Method.CARD if not payment.reference:
            raise NoTerminal(desk=payment.desk)
        case Method.TRANSFER if not payment.reference:
            raise ReferenceMissing
        case Method.CREDIT:
            _check_credit(order, payment)


def _prepare_cash(order: WorkOrder, payment: Payment, tender: Tender) -> None:
    """Cash is rounded to the smallest coin and goes into the drawer of a running shift, which stays open meanwhile."""
    payment.shift = Shift.objects.select_for_update().filter(desk_id=payment.desk_id, closed_at=None).first()
    if payment.shift is None:
        raise ShiftNotOpen(desk=payment.desk)
    needed = rounded(Decimal(payment.amount), step=order.centre.legal_entity.cash_step)
    payment.rounding, payment.tendered = needed - payment.amount, tender.tendered
    if tender.tendered is not None and tender.tendered < needed:
        given, wanted = (Money(minor, payment.currency) for minor in (tender.tendered, needed))
        raise TooLittleCash(given=given, needed=wanted)
    if needed < 0 and drawer_balance(payment.shift.desk_id) < -needed:
        raise DrawerTooEmpty


def _check_credit(order: WorkOrder, payment: Payment) -> None:
    """Credit is used up under the lock of the customer's account, so that two orders cannot spend it twice."""
    if payment.customer_id is None:
        raise CustomerUnknown
    if payment.amount < 0:
        return
    entity = order.centre.legal_entity_id
    own = LedgerAccount.objects.filter(customer_id=payment.customer_id, legal_entity_id=entity)
    list(own.select_for_update().order_by("pk"))
    credit = credit_of(payment.customer_id, entity, payment.currency)
    if payment.amount > credit.minor:
        raise CreditTooSmall(credit=credit)
