"""Papers that are drawn only when a message takes them along; the room that draws them registers how."""

from collections.abc import Callable, Mapping
from typing import Any

from remonta.spine.declared import gather
from remonta.spine.gateways import Enclosure

Draw = Callable[[Mapping[str, Any]], Enclosure]
PAPERS: dict[str, Draw] = {}


def draws(name: str) -> Callable[[Draw], Draw]:
    """Declares who draws the papers of that name, from JSON arguments, outside any transaction."""

    def declare(draw: Draw) -> Draw:
        PAPERS[name] = draw
        return draw

    return declare


def drawn(name: str, args: Mapping[str, Any]) -> Enclosure:
    gather()
    return PAPERS[name](args)
