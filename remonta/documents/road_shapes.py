"""The frozen data of the papers that travel with things, and of those that say that things are gone."""

from dataclasses import dataclass

from remonta.documents.form import Form, Pair, Party, Sum, Unit
from remonta.documents.road_words import claim_words, pro_forma_words, return_note_words, write_off_words
from remonta.documents.words import packing_words, transfer_words, waybill_words


@dataclass(frozen=True, kw_only=True)
class FreightLine:
    """One thing in a batch: a unit with its serial number and order, or a sealed batch."""

    name: str
    serial: str = ""
    order: str = ""
    task: str = ""
    quantity: str = "1"


@dataclass(frozen=True, kw_only=True)
class WaybillData(Form):
    """Who sends what to whom, by which carrier."""

    code = "waybill"
    words = waybill_words
    sender: Party
    receiver: Party
    lines: tuple[FreightLine, ...]
    totals: tuple[Sum, ...] = ()
    agreed: tuple[Pair, ...] = ()
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class PackingListData(WaybillData):
    """What lies in the batch, to be ticked at the other end."""

    code = "packing_list"
    words = packing_words


@dataclass(frozen=True, kw_only=True)
class TransferActData(WaybillData):
    """That these things were handed over and accepted; `differences` are what was not as written."""

    code = "transfer_act"
    words = transfer_words
    differences: tuple[Pair, ...] = ()
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnNoteData(WaybillData):
    """What goes back to whom it came from; `task` of a line is what was done with it."""

    code = "return_note"
    words = return_note_words


@dataclass(frozen=True, kw_only=True)
class CustomsLine(FreightLine):
    """One kind of thing as customs ask for it; weight and amounts are written out."""

    hs_code: str = ""
    origin: str = ""
    weight: str = ""
    value: str = ""
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class ProFormaData(WaybillData):
    """What a batch is worth, for customs alone."""

    code = "pro_forma"
    words = pro_forma_words
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class WriteOffLine:
    """So much of a part that is gone: from where, why, when, and which piece or batch."""

    number: str
    name: str
    serial: str = ""
    place: str = ""
    cause: str = ""
    day: str = ""
    quantity: str = ""


@dataclass(frozen=True, kw_only=True)
class WriteOffData(Form):
    """That these things were thrown away; `facts` are the centre and who asked for the act."""

    code = "write_off"
    words = write_off_words
    lines: tuple[WriteOffLine, ...]
    facts: tuple[Pair, ...] = ()
    terms: str = ""
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimCase:
    """One unit of a claim: what is asked, what the customer said, what was found, built in, and enclosed."""

    unit: Unit
    order: str = ""
    task: str = ""
    fault: str = ""
    found: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClaimData(Form):
    """A claim to a maker, with the evidence of each unit."""

    code = "claim"
    words = claim_words
    sender: Party
    receiver: Party
    cases: tuple[ClaimCase, ...]
    notes: str = ""
