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

# fmt: off
PAYMENT = Workflow(
    PaymentState,
    #    move        label             starts from           lands in   permission
    Move("confirm",  _("Confirmed"),   (STARTED, UNCLEAR),   PAID,      "billing.take"),
    Move("refuse",   _("Refused"),     (STARTED, UNCLEAR),   REFUSED,   "billing.take"),
    Move("lose",     _("No answer"),   (STARTED,),           UNCLEAR,   "billing.take"),
    Move("cancel",   _("Cancel"),      (STARTED,),           CANCELLED, "billing.take"),
    Move("refund",   _("Refund"),      (PAID,),              REFUNDED,  "billing.refund"),
    clash=PaymentClash,
)
# fmt: on
