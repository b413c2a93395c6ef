"""The life of a quote. Read it top to bottom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class QuoteState(TextChoices):
    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    REPLACED = "replaced", _("replaced")
    EXPIRED = "expired", _("expired")


class QuoteClash(Refused):
    text = _("The quote is “%(state)s”; this step does not start there. Open the newest version.")


DRAFT, SENT, APPROVED, DECLINED, REPLACED, EXPIRED = QuoteState

# fmt: off
QUOTE = Workflow(
    QuoteState,
    #    move       label               starts from                    lands in   permission
    Move("send",    _("Send"),          (DRAFT,),                      SENT,      "quotes.send"),
    Move("approve", _("Approve"),       (SENT,),                       APPROVED,  "quotes.answer"),
    Move("decline", _("Decline"),       (SENT,),                       DECLINED,  "quotes.answer"),
    Move("replace", _("Change"),        (DRAFT, SENT, APPROVED, DECLINED, EXPIRED), REPLACED, "quotes.write"),
    Move("expire",  _("Expired"),       (SENT,),                       EXPIRED,   "quotes.expire"),
    clash=QuoteClash,
)
# fmt: on
