"""What orders does when a customer is forgotten."""

from remonta.customers.facts import CustomerErased
from remonta.kernel.actor import Actor
from remonta.orders.commands import erase_texts
from remonta.spine.facts import reacts_to


@reacts_to(CustomerErased)
def erase_texts_of_orders(actor: Actor, fact: CustomerErased) -> None:
    """Nothing written or shown in their repairs stays; while one is open, nothing is erased."""
    erase_texts(actor, fact.customer_ids, replayed=fact.replayed)
