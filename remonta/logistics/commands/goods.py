"""Parts in batches: packed from a bin, carried along with the batch, put into a bin at the other end."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import parts_for
from remonta.identity.queries import workplace
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.logistics import facts
from remonta.logistics.models import Batch, BatchLine, LineState
from remonta.spine.commands import record
from remonta.stock.commands import ANY, Shift, Which, bring_parts_in, move_parts, network_place
from remonta.stock.queries import STORES, Place, balances_for, places_for
from remonta.supply.commands import serve_later

WHOLE = 1000


class NoBinHere(Refused):
    text = _("Choose the bin, shelf or van of your centre: parts are kept there.")
    field = "place"


def add_parts(
    actor: Actor,
    batch: Batch,
    *,
    part_uid: UUID,
    place_uid: UUID | None,
    quantity: int,
    which: Which = ANY,
    task: str = "",
) -> list[BatchLine]:
    """So many thousandths of a part go from a bin into a locked, open batch: one line, or one for each piece or batch.
    Without a bin, from where most of it lies.

    Raises NoBinHere, NotEnough, NothingToMove, and what telling apart raises.
    """
    part = parts_for(actor).get(uid=part_uid)
    usual = None if place_uid else _usual_bin(actor, None, batch.holder_id, part.pk)
    source = usual or _bin(actor, place_uid, batch.holder_id)
    moves = move_parts(actor, [Shift(part.pk, quantity, source, batch.box, which=which)], reason="packed")
    made = [
        BatchLine(
            batch=batch,
            part=part,
            piece_id=move.piece_id,
            lot_id=move.lot_id,
            quantity=move.quantity,
            before=source,
            task=clean(task),
            packed_at=actor.now(),
        )
        for move in moves
    ]
    lines = BatchLine.objects.bulk_create(made)
    record(actor, batch, facts.PartsPacked(batch_id=batch.pk, centre_id=batch.centre_id, number=batch.number))
    return lines


def part_line(line: BatchLine, quantity: int | None) -> None:
    """Of a line that still travels, only so much came: the rest is a line of its own. The line is locked."""
    if line.part_id is None or line.piece_id or quantity is None or not 0 < quantity < line.quantity:
        return
    same = ("batch_id", "part_id", "lot_id", "before_id", "task", "state", "value", "hs_code", "origin", "weight")
    said = {name: getattr(line, name) for name in same}
    BatchLine.objects.create(**said, quantity=line.quantity - quantity, packed_at=line.packed_at)
    line.quantity = quantity
    line.save(update_fields=["quantity"])


def put_parts_back(actor: Actor, line: BatchLine, place_uid: UUID | None) -> None:
    """Parts that were packed by mistake lie in their bin again, or in the one named. Raises NoBinHere."""
    target = _bin(actor, place_uid, line.batch.holder_id) if place_uid else line.before
    if target is None:
        raise NoBinHere
    move_parts(actor, [_shift(line, line.batch.box, target)], reason="taken_out")


def carry_parts(actor: Actor, batch: Batch, source: Place, target: Place, *, reason: str) -> None:
    """The parts of a locked batch go along where it goes."""
    lines = batch.lines.filter(state=LineState.PACKED, part__isnull=False).order_by("part_id", "pk")
    if shifts := [_shift(line, source, target) for line in lines]:
        move_parts(actor, shifts, reason=reason)


def leave_parts(actor: Actor, batch: Batch) -> None:
    """The parts of a batch are with the maker or partner outside to whom it went."""
    if batch.road is not None:
        carry_parts(actor, batch, batch.road, network_place("supplier"), reason="arrived")


def put_parts(actor: Actor, line: BatchLine, place_uid: UUID | None, *, outside: bool = False) -> None:
    """Parts of a line are put into a bin of the centre that has the batch, or come back there from outside; who waits
    for them is served. Without a bin they go where the part lies already. What they cost the sender enters this
    centre's average. Raises NoBinHere.
    """
    batch = line.batch
    centre_id = batch.centre_id if outside else batch.holder_id
    target = _usual_bin(actor, place_uid, centre_id, line.part_id or 0)
    source = network_place("supplier") if outside else batch.road
    assert source is not None
    here, there = workplace(centre_id), workplace(batch.centre_id)
    known = not outside and here.currency == there.currency and source.centre_id != centre_id
    shifts: Sequence[Shift] = [_shift(line, source, target)]
    said: dict[str, Any] = {"currency": here.currency if known else "", "reason": "received"}
    bring_parts_in(actor, shifts, centre_id, **said)
    serve_later(actor, line.part_id or 0, centre_id)


def _shift(line: BatchLine, source: Place, target: Place) -> Shift:
    pieces = (line.piece_id,) if line.piece_id else ()
    return Shift(line.part_id or 0, line.quantity, source, target, piece_ids=pieces, lot_id=line.lot_id)


def _bin(actor: Actor, place_uid: UUID | None, centre_id: int) -> Place:
    rows = places_for(actor).filter(centre_id=centre_id, kind__in=STORES, archived_at=None)
    found = rows.filter(uid=place_uid).first() if place_uid else None
    if found is None:
        raise NoBinHere
    return found


def _usual_bin(actor: Actor, place_uid: UUID | None, centre_id: int, part_id: int) -> Place:
    """The place named if parts are kept there; else where the part lies, or the first bin. Raises NoBinHere."""
    rows = places_for(actor).filter(centre_id=centre_id, kind__in=STORES, archived_at=None)
    named = rows.filter(uid=place_uid).first() if place_uid else None
    there = balances_for(actor).filter(part_id=part_id, on_hand__gt=0, place__in=rows).order_by("-on_hand").first()
    found = named or (rows.filter(pk=there.place_id).first() if there else rows.order_by("kind", "code").first())
    if found is None:
        raise NoBinHere
    return found
