"""All kinds of sample objects, room by room. A new room adds its module here."""

from tests.access.rooms import (
    buying,
    figures,
    goods,
    lists,
    money,
    papers,
    people,
    portal,
    programs,
    repair,
    road,
    talk,
)

__all__ = [
    "buying",
    "figures",
    "goods",
    "lists",
    "money",
    "papers",
    "people",
    "portal",
    "programs",
    "repair",
    "road",
    "talk",
]
