"""Customers, their phones, and the offline map of cities."""

from remonta.customers.models import Customer
from remonta.customers.queries.cities import City, find_city, kilometres, nearest_centres
from remonta.customers.queries.people import (
    AddressLine,
    CustomerCard,
    PhoneLine,
    RelatedLine,
    alike,
    customer_card,
    customers_for,
    erased_customers,
    family_of,
    find_by_phone,
    find_customers,
    flags,
    matching,
    phones_of,
    reached_by,
    related_to,
)
from remonta.customers.queries.phones import PhoneUnclear, as_e164, read_phone

__all__ = [
    "AddressLine",
    "City",
    "Customer",
    "CustomerCard",
    "PhoneLine",
    "PhoneUnclear",
    "RelatedLine",
    "alike",
    "as_e164",
    "customer_card",
    "customers_for",
    "erased_customers",
    "family_of",
    "find_by_phone",
    "find_city",
    "find_customers",
    "flags",
    "kilometres",
    "matching",
    "nearest_centres",
    "phones_of",
    "reached_by",
    "read_phone",
    "related_to",
]
