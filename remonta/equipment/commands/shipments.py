"""Shipments of sold products, and the units that are registered from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.customers.queries import customers_for
from remonta.equipment import facts
from remonta.equipment.commands.parts import copy_parts
from remonta.equipment.commands.units import register_unit
from remonta.equipment.models import Shipment, ShipmentLine, ShippedPiece, Unit
from remonta.equipment.queries import shipments_for
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean, serial_normal, sort_key
from remonta.spine.commands import command, record, record_first

MOST_AT_ONCE = 200


class MoreSerialsThanPieces(Refused):
    text = _("%(serials)s serial numbers for %(quantity)s pieces. Give as many pieces as there are numbers.")
    field = "quantity"


class TooManyAtOnce(Refused):
    text = _("Only %(most)s units can be registered at once. Choose some of their serial numbers.")


class RegisteredAlready(Refused):
    text = _("All pieces of this line are registered.")


@dataclass(frozen=True)
class Shipped:
    """A line of a sales document. `built_with`: [{"part": id, "quantity": thousandths, "reference", "serial"}]."""

    number: str
    shipped_on: date
    product_id: int
    quantity: int = 1
    serials: tuple[str, ...] = ()
    customer_name: str = ""
    built_with: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


@command
def list_shipment(actor: Actor, centre_id: int, shipped: Shipped) -> ShipmentLine:
    """One more line of a sales document, which is new if need be. Raises NotPermitted, MoreSerialsThanPieces."""
    if not actor.may_at("equipment.write", centre_id):
        raise NotPermitted
    serials = _serials(shipped)
    document = _document(actor, centre_id, shipped)
    said = {"product_id": shipped.product_id, "quantity": shipped.quantity, "built_with": list(shipped.built_with)}
    line = ShipmentLine.objects.create(uid=uuid7(actor.now()), shipment=document, **said)
    _write_pieces(actor, line, serials)
    told = {"product_id": shipped.product_id, "quantity": shipped.quantity}
    record(actor, document, facts.ShipmentListed(shipment_id=document.pk, centre_id=centre_id, **told))
    return line


@command
def correct_shipment(actor: Actor, line_id: int, shipped: Shipped) -> Shipped | None:
    """Writes over a line of which nothing is registered yet; what it said before, or None when it stays as it is."""
    line = _untouched(actor, line_id)
    if line is None:
        return None
    before, serials = shipped_of(line), _serials(shipped)
    document = _document(actor, line.shipment.centre_id, shipped)
    left = line.shipment
    line.shipment, line.product_id, line.quantity = document, shipped.product_id, shipped.quantity
    line.built_with = list(shipped.built_with)
    line.save(update_fields=["shipment", "product", "quantity", "built_with"])
    line.pieces.all().delete()
    _write_pieces(actor, line, serials)
    told = {"product_id": shipped.product_id, "quantity": shipped.quantity}
    record(actor, document, facts.ShipmentListed(shipment_id=document.pk, centre_id=document.centre_id, **told))
    _drop_if_empty(left)
    return before


@command
def withdraw_shipments(actor: Actor, line_ids: Iterable[int]) -> set[int]:
    """Takes lines out again of which nothing is registered; the ids of those that are gone."""
    gone = set()
    for line_id in line_ids:
        if line := _untouched(actor, line_id):
            document = line.shipment
            named = {"shipment_id": document.pk, "centre_id": document.centre_id}
            record(actor, document, facts.ShipmentWithdrawn(**named, product_id=line.product_id))
            line.delete()
            _drop_if_empty(document)
            gone.add(line_id)
    return gone


@command
def register_shipped(actor: Actor, uid: UUID, *, centre_id: int, pieces: Sequence[UUID] = ()) -> list[Unit]:
    """The units of a shipment's line, all or the pieces named, each with a parts list of its own where there is one.

    They are sold on the day of the shipment and belong to its customer. A serial number we know already is that unit.
    Raises RegisteredAlready, TooManyAtOnce, SerialLooksWrong.
    """
    if not actor.may_at("equipment.write", centre_id):
        raise NotPermitted
    lines = ShipmentLine.objects.filter(shipment__in=shipments_for(actor)).select_related("shipment")
    line = lines.select_for_update(of=("self",)).get(uid=uid)
    waiting = line.pieces.filter(unit=None).order_by("pk")
    wanted = list(waiting.filter(uid__in=pieces) if pieces else waiting[: MOST_AT_ONCE + 1])
    if not wanted:
        raise RegisteredAlready
    if len(wanted) > MOST_AT_ONCE:
        raise TooManyAtOnce(most=MOST_AT_ONCE)
    _meet_customer(actor, line.shipment)
    return [_registered(actor, line, piece, centre_id) for piece in wanted]


def shipped_of(line: ShipmentLine) -> Shipped:
    """A line as it was listed. One statement."""
    document = line.shipment
    serials = tuple(line.pieces.exclude(serial="").order_by("pk").values_list("serial", flat=True))
    said = (document.number, document.shipped_on, line.product_id, line.quantity, serials, document.customer_name)
    return Shipped(*said, line.built_with)


def _registered(actor: Actor, line: ShipmentLine, piece: ShippedPiece, centre_id: int) -> Unit:
    document = line.shipment
    unit = register_unit(
        actor,
        product_id=line.product_id,
        serial=piece.serial,
        owner_id=document.customer_id,
        centre_id=centre_id,
        accept_odd_serial=True,
        quantity=piece.quantity,
        sold_on=document.shipped_on,
    )
    piece.unit = unit
    piece.save(update_fields=["unit"])
    if unit.sold_on is None:
        unit.sold_on = document.shipped_on
        unit.save(update_fields=["sold_on"])
        record(actor, unit, facts.UnitChanged(unit_id=unit.pk, fields=("sold_on",)))
    copy_parts(actor, unit, built=line.built_with, day=document.shipped_on)
    return unit


def _meet_customer(actor: Actor, document: Shipment) -> None:
    """A customer who was not known when the document came may be known by now."""
    if document.customer_id is None and (found := _customer(actor, document.customer_name)):
        document.customer_id = found
        document.save(update_fields=["customer"])


def _untouched(actor: Actor, line_id: int) -> ShipmentLine | None:
    rows = ShipmentLine.objects.select_for_update(of=("self",)).select_related("shipment")
    line = rows.filter(pk=line_id, shipment__in=shipments_for(actor)).first()
    if line is None or line.pieces.exclude(unit=None).exists():
        return None
    if not actor.may_at("equipment.write", line.shipment.centre_id):
        raise NotPermitted
    return line


def _document(actor: Actor, centre_id: int, shipped: Shipped) -> Shipment:
    name = clean(shipped.customer_name)[:200]
    found = Shipment.objects.select_for_update(of=("self",)).filter(centre_id=centre_id, number=shipped.number).first()
    said = {"shipped_on": shipped.shipped_on, "customer_name": name, "customer_id": _customer(actor, name)}
    if found is None:
        made = {"uid": uuid7(actor.now()), "centre_id": centre_id, "number": shipped.number}
        document = Shipment.objects.create(**made, **said)
        named = {"shipment_id": document.pk, "centre_id": centre_id}
        record_first(actor, document, facts.ShipmentAdded(**named))
        return document
    if any(getattr(found, column) != value for column, value in said.items()):
        for column, value in said.items():
            setattr(found, column, value)
        found.save(update_fields=["shipped_on", "customer_name", "customer"])
    return found


def _customer(actor: Actor, name: str) -> int | None:
    """The one customer of that very name, by letters without case; None for nobody, and for several."""
    if not name:
        return None
    found = list(customers_for(actor).filter(sort_name=sort_key(name)).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _serials(shipped: Shipped) -> list[str]:
    serials = list({serial_normal(one): clean(one)[:80] for one in shipped.serials if serial_normal(one)}.values())
    if len(serials) > shipped.quantity:
        raise MoreSerialsThanPieces(serials=len(serials), quantity=shipped.quantity)
    return serials


def _write_pieces(actor: Actor, line: ShipmentLine, serials: Sequence[str]) -> None:
    pieces = [ShippedPiece(line=line, serial=one, serial_normal=serial_normal(one)) for one in serials]
    if (rest := line.quantity - len(serials)) > 0:
        pieces.append(ShippedPiece(line=line, quantity=rest))
    for piece in pieces:
        piece.uid = uuid7(actor.now())
    ShippedPiece.objects.bulk_create(pieces)


def _drop_if_empty(document: Shipment) -> None:
    if not document.lines.exists():
        document.delete()
