"""Where rooms of one floor are joined: an approved quote orders its parts, a declined one sets them free."""

from remonta.kernel.actor import Actor, system
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


def _supplier(actor: Actor) -> Actor:
    return system("counter", actor.now, "orders.see", "supply.ask", "stock.reserve", "stock.see")
