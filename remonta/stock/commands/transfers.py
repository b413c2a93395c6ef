"""Transfers between own centres: asked for, approved, sent out of the bins, received by scan at the other end."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from remonta.catalogue.queries import parts_for
from remonta.identity.queries import centres_for, every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import command, once, record, record_first, take_number
from remonta.stock import facts
from remonta.stock.commands.costs import enter_costs, mixed
from remonta.stock.commands.parts import move_part, move_parts
from remonta.stock.commands.places import carried_place, retire_place
from remonta.stock.commands.refusals import (
    AlreadyPacked,
    MoreThanGranted,
    NoDifference,
    NotATransfer,
    NotForParts,
    NothingOnTransfer,
    NothingToMove,
    NotOnTransfer,
    ReasonMissing,
)
from remonta.stock.commands.shifts import ANY, Shift, Which
from remonta.stock.models import STORES, Balance, Move, Place, Transfer, TransferLine
from remonta.stock.queries import places_for
from remonta.stock.queries.transfers import giving_centres, transfer_lines_for, transfers_for
from remonta.stock.workflow import ASKED, TRANSFER

THOUSANDTHS = 1000
SHOWN = ("centre__legal_entity", "giver", "road")


@once(transfers_for)
def ask_transfer(
    actor: Actor,
    centre_uid: UUID,
    *,
    giver_uid: UUID,
    lines: Sequence[tuple[UUID, int]],
    note: str = "",
    operation: UUID,
) -> Transfer:
    """A centre asks another own one for parts: (part uid, thousandths). What is asked already and not yet answered goes
    on to the same transfer. Raises NotATransfer, NothingToMove, NothingOnTransfer.
    """
    centre = centres_for(actor).get(uid=centre_uid)
    if not actor.may("stock.ask_transfers", centre):
        raise NotPermitted
    known = dict(parts_for(actor).filter(uid__in=[uid for uid, _ in lines]).values_list("uid", "pk"))
    asked = [(known[uid], quantity) for uid, quantity in lines if uid in known]
    if not asked:
        raise NothingOnTransfer
    return propose_transfer(actor, centre.pk, every_centre().get(uid=giver_uid).pk, asked, note=note)


@command
def propose_transfer(
    actor: Actor, centre_id: int, giver_id: int, lines: Sequence[tuple[int, int]], *, note: str = ""
) -> Transfer:
    """As ask_transfer, by keys, for commands and jobs that permit it: (part id, thousandths). Raises NotATransfer."""
    if not giving_centres(centre_id).filter(pk=giver_id).exists():
        names = dict(every_centre().filter(pk__in=[centre_id, giver_id]).values_list("pk", "name"))
        raise NotATransfer(giver=names.get(giver_id, ""), centre=names.get(centre_id, ""))
    rows = Transfer.objects.filter(centre=centre_id, giver=giver_id, state=ASKED).order_by("pk")
    transfer = rows.select_for_update(of=("self",)).first()
    if transfer is None:
        transfer = Transfer.objects.create(
            number=f"T{take_number('transfer'):07d}",
            centre_id=centre_id,
            giver_id=giver_id,
            note=clean(note)[:200],
            account_id=actor.account_id,
            created_at=actor.now(),
        )
        record_first(actor, transfer, facts.TransferAsked(**named(transfer)))
    for part_id, quantity in sorted(lines):
        if quantity <= 0:
            raise NothingToMove
        line, _made = transfer.lines.get_or_create(part_id=part_id)
        _ask_for(actor, transfer, line, line.asked + quantity)
    return transfer


@once(transfers_for)
def change_asked(actor: Actor, uid: UUID, *, part_uid: UUID, quantity: int, operation: UUID) -> Transfer:
    """So many thousandths of a part are asked for, while nobody has answered; zero: none of it.

    Raises TransferClash, NothingToMove.
    """
    transfer = lock_transfer(actor, uid)
    TRANSFER.apply("ask", transfer, actor)
    part = parts_for(actor).get(uid=part_uid)
    if quantity < 0:
        raise NothingToMove
    line, _made = transfer.lines.get_or_create(part=part)
    _ask_for(actor, transfer, line, quantity)
    if not quantity:
        line.delete()
    return transfer


@once(transfers_for)
def approve_transfer(actor: Actor, uid: UUID, *, granted: Sequence[tuple[UUID, int]] = (), operation: UUID) -> Transfer:
    """The giving centre will send it: all that is asked, or of the lines named (line uid, thousandths) so much.

    Raises TransferClash, NothingOnTransfer when nothing is granted.
    """
    transfer = lock_transfer(actor, uid)
    TRANSFER.apply("approve", transfer, actor)
    said = dict(granted)
    lines = list(transfer.lines.select_for_update().order_by("pk"))
    for line in lines:
        line.granted = min(max(said.get(line.uid, line.asked), 0), line.asked)
    if not any(line.granted for line in lines):
        raise NothingOnTransfer
    TransferLine.objects.bulk_update(lines, ["granted"])
    return _keep(actor, transfer, facts.TransferApproved)


@once(transfers_for)
def refuse_transfer(actor: Actor, uid: UUID, *, reason: str, operation: UUID) -> Transfer:
    """The giving centre sends nothing, and says why. Raises TransferClash, ReasonMissing, AlreadyPacked."""
    transfer = lock_transfer(actor, uid)
    TRANSFER.apply("refuse", transfer, actor)
    if not (why := clean(reason)[:200]):
        raise ReasonMissing
    _nothing_packed(actor, transfer)
    transfer.reason = why
    return _keep(actor, transfer, facts.TransferRefused, "reason")


@once(transfers_for)
def cancel_transfer(actor: Actor, uid: UUID, *, operation: UUID) -> Transfer:
    """It is not needed any more. Raises TransferClash, AlreadyPacked."""
    transfer = lock_transfer(actor, uid)
    TRANSFER.apply("cancel", transfer, actor)
    _nothing_packed(actor, transfer)
    return _keep(actor, transfer, facts.TransferCancelled)


@once(transfers_for)
def pack_part(
    actor: Actor,
    uid: UUID,
    *,
    part_uid: UUID,
    place_uid: UUID,
    quantity: int = THOUSANDTHS,
    which: Which = ANY,
    operation: UUID,
) -> Transfer:
    """A part is scanned out of a bin of the giving centre into the transfer, at that centre's average cost.

    Raises TransferClash, NotOnTransfer, MoreThanGranted, NotForParts, NotEnough.
    """
    transfer = lock_transfer(actor, uid)
    TRANSFER.apply("pack", transfer, actor)
    part = parts_for(actor).get(uid=part_uid)
    line = transfer.lines.select_for_update().filter(part=part).first()
    if line is None or not line.granted:
        raise NotOnTransfer(part=part.number)
    if line.sent + quantity > line.granted:
        raise MoreThanGranted(part=part.number, left=f"{(line.granted - line.sent) / THOUSANDTHS:g}")
    if quantity <= 0:
        raise NothingToMove
    source = kept_in(actor, place_uid, transfer.giver_id)
    move = move_part(actor, part.pk, quantity, source, _road(transfer), reason="transfer_out", which=which)
    if move.cost is not None:
        known = line.cost if line.sent else None
        line.cost = move.cost if known is None else mixed(known, line.sent, move.cost, quantity)
    line.sent += quantity
    line.save(update_fields=["sent", "cost"])
    transfer.save(update_fields=["road"])
    return transfer


@once(transfers_for)
def unpack_part(actor: Actor, line_uid: UUID, *, operation: UUID) -> Transfer:
    """All that is packed of a part goes back into the bin it came from last. Raises TransferClash, NothingToMove."""
    line = transfer_lines_for(actor).select_related("part", "transfer").get(uid=line_uid)
    transfer = lock_transfer(actor, line.transfer.uid)
    TRANSFER.apply("pack", transfer, actor)
    line = transfer.lines.select_for_update(of=("self",)).select_related("part").get(pk=line.pk)
    line.transfer = transfer
    if not line.sent or transfer.road is None:
        raise NothingToMove
    move_part(actor, line.part_id, line.sent, transfer.road, bin_of_giver(line), reason="transfer_back")
    line.sent, line.cost = 0, None
    line.save(update_fields=["sent", "cost"])
    return transfer


@once(transfers_for)
def send_transfer(actor: Actor, uid: UUID, *, operation: UUID) -> Transfer:
    """What is packed is on the way. Raises TransferClash, NothingOnTransfer when nothing is packed."""
    transfer = lock_transfer(actor, uid)
    TRANSFER.apply("send", transfer, actor)
    if not transfer.lines.filter(sent__gt=0).exists():
        raise NothingOnTransfer
    transfer.sent_at = actor.now()
    return _keep(actor, transfer, facts.TransferSent, "sent_at")


@once(transfers_for)
def receive_transferred(
    actor: Actor,
    uid: UUID,
    *,
    part_uid: UUID,
    place_uid: UUID,
    quantity: int = THOUSANDTHS,
    which: Which = ANY,
    operation: UUID,
) -> Transfer:
    """A part of the transfer is scanned into a bin where it was asked for; what it cost the giver moves the average.

    What nobody has sent is counted as surplus and not booked before somebody settles it. Raises TransferClash,
    NotForParts, NothingToMove.
    """
    transfer = lock_transfer(actor, uid)
    TRANSFER.apply("receive", transfer, actor)
    part, target = parts_for(actor).get(uid=part_uid), kept_in(actor, place_uid, transfer.centre_id)
    if quantity <= 0:
        raise NothingToMove
    line, _made = transfer.lines.select_for_update().get_or_create(part=part)
    booked = min(max(line.sent - line.received, 0), quantity)
    line.received += quantity
    line.save(update_fields=["received"])
    if booked:
        assert transfer.road is not None
        shift = Shift(part.pk, booked, transfer.road, target, cost=line.cost, which=which)
        come_in(actor, transfer, line, shift, reason="transfer_in")
    return transfer


@once(transfers_for)
def finish_receiving(actor: Actor, uid: UUID, *, operation: UUID) -> Transfer:
    """All that comes has come. Without a difference the transfer is settled at once. Raises TransferClash."""
    transfer = lock_transfer(actor, uid)
    TRANSFER.apply("arrive", transfer, actor)
    transfer.arrived_at = actor.now()
    transfer.save(update_fields=["state", "arrived_at"])
    differing = sum(1 for line in transfer.lines.all() if line.difference)
    record(actor, transfer, facts.TransferArrived(**named(transfer), differing=differing))
    complete(actor, transfer)
    return transfer


def come_in(actor: Actor, transfer: Transfer, line: TransferLine, shift: Shift, *, reason: str) -> Move:
    """A part arrives in a bin of the receiving centre; what it cost goes into that centre's average."""
    moves = move_parts(actor, [shift], reason=reason, with_stock_of=transfer.centre_id)
    if moves[0].cost is not None:
        enter_costs(actor, moves, transfer.centre_id, transfer.centre.legal_entity.currency)
    said: dict[str, Any] = {"part_id": line.part_id, "quantity": shift.quantity, "part": line.part.number}
    record(actor, transfer, facts.TransferPartReceived(**named(transfer), **said))
    return moves[0]


def complete(actor: Actor, transfer: Transfer) -> None:
    """Once nothing differs any more, the locked transfer is settled and its place on the way is archived."""
    if any(line.difference for line in transfer.lines.all()):
        return
    TRANSFER.apply("complete", transfer, actor.trusted_with("stock.close_transfers"))
    transfer.save(update_fields=["state"])
    if transfer.road_id:
        retire_place(actor, transfer.road_id)
    record(actor, transfer, facts.TransferSettled(**named(transfer)))


def lock_transfer(actor: Actor, uid: UUID) -> Transfer:
    """The transfer, locked, with its centres and its place on the way. Raises DoesNotExist. One statement."""
    return transfers_for(actor).select_for_update(of=("self",)).select_related(*SHOWN).get(uid=uid)


def named(transfer: Transfer) -> dict[str, Any]:
    """What every fact about a transfer says of it."""
    ends = {"centre_id": transfer.centre_id, "giver_id": transfer.giver_id}
    return {"transfer_id": transfer.pk, "number": transfer.number, **ends}


def kept_in(actor: Actor, place_uid: UUID, centre_id: int) -> Place:
    """A bin, shelf or van of that centre. Raises NotForParts, DoesNotExist."""
    place = places_for(actor).get(uid=place_uid)
    if place.kind not in STORES or place.centre_id != centre_id:
        raise NotForParts(place=str(place))
    return place


def bin_of_giver(line: TransferLine) -> Place:
    """The bin of the giving centre from which the part was scanned out last; else where most of it lies there.

    Raises NoDifference when that centre has none. Two statements at most.
    """
    moves = Move.objects.filter(part_id=line.part_id, target=line.transfer.road_id, reason="transfer_out")
    if last := moves.select_related("source").order_by("-pk").first():
        return last.source
    there = Balance.objects.filter(part_id=line.part_id, place__centre=line.transfer.giver_id, place__kind__in=STORES)
    most = there.filter(on_hand__gt=0).select_related("place").order_by("-on_hand").first()
    if most is None:
        raise NoDifference(part=line.part.number)
    return most.place


def _road(transfer: Transfer) -> Place:
    """The goods' own place on the way, made when the first of them is packed."""
    if transfer.road is None:
        name = f"{transfer.number} → {transfer.centre.name}"[:120]
        transfer.road = carried_place(f"{transfer.number}-WAY", name, transfer.giver_id)
    return transfer.road


def _ask_for(actor: Actor, transfer: Transfer, line: TransferLine, quantity: int) -> None:
    line.asked = quantity
    line.save(update_fields=["asked"])
    said: dict[str, Any] = {"part_id": line.part_id, "quantity": quantity, "part": line.part.number}
    record(actor, transfer, facts.TransferChanged(**named(transfer), **said))


def _nothing_packed(actor: Actor, transfer: Transfer) -> None:
    if transfer.lines.filter(sent__gt=0).exists():
        raise AlreadyPacked
    if transfer.road_id:
        retire_place(actor, transfer.road_id)


def _keep(actor: Actor, transfer: Transfer, said: type[facts.TransferFact], *fields: str) -> Transfer:
    transfer.save(update_fields=["state", *fields])
    record(actor, transfer, said(**named(transfer)))
    return transfer
