"""What parts cost a centre: a moving average, entered by deliveries and corrected by what becomes known later."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import OuterRef, Sum

from remonta.kernel.actor import Actor
from remonta.spine.commands import command
from remonta.stock.models import STORES, Balance, Move, PartCost, PartCostChange

FINEST = Decimal("0.000001")
THOUSANDTHS = 1000
AVERAGE = PartCost.objects.filter(part_id=OuterRef("part_id"), centre_id=OuterRef("place__centre_id")).values("average")


@dataclass(frozen=True)
class Correction:
    """So much more (major units; less when negative) was spent on so many thousandths that came by a move."""

    part_id: int
    move_id: int
    quantity: int
    added: Decimal


def enter_costs(actor: Actor, moves: Sequence[Move], centre_id: int, currency: str) -> None:
    """Averages what came, by moves that carry their `cost`, with what was there before. The balances are locked.

    Three statements, and two for each move.
    """
    known = _locked({move.part_id or 0 for move in moves}, centre_id)
    held = held_in_stores(known_parts := [move.part_id or 0 for move in moves], centre_id)
    came = Counter({part_id: 0 for part_id in known_parts})
    for move in moves:
        came[move.part_id or 0] += move.quantity
    before = {part_id: max(held.get(part_id, 0) - came[part_id], 0) for part_id in came}
    for move in moves:
        part_id, cost = move.part_id or 0, move.cost
        assert cost is not None
        row, there = known.get(part_id), before[part_id]
        was = row.average if row else None
        average = cost if was is None else mixed(was, there, cost, move.quantity)
        before[part_id] = there + move.quantity
        kept = {"average": average, "quantity": before[part_id], "changed_at": actor.now()}
        if row is None:
            row = PartCost(part_id=part_id, centre_id=centre_id, currency=currency)
            known[part_id] = row
        _keep(row, kept)
        said = {"move": move, "reason": move.reason, "quantity": move.quantity, "before": was, "after": average}
        _tell(actor, row, **said, added=worth(cost, move.quantity))


@command
def correct_costs(actor: Actor, corrections: Sequence[Correction], centre_id: int, *, reason: str) -> None:
    """What earlier deliveries cost turns out otherwise, for the command that permits it.

    The share of what is still in the stores moves the average; the rest is kept as spent. Moves stay as they were.
    """
    parts = {one.part_id for one in corrections}
    known, held = _locked(parts, centre_id), held_in_stores(parts, centre_id)
    for one in corrections:
        row, there = known.get(one.part_id), held.get(one.part_id, 0)
        if row is None:
            continue
        here = one.added * min(there, one.quantity) / one.quantity
        was = row.average
        average = was if not there else (was + here * THOUSANDTHS / there).quantize(FINEST, ROUND_HALF_UP)
        _keep(row, {"average": average, "quantity": there, "changed_at": actor.now()})
        said = {"move_id": one.move_id, "reason": reason, "quantity": one.quantity, "before": was, "after": average}
        spent = one.added if not there else (one.added - here).quantize(FINEST, ROUND_HALF_UP)
        _tell(actor, row, **said, added=one.added, spent=spent)


def mixed(average: Decimal, there: int, cost: Decimal, came: int) -> Decimal:
    """The average of what was there (thousandths) and what came at another cost, to six decimals."""
    return ((average * there + cost * came) / (there + came)).quantize(FINEST, ROUND_HALF_UP)


def worth(cost: Decimal, quantity: int) -> Decimal:
    """What so many thousandths come to at a unit cost, to six decimals."""
    return (cost * quantity / THOUSANDTHS).quantize(FINEST, ROUND_HALF_UP)


def held_in_stores(part_ids: Collection[int], centre_id: int) -> dict[int, int]:
    """How many thousandths of each part lie in a centre's bins, shelves and vans. One statement."""
    stores = Balance.objects.filter(place__centre_id=centre_id, place__kind__in=STORES, part_id__in=set(part_ids))
    return {row["part_id"]: row["sum"] for row in stores.values("part_id").annotate(sum=Sum("on_hand"))}


def _locked(part_ids: Collection[int], centre_id: int) -> dict[int, PartCost]:
    rows = PartCost.objects.select_for_update(of=("self",)).filter(part_id__in=part_ids, centre_id=centre_id)
    return {row.part_id: row for row in rows.order_by("part_id")}


def _keep(row: PartCost, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values) if row.pk else None)


def _tell(actor: Actor, row: PartCost, **values: object) -> None:
    PartCostChange.objects.create(cost=row, actor=actor.label, changed_at=actor.now(), **values)
