"""The frozen data of each form: what is printed, already in the customer's words, money and dates written out."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import ClassVar

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Pair = tuple[str, str]
Sum = tuple[str, str, bool]  # name, amount, whether it is the one that counts
Words = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Company:
    """Who stands at the head of the paper: name, then address and tax number as lines."""

    name: str
    lines: tuple[str, ...] = ()
    phone: str = ""
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A customer or a supplier."""

    name: str
    facts: tuple[Pair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unit:
    name: str
    facts: tuple[Pair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    name: str
    quantity: str = ""
    price: str = ""
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """What every form has. `language` is a code of settings.LANGUAGES, `logo` the SHA-256 of a stored picture."""

    code: ClassVar[str]
    papers: ClassVar[tuple[str, ...]] = ("a4",)
    words: ClassVar[Callable[[], Words]]

    paper: str
    language: str
    company: Company
    number: str
    issued: str
    qr: str = ""
    bar: str = ""
    qr_caption: str = ""
    subtitle: str = ""
    footer: str = ""
    logo: str = ""

    def as_json(self) -> dict[str, object]:
        """Plain data for the template, with the form's own words in its language."""
        with translation.override(self.language):
            words = type(self).words()
        codes = {name: {"qr": text} for name, text in (("qr", self.qr),) if text}
        codes |= {name: {"bar": text} for name, text in (("bar", self.bar),) if text}
        whole = {
            **asdict(self),
            "qr": None,
            "bar": None,
            **codes,
            "form": self.code,
            "lang": self.language,
            "title": words["title"],
            "words": words,
        }
        return plain(whole)


def plain(data: dict[str, object]) -> dict[str, object]:
    """The data as the database gives it back: lists for tuples, texts for what is translated late."""
    kept: dict[str, object] = json.loads(json.dumps(data, default=str))
    return kept


def _receipt_words() -> Words:
    return {
        "title": pgettext("form", "Intake receipt"),
        "number": _("Number"),
        "customer": _("Customer"),
        "unit": _("Unit"),
        "fault": _("Fault as described"),
        "looks": _("Looks"),
        "accessories": _("Accessories"),
        "checks": _("Checked at intake"),
        **_signature_words(),
    }


def _signature_words() -> Words:
    return {"sign_customer": _("Customer: signature"), "sign_us": _("For us: name, signature")}


def _work_order_words() -> Words:
    return _receipt_words() | {
        "title": pgettext("form", "Work order"),
        "notes": _("Notes"),
        "checks": _("Checklist"),
        "work_done": _("Work and parts"),
        "line": _("Work or part"),
        "quantity": _("Quantity"),
        "person": _("Done by"),
        "sign_engineer": _("Engineer: name, date, signature"),
        "sign_quality": _("Quality check: name, date, signature"),
    }


def _label_words() -> Words:
    return {"title": pgettext("form", "Labels")}


def _place_words() -> Words:
    return {"title": pgettext("form", "Place labels")}


def _quote_words() -> Words:
    return _money_words() | {"title": pgettext("form", "Quote"), "finding": _("What we found")}


def _act_words() -> Words:
    return _money_words() | {
        "title": pgettext("form", "Completion act"),
        "fault": _("Fault as described"),
        "finding": _("What we found"),
        "work_done": _("Work and parts"),
        "accessories": _("Handed over with"),
        "warranty": _("Warranty on this repair"),
    }


def _payment_words() -> Words:
    return _money_words() | {
        "title": pgettext("form", "Payment receipt"),
        "details": _("Payment"),
        "line": _("Paid for"),
        "sign_cashier": _("Received by: name, signature"),
    }


def _goods_words() -> Words:
    return {
        "title": pgettext("form", "Goods received"),
        "number": _("Number"),
        "supplier": _("Supplier"),
        "details": _("Delivery"),
        "line": _("Part"),
        "place": _("Place"),
        "quantity": _("Quantity"),
        "notes": _("Notes"),
        "sign_given": _("Handed over by"),
        "sign_received": _("Received by"),
    }


def _money_words() -> Words:
    return {
        "number": _("Number"),
        "customer": _("Customer"),
        "unit": _("Unit"),
        "line": _("Work or part"),
        "quantity": _("Quantity"),
        "price": _("Price"),
        "amount": _("Amount"),
        **_signature_words(),
    }


@dataclass(frozen=True, kw_only=True)
class ReceiptData(Form):
    """What was taken in, in what state, and what was agreed."""

    code = "receipt"
    papers = ("a4", "a5", "roll80")
    words = _receipt_words
    customer: Party
    unit: Unit
    fault: str = ""
    looks: str = ""
    accessories: tuple[str, ...] = ()
    checks: tuple[Pair, ...] = ()
    agreed: tuple[Pair, ...] = ()
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkOrderData(Form):
    """The sheet at the bench; `checks` and `lines` are to be ticked and filled in by hand."""

    code = "work_order"
    papers = ("a4", "a5")
    words = _work_order_words
    customer: Party
    unit: Unit
    fault: str = ""
    looks: str = ""
    notes: str = ""
    accessories: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    terms_of_work: tuple[Pair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Label:
    """One sticker: `code` in large type, what the symbols say, `index` such as 2/3 for accessories.

    Code 128 says `bar`, else the code itself.
    """

    code: str
    name: str
    qr: str
    bar: str = ""
    index: str = ""
    lines: tuple[str, ...] = ()


LABEL_SIZES = ("58x40", "62x29", "40x25", "100x50")


@dataclass(frozen=True, kw_only=True)
class LabelData(Form):
    """One page a sticker."""

    code = "label"
    papers = LABEL_SIZES
    words = _label_words
    labels: tuple[Label, ...]

    def as_json(self) -> dict[str, object]:
        labels = [
            plain(asdict(one)) | {"qr": {"qr": one.qr}, "bar": {"bar": one.bar or one.code}} for one in self.labels
        ]
        return super().as_json() | {"labels": labels}


@dataclass(frozen=True, kw_only=True)
class PlaceLabelData(LabelData):
    """Stickers for bins, shelves, benches and desks."""

    code = "place_label"
    words = _place_words


@dataclass(frozen=True, kw_only=True)
class Variant:
    name: str
    lines: tuple[Line, ...]
    totals: tuple[Sum, ...]
    tag: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class QuoteData(Form):
    code = "quote"
    words = _quote_words
    customer: Party
    unit: Unit
    variants: tuple[Variant, ...]
    finding: str = ""
    agreed: tuple[Pair, ...] = ()
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class ActData(Form):
    code = "act"
    words = _act_words
    customer: Party
    unit: Unit
    lines: tuple[Line, ...]
    totals: tuple[Sum, ...]
    fault: str = ""
    finding: str = ""
    accessories: tuple[str, ...] = ()
    warranty: str = ""
    agreed: tuple[Pair, ...] = ()
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class PaymentLine:
    name: str
    amount: str
    count: str = ""


@dataclass(frozen=True, kw_only=True)
class PaymentData(Form):
    code = "payment"
    papers = ("a4", "roll80")
    words = _payment_words
    customer: Party
    lines: tuple[PaymentLine, ...]
    totals: tuple[Sum, ...]
    facts: tuple[Pair, ...] = ()
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class GoodsLine:
    name: str
    number: str = ""
    place: str = ""
    quantity: str = ""


@dataclass(frozen=True, kw_only=True)
class GoodsNoteData(Form):
    code = "goods_note"
    words = _goods_words
    supplier: Party
    lines: tuple[GoodsLine, ...]
    totals: tuple[Sum, ...] = ()
    facts: tuple[Pair, ...] = ()
    notes: str = ""


SHAPES: dict[str, type[Form]] = {
    shape.code: shape
    for shape in (
        ReceiptData,
        WorkOrderData,
        LabelData,
        PlaceLabelData,
        QuoteData,
        ActData,
        PaymentData,
        GoodsNoteData,
    )
}
