"""Moving parts. Balances are locked in one global order: part, then place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, Subquery

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import command, once, record_first, record_many
from remonta.stock.commands.costs import AVERAGE, enter_costs
from remonta.stock.commands.places import network_place, quarantine_place, repair_place
from remonta.stock.commands.refusals import AlreadyThere, NotEnough, NotForParts, NothingToMove, PlaceClosed
from remonta.stock.facts import PartMoved
from remonta.stock.models import STORES, Balance, Move, Place, PlaceKind
from remonta.stock.queries import moves_for, places_for

THOUSANDTHS = 1000
Key = tuple[int, int]


@dataclass(frozen=True)
class Shift:
    """So many thousandths of a part from one place to another; `reserved` of them were set aside at the source.

    `cost` is what one costs, in major units of the centre's currency; without it the move takes the centre's average.
    """

    part_id: int
    quantity: int
    source: Place
    target: Place
    reserved: int = 0
    serial: str = ""
    cost: Decimal | None = None


def move_parts(
    actor: Actor,
    shifts: Sequence[Shift],
    *,
    reason: str,
    thread_id: int | None = None,
    with_stock_of: int | None = None,
) -> list[Move]:
    """Writes the moves and the balances that follow, for commands that have permitted it; one move a shift.

    With `with_stock_of`, everything that centre has of those parts is locked too, for who then sets some aside.
    Raises NotEnough when a source has less that is free, NothingToMove, PlaceClosed.
    """
    pairs = ((shift.part_id, place) for shift in shifts for place in (shift.source, shift.target))
    balances = lock_balances(pairs, with_stock_of)
    moves = []
    for shift in shifts:
        _check(shift, balances[shift.part_id, shift.source.pk])
        _carry(shift, balances)
        average = getattr(balances[shift.part_id, shift.source.pk], "average", None)
        cost = average if shift.cost is None else shift.cost
        moves.append(_write(actor, shift, reason, thread_id, cost))
    return moves


def move_many(actor: Actor, shifts: Sequence[Shift], *, reason: str) -> list[Move]:
    """As move_parts, for hundreds of shifts with a cost of their own or none: some statements for all of them.

    Nothing of them is set aside, and no room may react to parts that move. Raises what move_parts raises.
    """
    balances = lock_balances((shift.part_id, place) for shift in shifts for place in (shift.source, shift.target))
    for shift in shifts:
        source, target = (balances[shift.part_id, place.pk] for place in (shift.source, shift.target))
        _check(shift, source)
        source.on_hand -= shift.quantity
        target.on_hand += shift.quantity
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
) -> Move:
    """One shift; see move_parts. Five statements when both places have had the part before."""
    return move_parts(actor, [Shift(part_id, quantity, source, target, reserved)], reason=reason, thread_id=thread_id)[
        0
    ]


def lock_balances(pairs: Iterable[tuple[int, Place]], with_stock_of: int | None = None) -> dict[Key, Balance]:
    """The balances of those parts in those places, made where there are none, locked in the order of part and place,
    each with the `average` its part costs there.

    One statement, three where a balance is new.
    """
    wanted = {(part_id, place.pk): place for part_id, place in pairs}
    places = Q(place_id__in={place_id for _, place_id in wanted})
    if with_stock_of is not None:
        places |= Q(place__centre_id=with_stock_of, place__kind__in=STORES)
    rows = Balance.objects.filter(places, part_id__in={part_id for part_id, _ in wanted})
    rows = rows.select_for_update(of=("self",)).order_by("part_id", "place_id").annotate(average=Subquery(AVERAGE))
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
) -> list[Move]:
    """Goods come from the supplier: (part id, thousandths, bin) a line, for the command that permits it.

    `costs` are what one of each line costs, in major units of the centre's `currency`; they move the averages. All the
    centre has of these parts stays locked, to be set aside in the same transaction. Raises NotForParts.
    """
    for _part_id, _quantity, place in lines:
        if place.kind not in STORES or place.centre_id != centre_id:
            raise NotForParts(place=str(place))
    source = network_place(PlaceKind.SUPPLIER)
    known = [*costs, *[None] * (len(lines) - len(costs))]
    shifts = [Shift(line[0], line[1], source, line[2], cost=cost) for line, cost in zip(lines, known, strict=True)]
    moves = move_parts(actor, shifts, reason="received", with_stock_of=centre_id)
    priced = [move for move, cost in zip(moves, known, strict=True) if cost is not None]
    if priced:
        enter_costs(actor, priced, centre_id, currency)
    return moves


@command
def return_part(actor: Actor, part_id: int, quantity: int, *, thread_id: int, centre_id: int, target: Place) -> Move:
    """An unused part of a repair goes back to a bin, for the command that permits it. Raises NotEnough, NotForParts."""
    if target.kind not in STORES or target.centre_id != centre_id:
        raise NotForParts(place=str(target))
    source = repair_place(thread_id, centre_id)
    return move_part(actor, part_id, quantity, source, target, reason="returned", thread_id=thread_id)


@command
def quarantine_old_part(actor: Actor, part_id: int, quantity: int, *, thread_id: int, centre_id: int) -> Move:
    """A part taken out of the customer's unit waits in quarantine, for the command that permits it."""
    source, target = network_place(PlaceKind.CUSTOMER), quarantine_place(centre_id)
    return move_part(actor, part_id, quantity, source, target, reason="taken_out", thread_id=thread_id)


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
    return moves


@once(moves_for)
def place_part(
    actor: Actor, part_id: int, *, quantity: int, source_uid: UUID, target_uid: UUID, operation: UUID
) -> Move:
    """A storekeeper moves parts within the centre: to another bin, or into quarantine and out of it.

    Raises NotEnough, NotForParts, AlreadyThere.
    """
    source, target = (_kept_at(actor, uid) for uid in (source_uid, target_uid))
    if source == target:
        raise AlreadyThere(place=str(target))
    if source.centre_id != target.centre_id:
        raise NotForParts(place=str(target))
    reason = "quarantined" if target.kind == PlaceKind.QUARANTINE else "moved"
    return move_part(actor, part_id, quantity, source, target, reason=reason)


@once(moves_for)
def quarantine_part(actor: Actor, part_id: int, *, quantity: int, source_uid: UUID, operation: UUID) -> Move:
    """A part nobody may use goes from its bin into the centre's quarantine. Raises NotEnough."""
    source = _kept_at(actor, source_uid)
    assert source.centre_id is not None
    target = quarantine_place(source.centre_id)
    return move_part(actor, part_id, quantity, source, target, reason="quarantined")


@once(moves_for)
def scrap_part(actor: Actor, part_id: int, *, quantity: int, source_uid: UUID, operation: UUID) -> Move:
    """A part is thrown away. Raises NotEnough."""
    source = _kept_at(actor, source_uid)
    return move_part(actor, part_id, quantity, source, network_place(PlaceKind.SCRAP), reason="scrapped")


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
        said = {"free": _amount(max(free, 0)), "wanted": _amount(shift.quantity), "place": str(shift.source)}
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
        cost=cost,
        actor=actor.label,
        account_id=actor.account_id,
        occurred_at=now,
    )


def _fact(move: Move) -> PartMoved:
    ends = {"source_id": move.source_id, "target_id": move.target_id}
    said = {"part_id": move.part_id or 0, "quantity": move.quantity}
    return PartMoved(**said, **ends, reason=move.reason, order_id=move.thread_id)


def _amount(quantity: int) -> str:
    return f"{quantity / THOUSANDTHS:g}"
