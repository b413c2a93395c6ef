"""Goods come in against a delivery note and serve whoever has waited longest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from remonta.catalogue.queries import parts_for
from remonta.identity.queries import centres_for
from remonta.kernel.actor import Actor
from remonta.kernel.money import line_total
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


@dataclass(frozen=True)
class Entry:
    """A line that is booked: `cost` for one in the centre's currency `own`; the rest is what an order says of it."""

    part_id: int
    quantity: int
    place: Place
    cost: Decimal | None = None
    own: str = ""
    purchase_id: int | None = None
    price: Decimal | None = None
    value: int | None = None
    surplus: int = 0
    warranty_until: date | None = None

    @property
    def line(self) -> tuple[int, int, Place]:
        return self.part_id, self.quantity, self.place

    @property
    def kept(self) -> dict[str, Any]:
        """The columns of the receipt's line."""
        value = self.value
        if value is None and self.cost is not None:
            value = line_total(self.cost, self.quantity, self.own)
        kept = {name: getattr(self, name) for name in ("part_id", "quantity", "place", "cost", "purchase_id", "price")}
        return {**kept, "value": value, "surplus": self.surplus, "warranty_until": self.warranty_until}


@once(receipts_for)
def receive_goods(
    actor: Actor, centre_uid: UUID, *, supplier: str, note_number: str = "", lines: Sequence[Delivered], operation: UUID
) -> GoodsReceipt:
    """Books a delivery into its bins, then sets aside for the repairs that wait for it, the longest wait first.

    Locks the waiting orders, then their requisitions, then the balances, then the series. Raises NoLines,
    SupplierMissing, NotForParts.
    """
    centre = centres_for(actor).select_related("legal_entity").get(uid=centre_uid)
    if not actor.may("supply.receive", centre):
        raise NotPermitted
    if not lines:
        raise NoLines
    if not clean(supplier):
        raise SupplierMissing
    booked = booked_lines(actor, lines)
    head = {"supplier": clean(supplier), "note_number": clean(note_number)}
    own = centre.legal_entity.currency
    entries = [Entry(*line, cost=said.cost, own=own) for line, said in zip(booked, lines, strict=True)]
    return book_delivery(actor, centre, entries, head)


def book_delivery(actor: Actor, centre: Any, entries: Sequence[Entry], head: Mapping[str, Any]) -> GoodsReceipt:
    """Moves the goods into their bins, serves who waits for them, and writes the receipt, for commands that permit it.

    Locks the waiting orders, then their requisitions, then the balances, then the series. Raises NotForParts.
    """
    parts = {entry.part_id for entry in entries}
    waiting = lock_waiting(actor, parts, centre.pk)
    costs, own = [entry.cost for entry in entries], entries[0].own if entries else ""
    moves = receive_parts(actor, [entry.line for entry in entries], centre.pk, costs=costs, currency=own)
    served = serve(actor, waiting)
    receipt = GoodsReceipt.objects.create(
        number=f"{centre.code}-G{take_number(f'goods_receipt:{centre.pk}'):05d}",
        centre_id=centre.pk,
        account_id=actor.account_id,
        received_at=actor.now(),
        **head,
    )
    for entry, move in zip(entries, moves, strict=True):
        GoodsReceiptLine.objects.create(receipt=receipt, move=move, **entry.kept)
    told = {"receipt_id": receipt.pk, "centre_id": centre.pk, "lines": len(entries), "served": served}
    record_first(actor, receipt, facts.GoodsReceived(**told))
    for part_id in sorted(parts):
        serve_later(actor, part_id, centre.pk)
    return receipt


def booked_lines(actor: Actor, lines: Sequence[Delivered]) -> list[tuple[int, int, Place]]:
    """Part, quantity and bin of each line. Raises Missing for a part or a place the actor does not know."""
    parts = dict(parts_for(actor).filter(uid__in={line.part_uid for line in lines}).values_list("uid", "pk"))
    places = {place.uid: place for place in places_for(actor).filter(uid__in={line.place_uid for line in lines})}
    if not all(line.part_uid in parts and line.place_uid in places for line in lines):
        raise Missing
    return [(parts[line.part_uid], line.quantity, places[line.place_uid]) for line in lines]
