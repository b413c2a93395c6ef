"""Codes of this room in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerKind(models.TextChoices):
    CUSTOMER = "customer", _("customer")
    CASH = "cash", _("cash desk")
    SAFE = "safe", _("safe")
    CARD = "card", _("card terminal")
    BANK = "bank", _("bank")
    INCOME = "income", _("income")
    TAX = "tax", _("tax")
    ROUNDING = "rounding", _("rounding")
    EXPENSE = "expense", _("expenses")
    DIFFERENCE = "difference", _("cash difference")
    PLEDGE = "pledge", _("deposits for loaners")


class Method(models.TextChoices):
    CASH = "cash", _("cash")
    CARD = "card", _("card")
    TRANSFER = "transfer", _("transfer")
    CREDIT = "credit", _("customer’s credit")
    NONE = "none", _("nothing paid out")


class Purpose(models.TextChoices):
    PAYMENT = "payment", _("payment")
    DEPOSIT = "deposit", _("deposit")
    REFUND = "refund", _("refund")
    PLEDGE = "pledge", _("deposit for a loaner")
    KEPT = "kept", _("kept for damage")


NOT_REFUNDED = (Purpose.REFUND, Purpose.KEPT)
OF_PLEDGES = (Purpose.PLEDGE, Purpose.KEPT)
"""What is taken as security beside what the order costs: it pays nothing."""
PAID_BY = tuple((way.value, way.label) for way in Method if way != Method.NONE)


class Series(models.TextChoices):
    INVOICE = "INV", _("invoice")
    CORRECTION = "COR", _("correction")


CORRECTIONS = {
    "wrong_buyer": _("wrong buyer"),
    "wrong_amount": _("wrong amount"),
    "work_undone": _("work was not done as agreed"),
    "goodwill": _("goodwill"),
    "terms_changed": _("who pays for a part has changed"),
}
REFUSALS = {
    "unreachable": _("the terminal cannot be reached"),
    "insufficient_funds": _("not enough money on the card"),
    "expired_card": _("the card has expired"),
    "wrong_pin": _("wrong PIN"),
    "by_hand": _("not charged, says the terminal’s list"),
}
ENTRIES = {
    "payment": _("payment"),
    "deposit": _("deposit"),
    "refund": _("refund"),
    "pledge": _("deposit for a loaner"),
    "kept": _("kept for damage"),
    "invoice": _("invoice"),
    "credit": _("kept as credit"),
    "float": _("opened"),
    "difference": _("difference at the count"),
    "to_safe": _("to the safe"),
    "from_safe": _("from the safe"),
    "expense": _("small expense"),
}
CASH_MOVES = ("to_safe", "from_safe", "expense")
