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


@dataclass(frozen=True, kw_only=True)
class UnitPartsListed(UnitFact):
    """The unit has a parts list of its own now: so many lines; `source` is a code (built, list)."""

    name = "equipment.parts_listed"
    lines: int
    source: str


@dataclass(frozen=True, kw_only=True)
class UnitPartFitted(UnitFact):
    """A repair has put so much (thousandths) of a part into the unit, in the place of `replaced_id` if any."""

    name = "equipment.part_fitted"
    part_id: int
    quantity: int
    order_id: int
    replaced_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class UnitPartTakenBack(UnitFact):
    """The part came back unused: what had been in its place is there still."""

    name = "equipment.part_taken_back"
    part_id: int
    quantity: int
    order_id: int


@dataclass(frozen=True, kw_only=True)
class ShipmentFact(Fact):
    """Everything said about a shipment names it and its centre."""

    shipment_id: int
    centre_id: int


class ShipmentAdded(ShipmentFact):
    """A sales document is known."""

    name = "equipment.shipment_added"


@dataclass(frozen=True, kw_only=True)
class ShipmentListed(ShipmentFact):
    """A line of a sales document is known: so many pieces of a product."""

    name = "equipment.shipment_listed"
    product_id: int
    quantity: int


@dataclass(frozen=True, kw_only=True)
class ShipmentWithdrawn(ShipmentFact):
    """A line of a sales document was taken out again, or corrected."""

    name = "equipment.shipment_withdrawn"
    product_id: int


class UnitWithdrawn(UnitFact):
    """An import that had registered the unit was undone."""

    name = "equipment.withdrawn"
