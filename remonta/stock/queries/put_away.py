"""Where what comes should be put."""

from django.db.models import QuerySet

from remonta.kernel.actor import Actor
from remonta.stock.models import STORES, Balance, Move, Place
from remonta.stock.queries.parts import empty_places
from remonta.stock.queries.places import store_places
from remonta.stock.walking import walking_key, zone_of

MOST = 2000


def put_away(actor: Actor, centre_id: int, part_id: int, zone: str = "") -> Place | None:
    """The bin that holds most of the part; else the last one it was put into; else the first empty bin one walks past,
    in that zone if one is named. None when nothing fits. Three statements at most."""
    places = store_places(actor, centre_id)
    held = Balance.objects.filter(part_id=part_id, place__in=places, on_hand__gt=0).select_related("place")
    if most := held.order_by("-on_hand", "place_id").first():
        return most.place
    moves = Move.objects.filter(part_id=part_id, target__centre_id=centre_id, target__kind__in=STORES)
    last = moves.filter(target__archived_at=None).select_related("target").order_by("-pk").first()
    if last:
        return last.target
    return _first_empty(places, zone)


def _first_empty(places: QuerySet[Place], zone: str) -> Place | None:
    empty = sorted(empty_places(places)[:MOST], key=walking_key)
    return next((place for place in empty if not zone or zone_of(place) == zone), None)
