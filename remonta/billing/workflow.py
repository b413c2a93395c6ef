"""The life of a payment. Read it top to bottom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class PaymentState(TextChoices):
    STARTED = "started", _("at the terminal")
    UNCLEAR = "unclear", _("result unknown")
    PAID = "paid", _("paid")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("cancelled")
    REFUNDED = "refunded", _("refunded")


class PaymentClash(Refused):
    text = _("This payment is “%(state)s”; this step does not start there.")


STARTED, UNCLEAR, PAID, REFUSED, CANCELLED, REFUNDED = PaymentState
PENDING = (STARTED, UNCLEAR)
SETTLED = (PAID, REFUNDED)

# fmt: off
PAYMENT = Workflow(
    PaymentState,
    #    move        label             starts from           lands in   permission
    Move("confirm",  _("Confirmed"),   PENDING,              PAID,      "billing.settle"),
    Move("refuse",   _("Refused"),     PENDING,              REFUSED,   "billing.settle"),
    Move("lose",     _("No answer"),   (STARTED,),           UNCLEAR,   "billing.settle"),
    Move("cancel",   _("Cancel"),      PENDING,              CANCELLED, "billing.settle"),
    Move("refund",   _("Refund"),      (PAID,),              REFUNDED,  "billing.refund"),
    clash=PaymentClash,
)
# fmt: on
