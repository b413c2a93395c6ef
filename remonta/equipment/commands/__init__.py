"""Writing the product archive."""

from remonta.equipment.commands.merging import UnitMergedIntoItself, merge_units
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

__all__ = [
    "LinkedToItself",
    "SerialLooksWrong",
    "SerialTaken",
    "UnitMergedIntoItself",
    "change_owner",
    "change_unit",
    "deactivate_unit",
    "give_unit",
    "know_unit",
    "link_units",
    "merge_units",
    "reactivate_unit",
    "register_unit",
]
