"""What quotes tells the rooms above."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.kernel.money import Money
from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class QuoteFact(Fact):
    """Everything said about a quote names it and its work order."""

    work_order_id: int
    quote_id: int


@dataclass(frozen=True, kw_only=True)
class QuoteWritten(QuoteFact):
    """A version of an offer was written; the versions before are replaced."""

    name = "quotes.written"
    says = gettext_noop("Quote written, version %(version)s")
    number: int

    def words(self) -> Mapping[str, object]:
        return {"version": self.number}


@dataclass(frozen=True, kw_only=True)
class QuoteSent(QuoteFact):
    """The customer is asked; `necessary` and `whole` are minor units of both variants."""

    name = "quotes.sent"
    says = gettext_noop("Quote sent: %(necessary)s, with what is recommended %(whole)s")
    necessary: int
    whole: int
    currency: str

    def words(self) -> Mapping[str, object]:
        return {"necessary": Money(self.necessary, self.currency), "whole": Money(self.whole, self.currency)}


@dataclass(frozen=True, kw_only=True)
class QuoteApproved(QuoteFact):
    """The customer accepts lines worth `total` minor units: the green light for work. `means` is a code."""

    name = "quotes.approved"
    says = gettext_noop("Quote approved: %(total)s")
    total: int
    currency: str
    means: str

    def words(self) -> Mapping[str, object]:
        return {"total": Money(self.total, self.currency)}


@dataclass(frozen=True, kw_only=True)
class QuoteDeclined(QuoteFact):
    """The customer does not want it: work stops, the unit goes back."""

    name = "quotes.declined"
    says = gettext_noop("Quote declined")
    means: str


class QuoteReplaced(QuoteFact):
    """A newer version stands in its place."""

    name = "quotes.replaced"
    says = gettext_noop("Quote replaced by a newer version")


class QuoteExpired(QuoteFact):
    """Nobody answered in time."""

    name = "quotes.expired"
    says = gettext_noop("Quote expired without an answer")
