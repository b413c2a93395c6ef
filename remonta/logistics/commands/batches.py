"""Batches where they are packed: begun, filled by scan, sealed, handed over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from remonta.equipment.commands import know_unit
from remonta.equipment.queries import units_for
from remonta.identity.queries import every_centre, setting, workplace
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.logistics import facts
from remonta.logistics.commands.elsewhere import check_done, end_work
from remonta.logistics.commands.goods import WHOLE, add_parts, carry_parts, put_parts_back
from remonta.logistics.commands.locks import lock_batch
from remonta.logistics.commands.parcels import check_may
from remonta.logistics.models import Batch, BatchLine, LineState, Onward, Purpose
from remonta.logistics.places import box_place, road_place
from remonta.logistics.queries.batches import batches_for, threads_of
from remonta.logistics.search import index_batch
from remonta.logistics.workflow import BATCH, PACKING, SEALED, BatchClash
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.commands import once, record, record_first, take_number
from remonta.spine.queries import attachments_for
from remonta.stock.commands import ANY, Which, move_unit
from remonta.stock.queries import places_for, whereabouts

HANDS = "stock.move_units"


class NowhereToGo(Refused):
    text = _("Say where the batch goes: one of the centres, or a name with an address.")
    field = "to_name"


class ToItself(Refused):
    text = _("A batch cannot be sent to the centre it starts from.")
    field = "to_centre_uid"


class InABatch(Refused):
    text = _("It is already packed in the batch %(number)s. Take it out there first.")


class NotHere(Refused):
    text = _("It is not in this centre: it is at %(place)s. Only what is here can be packed.")


class NothingPacked(Refused):
    text = _("There is nothing in the batch yet. Scan what belongs into it.")


class NotInBatch(Refused):
    text = _("This is not in the batch any more.")


class OtherWay(Refused):
    text = _("The batch %(number)s cannot be packed here: it is not sealed, stands elsewhere, or is this very batch.")


class StillPacked(Refused):
    text = _("Something is still in the batch. Take it out first.")


class TravelsInside(Refused):
    text = _("This batch lies in the batch %(number)s and travels with it.")


@dataclass(frozen=True, kw_only=True)
class BatchAsked:
    """Where a batch goes: to a centre, or to a name with an address outside the network."""

    to_centre_uid: UUID | None = None
    to_name: str = ""
    to_address: str = ""
    purpose: str = Purpose.REPAIR
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """Who carries it, by which number, and by when it should arrive (UTC); empty: in the usual days."""

    courier: str = ""
    tracking: str = ""
    due_at: datetime | None = None


@once(batches_for)
def begin_batch(actor: Actor, centre_uid: UUID, *, asked: BatchAsked, operation: UUID) -> Batch:
    """A new batch, with a place of its own for what is packed into it. Raises NowhereToGo, ToItself."""
    centre = workplace(centre_uid)
    check_may(actor, "logistics.handle", centre.id)
    target = every_centre().get(uid=asked.to_centre_uid) if asked.to_centre_uid else None
    if target is None and not clean(asked.to_name):
        raise NowhereToGo
    if target is not None and target.pk == centre.id:
        raise ToItself
    number = f"B{take_number('batch'):07d}"
    batch = Batch.objects.create(
        number=number,
        centre_id=centre.id,
        holder_id=centre.id,
        to_centre=target,
        to_name="" if target else clean(asked.to_name)[:200],
        to_address="" if target else clean(asked.to_address),
        purpose=asked.purpose if asked.purpose in Purpose.values else Purpose.REPAIR,
        box=box_place(number, centre.id),
        note=clean(asked.note),
        account_id=actor.account_id,
        created_at=actor.now(),
    )
    index_batch(batch)
    record_first(actor, batch, facts.BatchOpened(**named(batch)))
    return batch


@once(batches_for)
def pack_unit(actor: Actor, uid: UUID, *, unit_uid: UUID, task: str = "", operation: UUID) -> Batch:
    """A unit was scanned into the batch and stands in it from now on, under the order of the centre that packs it.

    Raises BatchClash, InABatch, NotHere, WorkNotDone.
    """
    batch = locked_open(actor, uid)
    unit = units_for(actor).select_related("product__brand").get(uid=unit_uid)
    if standing := BatchLine.objects.filter(unit=unit, state=LineState.PACKED).select_related("batch").first():
        raise InABatch(number=standing.batch.number)
    here = whereabouts([unit.pk]).get(unit.pk)
    if here is None or here.centre_id != batch.holder_id:
        raise NotHere(place=here.said if here else _("the customer"))
    order = _order_of(actor, unit.pk, batch.holder_id)
    check_done(batch, order)
    wish = Onward.objects.select_for_update().filter(unit=unit, ended_at=None).first()
    move_unit(actor.trusted_with(HANDS), unit.pk, batch.box_id, reason="packed", thread_id=order.pk if order else None)
    BatchLine.objects.create(
        batch=batch,
        unit=unit,
        work_order=order,
        before_id=here.place_id,
        task=clean(task) or (wish.task if wish else "") or (order.fault if order else ""),
        accessories=_accessories(order),
        evidence=_evidence(actor, order) if batch.purpose == Purpose.CLAIM else [],
        packed_at=actor.now(),
    )
    if wish:
        wish.ended_at = actor.now()
        wish.save(update_fields=["ended_at"])
    record(actor, batch, facts.UnitPacked(**named(batch), work_order_id=order.pk if order else None))
    return batch


@once(batches_for)
def pack_parts(
    actor: Actor,
    uid: UUID,
    *,
    part_uid: UUID,
    place_uid: UUID | None = None,
    quantity: int = WHOLE,
    which: Which = ANY,
    task: str = "",
    operation: UUID,
) -> Batch:
    """So many thousandths of a part were scanned out of a bin into the batch; `which` names pieces or their batch.

    Raises BatchClash, NoBinHere, NotEnough, and what telling apart raises.
    """
    batch = locked_open(actor, uid)
    add_parts(actor, batch, part_uid=part_uid, place_uid=place_uid, quantity=quantity, which=which, task=task)
    return batch


@once(batches_for)
def pack_batch(actor: Actor, uid: UUID, *, inner_uid: UUID, operation: UUID) -> Batch:
    """A sealed batch was scanned into this one and travels with it. Raises BatchClash, OtherWay, InABatch."""
    batch = locked_open(actor, uid)
    inner = lock_batch(actor, inner_uid)
    if inner.parent_id:
        raise InABatch(number=inner.parent.number if inner.parent else "")
    if inner.pk == batch.pk or inner.state != SEALED or inner.holder_id != batch.holder_id:
        raise OtherWay(number=inner.number)
    BatchLine.objects.create(batch=batch, inside=inner, packed_at=actor.now())
    inner.parent = batch
    inner.save(update_fields=["parent"])
    record(actor, batch, facts.BatchPacked(**named(batch)))
    record(actor, inner, facts.BatchPacked(**named(inner)))
    return batch


@once(batches_for)
def take_out(actor: Actor, uid: UUID, *, line_uid: UUID, place_uid: UUID | None = None, operation: UUID) -> Batch:
    """Something was packed by mistake: it goes back where it was, or to the place named. Raises NotInBatch."""
    batch = locked_open(actor, uid)
    rows = batch.lines.select_for_update(of=("self",)).select_related("before")
    line = rows.filter(uid=line_uid, state=LineState.PACKED).first()
    if line is None:
        raise NotInBatch
    line.batch = batch
    line.state, line.settled_at = LineState.TAKEN_OUT, actor.now()
    line.save(update_fields=["state", "settled_at"])
    if line.inside_id:
        Batch.objects.filter(pk=line.inside_id).update(parent=None)
    elif line.unit_id:
        target = places_for(actor).get(uid=place_uid).pk if place_uid else line.before_id
        thread = line.work_order_id
        move_unit(actor.trusted_with(HANDS), line.unit_id, target or 0, reason="taken_out", thread_id=thread)
    else:
        put_parts_back(actor, line, place_uid)
    record(actor, batch, facts.LineTakenOut(**named(batch), work_order_id=line.work_order_id))
    return batch


@once(batches_for)
def seal_batch(actor: Actor, uid: UUID, *, seal: str = "", operation: UUID) -> Batch:
    """Nothing more comes into it; `seal` is the number on the seal. Raises BatchClash, NothingPacked."""
    batch = locked_open(actor, uid, move="seal")
    if not batch.lines.filter(state=LineState.PACKED).exists():
        raise NothingPacked
    batch.seal, batch.sealed_at = clean(seal)[:40], actor.now()
    return _moved(actor, batch, "seal", "seal", "sealed_at")


@once(batches_for)
def unseal_batch(actor: Actor, uid: UUID, *, operation: UUID) -> Batch:
    """The seal is opened, to put something in or take something out. Raises BatchClash, TravelsInside."""
    batch = locked_open(actor, uid, move="unseal")
    batch.seal, batch.sealed_at = "", None
    return _moved(actor, batch, "unseal", "seal", "sealed_at")


@once(batches_for)
def cancel_batch(actor: Actor, uid: UUID, *, operation: UUID) -> Batch:
    """An empty batch is not needed. Raises BatchClash, StillPacked."""
    batch = locked_open(actor, uid, move="cancel")
    if batch.lines.filter(state=LineState.PACKED).exists():
        raise StillPacked
    return _moved(actor, batch, "cancel")


@once(batches_for)
def send_batch(actor: Actor, uid: UUID, *, given: HandOver, operation: UUID) -> Batch:
    """A courier or driver takes it: everything in it, also in the batches in it, is on the way from now on.

    Raises BatchClash, TravelsInside.
    """
    batch = locked_open(actor, uid, move="send")
    days = int(setting("logistics.road_days", batch.holder_id))
    batch.courier, batch.tracking = clean(given.courier)[:80], clean(given.tracking)[:80]
    batch.due_at, batch.sent_at = given.due_at or actor.now() + timedelta(days=days), actor.now()
    put_on_road(actor, batch)
    done = _moved(actor, batch, "send", "courier", "tracking", "due_at", "sent_at", "road")
    for inner in Batch.objects.select_for_update().filter(parent=batch, state=SEALED):
        _send_along(actor, inner, batch)
    return done


def put_on_road(actor: Actor, batch: Batch) -> None:
    """The units of a locked batch leave its box."""
    batch.road = road_place(batch)
    lines = list(unit_lines(batch).select_related("work_order__for_order"))
    end_work(actor, batch, lines)
    carry_parts(actor, batch, batch.box, batch.road, reason="sent")
    for line in lines:
        moved: dict[str, Any] = {"reason": "sent", "thread_id": line.work_order_id, "expected_source": batch.box_id}
        move_unit(actor.trusted_with(HANDS), line.unit_id or 0, batch.road.pk, **moved)
        if batch.to_centre_id:
            know_unit(actor, line.unit_id or 0, batch.to_centre_id)


def unit_lines(batch: Batch) -> QuerySet[BatchLine]:
    """The units that still travel in it."""
    return batch.lines.filter(state=LineState.PACKED, unit__isnull=False).order_by("pk")


def named(batch: Batch) -> dict[str, Any]:
    """What every fact about a batch says of it."""
    return {"batch_id": batch.pk, "centre_id": batch.centre_id, "number": batch.number}


def locked_open(actor: Actor, uid: UUID, *, move: str = "") -> Batch:
    """The batch, locked, with the move made where it stands; without a move it must be open for packing.

    Raises NotPermitted, BatchClash, TravelsInside.
    """
    batch = lock_batch(actor, uid)
    check_may(actor, "logistics.handle", batch.holder_id)
    if batch.parent:
        raise TravelsInside(number=batch.parent.number)
    if move:
        BATCH.apply(move, batch, actor.trusted_with("logistics.handle"))
    elif batch.state != PACKING:
        raise BatchClash(state=batch.get_state_display())
    return batch


def _moved(actor: Actor, batch: Batch, move: str, *fields: str) -> Batch:
    batch.save(update_fields=["state", *fields])
    index_batch(batch)
    record(actor, batch, facts.BatchMoved(**named(batch), move=move))
    if move == "send":
        for thread in threads_of(unit_lines(batch)):
            record(actor, batch, facts.BatchMoved(**named(batch), move=move, work_order_id=thread))
    return batch


def _send_along(actor: Actor, inner: Batch, outer: Batch) -> None:
    BATCH.apply("send", inner, actor.trusted_with("logistics.handle"))
    inner.courier, inner.tracking = outer.courier, outer.tracking
    inner.due_at, inner.sent_at = outer.due_at, outer.sent_at
    put_on_road(actor, inner)
    _moved(actor, inner, "send", "courier", "tracking", "due_at", "sent_at", "road")
    for one in Batch.objects.select_for_update().filter(parent=inner, state=SEALED):
        _send_along(actor, one, outer)


def _order_of(actor: Actor, unit_id: int, centre_id: int) -> WorkOrder | None:
    """The open order of a unit: of the centre that packs it before any other the actor sees."""
    rows = work_orders_for(actor).filter(unit=unit_id, closed_at=None).select_related("for_order").order_by("-pk")
    found = list(rows)
    return next((one for one in found if one.centre_id == centre_id), found[0] if found else None)


def _accessories(order: WorkOrder | None) -> str:
    if order is None:
        return ""
    return ", ".join(order.accessories.filter(returned_at=None).order_by("pk").values_list("name", flat=True))


def _evidence(actor: Actor, order: WorkOrder | None) -> list[str]:
    """The photos and documents of the order, which a claim takes along."""
    if order is None:
        return []
    return [str(one.uid) for one in attachments_for(actor, [("orders.workorder", order.pk)])]
