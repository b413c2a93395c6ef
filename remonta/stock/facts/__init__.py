"""What stock tells the rooms above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact
from remonta.stock.facts.donors import UnitTakenApart as UnitTakenApart

OUTSIDE = {
    "customer": _("the customer"),
    "supplier": _("the supplier"),
    "scrap": _("scrap"),
    "repair": _("the repair"),
    "difference": _("the differences of counts"),
    "donor": _("a unit taken apart"),
}


@dataclass(frozen=True, kw_only=True)
class PlaceFact(Fact):
    """Everything said about a place names it and its centre."""

    place_id: int
    centre_id: int | None = None


class PlaceAdded(PlaceFact):
    """There is a new place for things."""

    name = "stock.place_added"
    says = gettext_noop("Place added")


class PlaceRenamed(PlaceFact):
    """The place is called otherwise; its label stays."""

    name = "stock.place_renamed"
    says = gettext_noop("Place renamed")


class PlaceArchived(PlaceFact):
    """Nothing is put there any more."""

    name = "stock.place_archived"
    says = gettext_noop("Place archived")


@dataclass(frozen=True, kw_only=True)
class UnitMoved(Fact):
    """A unit left one place and arrived at another; `reason`, the kinds of places and `target` are codes."""

    name = "stock.unit_moved"
    says = gettext_noop("Moved to %(place)s")
    unit_id: int
    source_id: int
    target_id: int
    source_kind: str
    target_kind: str
    reason: str
    target: str = ""
    work_order_id: int | None = None

    def words(self) -> Mapping[str, object]:
        return {"place": OUTSIDE.get(self.target_kind, self.target)}


@dataclass(frozen=True, kw_only=True)
class PartMoved(Fact):
    """So many thousandths of a part left one place and arrived at another. `order_id` is the work order it was for:
    what that order's service log says of its parts, supply says. `piece_id` and `lot_id` say which, of a part kept by
    serial number or by batch."""

    name = "stock.part_moved"
    says = gettext_noop("Part moved")
    part_id: int
    quantity: int
    source_id: int
    target_id: int
    reason: str
    order_id: int | None = None
    piece_id: int | None = None
    lot_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class StocktakeFact(Fact):
    """Everything said about a stocktake names it, its centre and its number."""

    stocktake_id: int
    centre_id: int
    number: str


class StocktakeBegun(StocktakeFact):
    """Places of a centre are counted."""

    name = "stock.stocktake_begun"
    says = gettext_noop("Stocktake begun")


class StocktakeFinished(StocktakeFact):
    """All its places are counted; somebody else approves."""

    name = "stock.stocktake_finished"
    says = gettext_noop("All is counted")


class StocktakeReopened(StocktakeFact):
    """Something is counted once more."""

    name = "stock.stocktake_reopened"
    says = gettext_noop("Counting goes on")


class StocktakeApproved(StocktakeFact):
    """Its differences are being posted."""

    name = "stock.stocktake_approved"
    says = gettext_noop("Differences approved")


class PostingStopped(StocktakeFact):
    """Posting was stopped; what is posted stays."""

    name = "stock.posting_stopped"
    says = gettext_noop("Posting stopped")


class PostingResumed(StocktakeFact):
    """Posting goes on."""

    name = "stock.posting_resumed"
    says = gettext_noop("Posting goes on")


class StocktakePosted(StocktakeFact):
    """The book says what was counted, and what has moved since."""

    name = "stock.stocktake_posted"
    says = gettext_noop("Differences posted")


class StocktakeCancelled(StocktakeFact):
    """Nothing of it is posted."""

    name = "stock.stocktake_cancelled"
    says = gettext_noop("Stocktake cancelled")


@dataclass(frozen=True, kw_only=True)
class ReservationLost(StocktakeFact):
    """What was set aside for a work order is not there: the reservation is released."""

    name = "stock.reservation_lost"
    says = gettext_noop("Not found at the count; no longer set aside")
    reservation_id: int
    work_order_id: int


@dataclass(frozen=True, kw_only=True)
class TransferFact(Fact):
    """Everything said about a transfer names it, the centre it goes to, the one that gives, and its number."""

    transfer_id: int
    centre_id: int
    giver_id: int
    number: str


class TransferAsked(TransferFact):
    """A centre asks another one for parts."""

    name = "stock.transfer_asked"
    says = gettext_noop("Transfer asked for")


@dataclass(frozen=True, kw_only=True)
class TransferChanged(TransferFact):
    """So many thousandths of a part are asked for now."""

    name = "stock.transfer_changed"
    says = gettext_noop("Now asked for: %(part)s × %(many)s")
    part_id: int
    quantity: int
    part: str = ""

    def words(self) -> Mapping[str, object]:
        return {"part": self.part, "many": f"{self.quantity / 1000:g}"}


class TransferApproved(TransferFact):
    """The giving centre will send it."""

    name = "stock.transfer_approved"
    says = gettext_noop("Transfer approved")


class TransferRefused(TransferFact):
    """The giving centre sends nothing."""

    name = "stock.transfer_refused"
    says = gettext_noop("Transfer refused")


class TransferCancelled(TransferFact):
    """It is not needed any more."""

    name = "stock.transfer_cancelled"
    says = gettext_noop("Transfer cancelled")


class TransferSent(TransferFact):
    """The goods are on the way."""

    name = "stock.transfer_sent"
    says = gettext_noop("On the way")


@dataclass(frozen=True, kw_only=True)
class TransferPartReceived(TransferFact):
    """So many thousandths of a part of the transfer are in a bin of the centre now."""

    name = "stock.transfer_part_received"
    says = gettext_noop("Received: %(part)s × %(many)s")
    part_id: int
    quantity: int
    part: str = ""

    def words(self) -> Mapping[str, object]:
        return {"part": self.part, "many": f"{self.quantity / 1000:g}"}


@dataclass(frozen=True, kw_only=True)
class TransferArrived(TransferFact):
    """All that comes has come; on so many lines something else than was sent."""

    name = "stock.transfer_arrived"
    says = gettext_noop("Arrived; lines that differ: %(differing)s")
    differing: int

    def words(self) -> Mapping[str, object]:
        return {"differing": self.differing}


@dataclass(frozen=True, kw_only=True)
class DifferenceSettled(TransferFact):
    """So many thousandths of a part that were short or too many: found, lost or explained; `way` is a code."""

    name = "stock.transfer_difference_settled"
    says = gettext_noop("Difference settled: %(part)s × %(many)s")
    part_id: int
    quantity: int
    way: str
    part: str = ""

    def words(self) -> Mapping[str, object]:
        return {"part": self.part, "many": f"{self.quantity / 1000:g}"}


class TransferSettled(TransferFact):
    """Nothing of it is open any more."""

    name = "stock.transfer_settled"
    says = gettext_noop("Transfer settled")


@dataclass(frozen=True, kw_only=True)
class LoanerFact(Fact):
    """Everything said about a loaner of the pool names it, its unit and its centre."""

    loaner_id: int
    unit_id: int
    centre_id: int


class LoanerAdded(LoanerFact):
    """A unit of ours may be lent."""

    name = "stock.loaner_added"
    says = gettext_noop("Put into the loaner pool")


class LoanerChanged(LoanerFact):
    """What is said of it, or what is asked for it, was changed."""

    name = "stock.loaner_changed"
    says = gettext_noop("Loaner changed")


class LoanerGiven(LoanerFact):
    """A customer has it; the loan says who."""

    name = "stock.loaner_given"
    says = gettext_noop("Lent to a customer")


class LoanerBack(LoanerFact):
    """It is back in our hands and can be lent again."""

    name = "stock.loaner_back"
    says = gettext_noop("Back from a customer")


class LoanerSetAside(LoanerFact):
    """It is not lent for now."""

    name = "stock.loaner_set_aside"
    says = gettext_noop("Set aside, not lent for now")


class LoanerFreed(LoanerFact):
    """It can be lent again."""

    name = "stock.loaner_freed"
    says = gettext_noop("Can be lent again")


class LoanerWithdrawn(LoanerFact):
    """It is no loaner any more."""

    name = "stock.loaner_withdrawn"
    says = gettext_noop("Taken out of the loaner pool")


@dataclass(frozen=True, kw_only=True)
class LoanFact(Fact):
    """Everything said about a loan names it, the loaner, the order it is for, and the day it is due (ISO 8601)."""

    loan_id: int
    loaner_id: int
    unit_id: int
    centre_id: int
    work_order_id: int
    number: str
    due_on: str

    def words(self) -> Mapping[str, object]:
        return {"number": self.number, "day": date.fromisoformat(self.due_on)}


class LoanerLent(LoanFact):
    """A customer has a loaner."""

    name = "stock.loaner_lent"
    says = gettext_noop("Loaner lent, %(number)s, to be back on %(day)s")


class LoanExtended(LoanFact):
    """The loaner may be back on another day."""

    name = "stock.loan_extended"
    says = gettext_noop("Loaner %(number)s is to be back on %(day)s")


@dataclass(frozen=True, kw_only=True)
class LoanOverdue(LoanFact):
    """The loaner should be back by now; said again every few days. `days` is how late it is."""

    name = "stock.loan_overdue"
    says = gettext_noop("Loaner %(number)s should have been back on %(day)s")
    days: int = 0
    first: bool = False


@dataclass(frozen=True, kw_only=True)
class LoanerReturned(LoanFact):
    """The loaner is back; `missing` is how many accessories did not come along."""

    name = "stock.loaner_returned"
    says = gettext_noop("Loaner %(number)s is back, %(how)s")
    damaged: bool = False
    missing: int = 0

    def words(self) -> Mapping[str, object]:
        whole = _("damaged or incomplete") if self.damaged or self.missing else _("in good order")
        return {**super().words(), "how": whole}


@dataclass(frozen=True, kw_only=True)
class LevelSet(Fact):
    """So much of a part (thousandths) should be in the centre, or in one of its places; both zero: nothing."""

    name = "stock.level_set"
    says = gettext_noop("Minimum %(least)s, maximum %(most)s")
    level_id: int
    centre_id: int
    part_id: int
    minimum: int
    maximum: int
    place_id: int | None = None
    part: str = ""

    def words(self) -> Mapping[str, object]:
        return {"least": f"{self.minimum / 1000:g}", "most": f"{self.maximum / 1000:g}"}
