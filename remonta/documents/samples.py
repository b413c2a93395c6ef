"""Data that looks like a day's work, for previews and for trying a template before it is saved."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from remonta.documents import shapes
from remonta.documents.counter_shapes import IssuedLine, IssueNoteData, LoanAgreementData, SalesNoteData
from remonta.documents.sample_cast import CASTS, Cast
from remonta.documents.written import day, moment, money
from remonta.kernel.money import Money
from remonta.stock.workflow import WriteOffCause

NOON = datetime(2026, 3, 2, 11, 40, tzinfo=UTC)
NUMBER = "KRK-000417"
Head = dict[str, Any]
LINK = "https://example.org/s/7Hq2mZpX4tWc9vKd"


def sample(code: str, language: str = "en", paper: str = "") -> dict[str, object]:
    """Frozen data of that form as `issue_document` would keep it."""
    return sample_form(code, language, paper).as_json()


def sample_form(code: str, language: str = "en", paper: str = "") -> shapes.Form:
    """The same as a dataclass, for tests that change a field."""
    with translation.override(language):
        return MAKERS[code](CASTS[language], _head(CASTS[language], paper or shapes.SHAPES[code].papers[0]))


def _head(cast: Cast, paper: str) -> Head:
    company = shapes.Company(
        name=cast.company, lines=(cast.street, cast.tax), phone=cast.phone, site="northgate.example"
    )
    return {
        "paper": paper,
        "language": cast.language,
        "company": company,
        "number": NUMBER,
        "issued": moment(NOON, cast.language),
        "qr": LINK,
        "bar": NUMBER,
        "qr_caption": _("Scan to follow your repair"),
    }


def _customer(cast: Cast) -> shapes.Party:
    return shapes.Party(name=cast.customer, facts=((_("Phone"), cast.home),))


def _unit(cast: Cast) -> shapes.Unit:
    return shapes.Unit(name=cast.unit, facts=((_("Serial number"), "FD 9803 00417"), (_("Bought"), "2022-11-05")))


def _price(cast: Cast, minor: int) -> str:
    return money(Money(minor, cast.currency), cast.language)


def _receipt(cast: Cast, head: Head) -> shapes.Form:
    agreed = (
        (_("Estimate"), _price(cast, 32000)),
        (_("Allowed without asking"), _price(cast, 40000)),
        (_("Deposit paid"), _price(cast, 5000)),
        (_("Ready by"), day(NOON, cast.language)),
    )
    said: Head = {"fault": cast.fault, "looks": cast.looks, "checks": cast.checks}
    terms = _("Please keep this receipt; the unit is handed over against it. We store your data only for this repair.")
    return shapes.ReceiptData(
        **head,
        customer=_customer(cast),
        unit=_unit(cast),
        accessories=cast.parts,
        agreed=agreed,
        terms=terms,
        **said,
    )


def _work_order(cast: Cast, head: Head) -> shapes.Form:
    work = tuple(shapes.Line(name=name, quantity="1") for name in cast.work[:2])
    facts = ((_("Ready by"), day(NOON, cast.language)), (_("Place"), "B-03"), (_("Engineer"), cast.person))
    checks = tuple(name for name, _state in cast.checks)
    said: Head = {"fault": cast.fault, "looks": cast.looks, "accessories": cast.parts}
    return shapes.WorkOrderData(
        **head, customer=_customer(cast), unit=_unit(cast), checks=checks, lines=work, terms_of_work=facts, **said
    )


def _label(cast: Cast, head: Head) -> shapes.Form:
    things = (cast.unit, *cast.parts[:2])
    labels = tuple(
        shapes.Label(
            code=NUMBER if at == 1 else f"{NUMBER}-{at}",
            name=name,
            qr=LINK,
            index="" if at == 1 else f"{at - 1}/{len(things) - 1}",
            lines=(cast.customer, day(NOON, cast.language), cast.fault if at == 1 else ""),
        )
        for at, name in enumerate(things, start=1)
    )
    return shapes.LabelData(**head, labels=labels)


def _place_label(cast: Cast, head: Head) -> shapes.Form:
    labels = tuple(shapes.Label(code=f"B-0{at}", name=cast.company, qr=f"B-0{at}") for at in (1, 2))
    return shapes.PlaceLabelData(**head, labels=labels)


def _lines(cast: Cast) -> tuple[shapes.Line, ...]:
    prices = (6000, 12000, 14000)
    return tuple(
        shapes.Line(name=name, quantity="1", price=_price(cast, price), amount=_price(cast, price))
        for name, price in zip(cast.work, prices, strict=True)
    )


def _quote(cast: Cast, head: Head) -> shapes.Form:
    extra = shapes.Line(name=cast.better, quantity="1", price=_price(cast, 9000), amount=_price(cast, 9000))
    needed = shapes.Variant(name=_("Necessary"), lines=_lines(cast), totals=((_("Total"), _price(cast, 32000), True),))
    better = shapes.Variant(
        name=_("Recommended"),
        lines=(*_lines(cast), extra),
        totals=((_("Total"), _price(cast, 41000), True),),
        tag=_("our advice"),
    )
    agreed = ((_("Valid until"), day(NOON, cast.language)), (_("Deposit paid"), _price(cast, 5000)))
    return shapes.QuoteData(
        **head,
        customer=_customer(cast),
        unit=_unit(cast),
        variants=(needed, better),
        finding=cast.finding,
        agreed=agreed,
    )


def _act(cast: Cast, head: Head) -> shapes.Form:
    totals = (
        (_("Total"), _price(cast, 32000), True),
        (_("Paid"), _price(cast, 32000), False),
        (_("Owed"), _price(cast, 0), False),
    )
    said: Head = {"fault": cast.fault, "finding": cast.finding, "accessories": cast.parts}
    warranty = _("6 months on the work and on the parts that were put in.")
    return shapes.ActData(
        **head,
        customer=_customer(cast),
        unit=_unit(cast),
        lines=_lines(cast),
        totals=totals,
        warranty=warranty,
        **said,
    )


def _payment(cast: Cast, head: Head) -> shapes.Form:
    lines = (shapes.PaymentLine(name=f"{cast.unit}, {NUMBER}", count="1", amount=_price(cast, 27000)),)
    totals = (
        (_("Paid"), _price(cast, 27000), True),
        (_("Cash"), _price(cast, 30000), False),
        (pgettext("money", "Change"), _price(cast, 3000), False),
    )
    facts = ((_("Cashier"), cast.person), (_("Means"), _("Cash")))
    return shapes.PaymentData(**head, customer=_customer(cast), lines=lines, totals=totals, facts=facts)


def _goods_note(cast: Cast, head: Head) -> shapes.Form:
    lines = tuple(
        shapes.GoodsLine(number=f"1652{at}1", name=cast.work[2], place=f"A-{at:02}", quantity=str(at))
        for at in range(1, 6)
    )
    supplier = shapes.Party(name=cast.company, facts=((_("Tax number"), cast.tax),))
    facts = ((_("Supplier’s document"), "DN 1184/26"), (_("Received"), moment(NOON, cast.language)))
    return shapes.GoodsNoteData(**head, supplier=supplier, lines=lines, facts=facts)


def _picking_list(cast: Cast, head: Head) -> shapes.Form:
    lines = tuple(
        shapes.PickedLine(
            number=f"1652{at}1", name=cast.work[2], place=f"A-{at:02}", quantity="1", order=f"KRK-00012{at}"
        )
        for at in range(1, 4)
    )
    return shapes.PickingListData(**head, lines=lines, facts=((_("Made"), moment(NOON, cast.language)),))


def _transfer_note(cast: Cast, head: Head) -> shapes.Form:
    lines = tuple(
        shapes.TransferNoteLine(number=f"1652{at}1", name=cast.work[2], place=f"A-{at:02}", asked="5", quantity=str(at))
        for at in range(1, 4)
    )
    facts = ((_("From"), cast.company), (_("To"), cast.street), (_("Sent"), moment(NOON, cast.language)))
    return shapes.TransferNoteData(**head, supplier=shapes.Party(name=cast.company), lines=lines, facts=facts)


def _purchase_order(cast: Cast, head: Head) -> shapes.Form:
    price, amount = _price(cast, 4210), _price(cast, 42100)
    lines = tuple(
        shapes.OrderedLine(number=f"SZ-77{at}", name=cast.work[2], quantity="10", price=price, amount=amount)
        for at in range(1, 4)
    )
    supplier = shapes.Party(name=cast.company, facts=((_("Tax number"), cast.tax),))
    facts = ((_("Deliver to"), cast.street), (_("Wanted by"), day(NOON, cast.language)))
    totals = ((_("Total"), _price(cast, 126300), True),)
    return shapes.PurchaseOrderData(**head, supplier=supplier, lines=lines, facts=facts, totals=totals)


def _supplier_return(cast: Cast, head: Head) -> shapes.Form:
    said = {"reason": _("failed"), "order": "KRK-P00012", "warranty": day(NOON, cast.language)}
    line = shapes.SentBackLine(number="SZ-771", name=cast.work[2], quantity="2", **said)
    supplier = shapes.Party(name=cast.company, facts=((_("Tax number"), cast.tax),))
    facts = ((_("Carrier"), "Northline"), (_("Tracking number"), "NL 551 209 44"))
    return shapes.SupplierReturnData(**head, supplier=supplier, lines=(line,), facts=facts)


def _invoice(cast: Cast, head: Head) -> shapes.Form:
    rows = zip(cast.work, (6000, 12000, 14000), strict=True)
    lines = tuple(
        shapes.InvoiceLine(name=name, quantity="1", price=_price(cast, price), tax="23 %", amount=_price(cast, price))
        for name, price in rows
    )
    net, tax, gross = (_price(cast, minor) for minor in (26016, 5984, 32000))
    seller = shapes.Party(name=cast.company, facts=((_("Address"), cast.street), (_("Tax number"), cast.tax)))
    return shapes.InvoiceData(
        **head,
        seller=seller,
        buyer=_customer(cast),
        lines=lines,
        taxes=(shapes.TaxLine(rate="23 %", net=net, tax=tax, gross=gross),),
        totals=((_("Total"), gross, True),),
        facts=((_("Work order"), NUMBER), (_("Bank account"), "61 1090 1014 0000 0712 1981 2874")),
    )


def _send_in(cast: Cast, head: Head) -> shapes.Form:
    target = shapes.Party(name=cast.company, facts=((_("Address"), cast.street), (_("Phone"), cast.phone)))
    agreed = ((_("Your request"), NUMBER), (_("Please send by"), day(NOON, cast.language)))
    said: Head = {"fault": cast.fault, "enclose": cast.parts, "agreed": agreed, "target": target}
    return shapes.SendInData(**head, customer=_customer(cast), unit=_unit(cast), **said)


def _loan_agreement(cast: Cast, head: Head) -> shapes.Form:
    agreed = (
        (_("Your repair"), NUMBER),
        (_("To be returned by"), day(NOON, cast.language)),
        (_("Deposit"), _price(cast, 20000)),
        (_("Value"), _price(cast, 80000)),
    )
    said: Head = {"condition": cast.looks, "accessories": cast.parts, "agreed": agreed, "terms": cast.fault}
    return LoanAgreementData(**head, customer=_customer(cast), unit=_unit(cast), **said)


def _sales_note(cast: Cast, head: Head) -> shapes.Form:
    price = _price(cast, 14000)
    lines = (IssuedLine(number="16521", name=cast.work[2], quantity="1", price=price, amount=price),)
    facts = ((_("Issued by"), cast.person),)
    said: Head = {"lines": lines, "totals": ((_("Total"), price, True),), "facts": facts}
    return SalesNoteData(**head, customer=_customer(cast), unit=_unit(cast), **said)


def _issue_note(cast: Cast, head: Head) -> shapes.Form:
    lines = (IssuedLine(number="16521", name=cast.work[2], quantity="1", terms=_("under warranty")),)
    facts = ((_("Issued by"), cast.person),)
    return IssueNoteData(**head, customer=_customer(cast), unit=_unit(cast), lines=lines, facts=facts)


def _freight(cast: Cast) -> Head:
    lines = tuple(
        shapes.FreightLine(name=cast.unit, serial=f"FD 9803 0041{at}", order=f"KRK-00041{at}", task=cast.work[0])
        for at in range(1, 4)
    )
    sender = shapes.Party(name=cast.company, facts=((_("Address"), cast.street), (_("Phone"), cast.phone)))
    receiver = shapes.Party(name=cast.person, facts=((_("Address"), cast.street),))
    agreed = ((_("Carrier"), "Northline"), (_("Tracking number"), "NL 551 209 44"), (_("Seal"), "S-1184"))
    totals = ((_("Things"), "3", True),)
    return {"lines": lines, "sender": sender, "receiver": receiver, "agreed": agreed, "totals": totals}


def _waybill(cast: Cast, head: Head) -> shapes.Form:
    return shapes.WaybillData(**head, **_freight(cast))


def _packing_list(cast: Cast, head: Head) -> shapes.Form:
    return shapes.PackingListData(**head, **_freight(cast), notes=cast.looks)


def _transfer_act(cast: Cast, head: Head) -> shapes.Form:
    return shapes.TransferActData(**head, **_freight(cast), differences=((_("damaged"), cast.looks),))


def _shipment_label(cast: Cast, head: Head) -> shapes.Form:
    lines = (cast.street, cast.home, cast.unit)
    one = shapes.Label(code=NUMBER, name=cast.customer, qr=LINK, bar=NUMBER, index="1 / 2", lines=lines)
    return shapes.ShipmentLabelData(**head, labels=(one, one))


def _return_note(cast: Cast, head: Head) -> shapes.Form:
    return shapes.ReturnNoteData(**head, **_freight(cast), notes=cast.looks)


def _pro_forma(cast: Cast, head: Head) -> shapes.Form:
    price = _price(cast, 4500)
    line = shapes.CustomsLine(name=cast.unit, serial="FD 9803 00411", hs_code="8422.11", origin="DE", weight="38.5 kg")
    priced = replace(line, value=price, amount=price)
    totals = ((_("Weight"), "38.5 kg", False), (_("Total"), price, True))
    return shapes.ProFormaData(**head, **{**_freight(cast), "lines": (priced,), "totals": totals}, terms=cast.looks)


def _claim(cast: Cast, head: Head) -> shapes.Form:
    freight = _freight(cast)
    case = shapes.ClaimCase(unit=_unit(cast), order=NUMBER, task=cast.work[1], fault=cast.fault, found=(cast.finding,))
    whole = replace(case, parts=cast.parts[:1], files=("photo-1.jpg", "photo-2.jpg"))
    return shapes.ClaimData(**head, sender=freight["sender"], receiver=freight["receiver"], cases=(whole,))


def _write_off(cast: Cast, head: Head) -> shapes.Form:
    why, gone = WriteOffCause.DAMAGED.label, day(NOON, cast.language)
    said = {"name": cast.parts[0], "place": "A-01-02", "cause": str(why), "day": gone, "quantity": "2"}
    line = shapes.WriteOffLine(number="165261", **said)
    return shapes.WriteOffData(**head, lines=(line,), facts=((_("Centre"), cast.company),), terms=cast.looks)


MAKERS = {
    "receipt": _receipt,
    "work_order": _work_order,
    "label": _label,
    "place_label": _place_label,
    "quote": _quote,
    "act": _act,
    "payment": _payment,
    "goods_note": _goods_note,
    "purchase_order": _purchase_order,
    "supplier_return": _supplier_return,
    "transfer_note": _transfer_note,
    "picking_list": _picking_list,
    "invoice": _invoice,
    "send_in": _send_in,
    "loan_agreement": _loan_agreement,
    "sales_note": _sales_note,
    "issue_note": _issue_note,
    "waybill": _waybill,
    "packing_list": _packing_list,
    "transfer_act": _transfer_act,
    "shipment_label": _shipment_label,
    "return_note": _return_note,
    "pro_forma": _pro_forma,
    "write_off": _write_off,
    "claim": _claim,
}
