"""Where rooms of one floor are joined: an approved quote orders its parts, a declined one sets them free."""

from remonta.counter.models import HandOver
from remonta.customers.facts import CustomerErased
from remonta.kernel.actor import Actor, system
from remonta.orders.queries import orders_of_customers
from remonta.quotes.facts import QuoteApproved, QuoteDeclined, QuoteReplaced
from remonta.quotes.queries import approved_lines
from remonta.spine.facts import reacts_to
from remonta.supply.commands import ask_parts, free_parts


@reacts_to(QuoteApproved)
def order_parts(actor: Actor, fact: QuoteApproved) -> None:
    """Parts that are here are set aside, the others become demand: in the approval's own transaction."""
    parts = [(line.part_id, line.quantity) for line in approved_lines(fact.work_order_id) if line.part_id]
    ask_parts(_supplier(actor), fact.work_order_id, parts, from_quote=True)


@reacts_to(QuoteDeclined)
def set_parts_free(actor: Actor, fact: QuoteDeclined) -> None:
    """What was set aside for declined work is free for others."""
    free_parts(_supplier(actor), fact.work_order_id)


@reacts_to(QuoteReplaced)
def set_replaced_parts_free(actor: Actor, fact: QuoteReplaced) -> None:
    """The parts of the version before are asked for anew when the newer one is approved."""
    free_parts(_supplier(actor), fact.work_order_id)


@reacts_to(CustomerErased)
def erase_who_took_it(actor: Actor, fact: CustomerErased) -> None:
    """The name of who took the unit; the signature went with the order's files."""
    HandOver.objects.filter(work_order__in=orders_of_customers(fact.customer_ids)).update(taken_by="")


def _supplier(actor: Actor) -> Actor:
    return system("counter", actor.now, "orders.see", "supply.ask", "stock.reserve", "stock.see")
