"""Customers, their phones, and the offline map of cities."""

from remonta.customers.queries.cities import City, find_city, kilometres, nearest_centres
from remonta.customers.queries.people import (
    AddressLine,
    CustomerCard,
    PhoneLine,
    RelatedLine,
    customer_card,
    customers_for,
    family_of,
    find_by_phone,
    flags,
    phones_of,
    related_to,
)
from remonta.customers.queries.phones import PhoneUnclear, as_e164, read_phone

__all__ = [
    "AddressLine",
    "City",
    "CustomerCard",
    "PhoneLine",
    "PhoneUnclear",
    "RelatedLine",
    "as_e164",
    "customer_card",
    "customers_for",
    "family_of",
    "find_by_phone",
    "find_city",
    "flags",
    "kilometres",
    "nearest_centres",
    "phones_of",
    "read_phone",
    "related_to",
]
