"""Batches at the other end: arrived, taken out by scan with what is not as written, carried on, back from a maker."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.equipment.commands import know_unit
from remonta.equipment.queries import units_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.logistics import facts
from remonta.logistics.commands.arrival import add_difference
from remonta.logistics.commands.batches import HANDS, NotInBatch, TravelsInside, named, unit_lines
from remonta.logistics.commands.elsewhere import order_here
from remonta.logistics.commands.goods import carry_parts, leave_parts, part_line, put_parts
from remonta.logistics.commands.locks import lock_batch
from remonta.logistics.commands.parcels import check_may
from remonta.logistics.models import Batch, BatchLine, LineState
from remonta.logistics.places import box_place
from remonta.logistics.queries.batches import batches_for, threads_of
from remonta.logistics.search import index_batch
from remonta.logistics.workflow import ARRIVED, BATCH, UNDER_WAY, BatchClash
from remonta.orders.commands import lift_hold, lock_work_order
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.commands import once, record
from remonta.stock.commands import move_unit, network_place, retire_place
from remonta.stock.queries import places_for

LATE_CODE = "logistics.late:{number}"
CARRIED = ("unit__product__brand", "work_order__route", "inside", "part", "piece", "lot")
KNOWS = ("stock.move_units", "equipment.see", "orders.see", "equipment.write")


class NoPlaceHere(Refused):
    text = _("Choose the place in your centre to which it is put.")
    field = "place"


class SayHow(Refused):
    text = _("Describe the damage in a few words.")
    field = "note"


class NoPartner(Refused):
    text = _("This batch went to one of our centres; it is received there.")


@once(batches_for)
def arrive_batch(actor: Actor, uid: UUID, *, operation: UUID) -> Batch:
    """The waybill was scanned at the other end: it is here, and what is in it can be received.

    Of a batch to a maker or a partner without an account, the sender says that it has arrived: all of it is there.
    Raises BatchClash, TravelsInside.
    """
    batch = _at_end(actor, uid)
    if batch.parent:
        raise TravelsInside(number=batch.parent.number)
    BATCH.apply("arrive", batch, actor.trusted_with("logistics.handle"))
    batch.arrived_at = actor.now()
    if batch.to_centre_id:
        batch.holder_id = batch.to_centre_id
        return _kept(actor, batch, "arrive", "holder", "arrived_at")
    maker = network_place("supplier")
    for line in unit_lines(batch):
        thread = line.work_order_id
        move_unit(actor.trusted_with(HANDS), line.unit_id or 0, maker.pk, reason="arrived", thread_id=thread)
        _settle(actor, batch, line, LineState.RECEIVED, line.work_order)
    leave_parts(actor, batch)
    batch.lines.filter(state=LineState.PACKED).update(state=LineState.RECEIVED, settled_at=actor.now())
    return _kept(actor, batch, "arrive", "arrived_at")


@once(batches_for)
def receive_line(
    actor: Actor,
    uid: UUID,
    *,
    line_uid: UUID,
    place_uid: UUID | None = None,
    quantity: int | None = None,
    damage: str = "",
    operation: UUID,
) -> Batch:
    """One thing was scanned out of an arrived batch and put to a place; `damage` says in which state it came.

    `quantity` is how many thousandths of a part when not all of the line came: the rest is waited for.

    A batch in it is carried on from here, or arrives with it. Raises BatchClash, NotInBatch, NoPlaceHere.
    """
    batch = _receiving(actor, uid)
    rows = batch.lines.select_for_update(of=("self",)).select_related(*CARRIED)
    line = rows.filter(uid=line_uid, state=LineState.PACKED).first()
    if line is None:
        raise NotInBatch
    line.batch = batch
    state = LineState.DAMAGED if clean(damage) else LineState.RECEIVED
    line.note = clean(damage)
    own = line.work_order
    if line.unit:
        own = order_here(actor, batch, line.unit, sent=line.work_order, task=line.task) or own
        _put(actor, batch, line.unit.pk, place_uid, own.pk if own else None)
    elif line.part:
        part_line(line, quantity)
        put_parts(actor, line, place_uid)
    else:
        _inner_here(actor, lock_batch(_wide(actor), line.inside_id or 0), batch)
    _settle(actor, batch, line, state, own)
    if line.note:
        thing = line.thing
        about: dict[str, Any] = {"unit_id": line.unit_id, "work_order_id": line.work_order_id}
        add_difference(actor, batch, kind="damaged", thing=thing, note=damage, **about)
    return batch


@once(batches_for)
def receive_extra(actor: Actor, uid: UUID, *, unit_uid: UUID, place_uid: UUID | None = None, operation: UUID) -> Batch:
    """Something was in it that is not on the list: it is taken in and written down. Raises NoPlaceHere."""
    batch = _receiving(actor, uid)
    unit = units_for(_wide(actor)).select_related("product__brand").get(uid=unit_uid)
    other = BatchLine.objects.select_for_update().filter(unit=unit, state=LineState.PACKED).first()
    if other is not None:
        other.state, other.settled_at = LineState.RECEIVED, actor.now()
        other.save(update_fields=["state", "settled_at"])
    known = work_orders_for(_wide(actor)).filter(unit=unit, closed_at=None).select_related("route").order_by("-pk")
    order = known.first()
    order = order_here(actor, batch, unit, sent=order) or order
    thread = order.pk if order else None
    _put(actor, batch, unit.pk, place_uid, thread)
    thing = f"{unit.product} {unit.serial or unit.tag}"
    add_difference(actor, batch, kind="extra", thing=thing, unit_id=unit.pk, work_order_id=thread)
    return batch


@once(batches_for)
def finish_receiving(actor: Actor, uid: UUID, *, operation: UUID) -> Batch:
    """Everything that came was scanned: what was not is missing, and stays on the way. Raises BatchClash."""
    batch = _at_end(actor, uid)
    BATCH.apply("finish", batch, actor.trusted_with("logistics.handle"))
    for line in batch.lines.select_for_update(of=("self",)).filter(state=LineState.PACKED).select_related(*CARRIED):
        line.state, line.settled_at = LineState.MISSING, actor.now()
        line.save(update_fields=["state", "settled_at"])
        about: dict[str, Any] = {"unit_id": line.unit_id, "work_order_id": line.work_order_id}
        add_difference(actor, batch, kind="missing", thing=line.thing, **about)
    batch.received_at = actor.now()
    _free(actor, batch)
    done = _kept(actor, batch, "finish", "received_at")
    for place_id in filter(None, (batch.box_id, batch.road_id)):
        retire_place(actor, place_id)
    return done


@once(batches_for)
def take_back(
    actor: Actor, uid: UUID, *, line_uid: UUID, place_uid: UUID | None = None, note: str = "", operation: UUID
) -> Batch:
    """A unit came back from a maker or partner outside: it is put to a place here. Raises NotInBatch, NoPartner."""
    batch = lock_batch(actor, uid)
    check_may(actor, "logistics.handle", batch.centre_id)
    if batch.to_centre_id:
        raise NoPartner
    rows = batch.lines.select_for_update(of=("self",)).select_related("work_order")
    line = rows.filter(uid=line_uid, state=LineState.RECEIVED, inside=None).first()
    if line is None:
        raise NotInBatch
    line.note, line.batch = clean(note), batch
    if line.unit_id:
        _put(actor, batch, line.unit_id, place_uid, line.work_order_id)
    else:
        put_parts(actor, line, place_uid, outside=True)
    _settle(actor, batch, line, LineState.RETURNED, line.work_order)
    return batch


def _inner_here(actor: Actor, inner: Batch, outer: Batch) -> None:
    """A batch that lay in another: opened here if it goes here, else it stands sealed to be carried on."""
    if inner.to_centre_id == outer.holder_id:
        BATCH.apply("arrive", inner, actor.trusted_with("logistics.handle"))
        inner.parent, inner.holder_id, inner.arrived_at = None, outer.holder_id, actor.now()
        _kept(actor, inner, "arrive", "parent", "holder", "arrived_at")
        return
    BATCH.apply("land", inner, actor.trusted_with("logistics.handle"))
    inner.parent, inner.holder_id = None, outer.holder_id
    _land_parts(actor, inner, outer.holder_id)
    for line in unit_lines(inner):
        thread = line.work_order_id
        move_unit(actor.trusted_with(HANDS), line.unit_id or 0, inner.box.pk, reason="landed", thread_id=thread)
    _kept(actor, inner, "land", "parent", "holder", "box")
    for one in Batch.objects.select_for_update().filter(parent=inner, state=UNDER_WAY):
        _carry_on(actor, one, outer.holder_id)


def _carry_on(actor: Actor, inner: Batch, holder_id: int) -> None:
    BATCH.apply("land", inner, actor.trusted_with("logistics.handle"))
    inner.holder_id = holder_id
    _land_parts(actor, inner, holder_id)
    for line in unit_lines(inner):
        thread = line.work_order_id
        move_unit(actor.trusted_with(HANDS), line.unit_id or 0, inner.box.pk, reason="landed", thread_id=thread)
    _kept(actor, inner, "land", "holder", "box")
    for one in Batch.objects.select_for_update().filter(parent=inner, state=UNDER_WAY):
        _carry_on(actor, one, holder_id)


def _land_parts(actor: Actor, inner: Batch, holder_id: int) -> None:
    """The box of a batch that stands in a centre on its way, with the parts in it."""
    inner.box = box_place(inner.number, holder_id)
    if inner.road is not None:
        carry_parts(actor, inner, inner.road, inner.box, reason="landed")


def _put(actor: Actor, batch: Batch, unit_id: int, place_uid: UUID | None, thread_id: int | None) -> None:
    """The unit stands at a place of the centre that has the batch, which knows it from now on."""
    places = places_for(actor).filter(centre_id=batch.holder_id, archived_at=None)
    named_one = places.filter(uid=place_uid) if place_uid else places.filter(kind__in=["desk", "shelf"])
    place = named_one.order_by("kind", "pk").first()
    if place is None:
        raise NoPlaceHere
    know_unit(actor, unit_id, batch.holder_id)
    move_unit(actor.trusted_with(HANDS), unit_id, place.pk, reason="received", thread_id=thread_id)


def _settle(actor: Actor, batch: Batch, line: BatchLine, state: str, own: WorkOrder | None) -> None:
    """Said in the log of each order it concerns: the one it travelled under, the one here, the one they work for."""
    line.state, line.settled_at = state, actor.now()
    line.save(update_fields=["state", "settled_at", "note"])
    orders = [order for order in (line.work_order, own) if order]
    threads = dict.fromkeys(key for order in orders for key in (order.pk, order.for_order_id) if key)
    for thread in threads or [None]:
        record(actor, batch, facts.LineReceived(**named(batch), state=state, work_order_id=thread))
    if state != LineState.MISSING:
        _lift(actor, batch, threads)


def _free(actor: Actor, batch: Batch) -> None:
    """The holds that lateness placed, of what has come."""
    came = batch.lines.exclude(state=LineState.MISSING).exclude(work_order=None)
    _lift(actor, batch, threads_of(came))


def _lift(actor: Actor, batch: Batch, order_ids: Iterable[int | None]) -> None:
    if batch.late_at is None:
        return
    for order_id in set(filter(None, order_ids)):
        lift_hold(actor, lock_work_order(_wide(actor), order_id), code=LATE_CODE.format(number=batch.number))


def _receiving(actor: Actor, uid: UUID) -> Batch:
    batch = lock_batch(actor, uid)
    check_may(actor, "logistics.handle", batch.holder_id)
    if batch.state != ARRIVED or batch.to_centre_id is None:
        raise BatchClash(state=batch.get_state_display())
    return batch


def _at_end(actor: Actor, uid: UUID) -> Batch:
    """The batch, locked, for who handles batches where it goes; where that is outside, for its sender."""
    batch = lock_batch(actor, uid)
    check_may(actor, "logistics.handle", batch.to_centre_id or batch.centre_id)
    return batch


def _wide(actor: Actor) -> Actor:
    """The same person for one inner step: what lies in a batch one receives is seen, whosever it was."""
    return actor.trusted_with(*KNOWS, "logistics.see")


def _kept(actor: Actor, batch: Batch, move: str, *fields: str) -> Batch:
    batch.save(update_fields=["state", *fields])
    index_batch(batch)
    record(actor, batch, facts.BatchMoved(**named(batch), move=move))
    return batch
