"""What exchange calls its kinds, fields, outcomes, reasons and ways to write."""

from django.utils.translation import gettext_lazy as _

from remonta.exchange.dates import DATE_FORMATS
from remonta.exchange.mapping import FIELDS_OF as KNOWN_FIELDS
from remonta.exchange.mapping import OUTCOMES as KNOWN_OUTCOMES
from remonta.exchange.reasons import REASONS
from remonta.exchange.tables import DELIMITERS, ENCODINGS

KINDS = {
    "repairs": _("Repairs of the past"),
    "shipments": _("Shipments of a sales system"),
    "prices": _("Price list of a supplier"),
    "inventree": _("Parts, lists, stock or suppliers of InvenTree"),
}
FIELDS_OF = {kind: {name: label for name, (label, _words) in fields.items()} for kind, fields in KNOWN_FIELDS.items()}
OUTCOMES = {code: label for code, (label, _words) in KNOWN_OUTCOMES.items()}
DATE_CHOICES = [(name, label) for name, (label, _written) in DATE_FORMATS.items()]

__all__ = ["DATE_CHOICES", "DELIMITERS", "ENCODINGS", "FIELDS_OF", "KINDS", "OUTCOMES", "REASONS"]
