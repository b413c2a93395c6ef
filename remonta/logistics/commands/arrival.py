"""Parcels that arrive: opened, set aside because nobody knows whose they are, matched by hand."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import workplace
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.logistics import facts
from remonta.logistics.commands.locks import lock_parcel
from remonta.logistics.commands.parcels import check_may, named
from remonta.logistics.models import Batch, Difference, DifferenceKind, Parcel, ParcelItem, Way
from remonta.logistics.queries.parcels import parcels_for
from remonta.logistics.search import index_parcel
from remonta.logistics.workflow import ASIDE, EXPECTED, PARCEL
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import once, record, record_first, take_number


class NothingKnown(Refused):
    text = _("Write what is on the parcel: a sender, a courier’s number, or what is in it.")
    field = "note"


class ThingMissing(Refused):
    text = _("Say what is missing, too much, or damaged.")
    field = "thing"


class NotExpected(Refused):
    text = _("The parcel %(number)s is not expected any more. Choose another one.")
    field = "number"


@once(parcels_for)
def set_aside(
    actor: Actor,
    centre_uid: UUID,
    *,
    sender_name: str = "",
    courier: str = "",
    tracking: str = "",
    note: str = "",
    operation: UUID,
) -> Parcel:
    """A parcel came without its document: it gets a number of ours and waits. Raises NothingKnown."""
    centre = workplace(centre_uid)
    check_may(actor, "logistics.handle", centre.id)
    if not any(map(clean, (sender_name, tracking, note))):
        raise NothingKnown
    parcel = Parcel.objects.create(
        number=f"P{take_number('parcel'):07d}",
        centre_id=centre.id,
        way=Way.IN,
        state=ASIDE,
        sender_name=clean(sender_name)[:200],
        courier=clean(courier)[:80],
        tracking=clean(tracking)[:80],
        note=clean(note),
        language=centre.language,
        arrived_at=actor.now(),
        created_at=actor.now(),
    )
    index_parcel(parcel)
    record_first(actor, parcel, facts.ParcelSetAside(**named(parcel)))
    return parcel


@once(parcels_for)
def match_parcel(actor: Actor, uid: UUID, *, expected_uid: UUID, operation: UUID) -> Parcel:
    """The parcel set aside is the one that was expected, which can be opened now. Raises ParcelClash, NotExpected."""
    aside = lock_parcel(actor, uid)
    expected = lock_parcel(actor, expected_uid)
    if expected.state != EXPECTED or expected.centre_id != aside.centre_id:
        raise NotExpected(number=expected.number)
    PARCEL.apply("match", aside, actor)
    aside.matched, aside.ended_at = expected, actor.now()
    aside.save(update_fields=["state", "matched", "ended_at"])
    expected.courier, expected.tracking = aside.courier or expected.courier, aside.tracking or expected.tracking
    expected.arrived_at = aside.arrived_at
    expected.note = "\n".join(filter(None, (expected.note, aside.note)))
    expected.save(update_fields=["courier", "tracking", "arrived_at", "note"])
    index_parcel(aside)
    record(actor, aside, facts.ParcelMatched(**named(aside)))
    record(actor, expected, facts.ParcelMatched(**named(expected)))
    return expected


def close_arrival(actor: Actor, parcel: Parcel, orders: Iterable[WorkOrder], *, courier: str, tracking: str) -> None:
    """A locked parcel was opened and these orders' units were in it, for the command above. Raises ParcelClash."""
    PARCEL.apply("open", parcel, actor)
    now = actor.now()
    parcel.arrived_at, parcel.ended_at = parcel.arrived_at or now, now
    parcel.courier, parcel.tracking = clean(courier)[:80] or parcel.courier, clean(tracking)[:80] or parcel.tracking
    parcel.save(update_fields=["state", "arrived_at", "ended_at", "courier", "tracking"])
    inside = list(orders)
    ParcelItem.objects.bulk_create(
        ParcelItem(parcel=parcel, work_order=order, unit_id=order.unit_id) for order in inside
    )
    index_parcel(parcel)
    keys: list[int | None] = [order.pk for order in inside]
    for order_id in keys or [None]:
        record(actor, parcel, facts.ParcelOpened(**named(parcel), work_order_id=order_id))


def add_difference(
    actor: Actor,
    subject: Parcel | Batch,
    *,
    kind: str,
    thing: str,
    note: str = "",
    unit_id: int | None = None,
    work_order_id: int | None = None,
) -> Difference:
    """What was not as written in a locked parcel or batch, for commands above. Raises ThingMissing."""
    if not clean(thing) or kind not in DifferenceKind.values:
        raise ThingMissing
    about: dict[str, Any] = {"parcel": subject} if isinstance(subject, Parcel) else {"batch": subject}
    found = Difference.objects.create(
        **about,
        kind=kind,
        thing=clean(thing)[:200],
        note=clean(note),
        unit_id=unit_id,
        work_order_id=work_order_id,
        account_id=actor.account_id,
        made_at=actor.now(),
    )
    told = facts.DifferenceFound(
        difference_id=found.pk,
        centre_id=subject.centre_id,
        number=subject.number,
        kind_code=kind,
        work_order_id=work_order_id,
    )
    record(actor, subject, told)
    return found
