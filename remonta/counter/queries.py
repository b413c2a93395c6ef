"""Reading hand-overs."""

from django.db.models import QuerySet

from remonta.counter.models import HandOver
from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor


def hand_overs_for(actor: Actor) -> QuerySet[HandOver]:
    """The hand-overs of the centres in which the actor may see orders."""
    return HandOver.objects.filter(in_reach(actor, "orders.see"))
