"""Parts that come into a centre by another way than from a supplier, with what they cost where they came from."""

from collections.abc import Sequence

from remonta.kernel.actor import Actor
from remonta.stock.commands.costs import enter_costs
from remonta.stock.commands.parts import move_parts
from remonta.stock.commands.refusals import NotForParts
from remonta.stock.commands.shifts import Shift
from remonta.stock.models import STORES, Move


def bring_parts_in(
    actor: Actor, shifts: Sequence[Shift], centre_id: int, *, currency: str, reason: str, thread_id: int | None = None
) -> list[Move]:
    """Parts on the way are put into stores of a centre, for the command that permits it; the cost that each takes
    along enters the centre's average, in its `currency`; without a currency it does not.

    Raises NotForParts, and what move_parts raises.
    """
    for shift in shifts:
        if shift.target.kind not in STORES or shift.target.centre_id != centre_id:
            raise NotForParts(place=str(shift.target))
    moves = move_parts(actor, shifts, reason=reason, thread_id=thread_id, with_stock_of=centre_id)
    priced = [move for move in moves if move.cost is not None]
    if priced and currency:
        enter_costs(actor, priced, centre_id, currency)
    return moves
