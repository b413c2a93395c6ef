"""What billing tells the rooms above."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.billing.words import CORRECTIONS, ENTRIES, REFUSALS, Method
from remonta.kernel.money import Money
from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PaymentFact(Fact):
    """Everything said about a payment names it and its work order; minor units, negative when money goes back."""

    payment_id: int
    work_order_id: int
    amount: int
    currency: str
    method: str
    purpose: str = "payment"

    def words(self) -> Mapping[str, object]:
        return {"amount": Money(abs(self.amount), self.currency), "method": Method(self.method).label}


class PaymentStarted(PaymentFact):
    """The card terminal is to be asked for it."""

    name = "billing.payment_started"
    says = gettext_noop("%(amount)s by card: the terminal is asked")


class PaymentTaken(PaymentFact):
    """The money is ours, and posted."""

    name = "billing.payment_taken"
    says = gettext_noop("Paid %(amount)s, %(method)s")


class MoneyReturned(PaymentFact):
    """The money is the customer's again, in cash, on the card, by transfer or as credit with us, and posted."""

    name = "billing.money_returned"
    says = gettext_noop("Given back %(amount)s, %(method)s")


class PledgeKept(PaymentFact):
    """So much of a loaner's deposit is ours: it came back damaged or incomplete."""

    name = "billing.pledge_kept"
    says = gettext_noop("%(amount)s of the loaner’s deposit kept for damage")


class PledgeSettled(PaymentFact):
    """Nothing of this deposit is held any more: what was not kept has been given back."""

    name = "billing.pledge_settled"
    says = gettext_noop("The loaner’s deposit of %(amount)s is settled")


class PaymentUnclear(PaymentFact):
    """The terminal did not answer; it is asked until it does."""

    name = "billing.payment_unclear"
    says = gettext_noop("%(amount)s by card: no answer, the terminal is asked again")


@dataclass(frozen=True, kw_only=True)
class PaymentRefused(PaymentFact):
    """Nothing was charged; `code` says why, as the terminal named it."""

    name = "billing.payment_refused"
    says = gettext_noop("%(amount)s by card was not charged: %(reason)s")
    code: str = ""

    def words(self) -> Mapping[str, object]:
        return {**super().words(), "reason": REFUSALS.get(self.code, self.code)}


class PaymentCancelled(PaymentFact):
    """Nothing was charged: it was called off before."""

    name = "billing.payment_cancelled"
    says = gettext_noop("%(amount)s by card was called off")


class PaymentRefunded(PaymentFact):
    """All of this payment has been given back."""

    name = "billing.payment_refunded"
    says = gettext_noop("All of %(amount)s has been given back")


@dataclass(frozen=True, kw_only=True)
class InvoiceFact(Fact):
    """Everything said about an invoice names it, its number and its work order; minor units."""

    invoice_id: int
    work_order_id: int
    number: str
    total: int
    tax: int
    currency: str

    def words(self) -> Mapping[str, object]:
        return {"number": self.number, "total": Money(self.total, self.currency)}


class InvoiceIssued(InvoiceFact):
    """An invoice with a number was issued; its contents never change."""

    name = "billing.invoice_issued"
    says = gettext_noop("Invoice %(number)s issued: %(total)s")


@dataclass(frozen=True, kw_only=True)
class InvoiceCorrected(InvoiceFact):
    """An invoice was taken back by this correction; `reason` is a code."""

    name = "billing.invoice_corrected"
    says = gettext_noop("Correction %(number)s issued: %(reason)s")
    corrects_id: int
    reason: str

    def words(self) -> Mapping[str, object]:
        return {**super().words(), "reason": CORRECTIONS.get(self.reason, self.reason)}


@dataclass(frozen=True, kw_only=True)
class TotalCorrected(Fact):
    """What an order costs has changed by so much (minor units), for the terms of an issued part; `total` is the new
    one."""

    name = "billing.total_corrected"
    says = gettext_noop("Price corrected for %(part)s: %(amount)s, now %(total)s")
    charge_id: int
    work_order_id: int
    amount: int
    total: int
    currency: str
    part: str = ""

    def words(self) -> Mapping[str, object]:
        return {
            "part": self.part,
            "amount": Money(self.amount, self.currency),
            "total": Money(self.total, self.currency),
        }


@dataclass(frozen=True, kw_only=True)
class ShiftOpened(Fact):
    """The cash desk is open, with so many minor units in the drawer."""

    name = "billing.shift_opened"
    says = gettext_noop("Cash desk opened with %(counted)s")
    shift_id: int
    desk_id: int
    counted: int
    currency: str

    def words(self) -> Mapping[str, object]:
        return {"counted": Money(self.counted, self.currency)}


@dataclass(frozen=True, kw_only=True)
class ShiftClosed(Fact):
    """The drawer was counted without seeing what it should hold. Minor units."""

    name = "billing.shift_closed"
    says = gettext_noop("Cash desk closed: counted %(counted)s, difference %(difference)s")
    shift_id: int
    desk_id: int
    counted: int
    expected: int
    currency: str

    def words(self) -> Mapping[str, object]:
        counted, expected = Money(self.counted, self.currency), Money(self.expected, self.currency)
        return {"counted": counted, "difference": counted - expected}


@dataclass(frozen=True, kw_only=True)
class CashMoved(Fact):
    """Cash went into (positive) or out of the drawer without a customer; `kind` is a code."""

    name = "billing.cash_moved"
    says = gettext_noop("%(kind)s: %(amount)s")
    desk_id: int
    amount: int
    currency: str
    kind: str

    def words(self) -> Mapping[str, object]:
        return {"kind": ENTRIES.get(self.kind, self.kind), "amount": Money(abs(self.amount), self.currency)}


@dataclass(frozen=True, kw_only=True)
class CashDeskArchived(Fact):
    """Money is taken at this cash desk no more."""

    name = "billing.cash_desk_archived"
    says = gettext_noop("Cash desk archived")
    desk_id: int


@dataclass(frozen=True, kw_only=True)
class CashDeskSet(Fact):
    """A cash desk was set up or changed; `columns` says which, never what."""

    name = "billing.cash_desk_set"
    says = gettext_noop("Cash desk set up")
    desk_id: int
    columns: tuple[str, ...]
