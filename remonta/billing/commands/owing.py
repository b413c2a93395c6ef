"""Whether a customer and we are even."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from remonta.billing.commands.refusals import CardPending
from remonta.billing.queries.owing import kept_of, owed, pledged_by
from remonta.kernel.refusals import Refused
from remonta.orders.queries import orders_of_customers
from remonta.orders.workflow import CANCELLED


class MoneyOwed(Refused):
    text = _("%(amount)s is still to be paid for order %(number)s. Settle it, then erase the customer’s data.")


class CreditLeft(Refused):
    text = _("The customer still has %(amount)s with us. Give it back, then erase the customer’s data.")


def refuse_while_owing(customer_ids: Collection[int]) -> None:
    """Raises MoneyOwed, CreditLeft or CardPending unless all orders are paid and nothing is kept for the customers."""
    orders = orders_of_customers(customer_ids).filter(withdrawn_at=None).exclude(state=CANCELLED)
    numbers = dict(orders.values_list("pk", "number"))
    for order_id, money in owed(list(numbers)).items():
        if money.pending:
            raise CardPending
        if money.owed:
            raise MoneyOwed(amount=money.owed, number=numbers[order_id])
        if money.excess:
            raise CreditLeft(amount=money.excess)
    for kept in (*kept_of(customer_ids), *pledged_by(customer_ids)):
        raise CreditLeft(amount=kept)
