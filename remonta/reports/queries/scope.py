"""Whose figures an actor may read: every report starts here."""

from typing import Any

from django.db.models import Q, QuerySet

from remonta.dispatch.queries import dispatch_orders_for, time_for
from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.orders.queries import WorkOrder, open_orders, work_orders_for
from remonta.orders.workflow import CLOSED
from remonta.quality.queries import ratings_for
from remonta.reports.queries.shapes import Wanted


def standing(actor: Actor, wanted: Wanted) -> QuerySet[WorkOrder]:
    """The open orders that count."""
    return open_orders(actor).filter(_seen(actor), wanted.at())


def ended(actor: Actor, wanted: Wanted) -> QuerySet[WorkOrder]:
    """The orders that were handed over in the days asked for, those of the past that files brought in too."""
    rows = work_orders_for(actor).filter(_seen(actor), wanted.at(), wanted.within("closed_at"), state=CLOSED)
    if wanted.origin == "own":
        return rows.filter(imported="")
    return rows.exclude(imported="") if wanted.origin == "imported" else rows


def work_given(actor: Actor, wanted: Wanted) -> QuerySet[Any]:
    """The work given to people that count; to who sees only own figures, their own."""
    return dispatch_orders_for(actor).filter(_seen_or_own(actor), wanted.at())


def time_spent(actor: Actor, wanted: Wanted) -> QuerySet[Any]:
    """The measured time that counts; to who sees only own figures, their own."""
    return time_for(actor).filter(_seen_or_own(actor), wanted.at(), wanted.within("started_at"))


def ratings(actor: Actor, wanted: Wanted) -> QuerySet[Any]:
    """The ratings that count."""
    return ratings_for(actor).filter(_seen(actor), wanted.at(), wanted.within("made_at"))


def _seen(actor: Actor) -> Q:
    return in_reach(actor, "reports.see")


def _seen_or_own(actor: Actor) -> Q:
    own = in_reach(actor, "reports.own") & Q(account_id=actor.own_id)
    return _seen(actor) | own
