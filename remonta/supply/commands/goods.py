"""Goods come in against a delivery note and serve whoever has waited longest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from remonta.catalogue.queries import Tracking, parts_for
from remonta.identity.queries import centres_for
from remonta.kernel.actor import Actor
from remonta.kernel.money import line_total
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import once, record_first, take_number
from remonta.stock.commands import ANY, SerialsMissing, Which, receive_parts
from remonta.stock.queries import Place, places_for
from remonta.supply import facts
from remonta.supply.commands.ask import lock_waiting, serve, serve_later
from remonta.supply.commands.refusals import NoLines, SupplierMissing
from remonta.supply.models import GoodsReceipt, GoodsReceiptLine
from remonta.supply.queries import receipts_for

PIECE = 1000


@dataclass(frozen=True)
class Delivered:
    """One line of a delivery: so many thousandths of a part into a bin, at a unit cost in major units if known.

    `which` names the serial numbers, or the batch, of a part that is kept so.
    """

    part_uid: UUID
    place_uid: UUID
    quantity: int = 1000
    cost: Decimal | None = None
    which: Which = ANY


@dataclass(frozen=True)
class Entry:
    """A line that is booked, one for each piece with a serial number: `cost` for one in the centre's currency `own`;
    the rest is what an order says of it."""

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
    which: Which = ANY

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
    SupplierMissing, NotForParts, and what telling pieces apart raises.
    """
    centre = centres_for(actor).select_related("legal_entity").get(uid=centre_uid)
    if not actor.may("supply.receive", centre):
        raise NotPermitted
    if not lines:
        raise NoLines
    if not clean(supplier):
        raise SupplierMissing
    head = {"supplier": clean(supplier), "note_number": clean(note_number)}
    own = centre.legal_entity.currency
    entries = [replace(entry, own=own) for entry in booked_lines(actor, lines)]
    return book_delivery(actor, centre, entries, head)


def book_delivery(actor: Actor, centre: Any, entries: Sequence[Entry], head: Mapping[str, Any]) -> GoodsReceipt:
    """Moves the goods into their bins, serves who waits for them, and writes the receipt, for commands that permit it.

    Locks the waiting orders, then their requisitions, then the balances, then the series. Raises NotForParts.
    """
    parts = {entry.part_id for entry in entries}
    waiting = lock_waiting(actor, parts, centre.pk)
    costs, own = [entry.cost for entry in entries], entries[0].own if entries else ""
    which = [entry.which for entry in entries]
    moves = receive_parts(actor, [entry.line for entry in entries], centre.pk, costs=costs, currency=own, which=which)
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


def booked_lines(actor: Actor, lines: Sequence[Delivered]) -> list[Entry]:
    """Part, quantity, bin and cost of each line, piece by piece where these have serial numbers.

    Raises Missing for a part or a place the actor does not know, SerialsMissing.
    """
    parts = {part.uid: part for part in parts_for(actor).filter(uid__in={line.part_uid for line in lines})}
    places = {place.uid: place for place in places_for(actor).filter(uid__in={line.place_uid for line in lines})}
    if not all(line.part_uid in parts and line.place_uid in places for line in lines):
        raise Missing
    entries: list[Entry] = []
    for line in lines:
        part, place = parts[line.part_uid], places[line.place_uid]
        if part.tracking != Tracking.SERIAL:
            entries.append(Entry(part.pk, line.quantity, place, cost=line.cost, which=line.which))
            continue
        if len(line.which.serials) * PIECE != line.quantity:
            raise SerialsMissing(part=str(part), count=f"{line.quantity / PIECE:g}")
        alone = [replace(line.which, serials=(serial,)) for serial in line.which.serials]
        entries += [Entry(part.pk, PIECE, place, cost=line.cost, which=one) for one in alone]
    return entries
