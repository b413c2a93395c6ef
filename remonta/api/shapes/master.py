"""Customers, units and the catalogue."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import field_validator

from remonta.api.fields import Label, Prices, Shape


class PhoneShape(Shape):
    """A number, in E.164."""

    id: int
    number: str
    label: str
    takes_sms: bool


class AddressShape(Shape):
    """An address."""

    uid: UUID
    label: str
    lines: str
    city: str
    postcode: str
    country: str


class RelatedShape(Shape):
    """Who belongs to a customer."""

    uid: UUID
    name: str
    kind: str
    label: Label


class Customer(Shape):
    """A customer with phones, addresses and those who belong to them."""

    uid: UUID
    kind: str
    name: str
    email: str
    language: str
    tax_id: str
    note: str
    flags: list[str]
    may_contact: dict[str, bool]
    account_manager: str
    created_at: datetime
    erased_at: datetime | None
    phones: list[PhoneShape]
    addresses: list[AddressShape]
    related: list[RelatedShape]

    @field_validator("flags", mode="before")
    @classmethod
    def _codes(cls, value: Any) -> Any:
        return [one[0] if isinstance(one, tuple) else one for one in value]


class CustomerRow(Shape):
    """A customer in a list."""

    uid: UUID
    kind: str
    name: str
    phone: str
    email: str
    language: str
    tax_id: str
    flags: list[str]
    created_at: datetime


class LinkedShape(Shape):
    """A unit that belongs to another."""

    uid: UUID
    kind: str
    label: Label
    name: str
    number: str


class Unit(Shape):
    """A unit of the product archive."""

    uid: UUID
    product_uid: UUID
    product: str
    category: str
    serial: str
    second_serial: str
    tag: str
    number: str
    quantity: int
    batch: str
    owner_uid: UUID | None
    owner: str
    sold_on: date | None
    warranty_until: date | None
    note: str
    state: str
    state_label: Label
    created_at: datetime
    links: list[LinkedShape]


class UnitRow(Shape):
    """A unit in a list."""

    uid: UUID
    number: str
    serial: str
    tag: str
    product_uid: UUID
    product: str
    warranty_until: date | None
    state: str
    created_at: datetime


class Category(Shape):
    """A kind of device; accessories and looks are what intake offers."""

    uid: UUID
    code: str
    name: str
    names: dict[str, str]
    accessories: list[dict[str, str]]
    looks: list[dict[str, str]]
    asks_passcode: bool
    serial_is_imei: bool


class FaultShape(Shape):
    """What is known to go wrong with a model, and what helps."""

    id: int
    symptoms: str
    remedy: str
    service: str


class PartShape(Shape):
    """A spare part."""

    uid: UUID
    number: str
    name: str
    measure: str
    gtin: str
    tracking: str
    exchange: bool
    archived_at: datetime | None


class ProductRow(Shape):
    """A model in a list."""

    uid: UUID
    name: str
    brand: str
    code: str
    category_uid: UUID
    archived_at: datetime | None


class Product(Shape):
    """A model with its known faults and the parts that fit."""

    uid: UUID
    name: str
    brand: str
    full_name: str
    code: str
    category: str
    archived_at: datetime | None
    faults: list[FaultShape]
    parts: list[PartShape]


class Service(Shape):
    """A work of the price list."""

    uid: UUID
    code: str
    name: str
    names: dict[str, str]
    minutes: int
    keywords: str
    category_uid: UUID | None
    product_uid: UUID | None
    archived_at: datetime | None


class LikelyShape(Shape):
    """A work that answers what was said of the fault."""

    uid: UUID
    code: str
    name: str
    minutes: int
    amount: Prices | None
    score: int


class PriceListShape(Shape):
    """A legal entity whose prices can be read."""

    uid: UUID
    name: str
    currency: str


class PriceShape(Shape):
    """The price of a part or work, tax included, in major units. Without the right to see costs, `cost` is null."""

    kind: str
    uid: UUID
    code: str
    name: str
    currency: str
    amount: Prices | None
    cost: Prices | None
    tax_code: str
    since: date | None


class CheckItem(Shape):
    """A line of a checklist."""

    uid: UUID
    moment: str
    text: str
    names: dict[str, str]
    required: bool
    position: int
    category_uid: UUID | None


class FaultCodeShape(Shape):
    """A code of diagnosis."""

    uid: UUID
    kind: str
    code: str
    name: str
    names: dict[str, str]
    category_uid: UUID | None
