"""The life of a dispatch order: one work order given to an engineer or to a group's pool. Read it top to bottom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import OWN, Move, Workflow


class DispatchState(TextChoices):
    POOLED = "pooled", _("in the pool")
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    REVOKED = "revoked", _("revoked")
    DONE = "done", _("done")


class DispatchClash(Refused):
    text = _("This work is “%(state)s”; this step does not start there.")


POOLED, OFFERED, ACCEPTED, REJECTED, REVOKED, DONE = DispatchState
STANDING = (POOLED, OFFERED, ACCEPTED)

# fmt: off
DISPATCH = Workflow(
    DispatchState,
    #    move      label            starts from                    lands in   permission          whose
    Move("take",   _("Take it"),    (POOLED,),                     ACCEPTED,  "dispatch.answer"),
    Move("accept", _("Accept"),     (OFFERED,),                    ACCEPTED,  "dispatch.answer",  OWN),
    Move("reject", _("Reject"),     (OFFERED, ACCEPTED),           REJECTED,  "dispatch.answer",  OWN),
    Move("finish", _("Finish"),     (ACCEPTED,),                   DONE,      "dispatch.answer",  OWN),
    Move("revoke", _("Take back"),  (POOLED, OFFERED, ACCEPTED),   REVOKED,   "dispatch.give"),
    clash=DispatchClash,
)
# fmt: on
