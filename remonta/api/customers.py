"""Customers: the list, the card, and what hangs on it."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.fields import Asked, Code, Country, Email, Key, Language, Line, Paragraph, Word
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.master import Customer, CustomerRow
from remonta.api.shapes.orders import PastShape
from remonta.api.spoken import op
from remonta.customers import commands
from remonta.customers.queries import customer_card, customers_for, family_of, flags, matching, phones_of
from remonta.identity.queries import every_centre, people_for
from remonta.orders.queries import customer_history
from remonta.web.requests import Request

router = Router()
Channel = Literal["sms", "email", "call", "marketing"]
Relation = Literal["household", "member"]


class CustomerFilter(Paging):
    """Which customers."""

    q: Line = Field("", description="Name, phone, e-mail or tax number.")
    kind: Literal["person", "company"] | None = None


class Changes(Asked):
    """What may be corrected; what is left out stays."""

    name: Line | None = Field(None, min_length=1, max_length=200)
    sort_name: Word | None = None
    kind: Literal["person", "company"] | None = None
    email: Email | None = None
    language: Language | None = None
    tax_id: Code | None = None
    note: Paragraph | None = None
    may_contact: dict[Channel, bool] | None = None


class NewCustomer(Asked):
    """Somebody new, known at that centre from now on."""

    centre_uid: UUID
    name: Line = Field(min_length=1, max_length=200)
    sort_name: Word = ""
    kind: Literal["person", "company"] = "person"
    phones: list[Code] = Field(default_factory=list, max_length=10)
    email: Email = ""
    language: Language | Literal[""] = ""
    tax_id: Code = ""
    note: Paragraph = ""
    may_contact: dict[Channel, bool] = Field(default_factory=dict)


class PhoneAsked(Asked):
    """A number with the country’s code, or one of the customer’s country."""

    phone: Code
    label: Code = ""
    takes_sms: bool = True
    country: Country = ""
    first: bool = False


class NewAddress(Asked):
    """Where something is fetched, sent or invoiced."""

    lines: Line = Field(min_length=1)
    city: Word = ""
    postcode: Code = Field("", max_length=20)
    country: Country = ""
    label: Word = Field("", max_length=60)


class AddressChanges(Asked):
    """What may be corrected."""

    lines: Line | None = Field(None, min_length=1)
    city: Word | None = None
    postcode: Code | None = Field(None, max_length=20)
    country: Country | None = None
    label: Word | None = Field(None, max_length=60)


class RelationAsked(Asked):
    """The customer lives with the other, or works for them."""

    other_uid: UUID
    kind: Relation


class FlagAsked(Asked):
    """A warning that the counter sees."""

    flag: Code
    on: bool = True


class MergeAsked(Asked):
    """The customer who stays."""

    into_uid: UUID


class ManagerAsked(Asked):
    """Who cares for the customer; null for nobody."""

    account_uid: UUID | None


def sent(asked: Asked) -> dict[str, Any]:
    """What was sent and is not null."""
    return {name: value for name, value in asked.given().items() if value is not None}


def rows_of(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Customers of a list with their first numbers. One statement."""
    numbers = phones_of({row.pk for row in rows})
    same = ("uid", "kind", "name", "email", "language", "tax_id", "flags", "created_at")
    return [{name: getattr(row, name) for name in same} | {"phone": numbers.get(row.pk, "")} for row in rows]


@router.get("/customers", **op("customers", Page[CustomerRow]))
def listed(request: Request, asked: Query[CustomerFilter]) -> Any:
    """Customers in pages, newest first."""
    rows = customers_for(request.actor).filter(erased_at=None)
    rows = rows.filter(matching(asked.q)) if asked.q else rows
    return page_of(rows.filter(kind=asked.kind) if asked.kind else rows, asked, rows_of)


@router.post("/customers", **op("customers", Customer, status=201))
def register(request: Request, asked: NewCustomer) -> Any:
    """Registers a customer. Look for them first: two of the same can be merged later."""
    centre_id = every_centre().values_list("pk", flat=True).get(uid=asked.centre_uid)
    made = commands.register_customer(request.actor, centre_id=centre_id, **asked.model_dump(exclude={"centre_uid"}))
    return customer_card(request.actor, made.uid)


@router.get("/customers/{uuid:uid}", **op("customer", Customer))
def one(request: Request, uid: UUID) -> Any:
    """The customer with phones, addresses and those who belong to them."""
    return customer_card(request.actor, uid)


@router.patch("/customers/{uuid:uid}", **op("customer", Customer))
def change(request: Request, uid: UUID, asked: Changes) -> Any:
    """Corrects what is sent."""
    commands.change_customer(request.actor, uid, **sent(asked))
    return customer_card(request.actor, uid)


@router.get("/customers/{uuid:uid}/orders", **op("customer-orders", list[PastShape]))
def orders(request: Request, uid: UUID) -> Any:
    """What we did for the customer, newest first."""
    customer_id = customers_for(request.actor).values_list("pk", flat=True).get(uid=uid)
    if not request.actor.may_somewhere("orders.see"):
        return []
    return [row for key in family_of(customer_id) for row in customer_history(request.actor, key)]


@router.post("/customers/{uuid:uid}/merge", **op("customer-merge", Customer))
def merge(request: Request, uid: UUID, asked: MergeAsked) -> Any:
    """This one was the same as the other, under whom both are found from now on. Answers the other."""
    kept = commands.merge_customers(request.actor, uid, into_uid=asked.into_uid)
    return customer_card(request.actor, kept.uid)


@router.post("/customers/{uuid:uid}/erase", **op("customer-erase", Customer))
def erase(request: Request, uid: UUID) -> Any:
    """Erases what is known of a customer who asked for it, for good. Money, moves, events and invoices stay."""
    commands.erase_customer(request.actor, uid)
    return customer_card(request.actor, uid)


@router.post("/customers/{uuid:uid}/phones", **op("customer-phones", Customer))
def add_phone(request: Request, uid: UUID, asked: PhoneAsked) -> Any:
    """One more number; a number there is already gets another label."""
    commands.add_phone(request.actor, uid, **asked.model_dump())
    return customer_card(request.actor, uid)


@router.delete("/customers/{uuid:uid}/phones/{int:phone_id}", **op("customer-phone", Customer))
def drop_phone(request: Request, uid: UUID, phone_id: Key) -> Any:
    """The number is no longer theirs."""
    commands.remove_phone(request.actor, uid, phone_id=phone_id)
    return customer_card(request.actor, uid)


@router.post("/customers/{uuid:uid}/addresses", **op("customer-addresses", Customer))
def add_address(request: Request, uid: UUID, asked: NewAddress) -> Any:
    """One more address."""
    commands.add_address(request.actor, uid, **asked.model_dump())
    return customer_card(request.actor, uid)


@router.patch("/customers/{uuid:uid}/addresses/{uuid:address}", **op("customer-address", Customer))
def change_address(request: Request, uid: UUID, address: UUID, asked: AddressChanges) -> Any:
    """Corrects what is sent."""
    commands.change_address(request.actor, uid, address_uid=address, **sent(asked))
    return customer_card(request.actor, uid)


@router.post("/customers/{uuid:uid}/relations", **op("customer-relations", Customer))
def relate(request: Request, uid: UUID, asked: RelationAsked) -> Any:
    """They belong together."""
    commands.relate_customers(request.actor, uid, other_uid=asked.other_uid, kind=asked.kind)
    return customer_card(request.actor, uid)


@router.post("/customers/{uuid:uid}/relations/part", **op("customer-part", Customer))
def part(request: Request, uid: UUID, asked: RelationAsked) -> Any:
    """They no longer belong together."""
    commands.part_customers(request.actor, uid, other_uid=asked.other_uid, kind=asked.kind)
    return customer_card(request.actor, uid)


@router.post("/customers/{uuid:uid}/flags", **op("customer-flags", Customer))
def flag(request: Request, uid: UUID, asked: FlagAsked) -> Any:
    """Sets a warning, or takes it off."""
    customers_for(request.actor).only("pk").get(uid=uid)
    commands.flag_customer(request.actor, uid, flag=asked.flag, on=asked.on)
    return customer_card(request.actor, uid)


@router.post("/customers/{uuid:uid}/manager", **op("customer-manager", Customer))
def manager(request: Request, uid: UUID, asked: ManagerAsked) -> Any:
    """Says who cares for the customer."""
    people = people_for(request.actor).values_list("pk", flat=True)
    account_id = people.get(uid=asked.account_uid) if asked.account_uid else None
    commands.give_account_manager(request.actor, uid, account_id=account_id)
    return customer_card(request.actor, uid)


@router.get("/customer-flags", **op("flags", dict[str, str]))
def known_flags(request: Request) -> Any:
    """Codes and words of the warnings there are."""
    return {code: str(label) for code, label in flags()}
