"""What the product archive does when a customer is forgotten: the unit stays, what was written of it goes."""

from remonta.customers.facts import CustomerErased
from remonta.equipment.models import Shipment, Unit
from remonta.kernel.actor import Actor
from remonta.spine.facts import reacts_to


@reacts_to(CustomerErased)
def erase_notes_on_units(actor: Actor, fact: CustomerErased) -> None:
    """Serial numbers stay: they say which unit it is, and no longer whose."""
    Unit.objects.filter(owner__in=fact.customer_ids).update(note="")
    Shipment.objects.filter(customer__in=fact.customer_ids).update(customer_name="")
    Shipment.objects.filter(customer__in=fact.customer_ids).update(customer_name="")
