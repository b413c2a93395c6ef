"""Where things are, how much there is, how it came there. Rows are read by scopes; models are for annotations."""

from remonta.stock.models import STORES, Balance, Move, Place, Reservation
from remonta.stock.queries.costs import CostLine, average_costs, cost_changes, part_costs_for
from remonta.stock.queries.moves import MoveLine, moves_for, moves_of_part, moves_of_thread, moves_of_unit
from remonta.stock.queries.parts import (
    Availability,
    PartThere,
    PlaceContents,
    balances_for,
    contents_counted,
    empty_places,
    free_in_centre,
    open_reservations,
    part_availability,
    parts_in_repair,
    parts_there,
    places_holding,
    things_at_place,
)
from remonta.stock.queries.places import PLACE_KINDS, Whereabout, places_for, store_places, unit_places, whereabouts

__all__ = [
    "PLACE_KINDS",
    "STORES",
    "Availability",
    "Balance",
    "CostLine",
    "Move",
    "MoveLine",
    "PartThere",
    "Place",
    "PlaceContents",
    "Reservation",
    "Whereabout",
    "average_costs",
    "balances_for",
    "contents_counted",
    "cost_changes",
    "empty_places",
    "free_in_centre",
    "moves_for",
    "moves_of_part",
    "moves_of_thread",
    "moves_of_unit",
    "open_reservations",
    "part_availability",
    "part_costs_for",
    "parts_in_repair",
    "parts_there",
    "places_for",
    "places_holding",
    "store_places",
    "things_at_place",
    "unit_places",
    "whereabouts",
]
