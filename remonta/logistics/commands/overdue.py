"""What has not come in its time: customers are reminded; what is late under way becomes a task, a notice and a hold."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remonta.identity.queries import first_with_role, setting
from remonta.identity.roles import Role
from remonta.kernel.actor import Actor
from remonta.logistics import facts
from remonta.logistics.commands import batches as packing
from remonta.logistics.commands.parcels import named, remind_sender
from remonta.logistics.models import Batch, BatchLine, Parcel
from remonta.logistics.queries.batches import batches_for, threads_of, whole_contents
from remonta.logistics.queries.parcels import parcels_for
from remonta.logistics.workflow import EXPECTED, SENT, UNDER_WAY
from remonta.orders.commands import add_task, lock_work_order, place_hold
from remonta.orders.queries import work_orders_for
from remonta.spine.commands import record

Thing = TypeVar("Thing", Parcel, Batch)
MOST = 200
HELD = ("hand_over",)
LATE = gettext_noop("%(number)s should have arrived on %(day)s and is lost from sight")


def remind_senders(actor: Actor) -> int:
    """Every expected parcel whose time has passed: its sender is reminded, and its time begins anew. How many."""
    due = parcels_for(actor).filter(state=EXPECTED, due_at__lte=actor.now(), arrived_at=None)
    rows = list(due.select_for_update(of=("self",)).select_related("request", "centre").order_by("due_at")[:MOST])
    for parcel in rows:
        remind_sender(actor, parcel)
    return len(rows)


def call_late(actor: Actor) -> int:
    """Every parcel and batch under way that is later than the setting allows: told once. How many."""
    late_parcels = parcels_for(actor).filter(state=SENT, late_at=None, due_at__lte=actor.now())
    late_batches = batches_for(actor).filter(state=UNDER_WAY, late_at=None, parent=None, due_at__lte=actor.now())
    parcels = [one for one in _locked(late_parcels) if _later(actor, one)]
    batches = [one for one in _locked(late_batches) if _later(actor, one)]
    for parcel in parcels:
        days = _call(actor, parcel, [item.work_order_id for item in parcel.items.order_by("pk")])
        record(actor, parcel, facts.ParcelLate(**named(parcel), days=days))
    for batch in batches:
        lines = BatchLine.objects.filter(pk__in=[line.pk for line in whole_contents(batch)])
        days = _call(actor, batch, threads_of(lines))
        record(actor, batch, facts.BatchLate(**packing.named(batch), days=days))
    return len(parcels) + len(batches)


def _locked(rows: QuerySet[Thing]) -> list[Thing]:
    found = rows.select_for_update(of=("self",)).select_related("centre").order_by("due_at")[:MOST]
    return list(found)


def _later(actor: Actor, thing: Parcel | Batch) -> bool:
    days = int(setting("logistics.late_days", thing.centre_id))
    return thing.due_at is not None and thing.due_at + timedelta(days=days) <= actor.now()


def _call(actor: Actor, thing: Parcel | Batch, order_ids: Sequence[int | None]) -> int:
    """The task, the holds, and the mark that it was told; how many days it is late."""
    assert thing.due_at is not None
    thing.late_at = actor.now()
    thing.save(update_fields=["late_at"])
    day = thing.due_at.date()
    standing = work_orders_for(actor).filter(pk__in=list(filter(None, order_ids)), closed_at=None).order_by("pk")
    for order_id in standing.values_list("pk", flat=True):
        order = lock_work_order(actor, order_id)
        values = {"number": thing.number, "day": day.isoformat()}
        place_hold(actor, order, code=f"logistics.late:{thing.number}", reason=LATE, blocks=HELD, values=values)
    owner = thing.responsible_id if isinstance(thing, Parcel) else thing.account_id
    owner = owner or first_with_role(thing.centre_id, Role.LOGISTICIAN)
    with translation.override(thing.centre.language):
        title = _("%(number)s has not arrived: ask the courier") % {"number": thing.number}
        text = _("Expected on %(day)s; courier %(courier)s, number %(tracking)s.") % {
            "day": day.isoformat(),
            "courier": thing.courier or "–",
            "tracking": thing.tracking or "–",
        }
    order_of = standing.filter(centre_id=thing.centre_id).values_list("pk", flat=True).first()
    about = {"work_order_id": order_of} if order_of else {}
    add_task(actor, thing.centre_id, title=title, text=text, owner_id=owner, due_at=actor.now(), **about)
    return (actor.now() - thing.due_at).days
