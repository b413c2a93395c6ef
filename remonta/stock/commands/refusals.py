"""Why things cannot be moved, in sentences for the person with the scanner."""

from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused


class AlreadyThere(Refused):
    text = _("It is already at %(place)s.")


class NotThere(Refused):
    text = _("It is not where you think: it is at %(place)s. Look there, then scan again.")


class NotHereYet(Refused):
    text = _("This unit is not in our hands. Take it in first.")


class PlaceClosed(Refused):
    text = _("%(place)s is archived. Choose another place.")


class NotForUnits(Refused):
    text = _("Units cannot be put into %(place)s: that place is for parts of a repair or stands outside the centre.")


class NotForParts(Refused):
    text = _("Parts are not kept at %(place)s. Choose a bin, a shelf or a van.")


class NotEnough(Refused):
    text = _("Only %(free)s of %(part)s are free at %(place)s, %(wanted)s are asked for.")


class WholePieces(Refused):
    text = _("%(part)s is kept by serial number: whole pieces only.")
    field = "quantity"


class SerialsMissing(Refused):
    text = _("%(part)s is kept by serial number. Serial numbers to scan: %(count)s, each once.")
    field = "serials"


class NoSuchSerial(Refused):
    text = _("Nothing with the serial number %(serial)s is at %(place)s. Check the number.")
    field = "serials"


class SerialElsewhere(Refused):
    text = _("%(part)s with the serial number %(serial)s is elsewhere: %(place)s. Check the number, or count it there.")
    field = "serials"


class UnderWay(Refused):
    text = _(
        "%(part)s %(serial)s is not in a store by the book: %(place)s. Take it back or receive it first, then count."
    )
    field = "serials"


class BatchMissing(Refused):
    text = _("%(part)s is kept by batch: say which. Batches there: %(batches)s.")
    field = "batch"


class NoSuchBatch(Refused):
    text = _("Nothing of the batch %(batch)s is at %(place)s. Check what is printed on it.")
    field = "batch"


class NotEnoughOfBatch(Refused):
    text = _("Only %(free)s of the batch %(batch)s are at %(place)s, %(wanted)s are asked for.")
    field = "batch"


class OtherExpiry(Refused):
    text = _("The batch %(batch)s is known to expire on %(day)s. Check the day, or what is printed as the batch.")
    field = "expires_on"


class BatchExpired(Refused):
    text = _("The batch %(batch)s expired on %(day)s. Take another one, or confirm that this one is to be used.")
    field = "accept_expired"


class TrackingFixed(Refused):
    text = _("Something of %(part)s is in stock. How it is kept can be changed once nothing of it is left.")
    field = "tracking"


class NobodysUnitOnly(Refused):
    text = _("This unit belongs to a customer. Buy it out or write it off first, so that it has no owner.")


class NothingSalvaged(Refused):
    text = _("Name at least one part that was got out of the unit.")
    field = "lines"


class SharesMissing(Refused):
    text = _("%(part)s has no list price. Give every part a share of the cost, more than zero in all.")
    field = "share"


class CostBelowZero(Refused):
    text = _("Enter an amount above zero.")
    field = "cost"


class CostTooLarge(Refused):
    text = _("A number is too large.")
    field = "cost"


class NoneLeft(Refused):
    text = _("%(part)s: nothing is free in this centre any more. Somebody else was first.")


class NothingToMove(Refused):
    text = _("Say how many, more than zero.")
    field = "quantity"


class NotReserved(Refused):
    text = _("This part is no longer set aside: it has been issued or set free meanwhile.")


class CodeTaken(Refused):
    text = _("There is already a place called %(code)s in this centre.")
    field = "code"


class CodeMissing(Refused):
    text = _("Give the place a short code, such as A-01-01.")
    field = "code"


class TooManyBins(Refused):
    text = _("These are %(count)s places. Add at most %(most)s at a time.")
    field = "last"


class RangeWrong(Refused):
    text = _("The last address comes before the first. Give them in order, such as A-01-01 and A-04-20.")
    field = "last"


class NotEmpty(Refused):
    text = _("Something is still at %(place)s. Move it away first, then archive the place.")


class NotYourMove(Refused):
    text = _("Somebody else has moved this. Only who moved it can undo it; move it by a scan of your own.")


class MovedSince(Refused):
    text = _("It has been moved again since. Nothing was undone; look where it is now.")


class TooLateToUndo(Refused):
    text = _("That was more than %(minutes)s minutes ago. Move it back by a scan instead.")


class PartOfMore(Refused):
    text = _("This move was part of a larger step, such as taking in or handing over, and is not undone alone.")


class NothingToCount(Refused):
    text = _("There is nothing to count here: no place fits, or none has been counted yet.")
    field = "prefix"


class OverlapsCount(Refused):
    text = _("Some of these places are being counted in %(number)s already. Finish or cancel that stocktake first.")
    field = "prefix"


class StillUncounted(Refused):
    text = _("Places not counted yet: %(count)s. Count them, or leave them out.")


class CountedByYou(Refused):
    text = _("You have counted here yourself. Somebody else has to approve what differs.")


class NotAmongPlaces(Refused):
    text = _("%(place)s is not counted in this stocktake.")


class OtherCounts(Refused):
    text = _("Somebody else is counting %(place)s just now. Take another place.")


class CountClosed(Refused):
    text = _("%(place)s is not open for counting. Scan a place that is still to be counted.")


class MovedWhileCounting(Refused):
    text = _("While %(place)s was counted, this was moved: %(things)s. Count it once more.")


class NotATransfer(Refused):
    text = _("%(giver)s cannot give parts to %(centre)s: choose another centre of our own with the same currency.")
    field = "giver"


class NothingOnTransfer(Refused):
    text = _("There is nothing on this transfer. Add a part, or scan what goes into it.")


class NotOnTransfer(Refused):
    text = _("%(part)s was not approved for this transfer.")


class MoreThanGranted(Refused):
    text = _("Only %(left)s more of %(part)s were approved. Ask for another transfer, or send what was approved.")
    field = "quantity"


class AlreadyPacked(Refused):
    text = _("Something is packed already. Take it out first.")


class ReasonMissing(Refused):
    text = _("Say why, for whoever asked.")
    field = "reason"


class NoDifference(Refused):
    text = _("No such difference of %(part)s is open on this transfer.")


class LentOut(Refused):
    text = _("This unit is lent to a customer. Take the loaner back first.")


class CustomersUnit(Refused):
    text = _("This unit belongs to a customer: only units of ours are lent.")
    field = "unit"


class InLoanerPool(Refused):
    text = _("This unit is in the loaner pool, as %(name)s. Take it out of the pool first.")


class AlreadyInPool(Refused):
    text = _("This unit is in the loaner pool already, as %(name)s.")
    field = "unit"


class LoanerNameMissing(Refused):
    text = _("Give the loaner a name by which everybody knows it.")
    field = "name"


class LoanerNeedsPlace(Refused):
    text = _("Say where the unit is put: it is not in our hands yet.")
    field = "place_uid"


class LoanerElsewhere(Refused):
    text = _("%(name)s is not here: it is at %(place)s. Fetch it, then lend it.")
    field = "loaner"


class DueInPast(Refused):
    text = _("Choose a day from today on.")
    field = "due_on"


class LoanOut(Refused):
    text = _("The customer still has loaner %(number)s. Take it back, then erase the customer’s data.")


class LevelWrong(Refused):
    text = _("Type a minimum and a maximum that is not below it, as numbers.")
    field = "maximum"


class TooManyLevels(Refused):
    text = _("The table has more than %(limit)s rows. Bring it in parts.")
    field = "file"
