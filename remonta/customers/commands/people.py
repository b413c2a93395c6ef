"""Registering customers and changing what is known of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.customers.commands.finding import index_again, index_new
from remonta.customers.facts import (
    CustomerChanged,
    CustomerFlagged,
    CustomerKnown,
    CustomerRegistered,
    CustomersRelated,
)
from remonta.customers.models import Address, Customer, CustomerKind, KnownCustomer, Phone, Relation, RelationKind
from remonta.customers.queries import customers_for, flags, read_phone
from remonta.identity.queries import people_for, workplace
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean, sort_key
from remonta.spine.commands import command, record, record_first
from remonta.spine.queries import remember, remembered

CHANGEABLE = ("kind", "name", "sort_name", "email", "language", "tax_id", "note", "may_contact")


class NameMissing(Refused):
    text = _("Write the customer’s name.")
    field = "name"


class SameCustomer(Refused):
    text = _("A customer cannot be related to themselves. Choose somebody else.")
    field = "other"


class UnknownFlag(Refused):
    text = _("There is no warning called “%(flag)s”. Choose one of the list.")
    field = "flag"


class CustomerGone(Refused):
    text = _("What was known of this customer has been erased. Register them anew.")


@command
def register_customer(
    actor: Actor,
    *,
    name: str,
    kind: str = CustomerKind.PERSON,
    phones: Sequence[str] = (),
    email: str = "",
    language: str = "",
    centre_id: int,
    sort_name: str = "",
    tax_id: str = "",
    note: str = "",
    may_contact: Mapping[str, bool] | None = None,
    uid: UUID | None = None,
) -> Customer:
    """Somebody new, known at the centre from now on. Numbers without a country's code are read as the centre's own.

    Raises NameMissing, PhoneUnclear. One statement reads; four write, beside the search entry.
    """
    if not actor.may_at("customers.write", centre_id):
        raise NotPermitted
    centre = workplace(centre_id)
    numbers = list(dict.fromkeys(read_phone(text, centre.country) for text in phones if text.strip()))
    if not (known_as := clean(name)):
        raise NameMissing
    customer = Customer.objects.create(
        uid=uid or uuid7(actor.now()),
        kind=kind,
        name=known_as,
        sort_name=sort_key(sort_name or known_as),
        language=language or centre.language,
        may_contact=dict(may_contact or {}),
        created_at=actor.now(),
        **_cleaned(email=email.lower(), tax_id=tax_id, note=note),
    )
    Phone.objects.bulk_create([_phone(customer, number, at) for at, number in enumerate(numbers)])
    _know_new(customer, centre_id)
    index_new(customer, numbers, centre.kind, centre_id)
    record_first(actor, customer, CustomerRegistered(customer_id=customer.pk, kind=kind, centre_id=centre_id))
    return customer


@command
def change_customer(actor: Actor, /, uid: UUID, **changes: Any) -> Customer:
    """Corrects fields out of kind, name, sort_name, email, language, tax_id, note, may_contact. Raises NameMissing."""
    customer = lock_customer(actor, uid)
    given = {field: clean(value) if isinstance(value, str) else value for field, value in changes.items()}
    if given.get("name") == "":
        raise NameMissing
    if "name" in given or "sort_name" in given:
        given["sort_name"] = sort_key(given.get("sort_name") or given.get("name") or customer.name)
    changed = tuple(field for field in CHANGEABLE if field in given and getattr(customer, field) != given[field])
    for field in changed:
        setattr(customer, field, given[field])
    if changed:
        customer.save(update_fields=changed)
        index_again(customer)
        record(actor, customer, CustomerChanged(customer_id=customer.pk, fields=changed))
    return customer


@command
def give_account_manager(actor: Actor, uid: UUID, *, account_id: int | None) -> Customer:
    """Who cares for the customer; None for nobody."""
    customer = lock_customer(actor, uid)
    customer.account_manager = people_for(actor).get(pk=account_id) if account_id else None
    customer.save(update_fields=["account_manager"])
    record(actor, customer, CustomerChanged(customer_id=customer.pk, fields=("account_manager",)))
    return customer


@command
def add_phone(
    actor: Actor,
    uid: UUID,
    *,
    phone: str,
    label: str = "",
    takes_sms: bool = True,
    country: str = "",
    first: bool = False,
) -> Customer:
    """One more number; adding it twice changes its label. `first` makes it the one to call. Raises PhoneUnclear."""
    customer = lock_customer(actor, uid)
    number = read_phone(phone, country or _country_of(customer))
    places = list(customer.phones.values_list("position", flat=True)) or [0]
    position = min(places) - 1 if first else max(places) + 1
    if position < 0:
        for row in customer.phones.all():
            Phone.objects.filter(pk=row.pk).update(position=row.position + 1)
        position = 0
    row = _phone(customer, number, position)
    said = {"label": clean(label), "takes_sms": takes_sms, "position": position}
    Phone.objects.update_or_create(
        customer=customer, number=number, defaults=said | {"reversed_digits": row.reversed_digits}
    )
    return _changed(actor, customer, "phones")


@command
def remove_phone(actor: Actor, uid: UUID, *, phone_id: int) -> Customer:
    """The number is no longer theirs."""
    customer = lock_customer(actor, uid)
    customer.phones.get(pk=phone_id).delete()
    return _changed(actor, customer, "phones")


@command
def add_address(
    actor: Actor, uid: UUID, *, lines: str, city: str = "", postcode: str = "", country: str = "", label: str = ""
) -> Address:
    """Where something is fetched, sent or invoiced."""
    customer = lock_customer(actor, uid)
    address = Address.objects.create(
        uid=uuid7(actor.now()),
        customer=customer,
        label=clean(label),
        lines=clean(lines),
        city=clean(city),
        postcode=clean(postcode),
        country=clean(country).upper()[:2],
        position=customer.addresses.count(),
    )
    _changed(actor, customer, "addresses")
    return address


@command
def change_address(actor: Actor, /, uid: UUID, *, address_uid: UUID, **changes: str) -> Address:
    """Corrects fields out of label, lines, city, postcode, country."""
    customer = lock_customer(actor, uid)
    address = customer.addresses.get(uid=address_uid)
    given = {
        field: clean(changes[field]) for field in ("label", "lines", "city", "postcode", "country") if field in changes
    }
    for field, value in given.items():
        setattr(address, field, value)
    address.save(update_fields=[*given])
    _changed(actor, customer, "addresses")
    return address


@command
def relate_customers(actor: Actor, uid: UUID, *, other_uid: UUID, kind: str) -> Customer:
    """The customer lives with the other (household) or works for them (member). Relating twice is relating once."""
    customer = lock_customer(actor, uid)
    other = customers_for(actor).get(uid=other_uid)
    if other.pk == customer.pk:
        raise SameCustomer
    related = Relation.objects.get_or_create(customer=customer, other=other, kind=RelationKind(kind))
    if related[1]:
        record(actor, customer, CustomersRelated(customer_id=customer.pk, other_id=other.pk, kind=kind))
    return customer


@command
def part_customers(actor: Actor, uid: UUID, *, other_uid: UUID, kind: str) -> Customer:
    """They no longer belong together."""
    customer = lock_customer(actor, uid)
    other = customers_for(actor).get(uid=other_uid)
    gone, _rows = Relation.objects.filter(
        customer__in=[customer, other], other__in=[customer, other], kind=RelationKind(kind)
    ).delete()
    if gone:
        said = CustomersRelated(customer_id=customer.pk, other_id=other.pk, kind=kind, ended=True)
        record(actor, customer, said)
    return customer


@command
def flag_customer(actor: Actor, uid: UUID, *, flag: str, on: bool = True) -> Customer:
    """Sets or takes off a warning that the counter sees. Raises UnknownFlag."""
    if flag not in dict(flags()):
        raise UnknownFlag(flag=flag)
    customer = lock_customer(actor, uid)
    if (flag in customer.flags) != on:
        customer.flags = sorted({*customer.flags, flag} if on else {*customer.flags} - {flag})
        customer.save(update_fields=["flags"])
        record(actor, customer, CustomerFlagged(customer_id=customer.pk, flag=flag, set=on))
    return customer


@command
def know_customer(actor: Actor, customer_id: int, centre_id: int) -> None:
    """The centre deals with the customer from now on: for commands of rooms above, which have checked the right.

    Knowing twice is knowing once. One statement when already known, once in a command.
    """
    known = KnownCustomer.objects.filter(customer_id=customer_id, centre_id=centre_id)
    if remembered(_known(customer_id, centre_id), known.exists):
        return
    remember(_known(customer_id, centre_id), True)
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    KnownCustomer.objects.bulk_create([KnownCustomer(customer=customer, centre_id=centre_id)], ignore_conflicts=True)
    index_again(customer)
    record(actor, customer, CustomerKnown(customer_id=customer.pk, centre_id=centre_id))


def lock_customer(actor: Actor, uid: UUID, permission: str = "customers.write") -> Customer:
    """The customer's row, locked. Raises DoesNotExist out of sight, NotPermitted, CustomerGone."""
    customer = customers_for(actor).select_for_update(of=("self",)).get(uid=uid)
    if not customers_for(actor, permission).filter(pk=customer.pk).exists():
        raise NotPermitted
    if customer.erased_at:
        raise CustomerGone
    return customer


def _know_new(customer: Customer, centre_id: int) -> None:
    KnownCustomer.objects.create(customer=customer, centre_id=centre_id)
    remember(_known(customer.pk, centre_id), True)


def _known(customer_id: int, centre_id: int) -> tuple[str, int, int]:
    """By what a command remembers that the centre knows the customer."""
    return "customer known", customer_id, centre_id


def _cleaned(**texts: str) -> dict[str, str]:
    return {field: clean(text) for field, text in texts.items()}


def _phone(customer: Customer, number: str, position: int) -> Phone:
    return Phone(customer=customer, number=number, reversed_digits=number.lstrip("+")[::-1], position=position)


def _changed(actor: Actor, customer: Customer, field: str) -> Customer:
    index_again(customer)
    record(actor, customer, CustomerChanged(customer_id=customer.pk, fields=(field,)))
    return customer


def _country_of(customer: Customer) -> str:
    known = KnownCustomer.objects.filter(customer=customer).order_by("pk").values_list("centre__country", flat=True)
    return known.first() or ""
