"""What supply tells about what is worked out in the background."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CalculationFact(Fact):
    """Everything said about a calculation names it, its centre, and its kind (`advice` or `plan`)."""

    calculation_id: int
    centre_id: int
    kind: str


class CalculationAsked(CalculationFact):
    """Somebody wants it worked out."""

    name = "supply.calculation_asked"
    says = gettext_noop("Calculation asked for")


class CalculationDone(CalculationFact):
    """It is worked out."""

    name = "supply.calculation_done"
    says = gettext_noop("Calculation done")


class CalculationStopped(CalculationFact):
    """Somebody has stopped it."""

    name = "supply.calculation_stopped"
    says = gettext_noop("Calculation stopped")
