"""The frozen data of forms that the counter hands out beside the repair itself: the loan agreement."""

from dataclasses import dataclass

from remonta.documents.shapes import SHAPES, Form, Pair, Party, Unit
from remonta.documents.words import loan_words


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


SHAPES.update({shape.code: shape for shape in (LoanAgreementData,)})
