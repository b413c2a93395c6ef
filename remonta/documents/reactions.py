"""What documents does when a customer is forgotten: papers go, but for what the law wants kept."""

from remonta.customers.facts import CustomerErased
from remonta.documents.models import Document
from remonta.kernel.actor import Actor
from remonta.orders.queries import orders_of_customers
from remonta.spine.facts import reacts_to

KEPT_BY_LAW = ("invoice",)


@reacts_to(CustomerErased)
def erase_papers(actor: Actor, fact: CustomerErased) -> None:
    """Receipts, work orders, quotes, acts and labels carry name and number; issued invoices keep theirs."""
    orders = orders_of_customers(fact.customer_ids).values("pk")
    Document.objects.filter(thread_id__in=orders).exclude(code__in=KEPT_BY_LAW).delete()
