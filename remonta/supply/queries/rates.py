"""What foreign money is worth."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from remonta.identity.queries import every_centre, in_reach
from remonta.kernel.actor import Actor
from remonta.supply.models import ExchangeRate


@dataclass(frozen=True)
class RateEntity:
    """A legal entity with its own currency, against which rates stand."""

    id: int
    uid: UUID
    name: str
    currency: str


def rate_entities_for(actor: Actor) -> tuple[RateEntity, ...]:
    """The legal entities of the network, for who may see suppliers in all of it. One statement."""
    if not actor.may_at("supply.see_suppliers", None):
        return ()
    entity = ("legal_entity_id", "legal_entity__uid", "legal_entity__name", "legal_entity__currency")
    rows = every_centre().filter(in_reach(actor, "supply.see_suppliers", "pk")).values_list(*entity).distinct()
    return tuple(RateEntity(*row) for row in rows.order_by("legal_entity__name", "legal_entity_id"))


def rates_for(actor: Actor) -> QuerySet[ExchangeRate]:
    """Rates of those legal entities."""
    rows = ExchangeRate.objects.all()
    return rows if actor.may_at("supply.see_suppliers", None) else rows.none()


def rate_on(legal_entity_id: int, own: str, currency: str, day: date) -> Decimal | None:
    """What one unit of the currency is worth in the legal entity's `own` on a day: the newest rate up to then.

    None when there is none. One statement, none for its own currency.
    """
    if currency == own:
        return Decimal(1)
    rows = ExchangeRate.objects.filter(legal_entity_id=legal_entity_id, currency=currency, day__lte=day)
    return rows.order_by("-day").values_list("rate", flat=True).first()
