"""Moving units. A unit is in exactly one place; one that was never here is with its customer."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import command, once, record_first
from remonta.stock.commands.places import network_place
from remonta.stock.commands.refusals import AlreadyThere, LentOut, NotForUnits, NotHereYet, NotThere, PlaceClosed
from remonta.stock.facts import UnitMoved
from remonta.stock.models import Loaner, Move, Place, PlaceKind, Whereabouts
from remonta.stock.queries import moves_for, places_for
from remonta.stock.workflow import LENT

ONE = 1000
NOT_FOR_UNITS = (PlaceKind.REPAIR,)
LENDING = ("lent", "loan_returned")


@command
def move_unit(
    actor: Actor,
    unit_id: int,
    target_place_id: int,
    *,
    reason: str,
    thread_id: int | None = None,
    expected_source: int | None = None,
) -> Move:
    """Moves a unit from where it is, for commands above that know the actor may see the unit.

    Permitted by `stock.move_units` where the unit is and where it goes. With `expected_source`, only from that place.
    Raises AlreadyThere, NotThere, PlaceClosed, NotForUnits, LentOut. Six statements.
    """
    target = Place.objects.get(pk=target_place_id)
    where = locked_whereabouts(actor, unit_id)
    permit_between(actor, where.place, target)
    if expected_source is not None and expected_source != where.place_id:
        raise NotThere(place=_said(where.place))
    if where.place_id == target.pk:
        raise AlreadyThere(place=_said(target))
    if target.archived_at:
        raise PlaceClosed(place=str(target))
    if getattr(where, "lent", False) and reason not in LENDING:
        raise LentOut
    if target.kind in NOT_FOR_UNITS or (target.outside and where.place.outside):
        raise NotForUnits(place=_said(target))
    return _write(actor, where, target, reason, thread_id)


@once(moves_for)
def place_unit(actor: Actor, unit_id: int, place_uid: UUID, *, thread_id: int | None = None, operation: UUID) -> Move:
    """A unit and a place were scanned: it has moved. The caller has read the unit in scope.

    Raises NotHereYet, and what move_unit raises.
    """
    target = places_for(actor).get(uid=place_uid)
    where = locked_whereabouts(actor, unit_id)
    if where.place.outside:
        raise NotHereYet
    return move_unit(actor, unit_id, target.pk, reason="moved", thread_id=thread_id)


@command
def receive_unit(actor: Actor, unit_id: int, target_place_id: int, *, thread_id: int | None = None) -> Move:
    """A customer's unit comes into our hands, for the command that takes it in. Raises NotThere when it is here."""
    customer = network_place(PlaceKind.CUSTOMER)
    return move_unit(
        actor, unit_id, target_place_id, reason="taken_in", thread_id=thread_id, expected_source=customer.pk
    )


@command
def hand_unit_back(actor: Actor, unit_id: int, *, thread_id: int | None = None) -> Move:
    """A unit goes back to its customer, for the command that hands it over. Raises AlreadyThere."""
    customer = network_place(PlaceKind.CUSTOMER)
    return move_unit(actor, unit_id, customer.pk, reason="handed_over", thread_id=thread_id)


def permit_between(actor: Actor, *places: Place) -> None:
    """Raises NotPermitted unless the actor moves units at each of these places; outside places ask nothing."""
    for place in places:
        if not place.outside and not actor.may("stock.move_units", place):
            raise NotPermitted


def locked_whereabouts(actor: Actor, unit_id: int) -> Whereabouts:
    """The row that says where the unit is, locked; made at the first move, with the customer."""
    rows = Whereabouts.objects.select_for_update(of=("self",)).select_related("place").filter(unit_id=unit_id)
    rows = rows.annotate(lent=Exists(Loaner.objects.filter(unit_id=OuterRef("unit_id"), state=LENT)))
    where = rows.first()
    if where is None:
        made = Whereabouts(unit_id=unit_id, place=network_place(PlaceKind.CUSTOMER), since=actor.now())
        Whereabouts.objects.bulk_create([made], ignore_conflicts=True)
        where = rows.get()
    return where


def _write(actor: Actor, where: Whereabouts, target: Place, reason: str, thread_id: int | None) -> Move:
    source, now = where.place, actor.now()
    Whereabouts.objects.filter(pk=where.pk).update(place=target, since=now)
    move = Move.objects.create(
        uid=uuid7(now),
        unit_id=where.unit_id,
        quantity=ONE,
        source=source,
        target=target,
        thread_id=thread_id,
        centre_id=target.centre_id or source.centre_id,
        reason=reason,
        actor=actor.label,
        account_id=actor.account_id,
        occurred_at=now,
    )
    fact = UnitMoved(
        unit_id=where.unit_id,
        source_id=source.pk,
        target_id=target.pk,
        source_kind=source.kind,
        target_kind=target.kind,
        target=str(target),
        reason=reason,
        work_order_id=thread_id,
    )
    record_first(actor, move, fact)
    return move


def _said(place: Place) -> str:
    return str(PlaceKind(place.kind).label) if place.outside else str(place)
