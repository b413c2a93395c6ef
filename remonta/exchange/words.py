"""What exchange calls its fields, outcomes, reasons and ways to write."""

from remonta.exchange.dates import DATE_FORMATS
from remonta.exchange.mapping import FIELDS as KNOWN_FIELDS
from remonta.exchange.mapping import OUTCOMES as KNOWN_OUTCOMES
from remonta.exchange.repairs import REASONS
from remonta.exchange.tables import DELIMITERS, ENCODINGS

FIELDS = {name: label for name, (label, _words) in KNOWN_FIELDS.items()}
OUTCOMES = {code: label for code, (label, _words) in KNOWN_OUTCOMES.items()}
DATE_CHOICES = [(name, label) for name, (label, _written) in DATE_FORMATS.items()]

__all__ = ["DATE_CHOICES", "DELIMITERS", "ENCODINGS", "FIELDS", "OUTCOMES", "REASONS"]
