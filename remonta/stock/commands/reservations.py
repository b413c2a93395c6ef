"""Setting parts aside for work orders. All are inner steps of commands above, which have permitted them."""

from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.spine.commands import command
from remonta.stock.commands.parts import move_parts
from remonta.stock.commands.places import repair_place
from remonta.stock.commands.refusals import BatchExpired, NothingToMove, NotReserved
from remonta.stock.commands.shifts import ANY, Shift, Which
from remonta.stock.models import STORES, Balance, Move, Reservation, ReservationState


@command
def reserve_part(
    actor: Actor, part_id: int, centre_id: int, quantity: int, thread_id: int, *, place_id: int | None = None
) -> Reservation | None:
    """Sets the whole quantity aside in the bin where it fits best; None when no bin of the centre has it.

    With `place_id`, in that bin or nowhere. Three statements.
    """
    if quantity <= 0:
        raise NothingToMove
    stock = [one for one in _locked_stock(part_id, centre_id) if place_id is None or one.place_id == place_id]
    fitting = [balance for balance in stock if _free(balance) >= quantity]
    if not fitting:
        return None
    return _set_aside(actor, min(fitting, key=_free), centre_id, quantity, thread_id)


@command
def reserve_parts(actor: Actor, part_id: int, centre_id: int, quantity: int, thread_id: int) -> tuple[Reservation, ...]:
    """Sets aside as much of it as the centre has, from one bin if one has enough, else bin by bin; maybe nothing."""
    if quantity <= 0:
        raise NothingToMove
    stock = sorted(_locked_stock(part_id, centre_id), key=_free)
    enough = [balance for balance in stock if _free(balance) >= quantity]
    made, missing = [], quantity
    for balance in enough[:1] or reversed(stock):
        if (taken := min(_free(balance), missing)) > 0:
            made.append(_set_aside(actor, balance, centre_id, taken, thread_id))
            missing -= taken
    return tuple(made)


@command
def release_reservation(actor: Actor, reservation_id: int) -> Reservation:
    """Sets the pieces free again; what is no longer set aside stays as it is. Three statements."""
    reservation = Reservation.objects.select_for_update().get(pk=reservation_id)
    if reservation.state == ReservationState.OPEN:
        balances = Balance.objects.filter(part_id=reservation.part_id, place_id=reservation.place_id)
        balances.update(reserved=F("reserved") - reservation.quantity)
        _turn(reservation, ReservationState.RELEASED)
    return reservation


@command
def issue_reserved(
    actor: Actor, reservation: Reservation, *, which: Which = ANY, accept_expired: bool = False
) -> list[Move]:
    """The pieces set aside leave their bin for the repair; one statement claims them.

    Raises NotReserved, what telling apart raises, and BatchExpired unless that is accepted.
    """
    still_open = Reservation.objects.filter(pk=reservation.pk, state=ReservationState.OPEN)
    if not still_open.update(state=ReservationState.ISSUED):
        raise NotReserved
    reservation.state = ReservationState.ISSUED
    target = repair_place(reservation.thread_id, reservation.centre_id)
    quantity, source = reservation.quantity, reservation.place
    shift = Shift(reservation.part_id, quantity, source, target, reserved=quantity, which=which)
    moves = move_parts(actor, [shift], reason="issued", thread_id=reservation.thread_id)
    if not accept_expired:
        _refuse_expired(actor, reservation, moves)
    return moves


def _refuse_expired(actor: Actor, reservation: Reservation, moves: list[Move]) -> None:
    """A batch can be used to the end of its last day, as the centre's clock says."""
    for move in moves:
        if move.lot and move.lot.expires_on:
            today = actor.now().astimezone(ZoneInfo(reservation.centre.timezone)).date()
            if move.lot.expires_on < today:
                raise BatchExpired(batch=move.lot.code, day=move.lot.expires_on)


def _locked_stock(part_id: int, centre_id: int) -> QuerySet[Balance]:
    stock = Balance.objects.filter(part_id=part_id, place__centre_id=centre_id, place__kind__in=STORES)
    free = stock.filter(place__archived_at=None, on_hand__gt=F("reserved"))
    return free.select_for_update(of=("self",)).select_related("place").order_by("part_id", "place_id")


def _free(balance: Balance) -> int:
    return balance.on_hand - balance.reserved


def _set_aside(actor: Actor, balance: Balance, centre_id: int, quantity: int, thread_id: int) -> Reservation:
    Balance.objects.filter(pk=balance.pk).update(reserved=F("reserved") + quantity)
    now = actor.now()
    return Reservation.objects.create(
        uid=uuid7(now),
        part_id=balance.part_id,
        place=balance.place,
        centre_id=centre_id,
        quantity=quantity,
        thread_id=thread_id,
        created_at=now,
    )


def _turn(reservation: Reservation, state: ReservationState) -> None:
    reservation.state = state
    reservation.save(update_fields=["state"])
