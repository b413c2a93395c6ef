"""Whose requisitions and goods receipts an actor may see."""

from django.db.models import QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.supply.models import GoodsReceipt, Requisition


def requisitions_for(actor: Actor) -> QuerySet[Requisition]:
    """The parts asked for by the centres in which the actor may see them."""
    return Requisition.objects.filter(in_reach(actor, "supply.see"))


def demand_for(actor: Actor) -> QuerySet[Requisition]:
    """What is wanted and not here, where the actor may see demand: for our own people the whole network."""
    return Requisition.objects.filter(in_reach(actor, "supply.see_demand"), state="wanted")


def receipts_for(actor: Actor) -> QuerySet[GoodsReceipt]:
    """The goods receipts of the centres in which the actor may see supply."""
    return GoodsReceipt.objects.filter(in_reach(actor, "supply.see"))
