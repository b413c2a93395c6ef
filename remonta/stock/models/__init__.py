"""The book of things, what parts cost, counting what is there, transfers between centres, and what is lent."""

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
from remonta.stock.models.days import ClosedDay, DayEnd
from remonta.stock.models.donors import Dismantling, SalvagedPart
from remonta.stock.models.levels import Level
from remonta.stock.models.loans import Loan, Loaner
from remonta.stock.models.transfers import (
    SHORTAGE,
    SURPLUS,
    Settling,
    Transfer,
    TransferLine,
    TransferSettlement,
)

__all__ = [
    "COUNTED_NOW",
    "LABEL",
    "OUTSIDE",
    "SHORTAGE",
    "STORES",
    "SURPLUS",
    "Balance",
    "ClosedDay",
    "CountLine",
    "CountScope",
    "CountedPlace",
    "DayEnd",
    "Dismantling",
    "Level",
    "Loan",
    "Loaner",
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
    "SalvagedPart",
    "Settling",
    "Stocktake",
    "Transfer",
    "TransferLine",
    "TransferSettlement",
    "Whereabouts",
]
