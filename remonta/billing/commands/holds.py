"""Keeping an order's holds in step with its money."""

from django.utils.translation import gettext_noop

from remonta.billing.models import Payment
from remonta.billing.queries.owing import Owed, owed
from remonta.billing.workflow import UNCLEAR
from remonta.identity.queries import settings_at
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.orders.commands import lift_hold, place_hold
from remonta.orders.queries import WorkOrder
from remonta.orders.workflow import CANCELLED, CLOSED, READY

UNPAID, RETURN, ASKING = "billing.unpaid", "billing.deposit", "billing.unclear"
WORDS = {
    UNPAID: gettext_noop("unpaid %(amount)s"),
    RETURN: gettext_noop("%(amount)s too much was paid: give it back or keep it as credit"),
    ASKING: gettext_noop("card payment of %(amount)s without a result: the terminal is being asked"),
}
BLOCKS = ("hand_over",)
KEEP_ALL = "billing.keep_all_holds"
PAY_FIRST, ON_ACCOUNT = "billing.pay_before_hand_over", "billing.on_account"


def keep_holds(actor: Actor, order: WorkOrder, *, answered: bool = False) -> Owed:
    """Places and lifts the money holds of a locked order, so that they say what the book says.

    What was paid too much is held once the customer has `answered` the quote, or the unit is ready to go. An order
    that is over has no holds to keep.
    """
    money = owed([order.pk])[order.pk]
    if order.state in (CLOSED, CANCELLED):
        return money
    unclear = Payment.objects.filter(work_order_id=order.pk, state=UNCLEAR).first()
    settled = answered or order.state == READY or order.holds.filter(code=RETURN, lifted_at=None).exists()
    _keep(actor, order, UNPAID, money.owed if money.owed and must_pay_first(order) else None)
    _keep(actor, order, RETURN, money.excess if money.excess and settled else None)
    _keep(actor, order, ASKING, Money(abs(unclear.amount), unclear.currency) if unclear else None)
    return money


def must_pay_first(order: WorkOrder) -> bool:
    """Whether the unit may only leave when it is paid: by the centre's rule, and not for companies on account."""
    rules = settings_at(order.centre_id, PAY_FIRST, ON_ACCOUNT)
    company = order.customer is not None and order.customer.kind == "company"
    return bool(rules[PAY_FIRST]) and not (company and rules[ON_ACCOUNT])


def _keep(actor: Actor, order: WorkOrder, code: str, amount: Money | None) -> None:
    if amount is None:
        lift_hold(actor, order, code=code)
    else:
        place_hold(actor, order, code=code, reason=WORDS[code], values={"amount": str(amount)}, blocks=BLOCKS)
