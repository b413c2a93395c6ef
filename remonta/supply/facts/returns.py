"""What supply tells about goods that go back to their supplier."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SupplierReturnFact(Fact):
    """Everything said about a return to a supplier names it and its centre; amounts are never part of it."""

    return_id: int
    centre_id: int
    number: str = ""


class ReturnAsked(SupplierReturnFact):
    """Somebody wants goods to go back."""

    name = "supply.return_asked"
    says = gettext_noop("Return to the supplier asked for")


class ReturnChanged(SupplierReturnFact):
    """Lines of a return that has not left are others now."""

    name = "supply.return_changed"
    says = gettext_noop("Lines of the return changed")


@dataclass(frozen=True, kw_only=True)
class ReturnSent(SupplierReturnFact):
    """The goods have left for the supplier; how many lines."""

    name = "supply.return_sent"
    says = gettext_noop("Goods sent back to the supplier")
    lines: int = 0


class ReturnAccepted(SupplierReturnFact):
    """The supplier takes the goods back."""

    name = "supply.return_accepted"
    says = gettext_noop("Supplier accepts the return")


class ReturnRefused(SupplierReturnFact):
    """The supplier does not take the goods back."""

    name = "supply.return_refused"
    says = gettext_noop("Supplier refuses the return")


@dataclass(frozen=True, kw_only=True)
class ReturnReplaced(SupplierReturnFact):
    """New goods came for those that went back, by a receipt."""

    name = "supply.return_replaced"
    says = gettext_noop("Supplier has replaced the goods")
    receipt_id: int


class ReturnCredited(SupplierReturnFact):
    """The supplier gave the money back; how much is for those who may see costs."""

    name = "supply.return_credited"
    says = gettext_noop("Supplier has credited the goods")


class ReturnTakenBack(SupplierReturnFact):
    """Refused goods are here again."""

    name = "supply.return_taken_back"
    says = gettext_noop("Refused goods are here again")


class ReturnGivenUp(SupplierReturnFact):
    """Refused goods stay with the supplier, and nothing comes for them."""

    name = "supply.return_given_up"
    says = gettext_noop("Refused goods stay with the supplier")


class ReturnCancelled(SupplierReturnFact):
    """Nothing goes back after all."""

    name = "supply.return_cancelled"
    says = gettext_noop("Return cancelled")
