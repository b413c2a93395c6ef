"""The life of a stocktake, and of one place in it. Read the table downwards."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

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
