"""A bought-out or written-off unit is taken apart: it goes to scrap, its parts into bins, its cost over to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from remonta.catalogue.queries import parts_for, price_of
from remonta.equipment.commands import deactivate_unit
from remonta.equipment.queries import units_for
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.kernel.shares import shared
from remonta.kernel.texts import clean
from remonta.spine.commands import once, record_first, take_number
from remonta.stock import facts
from remonta.stock.commands.costs import FINEST, enter_costs
from remonta.stock.commands.parts import move_parts
from remonta.stock.commands.places import network_place
from remonta.stock.commands.refusals import (
    CostBelowZero,
    CostTooLarge,
    InLoanerPool,
    NobodysUnitOnly,
    NotForParts,
    NotHereYet,
    NothingSalvaged,
    SharesMissing,
)
from remonta.stock.commands.shifts import ANY, Shift, Which, numbers
from remonta.stock.commands.units import locked_whereabouts, move_unit
from remonta.stock.models import STORES, Dismantling, Loaner, Move, Piece, Place, PlaceKind, SalvagedPart
from remonta.stock.queries import dismantlings_for, places_for
from remonta.stock.workflow import LoanerState

REASON = "taken_apart"
HUNDREDTHS = 100
DEAREST = Decimal(10**11)


@dataclass(frozen=True)
class Salvaged:
    """So many thousandths of a part, into a bin. `share` is its weight when the unit's cost is shared out; without any,
    list prices are the weights. `which` names serial numbers or the batch of a part kept so."""

    part_uid: UUID
    place_uid: UUID
    quantity: int = 1000
    share: Decimal | None = None
    which: Which = ANY


@once(dismantlings_for)
def take_apart(
    actor: Actor,
    unit_uid: UUID,
    *,
    lines: Sequence[Salvaged],
    cost: int | None = None,
    note: str = "",
    operation: UUID,
) -> Dismantling:
    """Takes a unit that is nobody's and stands with us apart; `cost` is what it had cost us, in minor units of the
    centre's currency, and moves the averages of its parts; who gives it may see costs.

    Locks the unit's whereabouts, then the balances, then the series. Raises NobodysUnitOnly, InLoanerPool, NotHereYet,
    CostBelowZero, CostTooLarge, NothingSalvaged, NotForParts, SharesMissing, and what moving parts and units raises.
    """
    unit = units_for(actor).select_related("product__brand").get(uid=unit_uid)
    centre = _permitted(actor, unit, cost)
    if not lines:
        raise NothingSalvaged
    rows = _rows(actor, lines, centre.pk)
    currency = centre.legal_entity.currency
    values = _values(actor, rows, cost, centre.legal_entity_id)
    clerk = actor.trusted_with("stock.move_units", "equipment.see", "equipment.retire")
    move_unit(clerk, unit.pk, network_place(PlaceKind.SCRAP).pk, reason=REASON)
    moves = _bring(actor, rows, values, centre.pk, currency)
    deactivate_unit(clerk, unit.uid, reason="scrapped")
    number = f"{centre.code}-D{take_number(f'dismantling:{centre.pk}'):05d}"
    said: dict[str, Any] = {"number": number, "cost": cost, "currency": currency, "note": clean(note)[:200]}
    at = actor.now()
    made = Dismantling.objects.create(
        uid=uuid7(at), unit=unit, centre=centre, account_id=actor.account_id, taken_at=at, **said
    )
    for (line, part, place), value, move in zip(rows, values, moves, strict=True):
        kept: dict[str, Any] = {"part": part, "place": place, "quantity": line.quantity, "value": value, "move": move}
        SalvagedPart.objects.create(dismantling=made, **kept)
    told = {"dismantling_id": made.pk, "unit_id": unit.pk, "centre_id": centre.pk}
    record_first(actor, made, facts.UnitTakenApart(**told, lines=len(rows), number=number))
    return made


Row = tuple[Salvaged, Any, Place]


def _permitted(actor: Actor, unit: Any, cost: int | None) -> Any:
    """The centre where the unit stands, its whereabouts locked.

    Raises NotHereYet, NotPermitted, NobodysUnitOnly, InLoanerPool.
    """
    place = locked_whereabouts(actor, unit.pk).place
    if place.outside or place.centre is None:
        raise NotHereYet
    if not actor.may("stock.take_apart", place) or (cost is not None and not actor.may("stock.see_cost", place)):
        raise NotPermitted
    if unit.owner_id is not None:
        raise NobodysUnitOnly
    if lent := Loaner.objects.filter(unit_id=unit.pk).exclude(state=LoanerState.WITHDRAWN).first():
        raise InLoanerPool(name=lent.name)
    return place.centre


def _rows(actor: Actor, lines: Sequence[Salvaged], centre_id: int) -> list[Row]:
    """The lines with their parts and bins, in the order of parts. Raises Missing, NotForParts."""
    parts = {part.uid: part for part in parts_for(actor).filter(uid__in={line.part_uid for line in lines})}
    places = {place.uid: place for place in places_for(actor).filter(uid__in={line.place_uid for line in lines})}
    if not all(line.part_uid in parts and line.place_uid in places for line in lines):
        raise Missing
    for place in places.values():
        if place.kind not in STORES or place.centre_id != centre_id:
            raise NotForParts(place=str(place))
    rows = [(line, parts[line.part_uid], places[line.place_uid]) for line in lines]
    return sorted(rows, key=lambda row: (row[1].pk, row[2].pk))


def _values(actor: Actor, rows: Sequence[Row], cost: int | None, entity_id: int) -> list[int | None]:
    """Each line's share of the cost in minor units; they sum up to it. Raises SharesMissing, CostBelowZero."""
    if cost is None:
        return [None] * len(rows)
    if cost < 0:
        raise CostBelowZero
    if any(line.share is not None for line, _part, _place in rows):
        weights = [line.share or Decimal(0) for line, _part, _place in rows]
    else:
        prices = price_of(entity_id, part_ids=[part.pk for _line, part, _place in rows], day=actor.now().date())
        weights = []
        for line, part, _place in rows:
            if (price := prices.get(("part", part.pk))) is None:
                raise SharesMissing(part=part.number)
            weights.append(price.amount * line.quantity / 1000)
    if not any(weights) or min(weights) < 0:
        raise SharesMissing(part=rows[0][1].number)
    return list(shared(cost, [int(weight * HUNDREDTHS) for weight in weights]))


def _bring(
    actor: Actor, rows: Sequence[Row], values: Sequence[int | None], centre_id: int, currency: str
) -> list[Move]:
    """Moves the parts into their bins and enters their costs; the first move of each line."""
    donor, first = network_place(PlaceKind.DONOR), []
    for (line, part, place), value in zip(rows, values, strict=True):
        _come_with_unit(actor, part.pk, line.which, donor)
        cost = None if value is None else _each(value, line.quantity, currency)
        shift = Shift(part.pk, line.quantity, donor, place, cost=cost, which=line.which)
        moves = move_parts(actor, [shift], reason=REASON)
        if cost is not None:
            enter_costs(actor, moves, centre_id, currency)
        first.append(moves[0])
    return first


def _each(value: int, quantity: int, currency: str) -> Decimal:
    """What one costs, in major units. Raises CostTooLarge."""
    each = Money(value, currency).major * 1000 / quantity
    if each > DEAREST:
        raise CostTooLarge
    return each.quantize(FINEST, ROUND_HALF_UP)


def _come_with_unit(actor: Actor, part_id: int, which: Which, donor: Place) -> None:
    """Pieces that went to a customer with the unit come back with it."""
    known = Piece.objects.filter(part=part_id, serial_normal__in=numbers(which), place__kind=PlaceKind.CUSTOMER)
    shifts = [
        Shift(part_id, 1000, piece.place, donor, piece_ids=(piece.pk,))
        for piece in known.select_related("place").order_by("pk")
    ]
    if shifts:
        move_parts(actor, shifts, reason=REASON)
