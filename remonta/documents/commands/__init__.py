"""Issuing documents, filling forms from the rooms below, and keeping templates."""

from remonta.documents.commands.claims import NothingToClaim, gather_claim
from remonta.documents.commands.goods import print_goods_note
from remonta.documents.commands.issue_notes import NothingIssued, print_issue_note
from remonta.documents.commands.issuing import NoSuchForm, issue_document
from remonta.documents.commands.loans import print_loan
from remonta.documents.commands.logos import LogoUnclear, remove_logo, set_logo
from remonta.documents.commands.money import print_act, print_invoice, print_payment
from remonta.documents.commands.orders import print_labels, print_receipt, print_work_order
from remonta.documents.commands.picking import print_picking
from remonta.documents.commands.places import NoPlaces, print_place_labels
from remonta.documents.commands.purchases import NoAddress, print_purchase, send_purchase_by_mail
from remonta.documents.commands.quotes import QuoteNotSent, print_quote
from remonta.documents.commands.road import NotAccepted, NotDeclared, print_batch, print_send_in
from remonta.documents.commands.sent_back import print_supplier_return
from remonta.documents.commands.shipments import LabelOfCourier, print_shipment_label
from remonta.documents.commands.templates import OneLayer, TemplateTooLong, restore_builtin, save_template
from remonta.documents.commands.transfers import print_transfer
from remonta.documents.commands.written_off import NothingChosen, print_write_off

__all__ = [
    "LabelOfCourier",
    "LogoUnclear",
    "NoAddress",
    "NoPlaces",
    "NoSuchForm",
    "NotAccepted",
    "NotDeclared",
    "NothingChosen",
    "NothingIssued",
    "NothingToClaim",
    "OneLayer",
    "QuoteNotSent",
    "TemplateTooLong",
    "gather_claim",
    "issue_document",
    "print_act",
    "print_batch",
    "print_goods_note",
    "print_invoice",
    "print_issue_note",
    "print_labels",
    "print_loan",
    "print_payment",
    "print_picking",
    "print_place_labels",
    "print_purchase",
    "print_quote",
    "print_receipt",
    "print_send_in",
    "print_shipment_label",
    "print_supplier_return",
    "print_transfer",
    "print_work_order",
    "print_write_off",
    "remove_logo",
    "restore_builtin",
    "save_template",
    "send_purchase_by_mail",
    "set_logo",
]
