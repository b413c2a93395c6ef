"""Whose requests and work orders an actor may see. Every read and every write by id starts here."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.orders.models import Channel, IntakeDraft, Note, Request, Route, Status, Task, WorkOrder
from remonta.spine.queries import file_scope, search_kind


def work_orders_for(actor: Actor) -> QuerySet[WorkOrder]:
    """The work orders of the centres in which the actor may see them, and those a secret link opens."""
    return WorkOrder.objects.filter(_reach(actor, "orders.workorder"), withdrawn_at=None)


def orders_of_customers(customer_ids: Collection[int]) -> QuerySet[WorkOrder]:
    """Every work order for those customers, and those of other centres that work for one, whoever asks: for rooms that
    forget what they keep of them."""
    theirs = Q()
    for order in ("", "for_order__"):
        for customer in ("customer", "request__customer", "request__end_customer"):
            theirs |= Q(**{f"{order}{customer}__in": customer_ids})
    return WorkOrder.objects.filter(theirs)


def requests_for(actor: Actor) -> QuerySet[Request]:
    """The requests of the centres in which the actor may see orders, and those a secret link opens.

    Those behind repairs of the past, read from files, are not requests anybody deals with.
    """
    return Request.objects.filter(_reach(actor, "orders.request")).exclude(channel=Channel.IMPORT)


def repairs_told_to(actor: Actor) -> QuerySet[WorkOrder]:
    """The work orders whose state the actor may tell a caller: the operator's wider view, for frozen shapes only."""
    return WorkOrder.objects.filter(
        in_reach(actor, "orders.state") | _reach(actor, "orders.workorder"), withdrawn_at=None
    )


def tasks_for(actor: Actor) -> QuerySet[Task]:
    """The tasks of the centres in which the actor may see orders, and the actor's own."""
    own = Q(owner_id=actor.own_id) if actor.account_id else Q(pk__in=[])
    return Task.objects.filter(in_reach(actor, "orders.tasks") | own)


def notes_for(actor: Actor) -> QuerySet[Note]:
    """The notes beside the orders and requests the actor may see."""
    orders = Q(work_order__in=work_orders_for(actor))
    return Note.objects.filter(orders | Q(request__in=requests_for(actor)))


def drafts_for(actor: Actor) -> QuerySet[IntakeDraft]:
    """The actor's own drafts."""
    return IntakeDraft.objects.filter(account_id=actor.own_id)


def routes_for(actor: Actor, centre_id: int | None = None) -> QuerySet[Route]:
    """The routes there are; with a centre, those it uses: its own before its region's before the templates."""
    routes = Route.objects.filter(archived_at=None) if actor.is_somebody else Route.objects.none()
    return routes.filter(Q(centre_id=centre_id) | Q(centre=None)) if centre_id else routes


def statuses_for(actor: Actor) -> QuerySet[Status]:
    """The statuses of the actor's centres and of the network."""
    return Status.objects.filter(in_reach(actor, "orders.see") | Q(centre=None), archived_at=None)


def _visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return list(work_orders_for(actor).filter(pk__in=ids).values_list("pk", flat=True))


def _visible_requests(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return list(requests_for(actor).filter(pk__in=ids).values_list("pk", flat=True))


file_scope("orders.workorder", _visible)
file_scope("orders.request", _visible_requests)
search_kind("work_order", "orders.see")
search_kind("request", "orders.see")


def _reach(actor: Actor, subject: str) -> Q:
    opened = actor.granted(subject)
    return in_reach(actor, "orders.see") | Q(pk__in=opened) if opened else in_reach(actor, "orders.see")
