"""What documents does when a customer is forgotten: papers go, but for what the law wants kept."""

from remonta.customers.facts import CustomerErased
from remonta.documents.models import Document
from remonta.kernel.actor import Actor
from remonta.logistics.queries import whole_batches_with
from remonta.orders.queries import orders_of_customers
from remonta.spine.facts import reacts_to

KEPT_BY_LAW = ("invoice",)


@reacts_to(CustomerErased)
def erase_papers(actor: Actor, fact: CustomerErased) -> None:
    """Receipts, work orders, quotes, acts and labels carry name and number, papers of batches what was wrong; issued
    invoices keep theirs."""
    orders = list(orders_of_customers(fact.customer_ids).values_list("pk", flat=True))
    Document.objects.filter(thread_id__in=orders).exclude(code__in=KEPT_BY_LAW).delete()
    Document.objects.filter(subject="logistics.batch", subject_id__in=whole_batches_with(orders)).delete()
