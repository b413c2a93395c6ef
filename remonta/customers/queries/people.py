"""Reading customers: who may be seen, how to find them, and their card."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from remonta.customers.models import Address, Customer, KnownCustomer, Phone, Relation, RelationKind
from remonta.customers.queries.phones import as_e164, digits_of
from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.kernel.texts import normal
from remonta.spine.queries import find, search_kind

SHORTEST_TAIL, SHORTEST_TEXT = 4, 2
FLAGS = {
    "careful": _("Handle with care: was unhappy before"),
    "prepay": _("Pays in advance only"),
    "vip": _("Important customer"),
    "no_calls": _("Does not want to be called"),
    "debtor": _("Still owes us"),
}


@dataclass(frozen=True)
class PhoneLine:
    """One number (E.164) of a card."""

    id: int
    number: str
    label: str
    takes_sms: bool


@dataclass(frozen=True)
class AddressLine:
    """One address of a card."""

    uid: UUID
    label: str
    lines: str
    city: str
    postcode: str
    country: str
    text: str


@dataclass(frozen=True)
class RelatedLine:
    """Somebody who belongs to the customer, as far as the actor may see them."""

    uid: UUID
    name: str
    kind: str
    label: str


@dataclass(frozen=True)
class CustomerCard:
    """Everything a page shows of a customer."""

    id: int
    uid: UUID
    kind: str
    kind_label: str
    name: str
    email: str
    language: str
    tax_id: str
    note: str
    flags: tuple[tuple[str, str], ...]
    may_contact: dict[str, Any]
    account_manager: str
    created_at: datetime
    erased_at: datetime | None
    phones: tuple[PhoneLine, ...]
    addresses: tuple[AddressLine, ...]
    related: tuple[RelatedLine, ...]

    @property
    def phone(self) -> str:
        return self.phones[0].number if self.phones else ""


def customers_for(actor: Actor, permission: str = "customers.see") -> QuerySet[Customer]:
    """The customers the actor may see: all, or those known at centres of theirs; never a duplicate that was merged."""
    return Customer.objects.filter(_reach(actor, permission), merged_into=None)


def find_by_phone(actor: Actor, text: str, country: str = "", limit: int = 10) -> tuple[Customer, ...]:
    """Customers with that number, or with numbers that end so (four digits or more). One statement."""
    phones = _numbered(text, country)
    if phones is None:
        return ()
    having = Exists(phones.filter(customer=OuterRef("pk")))
    return tuple(customers_for(actor).filter(having).order_by("sort_name", "pk")[:limit])


def matching(text: str, country: str = "") -> Q:
    """Customers by phone number, every word of the name in any order, e-mail or tax number. No statement."""
    if not any(char.isalpha() for char in text):
        phones = _numbered(text, country)
        by_tax = Q(tax_id=text.strip()) if text.strip() else Q(pk__in=[])
        return by_tax | Q(Exists(phones.filter(customer=OuterRef("pk")))) if phones is not None else by_tax
    if "@" in text:
        return Q(email__startswith=text.strip().lower())
    words = Q()
    for word in normal(text).split():
        words &= Q(sort_name__contains=word)
    return words | Q(tax_id=text.strip())


def find_customers(actor: Actor, text: str, country: str = "", limit: int = 10) -> tuple[Customer, ...]:
    """Customers by whatever is known of them, for choosing one; a mistyped name is forgiven. Ten statements at most."""
    if len(text.strip()) < SHORTEST_TEXT:
        return ()
    if numbered := find_by_phone(actor, text, country, limit):
        return numbered
    found = [hit.subject_id for hit in find(actor, text, kinds={"customer"}, limit=limit)]
    rows = customers_for(actor).in_bulk(found)
    return tuple(rows[pk] for pk in found if pk in rows)


def alike(actor: Actor, customer_id: int, limit: int = 6) -> tuple[Customer, ...]:
    """Customers who may be the same: with one of the numbers, the e-mail or the very name. Two statements."""
    one = Customer.objects.get(pk=customer_id)
    numbers = Phone.objects.filter(customer=one).values("number")
    same = Q(Exists(Phone.objects.filter(customer=OuterRef("pk"), number__in=numbers))) | Q(sort_name=one.sort_name)
    if one.email:
        same |= Q(email=one.email)
    others = customers_for(actor).filter(same, erased_at=None).exclude(pk=one.pk)
    return tuple(others.order_by("sort_name", "pk")[:limit])


def customer_card(actor: Actor, uid: UUID) -> CustomerCard:
    """The customer with phones, addresses and those who belong to them. Four statements. Raises DoesNotExist."""
    one = customers_for(actor).select_related("account_manager").get(uid=uid)
    return CustomerCard(
        id=one.pk,
        uid=one.uid,
        kind=one.kind,
        kind_label=one.get_kind_display(),
        name=one.name,
        email=one.email,
        language=one.language,
        tax_id=one.tax_id,
        note=one.note,
        flags=tuple((flag, str(FLAGS.get(flag, flag))) for flag in one.flags),
        may_contact=dict(one.may_contact),
        account_manager=one.account_manager.name if one.account_manager else "",
        created_at=one.created_at,
        erased_at=one.erased_at,
        phones=tuple(PhoneLine(p.pk, p.number, p.label, p.takes_sms) for p in one.phones.order_by("position", "pk")),
        addresses=tuple(_address(address) for address in one.addresses.order_by("position", "pk")),
        related=related_to(actor, one.pk),
    )


def related_to(actor: Actor, customer_id: int) -> tuple[RelatedLine, ...]:
    """Who belongs to the customer and whom they belong to. One statement."""
    seen = customers_for(actor).values("pk")
    either = Q(customer_id=customer_id, other__in=seen) | Q(other_id=customer_id, customer__in=seen)
    rows = Relation.objects.filter(either).select_related("customer", "other").order_by("pk")
    lines = []
    for row in rows:
        forth = row.customer_id == customer_id
        them = row.other if forth else row.customer
        said = row.get_kind_display() if forth or row.kind == RelationKind.HOUSEHOLD else _("employs")
        lines.append(RelatedLine(them.uid, them.name, row.kind, str(said)))
    return tuple(lines)


def phones_of(customer_ids: set[int]) -> dict[int, str]:
    """The first number of each of these customers. One statement, none without ids."""
    if not customer_ids:
        return {}
    rows = Phone.objects.filter(customer_id__in=customer_ids).order_by("-position", "-pk")
    return dict(rows.values_list("customer_id", "number"))


def reached_by(customer_ids: Collection[int]) -> tuple[frozenset[str], frozenset[str]]:
    """All numbers and mail addresses of those customers, for rooms that keep them apart. Two statements."""
    numbers = Phone.objects.filter(customer_id__in=customer_ids).values_list("number", flat=True)
    mails = Customer.objects.filter(pk__in=customer_ids).exclude(email="").values_list("email", flat=True)
    return frozenset(numbers), frozenset(mails)


def erased_customers() -> tuple[UUID, ...]:
    """The outside ids of all customers whose data was erased. One statement."""
    return tuple(Customer.objects.exclude(erased_at=None).values_list("uid", flat=True))


def family_of(customer_id: int) -> list[int]:
    """The customer and the duplicates merged into them: rooms above read through by these keys. One statement."""
    return [customer_id, *Customer.objects.filter(merged_into_id=customer_id).values_list("pk", flat=True)]


def flags() -> tuple[tuple[str, str], ...]:
    """Codes and words of the warnings a customer can carry. No statement."""
    return tuple((code, str(label)) for code, label in FLAGS.items())


def _reach(actor: Actor, permission: str) -> Q:
    places = actor.places_of(permission)
    if EVERYWHERE in places:
        return Q()
    here = Q(Exists(KnownCustomer.objects.filter(customer=OuterRef("pk"), centre_id__in=sorted(places))))
    return here | Q(pk__in=sorted(actor.granted("customers.customer")))


def _numbered(text: str, country: str) -> QuerySet[Phone] | None:
    whole = as_e164(text, country)
    same = Q(number=whole) if whole else Q(pk__in=[])
    tail = digits_of(text).lstrip("0")[-10:]
    if len(tail) < SHORTEST_TAIL:
        return Phone.objects.filter(same) if whole else None
    start = tail[::-1]
    return Phone.objects.filter(same | Q(reversed_digits__gte=start, reversed_digits__lt=start + "a"))


def _address(address: Address) -> AddressLine:
    parts = (address.uid, address.label, address.lines, address.city, address.postcode, address.country)
    return AddressLine(*parts, text=str(address))


search_kind("customer", "customers.see")
