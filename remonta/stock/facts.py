"""What stock tells the rooms above."""

from dataclasses import dataclass

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PlaceFact(Fact):
    """Everything said about a place names it and its centre."""

    place_id: int
    centre_id: int | None = None


class PlaceAdded(PlaceFact):
    """There is a new place for things."""

    name = "stock.place_added"


class PlaceRenamed(PlaceFact):
    """The place is called otherwise; its label stays."""

    name = "stock.place_renamed"


class PlaceArchived(PlaceFact):
    """Nothing is put there any more."""

    name = "stock.place_archived"


@dataclass(frozen=True, kw_only=True)
class UnitMoved(Fact):
    """A unit left one place and arrived at another; `reason` and the kinds of places are codes."""

    name = "stock.unit_moved"
    unit_id: int
    source_id: int
    target_id: int
    source_kind: str
    target_kind: str
    reason: str
    work_order_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PartMoved(Fact):
    """So many thousandths of a part left one place and arrived at another. `order_id` is the work order it was for:
    what that order's service log says of its parts, supply says."""

    name = "stock.part_moved"
    part_id: int
    quantity: int
    source_id: int
    target_id: int
    reason: str
    order_id: int | None = None
