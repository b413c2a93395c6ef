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


class AlreadyComing(Refused):
    text = _("%(part)s is on order or asked of another centre already.")


class NotAtPlace(Refused):
    text = _("%(part)s: not enough is free at %(place)s. It lies set aside at %(bin)s.")


class TooMuchOut(Refused):
    text = _("Only %(asked)s were asked for. Name fewer pieces, or hand out the others by a scan of their own.")
    field = "serials"


class TooMuchBack(Refused):
    text = _("Only %(issued)s were issued; more cannot come back.")
    field = "quantity"


class NoLines(Refused):
    text = _("Scan or type at least one part of the delivery.")


class SupplierMissing(Refused):
    text = _("Say who the goods come from.")
    field = "supplier"


class SupplierKnown(Refused):
    text = _("There is a supplier called %(name)s already. Change that one, or choose another name.")
    field = "name"


class SupplierPartKnown(Refused):
    text = _("The supplier sells this part as %(number)s already. Change that line.")
    field = "number"


class NoSuchCurrency(Refused):
    text = _("“%(code)s” is no currency. Type its three letters, such as EUR.")
    field = "currency"


class PriceWrong(Refused):
    text = _("A price is zero or more, with at most six decimals.")
    field = "price"


class LotWrong(Refused):
    text = _("The smallest lot and its step are more than zero.")
    field = "minimum"


class OwnCurrency(Refused):
    text = _("%(code)s is the legal entity’s own currency; it needs no rate.")
    field = "currency"


class RateWrong(Refused):
    text = _("A rate is a day, a currency, and a number above zero with at most eight decimals.")
    field = "rate"


class TooManyRates(Refused):
    text = _("At most %(limit)s rates at once. Split the file.")
    field = "file"


class NobodyHasIt(Refused):
    text = _("No other centre has any of this free. Ask purchasing for it.")


class OnListAlready(Refused):
    text = _("All of this is among what is to be ordered already.")


class NothingChosen(Refused):
    text = _("Choose at least one part, and where to buy it.")


class AlreadyOrdered(Refused):
    text = _("Somebody has ordered some of these parts meanwhile. Look at the list again.")


class NobodyWaits(Refused):
    text = _("No waiting repair has a day to tell. Write the days the supplier confirmed first.")


class RateMissing(Refused):
    text = _("There is no exchange rate for %(code)s on %(day)s. Set it first.")


class NoReturnLines(Refused):
    text = _("Add at least one part that goes back.")


class NotInStore(Refused):
    text = _("%(part)s lies neither in a bin nor in quarantine here, so it cannot go back.")
    field = "part"


class NotBoughtThere(Refused):
    text = _("This part has not come by that order from this supplier. Choose another order, or none.")
    field = "purchase"


class NoAmount(Refused):
    text = _("Type an amount other than zero.")
    field = "amount"


class TermsUnknown(Refused):
    text = _("Choose who pays: the customer, the warranty, or nobody.")
    field = "terms"


class SameTerms(Refused):
    text = _("It is on these terms already: %(terms)s.")
    field = "terms"


class TermsReasonMissing(Refused):
    text = _("Write why somebody else pays.")
    field = "reason"


class UsedTooMuch(Refused):
    text = _("Only %(issued)s were issued; no more can be built in.")
    field = "used"


class NothingToPick(Refused):
    text = _("Nothing of this is set aside and on no picking list yet.")


class NotOnList(Refused):
    text = _("%(part)s is not to be fetched from this bin. Look at the next line of the list.")


class CauseUnknown(Refused):
    text = _("Choose why it goes to the maker or to scrap.")
    field = "cause"
