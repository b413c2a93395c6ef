"""Batches: whose they are, what is in them, what waits to be sent on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from remonta.identity.queries import in_reach, names_of
from remonta.kernel.actor import Actor
from remonta.kernel.workflow import Move
from remonta.logistics.models import Batch, BatchLine, Difference, LineState, Onward
from remonta.logistics.queries.parcels import DifferenceShape, differences_of
from remonta.logistics.workflow import ARRIVED, BATCH, DROPPED, PACKING, RECEIVED, SEALED, UNDER_WAY
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.queries import Line, attachments_for, file_scope, search_kind, timeline

SHOWN = ("centre", "holder", "to_centre", "parent", "account")
THERE = ("arrive", "land", "finish")


@dataclass(frozen=True)
class LineShape:
    """One thing in a batch. `order` is the one it travels under, `order_uid` only where the actor may see it; `here` is
    the order of the actor's own centre, where that is another one. `evidence` are uids of files."""

    uid: UUID
    state: str
    state_label: object
    name: str
    serial: str
    quantity: int
    order: str
    order_uid: UUID | None
    here: str
    here_uid: UUID | None
    unit_id: int | None
    part_uid: UUID | None
    part_number: str
    inside: Batch | None
    task: str
    accessories: str
    note: str
    evidence: tuple[str, ...]
    packed_at: datetime


@dataclass(frozen=True)
class BatchPage:
    """A batch with what is in it; `moves` are what the actor may do now, `receives` whether at the other end."""

    batch: Batch
    lines: tuple[LineShape, ...]
    inner: tuple[Batch, ...]
    differences: tuple[DifferenceShape, ...]
    moves: tuple[Move, ...]
    packs: bool
    receives: bool
    timeline: tuple[Line, ...]
    names: dict[int, str]

    @property
    def waiting(self) -> int:
        """How many things nobody has scanned at the other end yet."""
        return sum(line.state == LineState.PACKED for line in self.lines)


@dataclass(frozen=True)
class Proposal:
    """Units that should go to one destination, the longest waiting first; `open_batch` is one that is being packed."""

    centre_id: int
    to_centre_id: int | None
    to_name: str
    purpose: str
    purpose_label: object
    wishes: tuple[Onward, ...]
    oldest: datetime
    open_batch: Batch | None


def batches_for(actor: Actor) -> QuerySet[Batch]:
    """The batches of the centres in which the actor may see them, and those sealed for them or in their hands."""
    coming = in_reach(actor, "logistics.see", "to_centre_id") & ~Q(state__in=[PACKING, DROPPED])
    held = in_reach(actor, "logistics.see", "holder_id")
    return Batch.objects.filter(in_reach(actor, "logistics.see") | coming | held)


def onwards_for(actor: Actor) -> QuerySet[Onward]:
    """What is to be sent on from the centres in which the actor may see batches."""
    return Onward.objects.filter(in_reach(actor, "logistics.see"))


def proposals(actor: Actor, centre_id: int) -> tuple[Proposal, ...]:
    """What waits in a centre to be sent on, by destination, the oldest first. Two statements."""
    waiting = onwards_for(actor).filter(centre_id=centre_id, ended_at=None)
    rows = waiting.select_related("unit__product__brand", "work_order", "to_centre").order_by("asked_at")
    groups: dict[tuple[int | None, str, str], list[Onward]] = {}
    for row in rows:
        groups.setdefault((row.to_centre_id, row.to_name, row.purpose), []).append(row)
    packing = batches_for(actor).filter(holder=centre_id, state=PACKING).select_related("to_centre").order_by("-pk")
    open_ones = {(one.to_centre_id, one.to_name): one for one in packing}
    return tuple(
        Proposal(
            centre_id,
            key[0],
            found[0].to_centre.name if found[0].to_centre else key[1],
            key[2],
            found[0].get_purpose_display(),
            tuple(found),
            found[0].asked_at,
            open_ones.get(key[:2]),
        )
        for key, found in groups.items()
    )


def coming_batches(actor: Actor, centre_id: int) -> QuerySet[Batch]:
    """The batches under way to a centre, or being received there."""
    coming = batches_for(actor).filter(to_centre=centre_id, state__in=[UNDER_WAY, ARRIVED])
    return coming.select_related(*SHOWN).order_by("state", "due_at", "pk")


def batch_page(actor: Actor, uid: UUID) -> BatchPage:
    """Everything the page of a batch shows. Seven statements. Raises DoesNotExist."""
    batch = batches_for(actor).select_related(*SHOWN, "box", "road").get(uid=uid)
    found = timeline([("logistics.batch", batch.pk)])
    at_home = actor.may_at("logistics.handle", batch.holder_id)
    at_end = actor.may_at("logistics.handle", batch.to_centre_id or batch.centre_id)
    return BatchPage(
        batch=batch,
        lines=lines_of(actor, batch),
        inner=tuple(Batch.objects.filter(parent=batch).order_by("pk")),
        differences=differences_of(Difference.objects.filter(batch=batch)),
        moves=tuple(_open_moves(batch, at_home=at_home, at_end=at_end)),
        packs=at_home and batch.state == PACKING,
        receives=at_end and batch.state == ARRIVED,
        timeline=found,
        names=names_of({line.account_id for line in found if line.account_id}),
    )


def lines_of(actor: Actor, batch: Batch) -> tuple[LineShape, ...]:
    """What is in a batch the actor may see, the last first; what was taken out again is left out. Two statements."""
    shown = ("unit__product__brand", "work_order", "inside__to_centre", "part", "piece", "lot")
    rows = list(
        BatchLine.objects.filter(batch=batch).exclude(state=LineState.TAKEN_OUT).select_related(*shown).order_by("-pk")
    )
    orders = [row.work_order for row in rows if row.work_order]
    keys = {key for order in orders for key in (order.pk, order.for_order_id) if key}
    seen = list(work_orders_for(actor).filter(Q(pk__in=keys) | Q(for_order__in=keys)).order_by("pk")) if keys else []
    files = _files(actor, rows)
    return tuple(_line(row, seen, files) for row in rows)


def whole_contents(batch: Batch) -> tuple[BatchLine, ...]:
    """Every unit line of the batch and of the batches in it that still travels, for rooms above that have checked the
    right. One statement a level."""
    rows = list(
        BatchLine.objects.filter(batch=batch, state=LineState.PACKED)
        .select_related("unit__product__brand", "work_order", "inside__to_centre", "batch")
        .order_by("pk")
    )
    found: list[BatchLine] = [row for row in rows if row.unit_id]
    for row in rows:
        if row.inside:
            found += whole_contents(row.inside)
    return tuple(found)


def threads_of(lines: QuerySet[BatchLine]) -> list[int]:
    """The orders in whose logs stands what happens to those lines: the one a unit travels under, and the one of another
    centre that its work is for. One statement."""
    pairs = lines.order_by("pk").values_list("work_order_id", "work_order__for_order_id")
    return list(dict.fromkeys(key for pair in pairs for key in pair if key))


def whole_batches_with(order_ids: Collection[int]) -> list[int]:
    """The keys of the batches in which units of those orders have travelled, whoever asks: for rooms that forget what
    they keep of them. One statement."""
    rows = BatchLine.objects.filter(work_order__in=order_ids).values_list("batch_id", flat=True)
    return sorted(set(rows))


def batches_of_order(actor: Actor, work_order_id: int) -> tuple[BatchLine, ...]:
    """In which batches the unit of an order has travelled, newest first. One statement."""
    rows = BatchLine.objects.filter(work_order=work_order_id, batch__in=batches_for(actor))
    return tuple(rows.exclude(state=LineState.TAKEN_OUT).select_related("batch__to_centre").order_by("-pk"))


def onward_of_order(actor: Actor, order: WorkOrder) -> Onward | None:
    """Where the unit of an order is to be sent on, as long as it waits. One statement."""
    return onwards_for(actor).filter(work_order=order, ended_at=None).select_related("to_centre").first()


def _files(actor: Actor, rows: Sequence[BatchLine]) -> set[str]:
    """The files of claims that the actor may open: none of an order of another centre. One statement, or three."""
    of = {row.work_order_id for row in rows if row.evidence and row.work_order_id}
    found = attachments_for(actor, [("orders.workorder", key) for key in of]) if of else ()
    return {str(one.uid) for one in found}


def _line(row: BatchLine, seen: Sequence[WorkOrder], files: Collection[str]) -> LineShape:
    unit, order = row.unit, row.work_order
    visible = {one.pk: one.uid for one in seen if one.unit_id == row.unit_id}
    here = next((one for one in reversed(seen) if order and one.unit_id == row.unit_id and one.pk != order.pk), None)
    here = None if order and order.pk in visible else here
    name = str(unit.product) if unit else f"{row.inside} → {row.inside.destination}" if row.inside else str(row.part)
    return LineShape(
        row.uid,
        row.state,
        row.get_state_display(),
        name,
        (unit.serial or unit.tag) if unit else str(row.piece or row.lot or ""),
        row.quantity,
        order.number if order else "",
        visible.get(order.pk) if order else None,
        here.number if here else "",
        here.uid if here else None,
        row.unit_id,
        row.part.uid if row.part else None,
        row.part.number if row.part else "",
        row.inside,
        row.task,
        row.accessories,
        row.note,
        tuple(str(one) for one in row.evidence if str(one) in files),
        row.packed_at,
    )


def _open_moves(batch: Batch, *, at_home: bool, at_end: bool) -> list[Move]:
    """The buttons: packing and sending where it stands, arriving and receiving at the other end."""
    starts = [move for move in BATCH.moves.values() if batch.state in move.starts and move.name != "land"]
    if batch.parent_id and batch.state in (SEALED, UNDER_WAY):
        return []
    return [move for move in starts if (at_end if move.name in THERE else at_home)]


def open_batches(actor: Actor, centre_id: int) -> QuerySet[Batch]:
    """The batches that stand in a centre to be packed or handed over."""
    here = batches_for(actor).filter(holder=centre_id, state__in=[PACKING, SEALED], parent=None)
    return here.select_related(*SHOWN).order_by("-pk")


def sent_batches(actor: Actor, centre_id: int) -> QuerySet[Batch]:
    """The batches that a centre has sent and that have not been received yet, the most urgent first."""
    gone = batches_for(actor).filter(centre=centre_id, state__in=[UNDER_WAY, ARRIVED])
    return gone.select_related(*SHOWN).order_by("due_at", "pk")


def _visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return list(batches_for(actor).filter(pk__in=list(ids)).values_list("pk", flat=True))


file_scope("logistics.batch", _visible)
search_kind("batch", "logistics.see")
OVER = (RECEIVED, DROPPED)
