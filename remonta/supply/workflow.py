"""The lives of a requisition (a part asked for a repair) and of an order at a supplier. Read the tables downwards."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow
from remonta.stock.workflow import WriteOffCause


class RequisitionState(TextChoices):
    WANTED = "wanted", _("wanted, not here yet")
    RESERVED = "reserved", _("set aside")
    ISSUED = "issued", _("issued")
    RETURNED = "returned", _("returned")
    CANCELLED = "cancelled", _("cancelled")


class Terms(TextChoices):
    """Who pays for a part that is issued to a repair: fixed at the issue, changed only with a reason."""

    PAID = "paid", _("paid sale")
    WARRANTY = "warranty", _("under warranty")
    FREE = "free", _("free of charge")


class OldPartState(TextChoices):
    WAITING = "waiting", _("in quarantine")
    SENT = "sent", _("sent to the maker")
    SCRAPPED = "scrapped", _("scrapped")


SEND_CAUSES = {
    "warranty": _("warranty claim"),
    "exchange": _("exchange part, the maker takes it back"),
    "analysis": _("to be examined"),
}
OLD_PART_CAUSES = {**SEND_CAUSES, **dict(WriteOffCause.choices)}


class OldPartClash(Refused):
    text = _("This old part is “%(state)s” already.")


class RequisitionClash(Refused):
    text = _("This part is “%(state)s”; this step does not start there.")


class PurchaseState(TextChoices):
    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    CONFIRMED = "confirmed", _("confirmed")
    PARTLY = "partly", _("partly received")
    COMPLETE = "complete", _("received")
    CANCELLED = "cancelled", _("cancelled")


class RequestState(TextChoices):
    OPEN = "open", _("to be ordered")
    ORDERED = "ordered", _("ordered")
    CANCELLED = "cancelled", _("cancelled")


class ReturnState(TextChoices):
    ASKED = "asked", _("asked for")
    SENT = "sent", _("sent back")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    REPLACED = "replaced", _("replaced")
    CREDITED = "credited", _("credited")
    HERE = "here", _("here again")
    GIVEN_UP = "given_up", _("left with the supplier")
    CANCELLED = "cancelled", _("cancelled")


class CalculationState(TextChoices):
    RUNNING = "running", _("being worked out")
    DONE = "done", _("worked out")
    STOPPED = "stopped", _("stopped")


class PurchaseClash(Refused):
    text = _("This order is “%(state)s”; this step does not start there.")


class RequestClash(Refused):
    text = _("This request is “%(state)s”; this step does not start there.")


class ReturnClash(Refused):
    text = _("This return is “%(state)s”; this step does not start there.")


class CalculationClash(Refused):
    text = _("This calculation is “%(state)s”; this step does not start there.")


WANTED, RESERVED, ISSUED, RETURNED, CANCELLED = RequisitionState

DRAFT, SENT, CONFIRMED, PARTLY, COMPLETE, DROPPED = PurchaseState
OPEN, ORDERED, NOT_NEEDED = RequestState
RUNNING, DONE, STOPPED = CalculationState
ASKED, GONE, ACCEPTED, REFUSED, REPLACED, CREDITED, HERE, GIVEN_UP, DROPPED_RETURN = ReturnState

# fmt: off
OLD_PART = Workflow(
    OldPartState,
    #    move        label                       starts from               lands in               permission
    Move("send",     _("Send to the maker"),     (OldPartState.WAITING,),  OldPartState.SENT,     "stock.keep"),
    Move("scrap",    _("Scrap"),                 (OldPartState.WAITING,),  OldPartState.SCRAPPED, "stock.keep"),
    clash=OldPartClash,
)

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

PURCHASE = Workflow(
    PurchaseState,
    #    move        label                  starts from                lands in   permission
    Move("change",   _("Change"),           (DRAFT,),                  DRAFT,     "supply.buy"),
    Move("send",     _("Send"),             (DRAFT,),                  SENT,      "supply.buy"),
    Move("confirm",  _("Confirm"),          (SENT, CONFIRMED),         CONFIRMED, "supply.buy"),
    Move("redate",   _("Change dates"),     (PARTLY,),                 PARTLY,    "supply.buy"),
    Move("receive",  _("Receive"),          (SENT, CONFIRMED, PARTLY), PARTLY,    "supply.receive"),
    Move("complete", _("All is here"),      (PARTLY,),                 COMPLETE,  "supply.receive"),
    Move("close",    _("Expect no more"),   (SENT, CONFIRMED, PARTLY), COMPLETE,  "supply.buy"),
    Move("cancel",   _("Cancel"),           (DRAFT, SENT, CONFIRMED),  DROPPED,   "supply.buy"),
    clash=PurchaseClash,
)

REQUEST = Workflow(
    RequestState,
    #    move        label                  starts from                lands in    permission
    Move("order",    _("Order"),            (OPEN,),                   ORDERED,    "supply.buy"),
    Move("reopen",   _("Order anew"),       (ORDERED,),                OPEN,       "supply.buy"),
    Move("cancel",   _("Cancel"),           (OPEN,),                   NOT_NEEDED, "supply.request"),
    clash=RequestClash,
)

RETURN = Workflow(
    ReturnState,
    #    move        label                     starts from   lands in         permission
    Move("change",   _("Change"),              (ASKED,),     ASKED,           "supply.send_back"),
    Move("send",     _("Send back"),           (ASKED,),     GONE,            "supply.send_back"),
    Move("cancel",   _("Cancel"),              (ASKED,),     DROPPED_RETURN,  "supply.send_back"),
    Move("accept",   _("Supplier accepts"),    (GONE,),      ACCEPTED,        "supply.buy"),
    Move("refuse",   _("Supplier refuses"),    (GONE,),      REFUSED,         "supply.buy"),
    Move("credit",   _("Credited"),            (ACCEPTED,),  CREDITED,        "supply.buy"),
    Move("replace",  _("New goods have come"), (ACCEPTED,),  REPLACED,        "supply.receive"),
    Move("take_back", _("Here again"),         (REFUSED,),   HERE,            "supply.receive"),
    Move("give_up",  _("Leave it there"),      (REFUSED,),   GIVEN_UP,        "supply.buy"),
    clash=ReturnClash,
)

CALCULATION = Workflow(
    CalculationState,
    #    move        label                     starts from   lands in         permission
    Move("finish",   _("Finish"),              (RUNNING,),   DONE,            "supply.work_out"),
    Move("stop",     _("Stop"),                (RUNNING,),   STOPPED,         "supply.plan"),
    clash=CalculationClash,
)
# fmt: on
