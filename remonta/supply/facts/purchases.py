"""What supply tells about what is to be bought: requests to purchasing, orders, and what deliveries cost."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PurchaseRequestFact(Fact):
    """Everything said about a request to purchasing: so many thousandths of a part for a centre."""

    request_id: int
    centre_id: int
    part_id: int
    quantity: int
    part: str = ""

    def words(self) -> Mapping[str, object]:
        return {"part": self.part, "quantity": f"{self.quantity / 1000:g}"}


class PurchaseRequested(PurchaseRequestFact):
    """Somebody wants a part in stock."""

    name = "supply.purchase_requested"
    says = gettext_noop("Purchasing asked for %(part)s × %(quantity)s")


@dataclass(frozen=True, kw_only=True)
class PurchaseRequestOrdered(PurchaseRequestFact):
    """It stands on an order now."""

    name = "supply.purchase_request_ordered"
    says = gettext_noop("%(part)s × %(quantity)s ordered: %(order)s")
    order: str

    def words(self) -> Mapping[str, object]:
        return {**super().words(), "order": self.order}


class PurchaseRequestReopened(PurchaseRequestFact):
    """The order will not bring it: it is to be ordered anew."""

    name = "supply.purchase_request_reopened"
    says = gettext_noop("%(part)s × %(quantity)s is to be ordered anew")


class PurchaseRequestCancelled(PurchaseRequestFact):
    """It is not needed after all."""

    name = "supply.purchase_request_cancelled"
    says = gettext_noop("%(part)s is no longer needed")


@dataclass(frozen=True, kw_only=True)
class PurchaseFact(Fact):
    """Everything said about an order at a supplier names it and its centre; prices are never part of it."""

    purchase_id: int
    centre_id: int
    number: str = ""


class PurchaseBegun(PurchaseFact):
    """An order is being put together."""

    name = "supply.purchase_begun"
    says = gettext_noop("Order begun")


class PurchaseChanged(PurchaseFact):
    """Lines of a draft are others now."""

    name = "supply.purchase_changed"
    says = gettext_noop("Lines changed")


class PurchaseSent(PurchaseFact):
    """The order has gone to the supplier."""

    name = "supply.purchase_sent"
    says = gettext_noop("Order sent to the supplier")


@dataclass(frozen=True, kw_only=True)
class PurchaseConfirmed(PurchaseFact):
    """The supplier has answered; `short` lines bring less than was ordered."""

    name = "supply.purchase_confirmed"
    says = gettext_noop("Order confirmed by the supplier")
    short: int = 0


@dataclass(frozen=True, kw_only=True)
class PurchaseReceived(PurchaseFact):
    """Goods came against the order: lines with a surplus, and lines that stay short."""

    name = "supply.purchase_received"
    says = gettext_noop("Goods received against the order")
    receipt_id: int
    surplus: int = 0
    short: int = 0


@dataclass(frozen=True, kw_only=True)
class PurchaseClosed(PurchaseFact):
    """Nothing more is to come; `short` lines have not come whole."""

    name = "supply.purchase_closed"
    says = gettext_noop("Nothing more is expected")
    short: int = 0


class PurchaseCancelled(PurchaseFact):
    """Nothing of it is to come."""

    name = "supply.purchase_cancelled"
    says = gettext_noop("Order cancelled")


@dataclass(frozen=True, kw_only=True)
class CustomersTold(PurchaseFact):
    """So many customers were told when their parts come."""

    name = "supply.customers_told"
    says = gettext_noop("Customers told the new date: %(customers)s")
    customers: int

    def words(self) -> Mapping[str, object]:
        return {"customers": self.customers}


@dataclass(frozen=True, kw_only=True)
class LandedCostAdded(Fact):
    """What it cost to get a delivery here is known better; the amount is for those who may see costs."""

    name = "supply.landed_cost_added"
    says = gettext_noop("Cost of getting it here added")
    receipt_id: int
    centre_id: int
    kind: str
