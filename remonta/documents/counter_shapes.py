"""The frozen data of forms that the counter hands out beside the repair itself: loan agreement, issue notes."""

from dataclasses import dataclass

from remonta.documents.shapes import SHAPES, Form, Pair, Party, Sum, Unit
from remonta.documents.words import issue_note_words, loan_words, sales_note_words


@dataclass(frozen=True, kw_only=True)
class IssuedLine:
    """A part that went to the repair; `terms` only where it is not paid, prices only where it is."""

    number: str
    name: str
    quantity: str
    terms: str = ""
    price: str = ""
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class LoanAgreementData(Form):
    """What is lent to whom, in what state, with what, until when, and against which deposit."""

    code = "loan_agreement"
    papers = ("a4", "a5")
    words = loan_words
    customer: Party
    unit: Unit
    condition: str = ""
    accessories: tuple[str, ...] = ()
    agreed: tuple[Pair, ...] = ()
    returned: tuple[Pair, ...] = ()
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class SalesNoteData(Form):
    """Parts issued to a repair that the customer pays for."""

    code = "sales_note"
    words = sales_note_words
    customer: Party
    unit: Unit
    lines: tuple[IssuedLine, ...]
    totals: tuple[Sum, ...] = ()
    facts: tuple[Pair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IssueNoteData(SalesNoteData):
    """Parts issued to a repair under warranty or free of charge: on which terms, without prices."""

    code = "issue_note"
    words = issue_note_words


SHAPES.update({shape.code: shape for shape in (LoanAgreementData, SalesNoteData, IssueNoteData)})
