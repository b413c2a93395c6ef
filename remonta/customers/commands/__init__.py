"""Writing about customers."""

from remonta.customers.commands.erasing import KnownElsewhere, erase_again, erase_customer
from remonta.customers.commands.merging import MergedIntoItself, merge_customers
from remonta.customers.commands.people import (
    CustomerGone,
    NameMissing,
    SameCustomer,
    UnknownFlag,
    add_address,
    add_phone,
    change_address,
    change_customer,
    flag_customer,
    give_account_manager,
    know_customer,
    part_customers,
    register_customer,
    relate_customers,
    remove_phone,
)

__all__ = [
    "CustomerGone",
    "KnownElsewhere",
    "MergedIntoItself",
    "NameMissing",
    "SameCustomer",
    "UnknownFlag",
    "add_address",
    "add_phone",
    "change_address",
    "change_customer",
    "erase_again",
    "erase_customer",
    "flag_customer",
    "give_account_manager",
    "know_customer",
    "merge_customers",
    "part_customers",
    "register_customer",
    "relate_customers",
    "remove_phone",
]
