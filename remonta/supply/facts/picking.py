"""What supply says of picking lists."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PickingFact(Fact):
    """Everything said about a picking list names it, its centre and its number."""

    picking_id: int
    centre_id: int
    number: str


@dataclass(frozen=True, kw_only=True)
class PickingBegun(PickingFact):
    """So many parts are to be fetched."""

    name = "supply.picking_begun"
    says = gettext_noop("Picking list begun, lines: %(lines)s")
    lines: int

    def words(self) -> Mapping[str, object]:
        return {"lines": self.lines}


@dataclass(frozen=True, kw_only=True)
class PickingEnded(PickingFact):
    """Nobody fetches the rest by this list."""

    name = "supply.picking_ended"
    says = gettext_noop("Picking list closed, left: %(left)s")
    left: int

    def words(self) -> Mapping[str, object]:
        return {"left": self.left}
