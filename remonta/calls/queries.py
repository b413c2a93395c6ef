"""Reading calls."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from remonta.calls.models import Call, CallState
from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor

STANDING = timedelta(hours=2)


def calls_for(actor: Actor) -> QuerySet[Call]:
    """The calls to lines of the actor's centres; calls to lines of no centre are for whoever answers the network's."""
    return Call.objects.filter(in_reach(actor, "calls.see") | in_reach_of_network(actor))


def in_reach_of_network(actor: Actor) -> Q:
    """Calls to a line that belongs to no centre."""
    return Q(centre=None) if actor.may_somewhere("calls.see") and not _partner(actor) else Q(pk__in=[])


def standing_calls(actor: Actor) -> QuerySet[Call]:
    """Calls that ring or are being talked, newest first. What the exchange forgot to end is over after two hours."""
    rows = calls_for(actor).filter(state__in=[CallState.RINGING, CallState.ANSWERED])
    fresh = rows.filter(started_at__gt=actor.now() - STANDING)
    return fresh.select_related("customer", "centre", "account").order_by("-pk")


def missed_calls(actor: Actor) -> QuerySet[Call]:
    """Calls nobody answered and nobody has returned, longest waiting first."""
    rows = calls_for(actor).filter(state=CallState.MISSED, called_back_at=None)
    return rows.select_related("customer", "centre").order_by("pk")


def _partner(actor: Actor) -> bool:
    """Partners' people answer the lines of their own centre only: they may not see customers in the whole network."""
    return not actor.may_at("customers.see", None)
