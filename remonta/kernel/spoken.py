"""How values are said in sentences. The kernel knows no languages: the house gives a way for each type."""

from collections.abc import Callable, Mapping
from typing import Any

WAYS: dict[type, Callable[[Any], str]] = {}


def says(kind: type, way: Callable[[Any], str]) -> None:
    """From now on values of that type are said so, in the reader's language."""
    WAYS[kind] = way


def said_values(values: Mapping[str, object]) -> dict[str, object]:
    """What fills a sentence: amounts and days in the reader's habit, other values as they are."""
    return {name: WAYS[type(value)](value) if type(value) in WAYS else value for name, value in values.items()}
