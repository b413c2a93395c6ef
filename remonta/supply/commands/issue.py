"""Parts go from the bin to the repair, and back when they were not needed."""

from typing import Any
from uuid import UUID

from remonta.catalogue.queries import Part, Tracking, parts_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import lift_hold, lock_work_order
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.commands import command, once, record, record_first
from remonta.stock.commands import (
    ANY,
    Which,
    hand_parts_over,
    issue_reserved,
    quarantine_old_part,
    release_reservation,
    reserve_part,
    return_part,
    take_back_issued,
)
from remonta.stock.queries import Move, Place, moves_for, place_of, places_for
from remonta.supply import facts
from remonta.supply.commands.ask import clerk, hold_code, leave_asked, lock_requisition, named, serve_later
from remonta.supply.commands.old_parts import keep_old_part
from remonta.supply.commands.refusals import NoneFree, NotAtPlace, NothingAsked, OrderOver, TooMuchBack, TooMuchOut
from remonta.supply.commands.terms import fix_terms
from remonta.supply.models import Requisition
from remonta.supply.queries import requisitions_for
from remonta.supply.workflow import REQUISITION, RequisitionState

PIECE = 1000
PENDING = (RequisitionState.RESERVED, RequisitionState.WANTED)


@once(requisitions_for)
def issue_part(
    actor: Actor,
    uid: UUID,
    *,
    place_uid: UUID | None = None,
    which: Which = ANY,
    accept_expired: bool = False,
    terms: str = "",
    operation: UUID,
) -> Requisition:
    """The storekeeper hands a part that was asked for to the repair, from the bin where it lies, or from another one.

    Of a part kept by serial number, `which` names the pieces, and their bin is where they lie; when fewer are named
    than were asked for, the rest stays asked for. `terms` say who pays; see fix_terms. Raises OrderOver, NoneFree,
    RequisitionClash, NotAtPlace, TooMuchOut, BatchExpired, TermsUnknown, and what telling pieces apart raises.
    """
    requisition = lock_requisition(actor, uid)
    issue_locked(actor, requisition, place_uid, _meant(requisition.part, which), accept_expired, terms)
    return requisition


@once(requisitions_for)
def issue_scanned(
    actor: Actor,
    work_order_uid: UUID,
    *,
    part_uid: UUID,
    quantity: int = 1000,
    place_uid: UUID | None = None,
    which: Which = ANY,
    accept_expired: bool = False,
    terms: str = "",
    operation: UUID,
) -> Requisition:
    """Part and order were scanned: what the order asked for is issued, or, when it asked for nothing, that quantity.

    See issue_part. Raises OrderOver, NoneFree, NotAtPlace, BatchExpired.
    """
    order = work_orders_for(actor).select_for_update(of=("self",)).get(uid=work_order_uid)
    part = parts_for(actor).get(uid=part_uid)
    which = _meant(part, which)
    asked = requisitions_for(actor).filter(work_order=order, part=part, state__in=PENDING)
    rows = asked.select_for_update(of=("self",)).select_related("part", "reservation__place")
    requisition = rows.order_by("state", "pk").first()
    if requisition is None:
        requisition = _unasked(actor, order, part, len(which.serials) * PIECE or quantity)
    requisition.work_order = order
    issue_locked(actor, requisition, place_uid, which, accept_expired, terms)
    return requisition


@once(requisitions_for)
def take_back_issue(actor: Actor, uid: UUID, *, operation: UUID) -> Requisition:
    """Who has just issued a part puts it back into its bin, where it stays set aside if it had been asked for.

    Raises OrderOver, RequisitionClash, NotYourMove, MovedSince, TooLateToUndo.
    """
    requisition = lock_requisition(actor, uid)
    if not requisition.work_order.open:
        raise OrderOver(number=requisition.work_order.number)
    REQUISITION.apply("give_back" if requisition.unasked else "take_back", requisition, actor)
    part_id, centre_id, issued = requisition.part_id, requisition.centre_id, requisition.reservation
    assert issued is not None
    take_back_issued(actor, issued)
    if not requisition.unasked:
        pieces = part_id, centre_id, requisition.quantity, requisition.work_order_id
        requisition.reservation = reserve_part(actor, *pieces, place_id=issued.place_id)
    requisition.terms, requisition.used = "", None
    requisition.from_quote, requisition.in_place = requisition.from_quote and not requisition.in_place, False
    requisition.save(update_fields=["state", "reservation", "terms", "used", "from_quote", "in_place"])
    record(actor, requisition, facts.IssueTakenBack(**named(requisition)))
    serve_later(actor, part_id, centre_id)
    return requisition


@once(requisitions_for)
def return_unused_part(
    actor: Actor,
    uid: UUID,
    *,
    place_uid: UUID,
    quantity: int | None = None,
    which: Which = ANY,
    operation: UUID,
) -> Requisition:
    """An issued part, or some of it, goes back into a bin; the pieces that `which` names, or the batch.

    Raises RequisitionClash, TooMuchBack, NotForParts, and what telling pieces apart raises.
    """
    requisition = lock_requisition(actor, uid)
    if not actor.may("supply.issue", requisition):
        raise NotPermitted
    which = _meant(requisition.part, which)
    back = (len(which.serials) * PIECE or requisition.quantity) if quantity is None else quantity
    if back <= 0:
        raise NothingAsked
    if back > requisition.quantity:
        raise TooMuchBack(issued=f"{requisition.quantity / 1000:g}")
    if back == requisition.quantity:
        REQUISITION.apply("give_back", requisition, actor)
    elif requisition.state != RequisitionState.ISSUED:
        raise REQUISITION.clash(state=RequisitionState(requisition.state).label)
    else:
        requisition.quantity -= back
    requisition.back += back
    if requisition.used is not None:
        requisition.used = min(requisition.used, requisition.quantity)
    requisition.save(update_fields=["state", "quantity", "back", "used"])
    target, centre_id = places_for(actor).get(uid=place_uid), requisition.centre_id
    thread: dict[str, Any] = {"thread_id": requisition.work_order_id, "centre_id": centre_id}
    return_part(actor, requisition.part_id, back, **thread, target=target, which=which)
    record(actor, requisition, facts.PartReturned(**named(requisition) | {"quantity": back}))
    serve_later(actor, requisition.part_id, centre_id)
    return requisition


@once(moves_for)
def take_out_old_part(
    actor: Actor,
    work_order_uid: UUID,
    *,
    part_uid: UUID,
    quantity: int = 1000,
    which: Which = ANY,
    operation: UUID,
) -> Move:
    """The part taken out of the customer's unit is put into quarantine; returns the (first) move.

    Raises OrderOver, and what telling pieces apart raises.
    """
    order = lock_work_order(actor, work_order_uid)
    if not (actor.may("supply.issue", order) or actor.may("supply.ask", order)):
        raise NotPermitted
    if not order.open:
        raise OrderOver(number=order.number)
    part = parts_for(actor).get(uid=part_uid)
    there: dict[str, Any] = {"thread_id": order.pk, "centre_id": order.centre_id}
    move = quarantine_old_part(actor, part.pk, quantity, **there, which=which)
    keep_old_part(actor, order, part, quantity, move, which)
    return move


@command
def give_parts_away(actor: Actor, work_order_id: int) -> None:
    """What was built in goes to the customer with the unit, for the reaction to the hand-over."""
    hand_parts_over(actor, work_order_id)


def issue_locked(
    actor: Actor, requisition: Requisition, place_uid: UUID | None, which: Which, accept_expired: bool, terms: str
) -> None:
    """Issues a requisition that is locked with its order; see issue_part, which raises the same."""
    if not requisition.work_order.open:
        raise OrderOver(number=requisition.work_order.number)
    was = requisition.state
    REQUISITION.apply("issue", requisition, actor)
    if which.serials:
        _leave_the_rest(actor, requisition, len(which.serials) * PIECE, was)
    _set_aside_at(actor, requisition, _place(actor, requisition, place_uid, which))
    assert requisition.reservation is not None
    moves = issue_reserved(actor, requisition.reservation, which=which, accept_expired=accept_expired)
    fix_terms(requisition, terms)
    requisition.save(update_fields=["state", "reservation", "quantity", "terms", "from_quote", "in_place"])
    if was == RequisitionState.WANTED:
        lift_hold(actor, requisition.work_order, code=hold_code(requisition))
    serials = tuple(move.serial for move in moves if move.piece_id)
    told: dict[str, Any] = {"terms": requisition.terms, "quoted": requisition.from_quote}
    record(actor, requisition, facts.PartIssued(**named(requisition), serials=serials, **told))


def _meant(part: Part, which: Which) -> Which:
    """What a scan says of a part that is told apart so; a barcode may say more."""
    if part.tracking == Tracking.SERIAL:
        return which
    return Which(batch=which.batch) if part.tracking == Tracking.BATCH else ANY


def _leave_the_rest(actor: Actor, requisition: Requisition, handed: int, was: str) -> None:
    """When less is handed out than was asked for, the rest stays asked for, in a requisition of its own."""
    rest, standing = requisition.quantity - handed, requisition.reservation
    if rest < 0:
        raise TooMuchOut(asked=f"{requisition.quantity / PIECE:g}")
    if rest == 0:
        return
    requisition.quantity = handed
    kept = None
    if standing:
        release_reservation(actor, standing.pk)
        pieces = requisition.part_id, requisition.centre_id
        kept = reserve_part(actor, *pieces, rest, requisition.work_order_id, place_id=standing.place_id)
        requisition.reservation = reserve_part(
            actor, *pieces, handed, requisition.work_order_id, place_id=standing.place_id
        )
    leave_asked(actor, requisition, rest, kept, was)


def _place(actor: Actor, requisition: Requisition, place_uid: UUID | None, which: Which) -> Place | None:
    """The bin that was scanned, or where the pieces or the batch lie that were named."""
    if place_uid:
        return places_for(actor).get(uid=place_uid)
    if not which.serials and not which.batch:
        return None
    said = which.serials, which.batch, requisition.quantity
    place_id = place_of(requisition.part_id, requisition.centre_id, *said)
    return places_for(actor).filter(pk=place_id).first() if place_id else None


def _set_aside_at(actor: Actor, requisition: Requisition, place: Place | None) -> None:
    """Makes sure the requisition has its pieces set aside, in the bin that was scanned where one was."""
    standing = requisition.reservation
    if standing and (place is None or place.pk == standing.place_id):
        return
    if standing:
        release_reservation(actor, standing.pk)
    pieces = requisition.part_id, requisition.centre_id, requisition.quantity, requisition.work_order_id
    found = reserve_part(actor, *pieces, place_id=place.pk if place else None)
    if found is None and standing:
        raise NotAtPlace(part=requisition.part.number, place=str(place), bin=str(standing.place))
    if found is None:
        raise NoneFree(part=requisition.part.number)
    requisition.reservation = found


def _unasked(actor: Actor, order: WorkOrder, part: Part, quantity: int) -> Requisition:
    """A requisition for what was handed out without being asked for; it is issued in the same breath."""
    if not actor.may("supply.issue", order):
        raise NotPermitted
    if not order.open:
        raise OrderOver(number=order.number)
    if quantity <= 0:
        raise NothingAsked
    found = reserve_part(actor, part.pk, order.centre_id, quantity, order.pk)
    if found is None:
        raise NoneFree(part=part.number)
    made = Requisition(
        work_order=order,
        centre_id=order.centre_id,
        part=part,
        quantity=quantity,
        reservation=found,
        unasked=True,
        account_id=actor.account_id,
        created_at=actor.now(),
    )
    REQUISITION.apply("reserve", made, clerk(actor))
    made.save(force_insert=True)
    record_first(actor, made, facts.PartAsked(**named(made), here=True))
    return made
