"""What the product archive tells the rooms above."""

from dataclasses import dataclass

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class UnitFact(Fact):
    """Everything said about a unit names it by id."""

    unit_id: int


@dataclass(frozen=True, kw_only=True)
class UnitRegistered(UnitFact):
    """A unit nobody of us had seen before, met at that centre."""

    name = "equipment.registered"
    product_id: int
    centre_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class UnitChanged(UnitFact):
    """Names of the fields that changed."""

    name = "equipment.changed"
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UnitKnown(UnitFact):
    """Another centre has had the unit."""

    name = "equipment.known"
    centre_id: int


@dataclass(frozen=True, kw_only=True)
class OwnerChanged(UnitFact):
    """The unit belongs to somebody else now."""

    name = "equipment.owner_changed"
    owner_id: int | None
    former_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class UnitsLinked(UnitFact):
    """Two units belong together; `kind` is a code such as replaced_by."""

    name = "equipment.linked"
    other_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class UnitDeactivated(UnitFact):
    """Written off, destroyed or out of service; `reason` is a code."""

    name = "equipment.deactivated"
    reason: str = ""


class UnitReactivated(UnitFact):
    """In service again after all."""

    name = "equipment.reactivated"


@dataclass(frozen=True, kw_only=True)
class UnitsMerged(UnitFact):
    """The unit was entered twice, and is found under the other from now on."""

    name = "equipment.merged"
    into_id: int
