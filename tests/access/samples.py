"""All kinds of sample objects, room by room. A new room adds its module here."""

from tests.access.rooms import goods, money, people, repair

__all__ = ["goods", "money", "people", "repair"]
