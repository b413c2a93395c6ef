"""Taking back a move that has just been made: the book gets the opposite move, it is never rubbed out."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from remonta.kernel.actor import Actor
from remonta.spine.commands import command, once
from remonta.stock.commands.parts import move_parts
from remonta.stock.commands.refusals import MovedSince, NotYourMove, PartOfMore, TooLateToUndo
from remonta.stock.commands.shifts import Shift
from remonta.stock.commands.units import locked_whereabouts, move_unit, permit_between
from remonta.stock.models import Move, Reservation
from remonta.stock.queries import moves_for

UNDO_WITHIN = timedelta(minutes=10)
TAKEN_BACK = "taken_back"


@once(moves_for)
def take_back_unit(actor: Actor, uid: UUID, *, operation: UUID) -> Move:
    """Who has just moved a unit to another place puts it back where it was; returns the opposite move.

    Raises NotYourMove, PartOfMore, MovedSince, TooLateToUndo, and what move_unit raises.
    """
    move = moves_for(actor).filter(unit__isnull=False).select_related("source", "target").get(uid=uid)
    assert move.unit_id is not None
    permit_between(actor, move.source, move.target)
    locked_whereabouts(actor, move.unit_id)
    _check(actor, move, "moved", Move.objects.filter(unit_id=move.unit_id))
    thread_id, there = move.thread_id, move.target_id
    return move_unit(actor, move.unit_id, move.source_id, reason=TAKEN_BACK, thread_id=thread_id, expected_source=there)


@command
def take_back_issued(actor: Actor, reservation: Reservation) -> list[Move]:
    """The pieces that were issued last to a repair go back to the bin they were set aside in, for the command that
    permits it. Raises NotYourMove, MovedSince, TooLateToUndo.
    """
    moves = Move.objects.filter(part_id=reservation.part_id, thread_id=reservation.thread_id)
    issued = moves.filter(reason="issued", source_id=reservation.place_id).select_related("source", "target")
    last = _made_together(issued, reservation.quantity)
    _check(actor, last[0], "issued", moves)
    back = [
        Shift(
            move.part_id or 0,
            move.quantity,
            move.target,
            move.source,
            piece_ids=(move.piece_id,) if move.piece_id else (),
            lot_id=move.lot_id,
        )
        for move in reversed(last)
    ]
    return move_parts(actor, back, reason=TAKEN_BACK, thread_id=reservation.thread_id)


def _made_together(issued: QuerySet[Move], quantity: int) -> list[Move]:
    """The moves of one issue, the last first: one of that quantity, or one for each piece or batch that make it up."""
    found: list[Move] = []
    for move in issued.order_by("-id")[: max(quantity // 1000, 1) + 100]:
        if move.quantity == quantity:
            return [move]
        if move.piece_id is None and move.lot_id is None:
            continue
        found.append(move)
        if sum(one.quantity for one in found) >= quantity:
            return found
    raise MovedSince


def _check(actor: Actor, move: Move, reason: str, moves: QuerySet[Move]) -> None:
    """Whether this move may be taken back; `moves` are all of the same thing."""
    if move.actor != actor.label:
        raise NotYourMove
    if move.reason != reason:
        raise PartOfMore
    if moves.filter(pk__gt=move.pk).exists():
        raise MovedSince
    if actor.now() - move.occurred_at > UNDO_WITHIN:
        raise TooLateToUndo(minutes=UNDO_WITHIN.seconds // 60)
