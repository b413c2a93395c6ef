"""Units: the product archive."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.customers import MergeAsked, sent
from remonta.api.fields import Asked, Day, Line, Paragraph
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.master import Unit, UnitRow
from remonta.api.shapes.orders import PastShape
from remonta.api.shapes.stock import MoveShape, WhereShape
from remonta.api.spoken import op
from remonta.catalogue.queries import having, products_for
from remonta.customers.queries import customers_for
from remonta.equipment import commands
from remonta.equipment.queries import numbered, unit_card, unit_family, units_for
from remonta.equipment.workflow import UnitState
from remonta.identity.queries import every_centre
from remonta.kernel.texts import serial_normal
from remonta.orders.queries import unit_history
from remonta.stock.queries import moves_of_unit, whereabouts
from remonta.web.requests import Request

router = Router()


class UnitFilter(Paging):
    """Which units."""

    q: Line = Field("", description="Beginning of a serial number or tag, or words of the model.")
    owner: UUID | None = None
    category: UUID | None = None
    state: UnitState | None = None


class UnitSaid(Asked):
    """What is known of a unit."""

    second_serial: Line = Field("", max_length=80)
    quantity: int = Field(1, ge=1, le=100_000)
    batch: Line = Field("", max_length=60)
    sold_on: Day | None = None
    warranty_until: Day | None = None
    note: Paragraph = ""
    accept_odd_serial: bool = Field(False, description="Keeps an IMEI whose check digit is wrong.")


class NewUnit(UnitSaid):
    """A unit, known at that centre from now on. Without a serial number it gets a tag."""

    centre_uid: UUID
    product_uid: UUID
    serial: Line = Field("", max_length=80)
    owner_uid: UUID | None = None


class UnitChanges(Asked):
    """What may be corrected; what is left out stays."""

    product_uid: UUID | None = None
    serial: Line | None = Field(None, max_length=80)
    second_serial: Line | None = Field(None, max_length=80)
    quantity: int | None = Field(None, ge=1, le=100_000)
    batch: Line | None = Field(None, max_length=60)
    sold_on: Day | None = None
    warranty_until: Day | None = None
    note: Paragraph | None = None
    accept_odd_serial: bool = False


class OwnerAsked(Asked):
    """To whom it belongs now; null for nobody we know."""

    owner_uid: UUID | None


class LinkAsked(Asked):
    """The unit is part of the other, was replaced by it, or is lent for it."""

    other_uid: UUID
    kind: Literal["part_of", "replaced_by", "loaned_for"]


class RetireAsked(Asked):
    """Why it is out of service for good."""

    reason: Literal["scrapped", "lost", "sold", "other"]


def row_of(row: Any) -> dict[str, Any]:
    """A unit in a list. No statement when read with its product."""
    same = {name: getattr(row, name) for name in ("uid", "serial", "tag", "warranty_until", "state", "created_at")}
    return same | {"number": str(row), "product_uid": row.product.uid, "product": str(row.product)}


def product_id(request: Request, uid: UUID) -> int:
    """The key of a model. Raises DoesNotExist. One statement."""
    return products_for(request.actor).values_list("pk", flat=True).get(uid=uid)


def unit_id(request: Request, uid: UUID) -> int:
    """The key of a unit that may be seen. Raises DoesNotExist. One statement."""
    return units_for(request.actor).values_list("pk", flat=True).get(uid=uid)


@router.get("/units", **op("units", Page[UnitRow]))
def listed(request: Request, asked: Query[UnitFilter]) -> Any:
    """Units in pages, newest first."""
    rows = units_for(request.actor).select_related("product__brand", "product__category")
    if asked.q:
        serial = serial_normal(asked.q)
        begins = rows.filter(numbered(serial, beginning=True))
        models = products_for(request.actor).filter(having(asked.q)).order_by().values("pk")
        rows = begins | rows.filter(product__in=models)
    rows = rows.filter(owner__in=customers_for(request.actor).filter(uid=asked.owner)) if asked.owner else rows
    rows = rows.filter(product__category__uid=asked.category) if asked.category else rows
    return page_of(rows.filter(state=asked.state) if asked.state else rows, asked, each(row_of))


@router.post("/units", **op("units", Unit, status=201))
def register(request: Request, asked: NewUnit) -> Any:
    """The unit of that model and serial number; a new one only if nobody of us has seen it."""
    said = asked.model_dump(exclude={"centre_uid", "product_uid", "owner_uid"})
    owners = customers_for(request.actor).values_list("pk", flat=True)
    made = commands.register_unit(
        request.actor,
        product_id=product_id(request, asked.product_uid),
        owner_id=owners.get(uid=asked.owner_uid) if asked.owner_uid else None,
        centre_id=every_centre().values_list("pk", flat=True).get(uid=asked.centre_uid),
        **said,
    )
    return unit_card(request.actor, made.uid)


@router.get("/units/{uuid:uid}", **op("unit", Unit))
def one(request: Request, uid: UUID) -> Any:
    """The unit with its model, owner and links."""
    return unit_card(request.actor, uid)


@router.patch("/units/{uuid:uid}", **op("unit", Unit))
def change(request: Request, uid: UUID, asked: UnitChanges) -> Any:
    """Corrects what is sent. Dates can be taken away with null."""
    dates = {name: value for name, value in asked.given().items() if name in ("sold_on", "warranty_until")}
    said = sent(asked) | dates
    if model := said.pop("product_uid", None):
        said["product_id"] = product_id(request, model)
    commands.change_unit(request.actor, uid, **said)
    return unit_card(request.actor, uid)


@router.get("/units/{uuid:uid}/history", **op("unit-history", list[PastShape]))
def history(request: Request, uid: UUID) -> Any:
    """Everything ever done to the unit in the network."""
    return [row for key in unit_family(unit_id(request, uid)) for row in unit_history(request.actor, key)]


@router.get("/units/{uuid:uid}/place", **op("unit-place", WhereShape | None))
def place(request: Request, uid: UUID) -> Any:
    """Where the unit is; null when it has never been in our hands."""
    key = unit_id(request, uid)
    return whereabouts([key]).get(key)


@router.get("/units/{uuid:uid}/moves", **op("unit-moves", list[MoveShape]))
def moves(request: Request, uid: UUID) -> Any:
    """How it came there, newest first."""
    return moves_of_unit(unit_id(request, uid))


@router.post("/units/{uuid:uid}/owner", **op("unit-owner", Unit))
def owner(request: Request, uid: UUID, asked: OwnerAsked) -> Any:
    """It belongs to somebody else now."""
    commands.change_owner(request.actor, uid, owner_uid=asked.owner_uid)
    return unit_card(request.actor, uid)


@router.post("/units/{uuid:uid}/links", **op("unit-links", Unit))
def link(request: Request, uid: UUID, asked: LinkAsked) -> Any:
    """Two units belong together."""
    commands.link_units(request.actor, uid, other_uid=asked.other_uid, kind=asked.kind)
    return unit_card(request.actor, uid)


@router.post("/units/{uuid:uid}/merge", **op("unit-merge", Unit))
def merge(request: Request, uid: UUID, asked: MergeAsked) -> Any:
    """This one was the same device as the other, under which both are found from now on. Answers the other."""
    return unit_card(request.actor, commands.merge_units(request.actor, uid, into_uid=asked.into_uid).uid)


@router.post("/units/{uuid:uid}/deactivate", **op("unit-deactivate", Unit))
def deactivate(request: Request, uid: UUID, asked: RetireAsked) -> Any:
    """Out of service for good."""
    commands.deactivate_unit(request.actor, uid, reason=asked.reason)
    return unit_card(request.actor, uid)


@router.post("/units/{uuid:uid}/reactivate", **op("unit-reactivate", Unit))
def reactivate(request: Request, uid: UUID) -> Any:
    """In service again after all."""
    commands.reactivate_unit(request.actor, uid)
    return unit_card(request.actor, uid)
