"""The life of a requisition: a part asked for a repair. Read it top to bottom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class RequisitionState(TextChoices):
    WANTED = "wanted", _("wanted, not here yet")
    RESERVED = "reserved", _("set aside")
    ISSUED = "issued", _("issued")
    RETURNED = "returned", _("returned")
    CANCELLED = "cancelled", _("cancelled")


class RequisitionClash(Refused):
    text = _("This part is “%(state)s”; this step does not start there.")


WANTED, RESERVED, ISSUED, RETURNED, CANCELLED = RequisitionState

# fmt: off
REQUISITION = Workflow(
    RequisitionState,
    #    move        label             starts from           lands in   permission
    Move("reserve",  _("Set aside"),   (WANTED,),            RESERVED,  "supply.ask"),
    Move("release",  _("Set free"),    (RESERVED,),          WANTED,    "supply.ask"),
    Move("issue",    _("Issue"),       (RESERVED, WANTED),   ISSUED,    "supply.issue"),
    Move("take_back", _("Undo"),       (ISSUED,),            RESERVED,  "supply.issue"),
    Move("give_back", _("Returned"),   (ISSUED,),            RETURNED,  "supply.issue"),
    Move("cancel",   _("Cancel"),      (WANTED, RESERVED),   CANCELLED, "supply.ask"),
    clash=RequisitionClash,
)
# fmt: on
