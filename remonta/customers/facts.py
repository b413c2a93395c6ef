"""What customers tells the rooms above."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CustomerFact(Fact):
    """Everything said about a customer names them by id."""

    customer_id: int


@dataclass(frozen=True, kw_only=True)
class CustomerRegistered(CustomerFact):
    """Somebody new, first met at that centre."""

    name = "customers.registered"
    kind: str
    centre_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CustomerChanged(CustomerFact):
    """Names of the fields that changed; what they say stands in the customer's row only."""

    name = "customers.changed"
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CustomerKnown(CustomerFact):
    """Another centre deals with the customer from now on."""

    name = "customers.known"
    centre_id: int


@dataclass(frozen=True, kw_only=True)
class CustomersRelated(CustomerFact):
    """One belongs to the other, or no longer does."""

    name = "customers.related"
    other_id: int
    kind: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class CustomerFlagged(CustomerFact):
    """A warning for the people at the counter was set or taken off; `flag` is a code."""

    name = "customers.flagged"
    flag: str
    set: bool


@dataclass(frozen=True, kw_only=True)
class CustomersMerged(CustomerFact):
    """The customer was the same as another, under whom both are found from now on."""

    name = "customers.merged"
    into_id: int


@dataclass(frozen=True, kw_only=True)
class CustomerErased(CustomerFact):
    """The customer asked to be forgotten: each room erases the names and free text it keeps of them.

    `customer_ids` are the customer and their duplicates. `replayed` says that a backup from before was put back: what
    was checked at the erasure is not asked again.
    """

    name = "customers.erased"
    says = gettext_noop("Personal data erased")
    customer_ids: tuple[int, ...]
    replayed: bool = False
