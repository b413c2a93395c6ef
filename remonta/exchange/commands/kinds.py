"""The kinds of imports: who reads the rows, and who makes them so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from remonta.exchange.commands.bring_inventree import Inventree
from remonta.exchange.commands.bring_prices import Prices
from remonta.exchange.commands.bring_shipments import Shipments
from remonta.exchange.commands.bringing import Bringer, Repairs
from remonta.exchange.inventree import InventreeReader
from remonta.exchange.mapping import RepairMapping
from remonta.exchange.models import Import
from remonta.exchange.price_lists import PriceReader
from remonta.exchange.repairs import Reader
from remonta.exchange.rows import RowReader
from remonta.exchange.shipments import ShipmentReader
from remonta.kernel.actor import Actor


@dataclass(frozen=True)
class ImportKind:
    """One kind of import."""

    reader: Callable[[Sequence[str], RepairMapping, str], RowReader]
    bringer: Callable[[Actor, Import], Bringer]


KINDS = {
    "repairs": ImportKind(Reader, Repairs),
    "shipments": ImportKind(ShipmentReader, Shipments),
    "inventree": ImportKind(InventreeReader, Inventree),
    "prices": ImportKind(PriceReader, Prices),
}
