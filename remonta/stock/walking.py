"""The order in which one walks past the bins: as numbered, else by address, digits as numbers."""

import re
from typing import Protocol

DIGITS = re.compile(r"(\d+)")


class Walked(Protocol):
    """A bin on the way."""

    @property
    def zone(self) -> str: ...
    @property
    def walk(self) -> int | None: ...
    @property
    def code(self) -> str: ...


def walking_key(place: Walked) -> tuple[bool, int, str, tuple[tuple[int, int, str], ...]]:
    """Bins with a number of their own come first, by it; the others by zone, then by address, A-2 before A-10."""
    return place.walk is None, place.walk or 0, zone_of(place), natural(place.code)


def zone_of(place: Walked) -> str:
    """The zone as said; else what the address begins with, up to its first hyphen."""
    return place.zone or place.code.partition("-")[0]


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """What compares texts as people do: digits as numbers, before letters."""
    return tuple((0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in DIGITS.split(text) if piece)
