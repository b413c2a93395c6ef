"""What quality does when a customer is forgotten: scores stay, words go."""

from remonta.customers.facts import CustomerErased
from remonta.kernel.actor import Actor
from remonta.orders.queries import orders_of_customers
from remonta.quality.models import FinalCheck, Rating
from remonta.spine.facts import reacts_to


@reacts_to(CustomerErased)
def erase_words_of_ratings(actor: Actor, fact: CustomerErased) -> None:
    """What the customer wrote, and what the checker noted."""
    orders = orders_of_customers(fact.customer_ids)
    Rating.objects.filter(work_order__in=orders).update(text="")
    FinalCheck.objects.filter(work_order__in=orders).update(note="")
