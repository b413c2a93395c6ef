"""The words of the papers that travel with things, and of those that say that things are gone."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from remonta.documents.words import Words, waybill_words


def return_note_words() -> Words:
    """Of the note that goes along with what comes back."""
    return waybill_words() | {"title": pgettext("form", "Return note"), "task": _("What was done")}


def pro_forma_words() -> Words:
    """Of the pro forma invoice for customs."""
    return waybill_words() | {
        "title": pgettext("form", "Pro forma invoice for customs"),
        "line": _("Goods"),
        "hs_code": _("HS code"),
        "origin": _("Origin"),
        "weight": _("Weight"),
        "value": _("Value of one"),
        "amount": _("Amount"),
        "sign_given": _("Name, date, signature of the sender"),
    }


def write_off_words() -> Words:
    """Of the act that things were thrown away."""
    return {
        "title": pgettext("form", "Write-off act"),
        "number": _("Number"),
        "line": _("Part"),
        "serial": _("Serial number or batch"),
        "place": _("From"),
        "cause": _("Why"),
        "day": _("Day"),
        "quantity": _("Quantity"),
        "details": _("Details"),
        "notes": _("Notes"),
        "sign_given": _("Storekeeper"),
        "sign_received": _("Head of the centre"),
        "sign_third": _("Member of the commission"),
    }


def shipment_label_words() -> Words:
    """Of the stickers for our own drivers."""
    return {"title": pgettext("form", "Labels of shipments"), "from": _("From")}


def claim_words() -> Words:
    """Of the claim to a maker."""
    return {
        "title": pgettext("form", "Claim to the maker"),
        "number": _("Number"),
        "sender": _("Sender"),
        "receiver": _("Receiver"),
        "unit": _("Unit"),
        "order": _("Order"),
        "task": _("What we ask for"),
        "fault": _("What is wrong"),
        "found": _("What was found"),
        "parts": _("Parts built in"),
        "files": _("Enclosed"),
        "notes": _("Notes"),
        "sign_given": _("Name, date, signature of the sender"),
    }
