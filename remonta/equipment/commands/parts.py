"""What a unit consists of: its own parts list, copied once, and what repairs change in it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import PartsList, below_on, interchangeable, list_on
from remonta.equipment import facts
from remonta.equipment.commands.units import lock_unit
from remonta.equipment.models import ListSource, ShippedPiece, Unit, UnitList, UnitPart
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.spine.commands import command, record

MOST_LINES, MOST_LEVELS = 5000, 30
Built = Iterable[Mapping[str, Any]]


class NoListToCopy(Refused):
    text = _("Nobody has written down what this model consists of. Publish its parts list in the catalogue first.")


class ListedAlready(Refused):
    text = _("This unit has its parts list already.")


@command
def list_unit_parts(actor: Actor, uid: UUID) -> Unit:
    """Gives a unit its parts list: what it was really built with if its shipment says so, else the model's list.

    The list counts that was in force on the day it was shipped or sold, else today. Raises ListedAlready, NoListToCopy.
    """
    unit = lock_unit(actor, uid)
    if UnitList.objects.filter(unit=unit).exists():
        raise ListedAlready
    piece = ShippedPiece.objects.filter(unit=unit).select_related("line__shipment").order_by("-pk").first()
    built = piece.line.built_with if piece else ()
    sold = piece.line.shipment.shipped_on if piece else unit.sold_on
    if not copy_parts(actor, unit, built=built, day=sold or actor.now().date()):
        raise NoListToCopy
    return unit


def copy_parts(actor: Actor, unit: Unit, *, built: Built, day: date) -> int:
    """Writes the unit's own list, in the caller's transaction; how many lines, 0 when there is none to copy."""
    used = list(built)
    listed = None if used else list_on(day, product_id=unit.product_id)
    if not used and listed is None:
        return 0
    source = ListSource.BUILT if used else ListSource.LIST
    made = {"source": source, "copied_from": listed, "made_at": actor.now()}
    if UnitList.objects.get_or_create(unit=unit, defaults={**made, "day": None if used else day})[1] is False:
        return 0
    lines = _built(unit, used) if used else _listed(unit, listed, day)
    record(actor, unit, facts.UnitPartsListed(unit_id=unit.pk, lines=lines, source=source))
    return lines


@command
def fit_in_unit(actor: Actor, unit_id: int, *, part_id: int, quantity: int, order_id: int, serial: str = "") -> None:
    """A repair has put a part into a unit: for commands and reactions of rooms above, which have checked the right.

    It takes the place of the same part, or of one it can replace; where there is none it is added. The unit has a
    list of its own: see `units_with_parts`.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    inside = UnitPart.objects.filter(unit=unit, removed_at=None).exclude(fitted_order=order_id)
    wanted = interchangeable(part_id)
    fits = sorted(inside.filter(part__in=wanted), key=lambda row: (row.part_id != part_id, row.pk))
    old = _taken_out(fits[0], quantity, actor, order_id) if fits else None
    UnitPart.objects.create(
        unit=unit,
        above=old.above if old else None,
        part_id=part_id,
        quantity=quantity,
        reference=old.reference if old else "",
        serial=serial[:80],
        fitted_at=actor.now(),
        fitted_order=order_id,
        replaces=old,
    )
    told = {"part_id": part_id, "quantity": quantity, "order_id": order_id}
    record(actor, unit, facts.UnitPartFitted(unit_id=unit.pk, replaced_id=old.part_id if old else None, **told))


@command
def take_back_from_unit(actor: Actor, unit_id: int, *, part_id: int, quantity: int, order_id: int) -> None:
    """What was fitted comes back unused, so much of it: what it had replaced is in its place again."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    left = quantity
    rows = UnitPart.objects.filter(unit=unit, fitted_order=order_id, part_id=part_id, removed_at=None)
    for row in rows.select_related("replaces").order_by("-pk"):
        if left > 0:
            left -= _put_back(row, min(left, row.quantity))
    if left < quantity:
        told = {"part_id": part_id, "quantity": quantity - left, "order_id": order_id}
        record(actor, unit, facts.UnitPartTakenBack(unit_id=unit.pk, **told))


def _built(unit: Unit, used: list[Mapping[str, Any]]) -> int:
    rows = [
        UnitPart(
            unit=unit,
            part_id=line["part"],
            quantity=line["quantity"],
            reference=str(line.get("reference", ""))[:300],
            serial=str(line.get("serial", ""))[:80],
        )
        for line in used[:MOST_LINES]
    ]
    return len(UnitPart.objects.bulk_create(rows))


def _listed(unit: Unit, listed: PartsList | None, day: date) -> int:
    """Copies level by level: one statement to read and one to write for each."""
    assert listed is not None
    level = [UnitPart(unit=unit, **_same(line)) for line in listed.lines.order_by("position", "pk")]
    written = 0
    for _level in range(MOST_LEVELS):
        UnitPart.objects.bulk_create(level)
        written += len(level)
        below = below_on(day, {row.part_id for row in level})
        level = [UnitPart(unit=unit, above=row, **_same(line)) for row in level for line in below.get(row.part_id, ())]
        if not level or written + len(level) > MOST_LINES:
            break
    return written


def _same(line: Any) -> dict[str, Any]:
    return {"part_id": line.part_id, "quantity": line.quantity, "reference": line.reference}


def _taken_out(row: UnitPart, quantity: int, actor: Actor, order_id: int) -> UnitPart:
    """The row that is out now: the whole of it with what is below, or as much as was replaced as a row of its own."""
    gone = {"removed_at": actor.now(), "removed_order": order_id}
    if row.quantity > quantity:
        UnitPart.objects.filter(pk=row.pk).update(quantity=row.quantity - quantity)
        said = {"reference": row.reference, "serial": row.serial, "fitted_at": row.fitted_at}
        return UnitPart.objects.create(
            unit_id=row.unit_id, above_id=row.above_id, part_id=row.part_id, quantity=quantity, **said, **gone
        )
    UnitPart.objects.filter(pk=row.pk).update(**gone)
    return row


def _put_back(row: UnitPart, quantity: int) -> int:
    """So much of a fitted row goes, and so much of what it replaced is there again."""
    old = row.replaces
    if row.quantity > quantity:
        UnitPart.objects.filter(pk=row.pk).update(quantity=row.quantity - quantity)
    else:
        row.delete()
    if old is not None and old.quantity > quantity:
        UnitPart.objects.filter(pk=old.pk).update(quantity=old.quantity - quantity)
        said = {"reference": old.reference, "serial": old.serial, "fitted_at": old.fitted_at}
        UnitPart.objects.create(
            unit_id=old.unit_id, above_id=old.above_id, part_id=old.part_id, quantity=quantity, **said
        )
    elif old is not None:
        UnitPart.objects.filter(pk=old.pk).update(removed_at=None, removed_order=None)
    return quantity
