"""What telephony does when a customer is forgotten: that somebody called stays, from where goes."""

from django.db.models import Q

from remonta.calls.models import Call
from remonta.customers.facts import CustomerErased
from remonta.customers.queries import reached_by
from remonta.kernel.actor import Actor
from remonta.spine.facts import reacts_to


@reacts_to(CustomerErased)
def erase_numbers_of_calls(actor: Actor, fact: CustomerErased) -> None:
    """Calls that were known as theirs, and calls from their numbers."""
    numbers, _mails = reached_by(fact.customer_ids)
    Call.objects.filter(Q(customer__in=fact.customer_ids) | Q(number__in=numbers)).update(number="")
