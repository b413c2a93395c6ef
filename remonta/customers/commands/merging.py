"""Two entries of one customer become one."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.customers.commands.finding import forget, index_again
from remonta.customers.commands.people import lock_customer
from remonta.customers.facts import CustomersMerged
from remonta.customers.models import Address, Customer, KnownCustomer, Phone, Relation
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.spine.commands import command, record


class MergedIntoItself(Refused):
    text = _("Choose another customer: one cannot be merged into itself.")
    field = "into"


@command
def merge_customers(actor: Actor, uid: UUID, *, into_uid: UUID) -> Customer:
    """The first was the same as the second, under whom both are found from now on. Returns the second.

    Rows above keep pointing to the duplicate and are read through `family_of`; the survivor learns its numbers,
    addresses, relations and where it is known. Both are locked, the older one first. Raises MergedIntoItself.
    """
    if uid == into_uid:
        raise MergedIntoItself
    pair = {one: lock_customer(actor, one, "customers.merge") for one in sorted((uid, into_uid))}
    duplicate, kept = pair[uid], pair[into_uid]
    duplicate.merged_into = kept
    duplicate.save(update_fields=["merged_into"])
    Customer.objects.filter(merged_into=duplicate).update(merged_into=kept)
    _learn(kept, duplicate)
    forget(duplicate)
    index_again(kept)
    record(actor, duplicate, CustomersMerged(customer_id=duplicate.pk, into_id=kept.pk))
    record(actor, kept, CustomersMerged(customer_id=duplicate.pk, into_id=kept.pk))
    return kept


def _learn(kept: Customer, duplicate: Customer) -> None:
    later = 100
    phones = [
        Phone(
            customer=kept,
            number=phone.number,
            reversed_digits=phone.reversed_digits,
            label=phone.label,
            takes_sms=phone.takes_sms,
            position=later + phone.position,
        )
        for phone in duplicate.phones.order_by("position", "pk")
    ]
    Phone.objects.bulk_create(phones, ignore_conflicts=True)
    known = KnownCustomer.objects.filter(customer=duplicate).values_list("centre_id", flat=True)
    KnownCustomer.objects.bulk_create(
        [KnownCustomer(customer=kept, centre_id=at) for at in known], ignore_conflicts=True
    )
    Address.objects.filter(customer=duplicate).update(customer=kept)
    for row in Relation.objects.filter(customer=duplicate).exclude(other=kept):
        Relation.objects.get_or_create(customer=kept, other=row.other, kind=row.kind)
    for row in Relation.objects.filter(other=duplicate).exclude(customer=kept):
        Relation.objects.get_or_create(customer=row.customer, other=kept, kind=row.kind)
    emptied = [field for field in ("email", "tax_id") if getattr(duplicate, field) and not getattr(kept, field)]
    for field in emptied:
        setattr(kept, field, getattr(duplicate, field))
    kept.flags = sorted({*kept.flags, *duplicate.flags})
    kept.save(update_fields=[*emptied, "flags"])
