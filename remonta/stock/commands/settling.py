"""What arrived otherwise than it was sent is found, lost or explained by a person, as moves with a reason."""

from typing import Any
from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.kernel.texts import clean
from remonta.spine.commands import once, record
from remonta.stock import facts
from remonta.stock.commands.parts import move_part, move_parts
from remonta.stock.commands.places import network_place
from remonta.stock.commands.refusals import NoDifference, NothingOnTransfer
from remonta.stock.commands.shifts import ANY, Shift, Which
from remonta.stock.commands.transfers import bin_of_giver, come_in, complete, kept_in, lock_transfer, named
from remonta.stock.models import SHORTAGE, SURPLUS, Move, Place, PlaceKind, Settling, Transfer, TransferLine
from remonta.stock.models import TransferSettlement as Settlement
from remonta.stock.queries.transfers import transfer_lines_for, transfers_for
from remonta.stock.workflow import TRANSFER

HERE = (Settling.FOUND_HERE, *SURPLUS)


@once(transfers_for)
def settle_difference(
    actor: Actor,
    line_uid: UUID,
    *,
    way: str,
    place_uid: UUID | None = None,
    quantity: int | None = None,
    note: str = "",
    which: Which = ANY,
    operation: UUID,
) -> Transfer:
    """How a difference of one line ended; all of it unless a quantity (thousandths) is given.

    `place_uid` is the bin here for what is found here and for a surplus. With the last difference the transfer is
    settled; `which` names pieces or a batch. Raises TransferClash, NoDifference, NotForParts, NotEnough, and
    NothingOnTransfer without a bin.
    """
    found = transfer_lines_for(actor).select_related("transfer").get(uid=line_uid)
    transfer = lock_transfer(actor, found.transfer.uid)
    TRANSFER.apply("settle", transfer, actor)
    line = transfer.lines.select_for_update(of=("self",)).select_related("part").get(pk=found.pk)
    line.transfer = transfer
    open_ = abs(line.difference)
    many = open_ if quantity is None else quantity
    fitting = SHORTAGE if line.difference < 0 else SURPLUS
    if way not in fitting or not 0 < many <= open_:
        raise NoDifference(part=line.part.number)
    if way in HERE and place_uid is None:
        raise NothingOnTransfer
    target = kept_in(actor, place_uid, transfer.centre_id) if place_uid and way in HERE else None
    move = _post(actor, line, Settling(way), many, target, which)
    line.settled += many
    line.save(update_fields=["settled"])
    said = {"way": way, "quantity": many, "move": move, "note": clean(note)[:200]}
    Settlement.objects.create(line=line, account_id=actor.account_id, settled_at=actor.now(), **said)
    told: dict[str, Any] = {"part_id": line.part_id, "quantity": many, "way": way, "part": line.part.number}
    record(actor, transfer, facts.DifferenceSettled(**named(transfer), **told))
    complete(actor, transfer)
    return transfer


def _post(actor: Actor, line: TransferLine, way: Settling, many: int, target: Place | None, which: Which) -> Move:
    """The move that makes the book say what is true."""
    part_id, road, nobody = line.part_id, line.transfer.road, network_place(PlaceKind.DIFFERENCE)
    if way == Settling.FOUND_THERE:
        assert road is not None
        return move_part(actor, part_id, many, road, bin_of_giver(line), reason="transfer_back", which=which)
    if way == Settling.LOST:
        assert road is not None
        return move_parts(
            actor, [Shift(part_id, many, road, nobody, cost=line.cost, which=which)], reason="transfer_lost"
        )[0]
    assert target is not None
    if way == Settling.FOUND_HERE:
        assert road is not None
        shift, reason = Shift(part_id, many, road, target, cost=line.cost, which=which), "transfer_found"
    elif way == Settling.SENT_MORE:
        shift, reason = Shift(part_id, many, bin_of_giver(line), target, which=which), "transfer_more"
    else:
        shift, reason = Shift(part_id, many, nobody, target, which=which), "transfer_surplus"
    return come_in(actor, line.transfer, line, shift, reason=reason)
