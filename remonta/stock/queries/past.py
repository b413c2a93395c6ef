"""What was where at a past moment: what is there now, less what has moved since."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.stock.models import STORES, Balance, Move, Place, PlaceKind


@dataclass(frozen=True)
class PastStock:
    """What a place, or a centre whose places the actor does not see, had on hand; thousandths."""

    centre_name: str
    place_uid: UUID | None
    place_code: str
    on_hand: int


def part_at(actor: Actor, part_id: int, moment: datetime) -> tuple[PastStock, ...]:
    """What the network had of a part at that moment, quarantine among it: place by place where the actor sees places,
    else centre by centre. Four statements, whatever the number of moves before that moment."""
    had = Counter(dict(Balance.objects.filter(part_id=part_id).values_list("place_id", "on_hand")))
    since = Move.objects.filter(part_id=part_id, occurred_at__gt=moment).order_by()
    had.subtract(dict(since.values_list("target_id").annotate(Sum("quantity"))))
    had.update(dict(since.values_list("source_id").annotate(Sum("quantity"))))
    kinds = (*STORES, PlaceKind.QUARANTINE)
    places = Place.objects.filter(in_reach(actor, "stock.see"), pk__in=[key for key in had if had[key]], kind__in=kinds)
    found: Counter[tuple[str, UUID | None, str]] = Counter()
    for place in places.select_related("centre"):
        name = place.centre.name if place.centre else ""
        seen = actor.may("stock.see_places", place)
        found[(name, place.uid, place.code) if seen else (name, None, "")] += had[place.pk]
    return tuple(PastStock(*key, on_hand) for key, on_hand in sorted(found.items(), key=lambda one: str(one[0])))
