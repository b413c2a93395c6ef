"""What a scanned code can stand for. Rooms register recognisers in their scans.py; each reads in scope only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.spine.declared import gather

LONGEST = 300


@dataclass(frozen=True)
class Found:
    """What a code stands for, as far as this actor may know. An order or a unit names the unit that moves."""

    kind: str
    id: int
    uid: UUID
    label: str
    unit_id: int | None = None
    thread_id: int | None = None


Recogniser = Callable[[Actor, str], Found | None]
RECOGNISERS: dict[str, Recogniser] = {}
# Codes with a form of their own come first; a serial number can look like anything.
USUAL = ("place", "person", "order", "unit", "part")


def recognises(kind: str) -> Callable[[Recogniser], Recogniser]:
    """Declares who knows the codes of that kind. A recogniser looks at the code's form before it asks the database."""

    def declare(recogniser: Recogniser) -> Recogniser:
        assert kind not in RECOGNISERS or RECOGNISERS[kind].__module__ == recogniser.__module__, f"two know {kind}"
        RECOGNISERS[kind] = recogniser
        return recogniser

    return declare


def recognise(actor: Actor, code: str, first: tuple[str, ...] = ()) -> Found | None:
    """What the code stands for; the kinds in `first` are asked before the others. Unknown and foreign codes are alike.

    At most one statement a kind.
    """
    gather()
    code = code.strip()
    if not code or len(code) > LONGEST or "\x00" in code:
        return None
    for kind in dict.fromkeys((*first, *USUAL, *RECOGNISERS)):
        if kind in RECOGNISERS and (found := RECOGNISERS[kind](actor, code)):
            return found
    return None
