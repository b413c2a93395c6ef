"""All kinds of sample objects, room by room. A new room adds its module here."""

from tests.access.rooms import (
    buying,
    counts,
    figures,
    goods,
    lending,
    lists,
    money,
    papers,
    people,
    portal,
    programs,
    repair,
    road,
    sending,
    talk,
    transfers,
)

__all__ = [
    "buying",
    "counts",
    "figures",
    "goods",
    "lending",
    "lists",
    "money",
    "papers",
    "people",
    "portal",
    "programs",
    "repair",
    "road",
    "sending",
    "talk",
    "transfers",
]
