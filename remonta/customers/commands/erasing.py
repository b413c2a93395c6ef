"""Forgetting a customer who asks for it (GDPR, article 17): what is known of them goes, what was done stays."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.customers.commands.finding import forget
from remonta.customers.facts import CustomerErased
from remonta.customers.models import Address, Customer, KnownCustomer, Phone, Relation
from remonta.customers.queries import customers_for
from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.spine.commands import command, note_erasures, record

RIGHT, KIND = "customers.erase", "customer"


class KnownElsewhere(Refused):
    text = _("Other centres deal with this customer as well. Ask the head office to erase them.")


@command
def erase_customer(actor: Actor, uid: UUID) -> Customer:
    """Erases name, numbers, addresses and every free text about the customer, in all rooms; erasing twice is once.

    Money, moves, events and issued invoices stay, for the law asks for them. Each room answers the fact in this
    transaction and may refuse: an order is open, money is owed. Raises KnownElsewhere, OrderOpen, RequestOpen,
    MoneyOwed, CreditLeft, MessageUnderWay.
    """
    customer = customers_for(actor).select_for_update(of=("self",)).get(uid=uid)
    if not customers_for(actor, RIGHT).filter(pk=customer.pk).exists():
        raise NotPermitted
    places = actor.places_of(RIGHT)
    if EVERYWHERE not in places and KnownCustomer.objects.filter(customer=customer).exclude(centre__in=places).exists():
        raise KnownElsewhere
    return customer if customer.erased_at else _erase(actor, customer, replayed=False)


@command
def erase_again(actor: Actor, uids: Iterable[UUID]) -> int:
    """After a backup was put back: erases those who had been erased since it was made; how many there were."""
    if not actor.may_at(RIGHT, None):
        raise NotPermitted
    back = Customer.objects.select_for_update(of=("self",)).filter(uid__in=list(uids), erased_at=None).order_by("pk")
    return len([_erase(actor, customer, replayed=True) for customer in back])


def _erase(actor: Actor, customer: Customer, *, replayed: bool) -> Customer:
    """Rooms above answer while the numbers are still known, by which they find calls and requests of nobody's."""
    family = [customer, *Customer.objects.select_for_update().filter(merged_into=customer, erased_at=None)]
    ids = tuple(one.pk for one in family)
    record(actor, customer, CustomerErased(customer_id=customer.pk, customer_ids=ids, replayed=replayed))
    Phone.objects.filter(customer__in=ids).delete()
    Address.objects.filter(customer__in=ids).update(label="", lines="", city="", postcode="", country="")
    Relation.objects.filter(Q(customer__in=ids) | Q(other__in=ids)).delete()
    for one in family:
        _blank(actor, one)
        forget(one)
    note_erasures(KIND, [one.uid for one in family], actor.now())
    return customer


def _blank(actor: Actor, one: Customer) -> None:
    """A number stands where the name stood: the row is named by repairs, moves and postings."""
    one.name = one.sort_name = f"#{one.pk}"
    one.email = one.tax_id = one.note = ""
    one.flags, one.may_contact, one.account_manager = [], {}, None
    one.erased_at = actor.now()
    one.save()
