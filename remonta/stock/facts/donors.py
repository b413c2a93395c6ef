"""What is said when a unit is taken apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class UnitTakenApart(Fact):
    """A unit was taken apart into so many lines of parts."""

    name = "stock.unit_taken_apart"
    says = gettext_noop("Taken apart, %(number)s")
    dismantling_id: int
    unit_id: int
    centre_id: int
    lines: int
    number: str

    def words(self) -> Mapping[str, object]:
        return {"number": self.number}
