"""Addresses of bins: every one between a first and a last, segment by segment."""

import re
from collections.abc import Iterator
from itertools import product

SEGMENT = re.compile(r"[A-Z]|[A-Z]*\d{1,4}")


class NoRange(ValueError):
    """The two addresses do not span a range."""


def addresses(first: str, last: str) -> Iterator[str]:
    """`A-01-01` to `B-01-20`: A-01-01 … A-01-20, B-01-01 … B-01-20. Raises NoRange."""
    starts, ends = (text.strip().upper().split("-") for text in (first, last))
    if len(starts) != len(ends):
        raise NoRange
    spans = [tuple(_segments(start, end)) for start, end in zip(starts, ends, strict=True)]
    return ("-".join(parts) for parts in product(*spans))


def count(first: str, last: str) -> int:
    """How many addresses there are between the two, without making them. Raises NoRange."""
    starts, ends = (text.strip().upper().split("-") for text in (first, last))
    if len(starts) != len(ends):
        raise NoRange
    total = 1
    for start, end in zip(starts, ends, strict=True):
        low, high, _ = _bounds(start, end)
        total *= high - low + 1
    return total


def _segments(start: str, end: str) -> Iterator[str]:
    low, high, letters = _bounds(start, end)
    if start.isalpha():
        return (chr(at) for at in range(low, high + 1))
    width = len(start) - len(letters)
    return (f"{letters}{at:0{width}d}" for at in range(low, high + 1))


def _bounds(start: str, end: str) -> tuple[int, int, str]:
    """First and last as numbers, and the letters before them. Single letters count by their code."""
    if not (SEGMENT.fullmatch(start) and SEGMENT.fullmatch(end)) or start.isalpha() != end.isalpha():
        raise NoRange
    letters, other = (re.sub(r"\d+", "", text) for text in (start, end))
    if start.isalpha():
        low, high, letters = ord(start), ord(end), ""
    else:
        low, high = int(start[len(letters) :]), int(end[len(other) :])
    if high < low or (letters != other and not start.isalpha()):
        raise NoRange
    return low, high, letters
