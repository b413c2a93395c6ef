"""Units taken apart into parts."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field, StringConstraints

from remonta.api.asking import operation_of
from remonta.api.fields import NO_NUL, Asked, Money, Price, Quantity, minor_or_none
from remonta.api.shapes.stock import DismantlingShape
from remonta.api.spoken import op
from remonta.api.told import ToldNew, which_of
from remonta.equipment.queries import units_for
from remonta.identity.queries import every_centre
from remonta.stock.commands import Salvaged, take_apart
from remonta.stock.queries import dismantling_of, taken_apart, whereabouts
from remonta.web.requests import Request

router = Router()
Note = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]


class SalvagedAsked(ToldNew):
    """So many of a part into a bin; `share` is its weight in the unit's cost, list prices are the weights without."""

    part_uid: UUID
    place_uid: UUID
    quantity: Quantity = Field(1000, json_schema_extra={"default": "1"})
    share: Price | None = None


class TakeApartAsked(Asked):
    """What was got out of the unit; `cost` is what the unit had cost us."""

    lines: list[SalvagedAsked] = Field(min_length=1, max_length=200)
    cost: Money | None = None
    note: Note = ""


@router.post("/units/{uuid:uid}/take-apart", **op("unit-take-apart", DismantlingShape, once=True, status=201))
def apart(request: Request, uid: UUID, asked: TakeApartAsked) -> Any:
    """A unit that is nobody's goes to scrap, its parts into bins, and its cost over to them."""
    unit_id = units_for(request.actor).values_list("pk", flat=True).get(uid=uid)
    where, done = whereabouts([unit_id]).get(unit_id), dismantling_of(request.actor, unit_id)
    there = (where.centre_id if where else None) or (done.centre_id if done else 0)
    centre = every_centre().select_related("legal_entity").filter(pk=there).first()
    cost = minor_or_none(asked.cost, centre.legal_entity.currency, "cost") if centre else None
    lines = [Salvaged(**which_of(line)) for line in asked.lines]
    said: dict[str, Any] = {"lines": lines, "cost": cost, "note": asked.note}
    made = take_apart(request.actor, uid, **said, operation=operation_of(request))
    return taken_apart(request.actor, made.uid)


@router.get("/dismantlings/{uuid:uid}", **op("dismantling", DismantlingShape))
def one(request: Request, uid: UUID) -> Any:
    """What was got out of a unit."""
    return taken_apart(request.actor, uid)
