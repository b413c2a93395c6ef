"""Keeping customers findable: one entry for the whole network, and one at each partner centre that knows them."""

from collections.abc import Iterable, Sequence

from remonta.customers.models import Customer, KnownCustomer
from remonta.kernel.actor import EVERYWHERE
from remonta.spine.commands import forget_entry, index_entry

KIND = "customer"
PARTNER = "partner"


def index_new(customer: Customer, numbers: Sequence[str], centre_kind: str, centre_id: int | None) -> None:
    """Makes a customer findable who was registered in this transaction."""
    places = [EVERYWHERE, *([centre_id] if centre_id and centre_kind == PARTNER else [])]
    _index(customer, numbers, places)


def index_again(customer: Customer) -> None:
    """Brings the entries of a changed customer up to date. Two statements to read."""
    known = KnownCustomer.objects.filter(customer=customer, centre__kind=PARTNER).values_list("centre_id", flat=True)
    numbers = list(customer.phones.order_by("position", "pk").values_list("number", flat=True))
    _index(customer, numbers, [EVERYWHERE, *known])


def forget(customer: Customer) -> None:
    """A merged customer is found under the one they were merged into."""
    forget_entry(KIND, customer.pk)


def _index(customer: Customer, numbers: Sequence[str], places: Iterable[int]) -> None:
    words = [word for word in (customer.email, customer.tax_id) if word]
    for place in places:
        index_entry(
            KIND,
            customer.pk,
            uid=customer.uid,
            centre_id=place,
            title=customer.name,
            hint=" · ".join(numbers[:2]),
            words=words,
            names=[customer.name],
            phones=numbers,
        )
