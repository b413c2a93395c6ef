"""The lives of a stocktake, of a place in it, of a transfer between centres, of a loaner, of a loan: read downwards."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class StocktakeState(TextChoices):
    COUNTING = "counting", _("being counted")
    REVIEW = "review", _("to be approved")
    POSTING = "posting", _("being posted")
    STOPPED = "stopped", _("posting stopped")
    POSTED = "posted", _("posted")
    CANCELLED = "cancelled", _("cancelled")


class PlaceCount(TextChoices):
    WAITING = "waiting", _("to be counted")
    COUNTING = "counting", _("being counted")
    COUNTED = "counted", _("counted")
    POSTED = "posted", _("posted")
    LEFT_OUT = "left_out", _("left out")


class StocktakeClash(Refused):
    text = _("The stocktake is “%(state)s”; this step does not start there.")


COUNTING, REVIEW, POSTING, STOPPED, POSTED, CANCELLED = StocktakeState

# fmt: off
STOCKTAKE = Workflow(
    StocktakeState,
    #    move        label                    starts from           lands in   permission
    Move("finish",   _("All is counted"),     (COUNTING,),          REVIEW,    "stock.lead_counts"),
    Move("reopen",   _("Count on"),           (REVIEW,),            COUNTING,  "stock.lead_counts"),
    Move("approve",  _("Approve and post"),   (REVIEW,),            POSTING,   "stock.approve_counts"),
    Move("stop",     _("Stop posting"),       (POSTING,),           STOPPED,   "stock.approve_counts"),
    Move("resume",   _("Post on"),            (STOPPED,),           POSTING,   "stock.approve_counts"),
    Move("complete", _("Posted"),             (POSTING,),           POSTED,    "stock.post_counts"),
    Move("recount",  _("Count again"),        (POSTING,),           COUNTING,  "stock.post_counts"),
    Move("cancel",   _("Cancel"),             (COUNTING, REVIEW),   CANCELLED, "stock.lead_counts"),
    clash=StocktakeClash,
)
# fmt: on


class TransferState(TextChoices):
    ASKED = "asked", _("asked for")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    SENT = "sent", _("on the way")
    ARRIVED = "arrived", _("differences open")
    SETTLED = "settled", _("settled")
    CANCELLED = "cancelled", _("cancelled")


class TransferClash(Refused):
    text = _("The transfer is “%(state)s”; this step does not start there.")


class Between(Workflow):
    """What the giving centre does is permitted there, everything else where the goods arrive."""

    def permits(self, move: Move, subject: Any, actor: Actor) -> bool:
        at = subject.giver_id if move.permission == "stock.give_transfers" else subject.centre_id
        return actor.may_at(move.permission, at)


ASKED, APPROVED, REFUSED, ON_THE_WAY, HERE, SETTLED, CALLED_OFF = TransferState
COMING = (ASKED, APPROVED, ON_THE_WAY)

# fmt: off
TRANSFER = Between(
    TransferState,
    #    move        label                    starts from           lands in    permission
    Move("ask",      _("Ask for more"),       (ASKED,),             ASKED,      "stock.ask_transfers"),
    Move("approve",  _("Approve"),            (ASKED,),             APPROVED,   "stock.give_transfers"),
    Move("refuse",   _("Refuse"),             (ASKED, APPROVED),    REFUSED,    "stock.give_transfers"),
    Move("pack",     _("Pack"),               (APPROVED,),          APPROVED,   "stock.give_transfers"),
    Move("send",     _("Send"),               (APPROVED,),          ON_THE_WAY, "stock.give_transfers"),
    Move("receive",  _("Receive"),            (ON_THE_WAY,),        ON_THE_WAY, "stock.take_transfers"),
    Move("arrive",   _("All has arrived"),    (ON_THE_WAY,),        HERE,       "stock.take_transfers"),
    Move("settle",   _("Settle"),             (HERE,),              HERE,       "stock.settle_transfers"),
    Move("complete", _("Settled"),            (HERE,),              SETTLED,    "stock.close_transfers"),
    Move("cancel",   _("Cancel"),             (ASKED, APPROVED),    CALLED_OFF, "stock.ask_transfers"),
    clash=TransferClash,
)
# fmt: on


class WriteOffCause(TextChoices):
    """Why parts are thrown away: the reason of the move to scrap."""

    DEFECTIVE = "scrap_defective", _("defective")
    WORN = "scrap_worn", _("worn out")
    DAMAGED = "scrap_damaged", _("damaged in store")
    EXPIRED = "scrap_expired", _("expired")
    OBSOLETE = "scrap_obsolete", _("no longer needed")
    OTHER = "scrapped", _("another reason")


class LoanerState(TextChoices):
    FREE = "free", _("free")
    LENT = "lent", _("lent")
    ASIDE = "aside", _("set aside")
    WITHDRAWN = "withdrawn", _("out of the pool")


class LoanState(TextChoices):
    OUT = "out", _("with the customer")
    BACK = "back", _("returned")


class LoanerClash(Refused):
    text = _("This loaner is “%(state)s”; this step does not start there.")


class LoanClash(Refused):
    text = _("This loan is “%(state)s”; this step does not start there.")


FREE, LENT, ASIDE, WITHDRAWN = LoanerState
OUT, BACK = LoanState

# fmt: off
LOANER = Workflow(
    LoanerState,
    #    move         label                       starts from        lands in   permission
    Move("lend",      _("Lend"),                  (FREE,),           LENT,      "stock.lend"),
    Move("take_back", _("Take back"),             (LENT,),           FREE,      "stock.lend"),
    Move("take_back_damaged", _("Take back, set aside"), (LENT,),    ASIDE,     "stock.lend"),
    Move("set_aside", _("Set aside"),             (FREE,),           ASIDE,     "stock.keep_loaners"),
    Move("make_free", _("Can be lent again"),     (ASIDE,),          FREE,      "stock.keep_loaners"),
    Move("withdraw",  _("Take out of the pool"),  (FREE, ASIDE),     WITHDRAWN, "stock.keep_loaners"),
    Move("restore",   _("Back into the pool"),    (WITHDRAWN,),      FREE,      "stock.keep_loaners"),
    clash=LoanerClash,
)

LOAN = Workflow(
    LoanState,
    #    move         label                       starts from        lands in   permission
    Move("extend",    _("Another day"),           (OUT,),            OUT,       "stock.lend"),
    Move("take_back", _("Take back"),             (OUT,),            BACK,      "stock.lend"),
    clash=LoanClash,
)
# fmt: on
