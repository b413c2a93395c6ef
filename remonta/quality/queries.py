"""Reading final checks and ratings."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, Q, QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.quality.models import FinalCheck, Rating


@dataclass(frozen=True)
class CheckShape:
    """One passage through the quality gate."""

    passed: bool
    note: str
    by: str
    made_at: datetime


def final_checks_for(actor: Actor) -> QuerySet[FinalCheck]:
    """The final checks of the centres in which the actor may see them."""
    return FinalCheck.objects.filter(in_reach(actor, "quality.see"))


def ratings_for(actor: Actor) -> QuerySet[Rating]:
    """The ratings of the centres in which the actor may see them, and of orders a secret link opens."""
    opened = Q(work_order_id__in=actor.granted("orders.workorder"))
    return Rating.objects.filter(in_reach(actor, "quality.see") | opened)


def checks_of_order(actor: Actor, work_order_id: int) -> tuple[CheckShape, ...]:
    """Every final check of an order, newest first. One statement."""
    rows = final_checks_for(actor).filter(work_order_id=work_order_id).select_related("account").order_by("-pk")
    return tuple(CheckShape(row.passed, row.note, row.account.name if row.account else "", row.made_at) for row in rows)


def rating_of_order(actor: Actor, work_order_id: int) -> Rating | None:
    """What the customer thinks of the work, if it was said. One statement."""
    return ratings_for(actor).filter(work_order_id=work_order_id).first()


def mean_rating(actor: Actor, since: datetime) -> tuple[float | None, int]:
    """The mean score and how many there are, since that time. One statement."""
    sums = ratings_for(actor).filter(made_at__gte=since).aggregate(mean=Avg("score"), many=Count("pk"))
    return sums["mean"], sums["many"]
