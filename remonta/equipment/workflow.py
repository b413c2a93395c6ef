"""The life of a unit in the archive. Read it top to bottom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class UnitState(TextChoices):
    ACTIVE = "active", _("active")
    DEACTIVATED = "deactivated", _("deactivated")


class UnitClash(Refused):
    text = _("The unit is “%(state)s”; this step does not start there.")


ACTIVE, DEACTIVATED = UnitState

# fmt: off
UNIT = Workflow(
    UnitState,
    #    move          label              starts from     lands in      permission
    Move("deactivate", _("Deactivate"),   (ACTIVE,),      DEACTIVATED,  "equipment.retire"),
    Move("reactivate", _("Reactivate"),   (DEACTIVATED,), ACTIVE,       "equipment.retire"),
    clash=UnitClash,
)
# fmt: on
