"""Writing the product archive."""

from remonta.equipment.commands.merging import UnitMergedIntoItself, merge_units
from remonta.equipment.commands.parts import (
    ListedAlready,
    NoListToCopy,
    fit_in_unit,
    list_unit_parts,
    take_back_from_unit,
)
from remonta.equipment.commands.shipments import (
    MoreSerialsThanPieces,
    RegisteredAlready,
    Shipped,
    TooManyAtOnce,
    correct_shipment,
    list_shipment,
    register_shipped,
    withdraw_shipments,
)
from remonta.equipment.commands.units import (
    LinkedToItself,
    SerialLooksWrong,
    SerialTaken,
    change_owner,
    change_unit,
    deactivate_unit,
    give_unit,
    know_unit,
    link_units,
    reactivate_unit,
    register_unit,
)
from remonta.equipment.commands.withdrawing import withdraw_units

__all__ = [
    "LinkedToItself",
    "ListedAlready",
    "MoreSerialsThanPieces",
    "NoListToCopy",
    "RegisteredAlready",
    "SerialLooksWrong",
    "SerialTaken",
    "Shipped",
    "TooManyAtOnce",
    "UnitMergedIntoItself",
    "change_owner",
    "change_unit",
    "correct_shipment",
    "deactivate_unit",
    "fit_in_unit",
    "give_unit",
    "know_unit",
    "link_units",
    "list_shipment",
    "list_unit_parts",
    "merge_units",
    "reactivate_unit",
    "register_shipped",
    "register_unit",
    "take_back_from_unit",
    "withdraw_shipments",
    "withdraw_units",
]
