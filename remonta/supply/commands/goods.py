"""Goods come in against a delivery note and serve whoever has waited longest."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from remonta.catalogue.queries import parts_for
from remonta.identity.queries import centres_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import once, record_first, take_number
from remonta.stock.commands import receive_parts
from remonta.stock.queries import Place, places_for
from remonta.supply import facts
from remonta.supply.commands.ask import lock_waiting, serve, serve_later
from remonta.supply.commands.refusals import NoLines, SupplierMissing
from remonta.supply.models import GoodsReceipt, GoodsReceiptLine
from remonta.supply.queries import receipts_for


@dataclass(frozen=True)
class Delivered:
    """One line of a delivery: so many thousandths of a part into a bin, at a unit cost in major units if known."""

    part_uid: UUID
    place_uid: UUID
    quantity: int = 1000
    cost: Decimal | None = None


@once(receipts_for)
def receive_goods(
    actor: Actor, centre_uid: UUID, *, supplier: str, note_number: str = "", lines: Sequence[Delivered], operation: UUID
) -> GoodsReceipt:
    """Books a delivery into its bins, then sets aside for the repairs that wait for it, the longest wait first.

    Locks the waiting orders, then their requisitions, then the balances, then the series. Raises NoLines,
    SupplierMissing, NotForParts.
    """
    centre = centres_for(actor).get(uid=centre_uid)
    if not actor.may("supply.receive", centre):
        raise NotPermitted
    if not lines:
        raise NoLines
    if not clean(supplier):
        raise SupplierMissing
    booked = _booked(actor, lines)
    waiting = lock_waiting(actor, {part_id for part_id, _, _ in booked}, centre.pk)
    moves = receive_parts(actor, booked, centre.pk)
    served = serve(actor, waiting)
    receipt = GoodsReceipt.objects.create(
        number=f"{centre.code}-G{take_number(f'goods_receipt:{centre.pk}'):05d}",
        centre_id=centre.pk,
        supplier=clean(supplier),
        note_number=clean(note_number),
        account_id=actor.account_id,
        received_at=actor.now(),
    )
    for (part_id, quantity, place), move, line in zip(booked, moves, lines, strict=True):
        kept = {"part_id": part_id, "place": place, "move": move, "quantity": quantity, "cost": line.cost}
        GoodsReceiptLine.objects.create(receipt=receipt, **kept)
    told = {"receipt_id": receipt.pk, "centre_id": centre.pk, "lines": len(lines), "served": served}
    record_first(actor, receipt, facts.GoodsReceived(**told))
    for part_id in sorted({part_id for part_id, _, _ in booked}):
        serve_later(actor, part_id, centre.pk)
    return receipt


def _booked(actor: Actor, lines: Sequence[Delivered]) -> list[tuple[int, int, Place]]:
    """Part, quantity and bin of each line. Raises Missing for a part or a place the actor does not know."""
    parts = dict(parts_for(actor).filter(uid__in={line.part_uid for line in lines}).values_list("uid", "pk"))
    places = {place.uid: place for place in places_for(actor).filter(uid__in={line.place_uid for line in lines})}
    if not all(line.part_uid in parts and line.place_uid in places for line in lines):
        raise Missing
    return [(parts[line.part_uid], line.quantity, places[line.place_uid]) for line in lines]
