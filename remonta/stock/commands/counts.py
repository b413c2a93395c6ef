"""Stocktakes: begun for a store, a zone or in turn by value; finished, approved by somebody else, posted in pieces."""

from typing import Any
from uuid import UUID

from remonta.identity.queries import centres_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import enqueue, once, record, record_first, take_number
from remonta.stock import facts
from remonta.stock.commands.refusals import CountedByYou, NothingToCount, OverlapsCount, StillUncounted
from remonta.stock.models import COUNTED_NOW, CountedPlace, CountScope, Place, Stocktake
from remonta.stock.queries.counts import places_by_turn, places_in_scope, stocktakes_for
from remonta.stock.workflow import STOCKTAKE, PlaceCount

POST = "stock.post_counts"
USUAL_TURN = 20
SAID: dict[str, type[facts.StocktakeFact]] = {
    "finish": facts.StocktakeFinished,
    "reopen": facts.StocktakeReopened,
    "approve": facts.StocktakeApproved,
    "stop": facts.PostingStopped,
    "resume": facts.PostingResumed,
    "complete": facts.StocktakePosted,
    "recount": facts.StocktakeReopened,
    "cancel": facts.StocktakeCancelled,
}


@once(stocktakes_for)
def begin_stocktake(
    actor: Actor,
    centre_uid: UUID,
    *,
    scope: str = CountScope.WHOLE,
    prefix: str = "",
    at_most: int = USUAL_TURN,
    note: str = "",
    operation: UUID,
) -> Stocktake:
    """A count of the whole store, of the addresses that begin with `prefix`, or of `at_most` places whose turn it is.

    Raises NothingToCount, OverlapsCount.
    """
    centre = centres_for(actor).get(uid=centre_uid)
    if not actor.may("stock.lead_counts", centre):
        raise NotPermitted
    prefix = clean(prefix).upper()[:40] if scope == CountScope.ZONE else ""
    places = _free_places(actor, centre.pk, scope, prefix, at_most)
    made = Stocktake.objects.create(
        number=f"C{take_number('stocktake'):07d}",
        centre=centre,
        scope=scope,
        prefix=prefix,
        note=clean(note)[:200],
        begun_by_id=actor.account_id,
        created_at=actor.now(),
    )
    CountedPlace.objects.bulk_create([CountedPlace(stocktake=made, place=place) for place in places], batch_size=500)
    record_first(actor, made, facts.StocktakeBegun(**named(made)))
    return made


@once(stocktakes_for)
def finish_counting(actor: Actor, uid: UUID, *, leave_out: bool = False, operation: UUID) -> Stocktake:
    """All is counted; places that nobody has counted are left out when that is said. Raises StillUncounted."""
    stocktake = lock_stocktake(actor, uid)
    STOCKTAKE.apply("finish", stocktake, actor)
    left = stocktake.places.filter(state__in=[PlaceCount.WAITING, PlaceCount.COUNTING])
    if (many := left.count()) and not leave_out:
        raise StillUncounted(count=many)
    if not stocktake.places.filter(state=PlaceCount.COUNTED).exists():
        raise NothingToCount
    left.update(state=PlaceCount.LEFT_OUT)
    stocktake.finished_at = actor.now()
    return keep(actor, stocktake, "finish", "finished_at")


@once(stocktakes_for)
def reopen_stocktake(actor: Actor, uid: UUID, *, operation: UUID) -> Stocktake:
    """Something is to be counted once more before anybody approves. Places left out are waited for again."""
    stocktake = lock_stocktake(actor, uid)
    STOCKTAKE.apply("reopen", stocktake, actor)
    stocktake.finished_at = None
    for row in stocktake.places.filter(state=PlaceCount.LEFT_OUT):
        if not CountedPlace.objects.filter(place=row.place_id, state__in=COUNTED_NOW).exists():
            CountedPlace.objects.filter(pk=row.pk).update(state=PlaceCount.WAITING)
    return keep(actor, stocktake, "reopen", "finished_at")


@once(stocktakes_for)
def approve_stocktake(actor: Actor, uid: UUID, *, operation: UUID) -> Stocktake:
    """Somebody who counted nothing approves the differences; they are posted in the background. Raises CountedByYou."""
    stocktake = lock_stocktake(actor, uid)
    STOCKTAKE.apply("approve", stocktake, actor)
    if stocktake.places.filter(state=PlaceCount.COUNTED, counter=actor.label).exists():
        raise CountedByYou
    stocktake.approved_by_id, stocktake.approved_at = actor.account_id, actor.now()
    return _posting(actor, stocktake, "approve", "approved_by", "approved_at")


@once(stocktakes_for)
def stop_posting(actor: Actor, uid: UUID, *, operation: UUID) -> Stocktake:
    """Posting ends after its present piece; what is posted stays."""
    stocktake = lock_stocktake(actor, uid)
    STOCKTAKE.apply("stop", stocktake, actor)
    return keep(actor, stocktake, "stop")


@once(stocktakes_for)
def resume_posting(actor: Actor, uid: UUID, *, operation: UUID) -> Stocktake:
    """Posting goes on where it was stopped."""
    stocktake = lock_stocktake(actor, uid)
    STOCKTAKE.apply("resume", stocktake, actor)
    return _posting(actor, stocktake, "resume")


@once(stocktakes_for)
def cancel_stocktake(actor: Actor, uid: UUID, *, operation: UUID) -> Stocktake:
    """Nothing of it is posted; its places can be counted in another one. One of which some is posted goes on."""
    stocktake = lock_stocktake(actor, uid)
    STOCKTAKE.apply("cancel", stocktake, actor)
    stocktake.places.filter(state__in=COUNTED_NOW).update(state=PlaceCount.LEFT_OUT)
    return keep(actor, stocktake, "cancel")


def lock_stocktake(actor: Actor, uid: UUID) -> Stocktake:
    """The stocktake, locked, with its centre. Raises DoesNotExist. One statement."""
    return stocktakes_for(actor).select_for_update(of=("self",)).select_related("centre").get(uid=uid)


def named(stocktake: Stocktake) -> dict[str, Any]:
    """What every fact about a stocktake says of it."""
    return {"stocktake_id": stocktake.pk, "centre_id": stocktake.centre_id, "number": stocktake.number}


def keep(actor: Actor, stocktake: Stocktake, move: str, *fields: str) -> Stocktake:
    """Writes what a move has changed, and tells it."""
    stocktake.save(update_fields=["state", *fields])
    record(actor, stocktake, SAID[move](**named(stocktake)))
    return stocktake


def _posting(actor: Actor, stocktake: Stocktake, move: str, *fields: str) -> Stocktake:
    stocktake.job_uid = enqueue(actor, POST, {"stocktake": stocktake.pk}).uid
    return keep(actor, stocktake, move, "job_uid", *fields)


def _free_places(actor: Actor, centre_id: int, scope: str, prefix: str, at_most: int) -> list[Place]:
    """The places to be counted. Raises NothingToCount, and OverlapsCount when another stocktake counts one of them."""
    busy = CountedPlace.objects.filter(place__centre=centre_id, state__in=COUNTED_NOW).select_related("stocktake")
    taken = {row.place_id: row.stocktake.number for row in busy}
    if scope == CountScope.VALUE:
        turn = places_by_turn(centre_id, at_most, actor.now())
        places = [place for place in turn if place.pk not in taken]
    else:
        places = list(places_in_scope(centre_id, prefix))
        if overlap := next((taken[place.pk] for place in places if place.pk in taken), None):
            raise OverlapsCount(number=overlap)
    if not places:
        raise NothingToCount
    return places
