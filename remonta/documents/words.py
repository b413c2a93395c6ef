"""The forms' own words, in the language that is active when they are asked for."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Words = dict[str, str]


def receipt_words() -> Words:
    """Of the intake receipt."""
    return {
        "title": pgettext("form", "Intake receipt"),
        "number": _("Number"),
        "customer": _("Customer"),
        "unit": _("Unit"),
        "fault": _("Fault as described"),
        "looks": _("Looks"),
        "accessories": _("Accessories"),
        "checks": _("Checked at intake"),
        **signature_words(),
    }


def signature_words() -> Words:
    """Under the lines where people sign."""
    return {"sign_customer": _("Customer: signature"), "sign_us": _("For us: name, signature")}


def work_order_words() -> Words:
    """Of the sheet at the bench."""
    return receipt_words() | {
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


def label_words() -> Words:
    """Of labels for units and accessories."""
    return {"title": pgettext("form", "Labels")}


def place_words() -> Words:
    """Of labels for places."""
    return {"title": pgettext("form", "Place labels")}


def quote_words() -> Words:
    """Of the quote."""
    return money_words() | {"title": pgettext("form", "Quote"), "finding": _("What we found")}


def act_words() -> Words:
    """Of the completion act."""
    return money_words() | {
        "title": pgettext("form", "Completion act"),
        "fault": _("Fault as described"),
        "finding": _("What we found"),
        "work_done": _("Work and parts"),
        "accessories": _("Handed over with"),
        "warranty": _("Warranty on this repair"),
    }


def payment_words() -> Words:
    """Of the receipt for money."""
    return money_words() | {
        "title": pgettext("form", "Payment receipt"),
        "details": _("Payment"),
        "line": _("Paid for"),
        "sign_cashier": _("Received by: name, signature"),
    }


def goods_words() -> Words:
    """Of the note of goods received."""
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


def purchase_words() -> Words:
    """Of an order at a supplier."""
    return goods_words() | {
        "title": pgettext("form", "Purchase order"),
        "details": _("Order"),
        "price": _("Price"),
        "amount": _("Amount"),
        "sign_given": _("Ordered by"),
    }


def supplier_return_words() -> Words:
    """Of the note that goes along with goods to their supplier."""
    return goods_words() | {
        "title": pgettext("form", "Return to the supplier"),
        "details": _("Return"),
        "reason": _("Reason"),
        "order": _("Order"),
        "warranty": _("Warranty until"),
    }


def picking_words() -> Words:
    """Of a picking list."""
    return goods_words() | {
        "title": pgettext("form", "Picking list"),
        "details": _("Picking list"),
        "place": _("Bin"),
        "order": _("Order"),
        "sign_given": _("Fetched by"),
    }


def transfer_note_words() -> Words:
    """Of the note that goes with parts to another centre."""
    return goods_words() | {
        "title": pgettext("form", "Transfer note"),
        "supplier": _("Receiver"),
        "details": _("Transfer"),
        "place": _("Bin"),
        "asked": _("Approved"),
        "quantity": _("Packed"),
        "received": _("Received"),
    }


def send_in_words() -> Words:
    """Of the document that a customer puts into the parcel."""
    return receipt_words() | {
        "title": pgettext("form", "Logistics document"),
        "target": _("Send the parcel to"),
        "sender": _("Sender"),
        "enclose": _("Please enclose"),
        "put_in": _("Print this page and put it on top inside the parcel."),
    }


def loan_words() -> Words:
    """Of the loan agreement."""
    return {
        "title": pgettext("form", "Loan agreement"),
        "number": _("Number"),
        "customer": _("Customer"),
        "unit": _("Lent device"),
        "condition": _("Condition"),
        "accessories": _("Accessories"),
        "returned": _("Returned"),
        **signature_words(),
    }


def sales_note_words() -> Words:
    """Of the note of parts that were issued and are paid for."""
    return {
        "title": pgettext("form", "Sales issue note"),
        "number": _("Number"),
        "customer": _("Customer"),
        "unit": _("Unit"),
        "details": _("Details"),
        "line": _("Part"),
        "quantity": _("Quantity"),
        "terms": _("Who pays"),
        "price": _("Price"),
        "amount": _("Amount"),
        "sign_given": _("Handed over by"),
        "sign_received": _("Received by"),
    }


def issue_note_words() -> Words:
    """Of the note of parts that were issued and nobody pays for."""
    return sales_note_words() | {"title": pgettext("form", "Other issue note")}


def waybill_words() -> Words:
    """Of the waybill."""
    return {
        "title": pgettext("form", "Waybill"),
        "number": _("Number"),
        "sender": _("Sender"),
        "receiver": _("Receiver"),
        "line": _("Device"),
        "serial": _("Serial number"),
        "order": _("Order"),
        "task": _("To be done"),
        "quantity": _("Quantity"),
        "notes": _("Notes"),
        "sign_given": _("Handed over by"),
        "sign_carrier": _("Carrier: name, signature"),
        "sign_received": _("Received by"),
    }


def packing_words() -> Words:
    """Of the packing list."""
    return waybill_words() | {"title": pgettext("form", "Packing list")}


def transfer_words() -> Words:
    """Of the acceptance and transfer act."""
    return waybill_words() | {
        "title": pgettext("form", "Acceptance and transfer act"),
        "differences": _("Differences"),
        "none": _("None were found."),
    }


def invoice_words() -> Words:
    """Of the invoice."""
    return money_words() | {
        "title": pgettext("form", "Invoice"),
        "seller": _("Seller"),
        "buyer": _("Buyer"),
        "details": _("Payment"),
        "tax": _("Tax"),
        "net": _("Net"),
        "gross": _("Gross"),
        "rate": _("Rate"),
    }


def money_words() -> Words:
    """Of every form with priced lines."""
    return {
        "number": _("Number"),
        "customer": _("Customer"),
        "unit": _("Unit"),
        "line": _("Work or part"),
        "quantity": _("Quantity"),
        "price": _("Price"),
        "amount": _("Amount"),
        **signature_words(),
    }
