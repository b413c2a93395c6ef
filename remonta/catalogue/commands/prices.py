"""Setting prices."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.catalogue.commands.entries import kind_of, lock
from remonta.catalogue.facts import PriceSet
from remonta.catalogue.models import Part, Price, Service
from remonta.catalogue.queries import may_price, parts_for, price_of, sees_cost, services_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.spine.commands import command, record

FINEST, HIGHEST = Decimal("0.000001"), Decimal(10) ** 11


class PriceOutOfRange(Refused):
    text = _("A price is zero or more, with at most six decimals.")
    field = "amount"


@command
def set_price(
    actor: Actor,
    *,
    legal_entity_id: int,
    amount: Decimal,
    part_uid: UUID | None = None,
    service_uid: UUID | None = None,
    cost: Decimal | None = None,
    tax_code: str = "",
    since: date | None = None,
) -> Price:
    """From that day (today unless given) the part or work costs so much, in major units, tax included.

    Cost and tax code stay as they were unless given; who may not see cost cannot change it. Raises PriceOutOfRange.
    """
    if not may_price(actor, legal_entity_id):
        raise NotPermitted
    if not 0 <= amount < HIGHEST or amount != amount.quantize(FINEST) or (cost is not None and not 0 <= cost < HIGHEST):
        raise PriceOutOfRange
    thing: Part | Service = (
        lock(parts_for(actor), part_uid) if part_uid else lock(services_for(actor), _one(service_uid))
    )
    day = since or actor.now().date()
    of = {"part": thing, "service": None} if isinstance(thing, Part) else {"part": None, "service": thing}
    before = _before(thing, legal_entity_id, day)
    values = {
        "amount": amount,
        "cost": cost if cost is not None and sees_cost(actor) else before[0],
        "tax_code": tax_code or before[1],
    }
    price, _new = Price.objects.update_or_create(legal_entity_id=legal_entity_id, since=day, **of, defaults=values)
    fact = PriceSet(
        kind=kind_of(thing),
        entry_id=thing.pk,
        legal_entity_id=legal_entity_id,
        amount=str(amount),
        since=day.isoformat(),
    )
    record(actor, thing, fact)
    return price


def _before(thing: Part | Service, legal_entity_id: int, day: date) -> tuple[Decimal | None, str]:
    part = isinstance(thing, Part)
    ids = {"part_ids": [thing.pk]} if part else {"service_ids": [thing.pk]}
    kept = price_of(legal_entity_id, day=day, **ids).get(("part" if part else "service", thing.pk))
    return (kept.cost, kept.tax_code) if kept else (None, "standard")


def _one(uid: UUID | None) -> UUID:
    if uid is None:
        raise ValueError("a price is of a part or of a work")
    return uid
