"""Codes of requests and notes in words."""

from django.utils.translation import gettext_lazy as _

NOTE_KINDS = {
    "note": _("Note"),
    "talk": _("Talked with the customer"),
    "to_customer": _("Message to the customer"),
    "from_customer": _("Message from the customer"),
}

REFUSALS = {
    "price": _("too expensive"),
    "time": _("takes too long"),
    "distance": _("too far away"),
    "elsewhere": _("has it repaired elsewhere"),
    "bought_new": _("bought a new one"),
    "not_repairable": _("cannot be repaired"),
    "no_answer": _("cannot be reached"),
    "other": _("another reason"),
}

OUTCOMES = {
    "repaired": _("repaired"),
    "unrepaired": _("returned unrepaired"),
    "cancelled": _("cancelled"),
    # Of repairs of the past, read from files:
    "fixed": _("fixed"),
    "end_of_life": _("end of life"),
    "repairable": _("repairable"),
    "unknown": _("unknown"),
}
