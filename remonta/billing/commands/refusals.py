"""What billing refuses with."""

from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused


class Unbalanced(Refused):
    text = _("The entry does not balance: %(sums)s. Nothing was posted.")


class NothingToPost(Refused):
    text = _("An entry needs at least two lines with amounts.")


class ReversedAlready(Refused):
    text = _("This entry has been taken back already.")


class AmountMissing(Refused):
    text = _("Enter an amount above zero.")
    field = "amount"


class MoreThanOwed(Refused):
    text = _("Only %(owed)s is owed. Lower the amount, or take the rest as a deposit.")
    field = "amount"


class TooLittleCash(Refused):
    text = _("%(needed)s is to be paid in cash, and only %(given)s was given.")
    field = "tendered"


class DeskMissing(Refused):
    text = _("Choose the cash desk at which it is paid.")
    field = "desk"


class ShiftNotOpen(Refused):
    text = _("The cash desk “%(desk)s” is closed. Open it with one click on the cash page, then take the money.")
    field = "desk"


class NoTerminal(Refused):
    text = _("No card terminal stands at “%(desk)s”. Choose another desk, or another way to pay.")
    field = "desk"


class CardPending(Refused):
    text = _("A card payment of this order has no result yet. Wait until the terminal has answered.")


class CreditTooSmall(Refused):
    text = _("The customer has a credit of %(credit)s with us. Lower the amount.")
    field = "amount"


class ReferenceMissing(Refused):
    text = _("Write the reference of the transfer, so that it is found in the bank’s list.")
    field = "reference"


class MoreThanPaid(Refused):
    text = _("At most %(left)s of this payment can be given back.")
    field = "amount"


class RefundWay(Refused):
    text = _("This payment can be given back the way it came, or as the customer’s credit.")
    field = "method"


class CustomerUnknown(Refused):
    text = _("Credit needs a customer. Give the money back instead.")
    field = "method"


class NothingToInvoice(Refused):
    text = _("There is nothing to invoice: no approved work or part has a price.")


class InvoicedAlready(Refused):
    text = _("This order is invoiced as %(number)s. Correct that invoice first.")


class CorrectedAlready(Refused):
    text = _("This invoice has been corrected already.")


class CorrectsNothing(Refused):
    text = _("A correction cannot be corrected. Issue a new invoice instead.")


class ReasonUnknown(Refused):
    text = _("Choose why the invoice is corrected.")
    field = "reason"


class DeskOpenAlready(Refused):
    text = _("The cash desk “%(desk)s” is open already.")


class DeskOpenStill(Refused):
    text = _("The cash desk “%(desk)s” is open. Count the drawer and close it, then archive it.")


class DeskHoldsMoney(Refused):
    text = _("%(held)s is in the cash desk “%(desk)s”. Open it, put that into the safe, close it, then archive it.")


class DeskAwaitsTerminal(Refused):
    text = _("A card payment at “%(desk)s” has no result yet. Settle it, then archive the cash desk.")


class DeskNameTaken(Refused):
    text = _("There is a cash desk with this name already. Choose another.")
    field = "name"


class NotOwnShift(Refused):
    text = _("This cash desk was opened by somebody else. They close it, or a manager does.")


class CountMissing(Refused):
    text = _("Count the drawer and enter the sum, zero or more.")
    field = "counted"


class DrawerTooEmpty(Refused):
    text = _("So much is not in the drawer. Look at the amount again.")
    field = "amount"


class TerminalAddressUnclear(Refused):
    text = _("Write the terminal’s address as http://host:port.")
    field = "terminal"
