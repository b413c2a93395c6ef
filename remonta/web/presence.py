"""Who has which order open. All processes of the server share it, so it stands in the database; it is no history."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.orders.queries import work_orders_for
from remonta.spine.commands import command
from remonta.web.models import Visit

GONE_AFTER = timedelta(seconds=60)
Company = dict[int, dict[int, str]]


@command
def begin_visit(actor: Actor, work_order_id: int) -> Visit | None:
    """A person opens the page of an order they may see; None for anybody else, and nothing is kept."""
    if actor.account_id is None or not may_visit(actor, work_order_id):
        return None
    now = timezone.now()
    kept = {"work_order_id": work_order_id, "account_id": actor.account_id, "seen_at": now}
    return Visit.objects.create(uid=uuid7(now), **kept)


@command
def keep_visits(uids: Collection[UUID]) -> None:
    """These pages are still open. What a killed process left behind is forgotten after a minute."""
    now = timezone.now()
    Visit.objects.filter(uid__in=uids).update(seen_at=now)
    Visit.objects.filter(seen_at__lt=now - GONE_AFTER).delete()


@command
def end_visits(uids: Collection[UUID]) -> None:
    """These pages are closed."""
    Visit.objects.filter(uid__in=uids).delete()


def may_visit(actor: Actor, work_order_id: int) -> bool:
    """Whether the person may see the order, and so who else is there. One statement."""
    return work_orders_for(actor).filter(pk=work_order_id).exists()


def company(work_order_ids: Iterable[int]) -> Company:
    """Who has these orders open: for each order the names by account. The caller has asked may_visit. One statement."""
    fresh = Visit.objects.filter(work_order_id__in=list(work_order_ids), seen_at__gte=timezone.now() - GONE_AFTER)
    found: Company = defaultdict(dict)
    for order_id, account_id, name in fresh.values_list("work_order_id", "account_id", "account__name"):
        found[order_id][account_id] = name
    return found
