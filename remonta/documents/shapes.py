"""The frozen data of each form: what is printed, already in the customer's words, money and dates written out."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import ClassVar

from remonta.documents.form import Company as Company
from remonta.documents.form import Form as Form
from remonta.documents.form import Line as Line
from remonta.documents.form import Pair as Pair
from remonta.documents.form import Party as Party
from remonta.documents.form import Sum as Sum
from remonta.documents.form import Unit as Unit
from remonta.documents.form import plain
from remonta.documents.road_shapes import ClaimCase as ClaimCase
from remonta.documents.road_shapes import ClaimData as ClaimData
from remonta.documents.road_shapes import CustomsLine as CustomsLine
from remonta.documents.road_shapes import FreightLine as FreightLine
from remonta.documents.road_shapes import PackingListData as PackingListData
from remonta.documents.road_shapes import ProFormaData as ProFormaData
from remonta.documents.road_shapes import ReturnNoteData as ReturnNoteData
from remonta.documents.road_shapes import TransferActData as TransferActData
from remonta.documents.road_shapes import WaybillData as WaybillData
from remonta.documents.road_shapes import WriteOffData as WriteOffData
from remonta.documents.road_shapes import WriteOffLine as WriteOffLine
from remonta.documents.road_words import shipment_label_words
from remonta.documents.words import (
    act_words,
    goods_words,
    invoice_words,
    label_words,
    payment_words,
    picking_words,
    place_words,
    purchase_words,
    quote_words,
    receipt_words,
    send_in_words,
    supplier_return_words,
    transfer_note_words,
    work_order_words,
)


@dataclass(frozen=True, kw_only=True)
class ReceiptData(Form):
    """What was taken in, in what state, and what was agreed."""

    code = "receipt"
    papers = ("a4", "a5", "roll80")
    words = receipt_words
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
    words = work_order_words
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
    has_head = False
    papers: ClassVar[tuple[str, ...]] = LABEL_SIZES
    words = label_words
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
    words = place_words


@dataclass(frozen=True, kw_only=True)
class ShipmentLabelData(LabelData):
    """Stickers for what our own drivers carry, one a piece."""

    code = "shipment_label"
    papers = ("100x50", "58x40")
    words = shipment_label_words


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One way to repair, with its own sum; `tag` is set beside the name."""

    name: str
    lines: tuple[Line, ...]
    totals: tuple[Sum, ...]
    tag: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class QuoteData(Form):
    """What the work would cost, each variant by itself."""

    code = "quote"
    words = quote_words
    customer: Party
    unit: Unit
    variants: tuple[Variant, ...]
    finding: str = ""
    agreed: tuple[Pair, ...] = ()
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class ActData(Form):
    """What was done, what it costs, and that the unit was handed over."""

    code = "act"
    words = act_words
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
    """What was paid for."""

    name: str
    amount: str
    count: str = ""


@dataclass(frozen=True, kw_only=True)
class PaymentData(Form):
    """Money taken or paid back."""

    code = "payment"
    papers = ("a4", "roll80")
    words = payment_words
    customer: Party
    lines: tuple[PaymentLine, ...]
    totals: tuple[Sum, ...]
    facts: tuple[Pair, ...] = ()
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class GoodsLine:
    """A part that came in, and the bin it went to."""

    name: str
    number: str = ""
    place: str = ""
    quantity: str = ""


@dataclass(frozen=True, kw_only=True)
class GoodsNoteData(Form):
    """What a supplier brought."""

    code = "goods_note"
    words = goods_words
    supplier: Party
    lines: tuple[GoodsLine, ...]
    totals: tuple[Sum, ...] = ()
    facts: tuple[Pair, ...] = ()
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderedLine(GoodsLine):
    """A part that is bought; `number` is the supplier's own."""

    price: str = ""
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class PurchaseOrderData(GoodsNoteData):
    """What we order at a supplier, with its own numbers and prices."""

    code = "purchase_order"
    words = purchase_words


@dataclass(frozen=True, kw_only=True)
class SentBackLine(GoodsLine):
    """A part that goes back: why, by which order it came, and until when its supplier answers for it."""

    reason: str = ""
    order: str = ""
    warranty: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplierReturnData(GoodsNoteData):
    """What goes back to a supplier."""

    code = "supplier_return"
    words = supplier_return_words


@dataclass(frozen=True, kw_only=True)
class PickedLine(GoodsLine):
    """A part that is fetched from its bin for an order."""

    order: str = ""


@dataclass(frozen=True, kw_only=True)
class PickingListData(Form):
    """What is fetched on one walk, bin by bin."""

    code = "picking_list"
    words = picking_words
    lines: tuple[PickedLine, ...]
    facts: tuple[Pair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TransferNoteLine(GoodsLine):
    """A part that goes to another centre; `place` is the bin it is taken from."""

    asked: str = ""
    received: str = ""


@dataclass(frozen=True, kw_only=True)
class TransferNoteData(GoodsNoteData):
    """Parts that go from one centre to another; `supplier` is who receives them."""

    code = "transfer_note"
    words = transfer_note_words


@dataclass(frozen=True, kw_only=True)
class InvoiceLine:
    """One line of an invoice, tax included."""

    name: str
    quantity: str = ""
    price: str = ""
    tax: str = ""
    amount: str = ""


@dataclass(frozen=True)
class TaxLine:
    """What was invoiced at one rate."""

    rate: str
    net: str
    tax: str
    gross: str


@dataclass(frozen=True, kw_only=True)
class InvoiceData(Form):
    """The contents billing has frozen, written out."""

    code = "invoice"
    words = invoice_words
    seller: Party
    buyer: Party
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[TaxLine, ...]
    totals: tuple[Sum, ...]
    facts: tuple[Pair, ...] = ()
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class SendInData(Form):
    """What the customer puts into the parcel; `target` is where it is sent, `enclose` what belongs into it."""

    code = "send_in"
    words = send_in_words
    customer: Party
    unit: Unit
    target: Party
    fault: str = ""
    enclose: tuple[str, ...] = ()
    agreed: tuple[Pair, ...] = ()
    terms: str = ""


def _each(kind: type[Form]) -> Iterator[type[Form]]:
    for shape in kind.__subclasses__():
        yield shape
        yield from _each(shape)


SHAPES: dict[str, type[Form]] = {shape.code: shape for shape in _each(Form)}
