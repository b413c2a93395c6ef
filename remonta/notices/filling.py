"""Texts with places to be filled: `{number}`, and `[words that vanish when {ready} is unknown]`."""

import re
from collections.abc import Mapping

PART = re.compile(r"\[([^\[\]]*)\]")
PLACE = re.compile(r"\{(\w+)\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled. What a value says is never read as a place itself."""
    return PLACE.sub(lambda place: values.get(place[1], ""), PART.sub(lambda part: _part(part, values), text)).strip()


def places_in(text: str) -> set[str]:
    """The names that stand in braces."""
    return set(PLACE.findall(text))


def _part(part: re.Match[str], values: Mapping[str, str]) -> str:
    names = PLACE.findall(part[1])
    if not names:
        return part[0]
    return part[1] if all(values.get(name) for name in names) else ""
