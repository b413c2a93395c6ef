"""The book of things, what parts cost, and counting what is there."""

from remonta.stock.models.book import (
    LABEL,
    OUTSIDE,
    STORES,
    Balance,
    Lot,
    LotBalance,
    Move,
    PartCost,
    PartCostChange,
    Piece,
    Place,
    PlaceKind,
    Reservation,
    ReservationState,
    Whereabouts,
)
from remonta.stock.models.counts import COUNTED_NOW, CountedPlace, CountLine, CountScope, Stocktake

__all__ = [
    "COUNTED_NOW",
    "LABEL",
    "OUTSIDE",
    "STORES",
    "Balance",
    "CountLine",
    "CountScope",
    "CountedPlace",
    "Lot",
    "LotBalance",
    "Move",
    "PartCost",
    "PartCostChange",
    "Piece",
    "Place",
    "PlaceKind",
    "Reservation",
    "ReservationState",
    "Stocktake",
    "Whereabouts",
]
