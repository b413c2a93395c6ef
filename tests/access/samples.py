"""All kinds of sample objects, room by room. A new room adds its module here."""

from tests.access.rooms import people

__all__ = ["people"]
