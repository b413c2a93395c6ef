"""All kinds of sample objects, room by room. A new room adds its module here."""

from tests.access.rooms import goods, money, papers, people, portal, repair, talk

__all__ = ["goods", "money", "papers", "people", "portal", "repair", "talk"]
