"""What supply tells the rooms above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact
from remonta.supply.facts.picking import PickingBegun, PickingEnded
from remonta.supply.facts.planning import CalculationAsked, CalculationDone, CalculationFact, CalculationStopped
from remonta.supply.facts.purchases import (
    CustomersTold,
    LandedCostAdded,
    PurchaseBegun,
    PurchaseCancelled,
    PurchaseChanged,
    PurchaseClosed,
    PurchaseConfirmed,
    PurchaseFact,
    PurchaseReceived,
    PurchaseRequestCancelled,
    PurchaseRequested,
    PurchaseRequestFact,
    PurchaseRequestOrdered,
    PurchaseRequestReopened,
    PurchaseSent,
)
from remonta.supply.facts.returns import (
    ReturnAccepted,
    ReturnAsked,
    ReturnCancelled,
    ReturnChanged,
    ReturnCredited,
    ReturnGivenUp,
    ReturnRefused,
    ReturnReplaced,
    ReturnSent,
    ReturnTakenBack,
    SupplierReturnFact,
)
from remonta.supply.workflow import OLD_PART_CAUSES, Terms

__all__ = [
    "CalculationAsked",
    "CalculationDone",
    "CalculationFact",
    "CalculationStopped",
    "CustomersTold",
    "GoodsReceived",
    "IssueTakenBack",
    "LandedCostAdded",
    "NewDatePromised",
    "OldPartFact",
    "OldPartScrapped",
    "OldPartSent",
    "OldPartTakenOut",
    "PartArrived",
    "PartAsked",
    "PartExpected",
    "PartIssued",
    "PartNoLongerNeeded",
    "PartOrdered",
    "PartReturned",
    "PartUsed",
    "PickingBegun",
    "PickingEnded",
    "PurchaseBegun",
    "PurchaseCancelled",
    "PurchaseChanged",
    "PurchaseClosed",
    "PurchaseConfirmed",
    "PurchaseFact",
    "PurchaseReceived",
    "PurchaseRequestCancelled",
    "PurchaseRequestFact",
    "PurchaseRequestOrdered",
    "PurchaseRequestReopened",
    "PurchaseRequested",
    "PurchaseSent",
    "RateSet",
    "RatesImported",
    "RequisitionFact",
    "ReturnAccepted",
    "ReturnAsked",
    "ReturnCancelled",
    "ReturnChanged",
    "ReturnCredited",
    "ReturnGivenUp",
    "ReturnRefused",
    "ReturnReplaced",
    "ReturnSent",
    "ReturnTakenBack",
    "SupplierAdded",
    "SupplierArchived",
    "SupplierChanged",
    "SupplierFact",
    "SupplierPartSet",
    "SupplierRestored",
    "SupplierReturnFact",
    "TermsChanged",
]


@dataclass(frozen=True, kw_only=True)
class RequisitionFact(Fact):
    """Everything said about a requisition names its order, the part (also by its number) and how much (thousandths)."""

    requisition_id: int
    work_order_id: int
    part_id: int
    quantity: int
    part: str = ""

    def words(self) -> Mapping[str, object]:
        return {"part": self.part, "quantity": f"{self.quantity / 1000:g}"}


@dataclass(frozen=True, kw_only=True)
class PartAsked(RequisitionFact):
    """A repair needs a part; `here` says whether it was set aside at once or is demand."""

    name = "supply.part_asked"
    says = gettext_noop("Part asked for: %(part)s × %(quantity)s, %(found)s")
    here: bool
    from_quote: bool = False

    def words(self) -> Mapping[str, object]:
        return {**super().words(), "found": _("set aside") if self.here else _("not here yet")}


@dataclass(frozen=True, kw_only=True)
class PartExpected(RequisitionFact):
    """The day (ISO 8601) on which a part that is not here is to come; empty when nobody knows any more."""

    name = "supply.part_expected"
    says = gettext_noop("%(part)s is expected: %(day)s")
    day: str

    def words(self) -> Mapping[str, object]:
        return {**super().words(), "day": date.fromisoformat(self.day) if self.day else _("nobody knows when")}


@dataclass(frozen=True, kw_only=True)
class PartAskedElsewhere(RequisitionFact):
    """Another centre of ours is asked for the part, by the transfer of that number."""

    name = "supply.part_asked_elsewhere"
    says = gettext_noop("%(part)s × %(quantity)s asked of %(giver)s, %(number)s")
    number: str
    giver: str

    def words(self) -> Mapping[str, object]:
        return {**super().words(), "number": self.number, "giver": self.giver}


class PartArrived(RequisitionFact):
    """A part that was waited for is here and set aside."""

    name = "supply.part_arrived"
    says = gettext_noop("%(part)s × %(quantity)s has arrived and is set aside")


@dataclass(frozen=True, kw_only=True)
class PartIssued(RequisitionFact):
    """The part has gone to the repair; `serials` are those of its pieces, where these have some."""

    name = "supply.part_issued"
    says = gettext_noop("%(part)s × %(quantity)s issued to the repair")
    serials: tuple[str, ...] = ()
    terms: str = ""
    quoted: bool = False

    def words(self) -> Mapping[str, object]:
        said = f"{self.part} ({', '.join(self.serials)})" if self.serials else self.part
        return {**super().words(), "part": said}


class IssueTakenBack(RequisitionFact):
    """The part was issued by mistake and lies in its bin again, set aside unless nobody had asked for it."""

    name = "supply.issue_taken_back"
    says = gettext_noop("Issue of %(part)s × %(quantity)s undone")


class PartReturned(RequisitionFact):
    """An unused part is back in a bin."""

    name = "supply.part_returned"
    says = gettext_noop("%(part)s × %(quantity)s returned unused")


@dataclass(frozen=True, kw_only=True)
class TermsChanged(RequisitionFact):
    """Somebody else pays for an issued part: `was` and `now` are codes. The part itself stays where it is."""

    name = "supply.terms_changed"
    says = gettext_noop("%(part)s × %(quantity)s: %(was)s, now %(now)s")
    was: str
    now: str

    def words(self) -> Mapping[str, object]:
        known = {code: label for code, label in Terms.choices}
        return {**super().words(), "was": known.get(self.was, self.was), "now": known.get(self.now, self.now)}


@dataclass(frozen=True, kw_only=True)
class PartUsed(RequisitionFact):
    """The engineer says how much of it was built in (thousandths); `left` is to come back."""

    name = "supply.part_used"
    says = gettext_noop("%(part)s: %(used)s built in, %(left)s to come back")
    used: int
    left: int = 0

    def words(self) -> Mapping[str, object]:
        return {**super().words(), "used": f"{self.used / 1000:g}", "left": f"{self.left / 1000:g}"}


class PartNoLongerNeeded(RequisitionFact):
    """Nobody waits for the part any more; what was set aside is free."""

    name = "supply.part_no_longer_needed"
    says = gettext_noop("%(part)s is no longer needed")


@dataclass(frozen=True, kw_only=True)
class OldPartTakenOut(Fact):
    """A part taken out of the customer's unit waits in quarantine."""

    name = "supply.old_part_taken_out"
    says = gettext_noop("Old part %(part)s taken out, waits in quarantine")
    work_order_id: int
    part_id: int
    quantity: int
    move_id: int
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class OldPartFact(Fact):
    """Everything said about what became of an old part names it, its order and why (`cause` is a code)."""

    old_part_id: int
    work_order_id: int
    part_id: int
    quantity: int
    part: str = ""
    cause: str = ""

    def words(self) -> Mapping[str, object]:
        return {"part": self.part, "cause": OLD_PART_CAUSES.get(self.cause, self.cause)}


class OldPartSent(OldPartFact):
    """It went to its maker or supplier."""

    name = "supply.old_part_sent"
    says = gettext_noop("Old part %(part)s sent to the maker: %(cause)s")


class OldPartScrapped(OldPartFact):
    """It was thrown away."""

    name = "supply.old_part_scrapped"
    says = gettext_noop("Old part %(part)s scrapped: %(cause)s")


@dataclass(frozen=True, kw_only=True)
class GoodsReceived(Fact):
    """Goods came in against a delivery note: how many lines, and how many repairs they serve."""

    name = "supply.goods_received"
    says = gettext_noop("Goods received")
    receipt_id: int
    centre_id: int
    lines: int
    served: int = 0


@dataclass(frozen=True, kw_only=True)
class SupplierFact(Fact):
    """Everything said about a supplier names it; prices are never part of it."""

    supplier_id: int


class SupplierAdded(SupplierFact):
    """There is a new supplier."""

    name = "supply.supplier_added"
    says = gettext_noop("Supplier added")


@dataclass(frozen=True, kw_only=True)
class SupplierChanged(SupplierFact):
    """Some of what is said of a supplier was corrected; `fields` are names of columns."""

    name = "supply.supplier_changed"
    says = gettext_noop("Supplier changed")
    fields: tuple[str, ...] = ()


class SupplierArchived(SupplierFact):
    """Nothing is bought there any more."""

    name = "supply.supplier_archived"
    says = gettext_noop("Supplier archived")


class SupplierRestored(SupplierFact):
    """It is bought there again."""

    name = "supply.supplier_restored"
    says = gettext_noop("Supplier offered again")


@dataclass(frozen=True, kw_only=True)
class SupplierPartSet(SupplierFact):
    """What a supplier sells, or at which terms, was written down."""

    name = "supply.supplier_part_set"
    says = gettext_noop("%(part)s: number, price or lots changed")
    part_id: int
    part: str = ""

    def words(self) -> Mapping[str, object]:
        return {"part": self.part}


@dataclass(frozen=True, kw_only=True)
class RateSet(Fact):
    """What a currency is worth from a day on (ISO 8601), in the legal entity's own."""

    name = "supply.rate_set"
    says = gettext_noop("Exchange rate set: %(currency)s %(rate)s")
    legal_entity_id: int
    currency: str
    day: str
    rate: str

    def words(self) -> Mapping[str, object]:
        return {"currency": self.currency, "rate": self.rate}


@dataclass(frozen=True, kw_only=True)
class RatesImported(Fact):
    """A table of rates was read: how many were kept, how many rows were left out."""

    name = "supply.rates_imported"
    says = gettext_noop("Exchange rates read from a table")
    legal_entity_id: int
    kept: int
    left_out: int = 0


@dataclass(frozen=True, kw_only=True)
class PartOrdered(RequisitionFact):
    """A part that a repair waits for was ordered at a supplier; `order` is the order's number."""

    name = "supply.part_ordered"
    says = gettext_noop("%(part)s × %(quantity)s ordered: %(order)s")
    order: str

    def words(self) -> Mapping[str, object]:
        return {**super().words(), "order": self.order}


@dataclass(frozen=True, kw_only=True)
class NewDatePromised(RequisitionFact):
    """The customer is told the day (ISO 8601) on which the part comes."""

    name = "supply.new_date_promised"
    says = gettext_noop("Customer told when %(part)s comes: %(day)s")
    day: str

    def words(self) -> Mapping[str, object]:
        return {**super().words(), "day": date.fromisoformat(self.day)}
