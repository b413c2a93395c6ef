"""Why a row is left out, in words; the import keeps their codes."""

from django.utils.translation import gettext_lazy as _

REASONS: dict[str, object] = {
    "here": _("already here"),
    "double": _("the same number earlier in the file"),
    "empty": _("empty row"),
    "key": _("no number, or too long a one"),
    "date": _("no date, or not written as chosen"),
    "outcome": _("a word for the outcome that is not mapped"),
    "cells": _("more cells than headings"),
    "touched": _("changed in the file, but people have worked on it here"),
    "product": _("no model has that code"),
    "models": _("several models have that code"),
    "quantity": _("no quantity, or less than there are serial numbers"),
    "part": _("a part that is not known here; bring the parts in first"),
    "circle": _("the assembly would contain itself"),
    "bulk": _("no serial number: stock is counted in, not imported"),
    "heading": _("the headings once more"),
    "no_price": _("the price is no single number"),
    "no_minimum": _("the smallest lot is no single number"),
    "no_quantity": _("the quantity is no single number"),
    "terms": _("refused by a rule for what suppliers sell"),
    "taken": _("refused by a rule of the catalogue"),
}
OF_THE_ROW = ("empty", "cells", "key", "date", "outcome", "product", "models", "quantity", "part", "bulk")
"""Reasons for which a row says nothing, so that a later one with its number is not double."""
