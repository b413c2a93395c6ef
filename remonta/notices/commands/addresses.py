"""The address of the customer's page, and the language it opens in."""

from datetime import timedelta

from django.conf import settings

from remonta.identity.commands import make_link
from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.orders.queries import WorkOrder

ORDER, WORK_ORDER = "order", "orders.workorder"


def fresh_address(actor: Actor, order: WorkOrder) -> str:
    """The address of a new link in the customer's language; the caller has checked the right. Two statements."""
    until = actor.now() + timedelta(days=int(setting("links.days", order.centre_id)))
    _link, token = make_link(actor, ORDER, WORK_ORDER, order.pk, until, language=language_of(order))
    return str(settings.ORDER_LINK.format(token=token))


def language_of(order: WorkOrder) -> str:
    """The customer's language; without a customer the centre's. No statement when they were read together."""
    return str(order.customer.language if order.customer else order.centre.language)
