"""What parts and works cost, by legal entity and day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from remonta.catalogue.models import Price
from remonta.identity.queries import every_centre, in_reach
from remonta.kernel.actor import Actor

Thing = tuple[str, int]
PART, SERVICE = "part", "service"


@dataclass(frozen=True)
class Priced:
    """A price in major units, tax included; `cost` is None where it is unknown or not for the reader."""

    amount: Decimal
    cost: Decimal | None
    tax_code: str
    since: date


@dataclass(frozen=True)
class PriceList:
    """A legal entity as the price list knows it."""

    id: int
    uid: UUID
    name: str
    currency: str


def price_of(
    legal_entity_id: int, *, part_ids: Collection[int] = (), service_ids: Collection[int] = (), day: date
) -> dict[Thing, Priced]:
    """Prices by ("part", id) and ("service", id); what has no price is left out. One statement for all of them.

    For commands: cost is included. Pages use `prices_for`.
    """
    things = Q(part_id__in=list(part_ids)) | Q(service_id__in=list(service_ids))
    rows = Price.objects.filter(things, legal_entity_id=legal_entity_id, since__lte=day).order_by("since", "pk")
    fields = ("part_id", "service_id", "amount", "cost", "tax_code", "since")
    return {
        (PART, part) if part else (SERVICE, service): Priced(*values)
        for part, service, *values in rows.values_list(*fields)
    }


def prices_for(
    actor: Actor,
    legal_entity_id: int,
    *,
    part_ids: Collection[int] = (),
    service_ids: Collection[int] = (),
    day: date | None = None,
) -> dict[Thing, Priced]:
    """As `price_of`, for reading: cost only for those who may see it. One statement."""
    found = price_of(legal_entity_id, part_ids=part_ids, service_ids=service_ids, day=day or actor.now().date())
    return found if sees_cost(actor) else without_cost(found)


def sees_cost(actor: Actor) -> bool:
    """Whether cost prices and margins may be shown. No statement."""
    return actor.may_somewhere("catalogue.see_cost")


def without_cost(prices: Mapping[Thing, Priced]) -> dict[Thing, Priced]:
    """The prices as people without the right see them."""
    return {thing: replace(priced, cost=None) for thing, priced in prices.items()}


def price_lists_for(actor: Actor) -> tuple[PriceList, ...]:
    """The legal entities whose prices the actor may read, by name. One statement."""
    centres = every_centre().filter(in_reach(actor, "catalogue.see", "pk")).order_by("legal_entity__name", "pk")
    fields = ("legal_entity_id", "legal_entity__uid", "legal_entity__name", "legal_entity__currency")
    return tuple(dict.fromkeys(PriceList(*row) for row in centres.values_list(*fields)))


def may_price(actor: Actor, legal_entity_id: int) -> bool:
    """Whether the actor may set prices of the legal entity. One statement."""
    return every_centre().filter(in_reach(actor, "catalogue.price", "pk"), legal_entity_id=legal_entity_id).exists()
