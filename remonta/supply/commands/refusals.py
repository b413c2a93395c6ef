"""Why a part cannot be asked for, issued or received, in sentences."""

from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused


class OrderOver(Refused):
    text = _("Order %(number)s is closed; parts are neither asked for nor issued to it.")


class NothingAsked(Refused):
    text = _("Say how many, more than zero.")
    field = "quantity"


class NoneFree(Refused):
    text = _("%(part)s: nothing is free here any more. Ask for it, and it is set aside when it comes.")


class NotAtPlace(Refused):
    text = _("%(part)s: not enough is free at %(place)s. It lies set aside at %(bin)s.")


class TooMuchBack(Refused):
    text = _("Only %(issued)s were issued; more cannot come back.")
    field = "quantity"


class NoLines(Refused):
    text = _("Scan or type at least one part of the delivery.")


class SupplierMissing(Refused):
    text = _("Say who the goods come from.")
    field = "supplier"
