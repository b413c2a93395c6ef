"""The stages of a work order and the states of a request. Read each table top to bottom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class Stage(TextChoices):
    REGISTERED = "registered", _("expected")
    TAKEN_IN = "taken_in", _("taken in")
    DIAGNOSIS = "diagnosis", _("diagnosis")
    APPROVAL = "approval", _("waiting for approval")
    PARTS = "parts", _("waiting for parts")
    REPAIR = "repair", _("in repair")
    QUALITY = "quality", _("final check")
    READY = "ready", _("ready")
    CLOSED = "closed", _("handed over")
    CANCELLED = "cancelled", _("cancelled")


class StageClash(Refused):
    text = _("The work order is “%(state)s”; this step does not start there.")


class WorkOrderHeld(Refused):
    text = _("The work order cannot move on: %(reasons)s")


REGISTERED, TAKEN_IN, DIAGNOSIS, APPROVAL, PARTS, REPAIR, QUALITY, READY, CLOSED, CANCELLED = Stage
OPEN = (REGISTERED, TAKEN_IN, DIAGNOSIS, APPROVAL, PARTS, REPAIR, QUALITY, READY)
HERE = (TAKEN_IN, DIAGNOSIS, APPROVAL, PARTS, REPAIR, QUALITY)
ON_BENCH = (TAKEN_IN, DIAGNOSIS, PARTS, REPAIR)

# fmt: off
WORK_ORDER = Workflow(
    Stage,
    #    move               label                   starts from                            lands in   permission
    Move("take_in",         _("Take in"),           (REGISTERED,),                         TAKEN_IN,  "orders.take_in"),
    Move("start_diagnosis", _("Start diagnosis"),   (TAKEN_IN,),                           DIAGNOSIS, "orders.work"),
    Move("ask_approval",    _("Wait for approval"), (TAKEN_IN, DIAGNOSIS, PARTS, REPAIR),  APPROVAL,  "quotes.send"),
    Move("approve",         _("Approved"),          (APPROVAL,),                           REPAIR,    "quotes.answer"),
    Move("start_repair",    _("Start repair"),      (TAKEN_IN, DIAGNOSIS, PARTS),          REPAIR,    "orders.work"),
    Move("wait_for_parts",  _("Wait for parts"),    (DIAGNOSIS, REPAIR),                   PARTS,     "orders.work"),
    Move("finish_repair",   _("Repair done"),       (REPAIR,),                             QUALITY,   "orders.work"),
    Move("pass_check",      _("Passed"),            (QUALITY,),                            READY,     "quality.check"),
    Move("fail_check",      _("Back to repair"),    (QUALITY,),                            REPAIR,    "quality.check"),
    Move("stop_work",       _("Return unrepaired"), HERE,                                  READY,     "orders.stop"),
    Move("hand_over",       _("Hand over"),         (READY,),                              CLOSED,  "orders.hand_over"),
    Move("cancel",          _("Cancel"),            (REGISTERED,),                         CANCELLED, "orders.cancel"),
    clash=StageClash, held=WorkOrderHeld,
)
# fmt: on


class RequestState(TextChoices):
    NEW = "new", _("new")
    ACCEPTED = "accepted", _("accepted")
    LEAD = "lead", _("only asked")
    REFUSED = "refused", _("refused")
    CLOSED = "closed", _("closed")


class RequestClash(Refused):
    text = _("The request is “%(state)s”; this step does not start there.")


NEW, ACCEPTED, LEAD, REFUSED, ENDED = RequestState

# fmt: off
REQUEST = Workflow(
    RequestState,
    #    move       label                   starts from            lands in   permission
    Move("accept",  _("Accept"),            (NEW, LEAD),           ACCEPTED,  "orders.register"),
    Move("keep",    _("Keep as a lead"),    (NEW,),                LEAD,      "orders.register"),
    Move("refuse",  _("Customer refused"),  (NEW, LEAD),           REFUSED,   "orders.register"),
    Move("close",   _("Close"),             (NEW, LEAD, ACCEPTED), ENDED,     "orders.register"),
    clash=RequestClash,
)
# fmt: on


class TaskState(TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class TaskClash(Refused):
    text = _("The task is “%(state)s”; this step does not start there.")


TASK = Workflow(
    TaskState,
    Move("finish", _("Done"), (TaskState.OPEN,), TaskState.DONE, "orders.tasks"),
    Move("drop", _("Drop"), (TaskState.OPEN,), TaskState.DROPPED, "orders.tasks"),
    clash=TaskClash,
)
