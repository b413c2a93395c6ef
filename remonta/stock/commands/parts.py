"""Moving parts. Balances are locked in one global order: part, then place."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, Subquery

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import command, once, record_first, record_many
from remonta.stock.commands.costs import AVERAGE, enter_costs
from remonta.stock.commands.places import network_place, quarantine_place, repair_place
from remonta.stock.commands.refusals import AlreadyThere, NotEnough, NotForParts, NothingToMove, PlaceClosed
from remonta.stock.commands.shifts import ANY, Shift, Which, carry_tracked, said_amount, told_apart
from remonta.stock.facts import PartMoved
from remonta.stock.models import STORES, Balance, LotBalance, Move, Piece, Place, PlaceKind
from remonta.stock.queries import moves_for, places_for
from remonta.stock.search import index_pieces
from remonta.stock.workflow import WriteOffCause

Key = tuple[int, int]


def move_parts(
    actor: Actor,
    shifts: Sequence[Shift],
    *,
    reason: str,
    thread_id: int | None = None,
    with_stock_of: int | None = None,
) -> list[Move]:
    """Writes the moves and the balances that follow, for commands that have permitted it: one move a shift, but one
    for each piece of a part kept by serial number, and for each batch when a shift of several is not told apart.

    With `with_stock_of`, everything that centre has of those parts is locked too, for who then sets some aside.
    Raises NotEnough when a source has less that is free, NothingToMove, PlaceClosed, and what telling apart raises.
    """
    pairs = ((shift.part_id, place) for shift in shifts for place in (shift.source, shift.target))
    balances = lock_balances(pairs, with_stock_of)
    moves = []
    for asked in shifts:
        source = balances[asked.part_id, asked.source.pk]
        _check(asked, source)
        for shift in told_apart(actor, asked, source):
            _carry(shift, balances)
            carry_tracked(actor, shift)
            average = getattr(source, "average", None)
            cost = average if shift.cost is None else shift.cost
            moves.append(_write(actor, shift, reason, thread_id, cost))
    if pieces := [move.piece_id for move in moves if move.piece_id and move.target.centre_id]:
        index_pieces(Piece.objects.filter(pk__in=pieces).select_related("part", "place"))
    return moves


def move_many(actor: Actor, shifts: Sequence[Shift], *, reason: str) -> list[Move]:
    """As move_parts, for hundreds of shifts with a cost of their own or none: some statements for all of them.

    Nothing of them is set aside, and no room may react to parts that move; batches are named by `lot_id`, pieces do not
    go this way. Raises what move_parts raises.
    """
    balances = lock_balances((shift.part_id, place) for shift in shifts for place in (shift.source, shift.target))
    for shift in shifts:
        source, target = (balances[shift.part_id, place.pk] for place in (shift.source, shift.target))
        _check(shift, source)
        source.on_hand -= shift.quantity
        target.on_hand += shift.quantity
        carry_tracked(actor, shift)
    Balance.objects.bulk_update(balances.values(), ["on_hand"], batch_size=200)
    moves = Move.objects.bulk_create([_made(actor, shift, reason, None, shift.cost) for shift in shifts])
    record_many(actor, [(move, _fact(move)) for move in moves], first=True)
    return moves


def move_part(
    actor: Actor,
    part_id: int,
    quantity: int,
    source: Place,
    target: Place,
    *,
    reason: str,
    thread_id: int | None = None,
    reserved: int = 0,
    which: Which = ANY,
) -> Move:
    """One shift, and its first move; see move_parts. Five statements when both places have had the part before."""
    shift = Shift(part_id, quantity, source, target, reserved, which=which)
    return move_parts(actor, [shift], reason=reason, thread_id=thread_id)[0]


def lock_balances(pairs: Iterable[tuple[int, Place]], with_stock_of: int | None = None) -> dict[Key, Balance]:
    """The balances of those parts in those places, made where there are none, locked in the order of part and place,
    each with the `average` its part costs there and the `tracking` of the part.

    One statement, three where a balance is new.
    """
    wanted = {(part_id, place.pk): place for part_id, place in pairs}
    places = Q(place_id__in={place_id for _, place_id in wanted})
    if with_stock_of is not None:
        places |= Q(place__centre_id=with_stock_of, place__kind__in=STORES)
    rows = Balance.objects.filter(places, part_id__in={part_id for part_id, _ in wanted})
    rows = (
        rows.select_for_update(of=("self",))
        .order_by("part_id", "place_id")
        .annotate(average=Subquery(AVERAGE), tracking=F("part__tracking"))
    )
    found: dict[Key, Balance] = {(row.part_id, row.place_id): row for row in rows}
    if missing := sorted(wanted.keys() - found.keys()):
        made = [Balance(part_id=key[0], place_id=key[1], outside=wanted[key].outside) for key in missing]
        Balance.objects.bulk_create(made, ignore_conflicts=True)
        found = {(row.part_id, row.place_id): row for row in rows.all()}
    return found


@command
def receive_parts(
    actor: Actor,
    lines: Sequence[tuple[int, int, Place]],
    centre_id: int,
    *,
    costs: Sequence[Decimal | None] = (),
    currency: str = "",
    which: Sequence[Which] = (),
) -> list[Move]:
    """Goods come from the supplier: (part id, thousandths, bin) a line, for the command that permits it.

    `costs` are what one of each line costs, in major units of the centre's `currency`; they move the averages. `which`
    names the serial number (one a line) or the batch of each line. All the centre has of these parts stays locked, to
    be set aside in the same transaction. Raises NotForParts, and what telling apart raises.
    """
    for _part_id, _quantity, place in lines:
        if place.kind not in STORES or place.centre_id != centre_id:
            raise NotForParts(place=str(place))
    source = network_place(PlaceKind.SUPPLIER)
    known = [*costs, *[None] * (len(lines) - len(costs))]
    told = [*which, *[ANY] * (len(lines) - len(which))]
    shifts = [
        Shift(line[0], line[1], source, line[2], cost=cost, which=one)
        for line, cost, one in zip(lines, known, told, strict=True)
    ]
    moves = move_parts(actor, shifts, reason="received", with_stock_of=centre_id)
    priced = [move for move, cost in zip(moves, known, strict=True) if cost is not None]
    if priced:
        enter_costs(actor, priced, centre_id, currency)
    return moves


@command
def return_part(
    actor: Actor, part_id: int, quantity: int, *, thread_id: int, centre_id: int, target: Place, which: Which = ANY
) -> Move:
    """An unused part of a repair goes back to a bin, for the command that permits it; the first move.

    Raises NotEnough, NotForParts.
    """
    if target.kind not in STORES or target.centre_id != centre_id:
        raise NotForParts(place=str(target))
    source = repair_place(thread_id, centre_id)
    return move_part(actor, part_id, quantity, source, target, reason="returned", thread_id=thread_id, which=which)


@command
def quarantine_old_part(
    actor: Actor, part_id: int, quantity: int, *, thread_id: int, centre_id: int, which: Which = ANY
) -> Move:
    """A part taken out of the customer's unit waits in quarantine, for the command that permits it."""
    source, target = network_place(PlaceKind.CUSTOMER), quarantine_place(centre_id)
    return move_part(actor, part_id, quantity, source, target, reason="taken_out", thread_id=thread_id, which=which)


@command
def hand_parts_over(actor: Actor, thread_id: int) -> list[Move]:
    """The parts built in go to the customer with the unit, for the command that hands it over.

    The empty balances of the repair are forgotten: nothing will be there again. One statement without parts.
    """
    source = Place.objects.filter(kind=PlaceKind.REPAIR, thread_id=thread_id).first()
    if source is None:
        return []
    customer = network_place(PlaceKind.CUSTOMER)
    built_in = Balance.objects.filter(place=source, on_hand__gt=0).order_by("part_id").values_list("part_id", "on_hand")
    shifts = [Shift(part_id, on_hand, source, customer) for part_id, on_hand in built_in]
    moves = move_parts(actor, shifts, reason="handed_over", thread_id=thread_id) if shifts else []
    Balance.objects.filter(place=source, on_hand=0, reserved=0).delete()
    LotBalance.objects.filter(place=source, on_hand=0).delete()
    return moves


@once(moves_for)
def place_part(
    actor: Actor,
    part_id: int,
    *,
    quantity: int,
    source_uid: UUID,
    target_uid: UUID,
    which: Which = ANY,
    operation: UUID,
) -> Move:
    """A storekeeper moves parts within the centre: to another bin, or into quarantine and out of it; the first move.

    Raises NotEnough, NotForParts, AlreadyThere, and what telling apart raises.
    """
    source, target = (_kept_at(actor, uid) for uid in (source_uid, target_uid))
    if source == target:
        raise AlreadyThere(place=str(target))
    if source.centre_id != target.centre_id:
        raise NotForParts(place=str(target))
    reason = "quarantined" if target.kind == PlaceKind.QUARANTINE else "moved"
    return move_part(actor, part_id, quantity, source, target, reason=reason, which=which)


@once(moves_for)
def quarantine_part(
    actor: Actor, part_id: int, *, quantity: int, source_uid: UUID, which: Which = ANY, operation: UUID
) -> Move:
    """A part nobody may use goes from its bin into the centre's quarantine; the first move. Raises NotEnough."""
    source = _kept_at(actor, source_uid)
    assert source.centre_id is not None
    target = quarantine_place(source.centre_id)
    return move_part(actor, part_id, quantity, source, target, reason="quarantined", which=which)


@once(moves_for)
def scrap_part(
    actor: Actor,
    part_id: int,
    *,
    quantity: int,
    source_uid: UUID,
    which: Which = ANY,
    cause: str = WriteOffCause.OTHER,
    operation: UUID,
) -> Move:
    """A part is thrown away, for that cause; the first move. Raises NotEnough."""
    source, scrap = _kept_at(actor, source_uid), network_place(PlaceKind.SCRAP)
    return move_part(actor, part_id, quantity, source, scrap, reason=WriteOffCause(cause).value, which=which)


@command
def settle_quarantined(
    actor: Actor, part_id: int, quantity: int, source: Place, *, kind: str, reason: str, thread_id: int, which: Which
) -> Move:
    """A part that waited in quarantine goes to the supplier or to scrap (`kind`), for the command that permits it."""
    return move_part(
        actor, part_id, quantity, source, network_place(kind), reason=reason, thread_id=thread_id, which=which
    )


def _kept_at(actor: Actor, uid: UUID) -> Place:
    place = places_for(actor).get(uid=uid)
    if not actor.may("stock.keep", place):
        raise NotPermitted
    if place.kind not in (*STORES, PlaceKind.QUARANTINE):
        raise NotForParts(place=str(place))
    return place


def _check(shift: Shift, source: Balance) -> None:
    if shift.quantity <= 0:
        raise NothingToMove
    if shift.target.archived_at:
        raise PlaceClosed(place=str(shift.target))
    free = source.on_hand - source.reserved + shift.reserved
    if not shift.source.outside and free < shift.quantity:
        said = {"free": said_amount(max(free, 0)), "wanted": said_amount(shift.quantity), "place": str(shift.source)}
        raise NotEnough(part=str(source.part), **said)


def _carry(shift: Shift, balances: dict[Key, Balance]) -> None:
    source, target = (balances[shift.part_id, place.pk] for place in (shift.source, shift.target))
    source.on_hand -= shift.quantity
    source.reserved -= shift.reserved
    target.on_hand += shift.quantity
    left = {"on_hand": F("on_hand") - shift.quantity}
    if shift.reserved:
        left["reserved"] = F("reserved") - shift.reserved
    Balance.objects.filter(pk=source.pk).update(**left)
    Balance.objects.filter(pk=target.pk).update(on_hand=F("on_hand") + shift.quantity)


def _write(actor: Actor, shift: Shift, reason: str, thread_id: int | None, cost: Decimal | None) -> Move:
    move = _made(actor, shift, reason, thread_id, cost)
    move.save(force_insert=True)
    record_first(actor, move, _fact(move))
    return move


def _made(actor: Actor, shift: Shift, reason: str, thread_id: int | None, cost: Decimal | None) -> Move:
    now = actor.now()
    return Move(
        uid=uuid7(now),
        part_id=shift.part_id,
        quantity=shift.quantity,
        source=shift.source,
        target=shift.target,
        thread_id=thread_id,
        centre_id=shift.target.centre_id or shift.source.centre_id,
        reason=reason,
        serial=shift.serial,
        lot_id=shift.lot_id,
        piece_id=shift.piece_ids[0] if shift.piece_ids else None,
        cost=cost,
        actor=actor.label,
        account_id=actor.account_id,
        occurred_at=now,
    )


def _fact(move: Move) -> PartMoved:
    ends: dict[str, Any] = {"source_id": move.source_id, "target_id": move.target_id}
    said: dict[str, Any] = {"part_id": move.part_id or 0, "quantity": move.quantity}
    why: dict[str, Any] = {"reason": move.reason, "order_id": move.thread_id}
    return PartMoved(**said, **ends, **why, piece_id=move.piece_id, lot_id=move.lot_id)
