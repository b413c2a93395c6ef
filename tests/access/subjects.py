"""Sample objects: for each kind of thing one may name in an address, one of each ownership.

A new room adds its kinds here (or in a module of its own that this one imports), and rows to ARGUMENTS that say which
kind an argument of a route is. `whose` is one of the kind's labels; OWN is of the asker, COLLEAGUES of somebody in the
same centre, ELSEWHERE of another centre.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from tests.access.world import ELSEWHERE as FAR
from tests.access.world import Principal, World

OWN, COLLEAGUES, ELSEWHERE = "own", "a colleague's", "another centre's"
NETWORKS = "the network’s"
RIGHT, WRONG, USED, OLD = "right", "wrong", "used", "too old"
USUAL = (OWN, COLLEAGUES, ELSEWHERE)
DOORS = (RIGHT, WRONG, USED, OLD)
NOBODY = Principal("nobody", None)


@dataclass(frozen=True)
class Sample:
    """What stands in the address, the centre whose rights count (None: none), the canaries a link shows.

    `of` narrows the rights that count there to those of a room: an order's list under a customer asks another's.
    """

    value: Any
    centre_id: int | None = None
    opens: frozenset[str] = frozenset()
    of: str = ""


Make = Callable[[World, str, Principal], Sample]


@dataclass(frozen=True)
class Kind:
    make: Make
    whose: tuple[str, ...]


KINDS: dict[str, Kind] = {}
ARGUMENTS: list[tuple[str, str, str]] = []
"""(route, argument, kind); `*` stands for anything; the first row that fits counts."""
BODIES: dict[tuple[str, str], "Body"] = {}
"""What is sent to (route, METHOD); without a row, an operation id alone."""
Body = Callable[[World, str, Principal], dict[str, Any]]
QUERIES: dict[str, list[Body]] = {}
"""What is asked of a route in its query, beside nothing."""
WHOSE: dict[str, tuple[str, ...]] = {}
"""Routes without arguments whose body or query names things of each ownership."""
AS_JSON: set[str] = set()
"""Routes that take their POST as JSON."""


def kind(name: str, *whose: str, personal: bool = False) -> Callable[[Make], Make]:
    """Declares how samples of a kind are made: one for each label and place; `personal` ones for each person."""

    def declare(make: Make) -> Make:
        def kept(world: World, label: str, asker: Principal) -> Sample:
            whose = asker.name if personal and label == OWN else "" if label == NETWORKS else asker.place
            key = (name, label, whose)
            if key not in world.things:
                world.things[key] = make(world, label, asker)
            return world.things[key]

        KINDS[name] = Kind(kept, whose or USUAL)
        return make

    return declare


def place_for(label: str, asker: Principal) -> str:
    """Where a thing of that ownership is: at the asker's own place, or far from it."""
    return FAR if label == ELSEWHERE else asker.place


def centre_for(world: World, label: str, asker: Principal) -> Any:
    return world.centres[place_for(label, asker)]


def kind_of(route: str, argument: str) -> str:
    """Which kind of thing the argument names; empty when nobody has said. The API calls things as the desk does."""
    for known in (route, route.replace("api:", "desk:")):
        for of, named, found in ARGUMENTS:
            if fnmatch(known, of) and fnmatch(argument, named):
                return found
    return ""
