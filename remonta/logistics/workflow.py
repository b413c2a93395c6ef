"""The lives of a parcel that comes, of one that goes, and of a batch. Read each table top to bottom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class ParcelState(TextChoices):
    UNCHECKED = "unchecked", _("to be checked")
    ASKED = "asked", _("asked back")
    EXPECTED = "expected", _("expected")
    ASIDE = "aside", _("set aside")
    OPENED = "opened", _("opened")
    REFUSED = "refused", _("refused")
    PACKED = "packed", _("packed")
    SENT = "sent", _("on the way")
    DELIVERED = "delivered", _("delivered")
    CANCELLED = "cancelled", _("cancelled")


class ParcelClash(Refused):
    text = _("The parcel is “%(state)s”; this step does not start there.")


UNCHECKED, ASKED, EXPECTED, ASIDE, OPENED, REFUSED, PACKED, SENT, DELIVERED, CANCELLED = ParcelState
WAITING = (UNCHECKED, ASKED)

# fmt: off
PARCEL = Workflow(
    ParcelState,
    #    move         label                  starts from                 lands in   permission
    Move("accept",    _("Accept"),           (UNCHECKED, ASKED),         EXPECTED,  "logistics.check"),
    Move("ask_back",  _("Ask back"),         (UNCHECKED, ASKED),         ASKED,     "logistics.check"),
    Move("refuse",    _("Refuse"),           (UNCHECKED, ASKED),         REFUSED,   "logistics.check"),
    Move("open",      _("Open"),             (EXPECTED,),                OPENED,    "logistics.handle"),
    Move("match",     _("It belongs here"),  (ASIDE,),                   CANCELLED, "logistics.handle"),
    Move("call_off",  _("Will not come"),    (EXPECTED,),                CANCELLED, "logistics.check"),
    Move("pick_up",   _("Picked up"),        (PACKED,),                  SENT,      "logistics.handle"),
    Move("deliver",   _("Delivered"),        (SENT,),                    DELIVERED, "logistics.handle"),
    Move("unpack",    _("Unpack again"),     (PACKED,),                  CANCELLED, "logistics.handle"),
    clash=ParcelClash,
)
# fmt: on


class BatchState(TextChoices):
    OPEN = "open", _("being packed")
    SEALED = "sealed", _("sealed")
    SENT = "sent", _("on the way")
    ARRIVED = "arrived", _("being received")
    RECEIVED = "received", _("received")
    CANCELLED = "cancelled", _("cancelled")


class BatchClash(Refused):
    text = _("The batch is “%(state)s”; this step does not start there.")


PACKING, SEALED, UNDER_WAY, ARRIVED, RECEIVED, DROPPED = BatchState

# fmt: off
BATCH = Workflow(
    BatchState,
    #    move       label                  starts from     lands in    permission
    Move("seal",    _("Seal"),             (PACKING,),     SEALED,     "logistics.handle"),
    Move("unseal",  _("Open the seal"),    (SEALED,),      PACKING,    "logistics.handle"),
    Move("send",    _("Hand over"),        (SEALED,),      UNDER_WAY,  "logistics.handle"),
    Move("arrive",  _("It has arrived"),   (UNDER_WAY,),   ARRIVED,    "logistics.handle"),
    Move("land",    _("Carried on"),       (UNDER_WAY,),   SEALED,     "logistics.handle"),
    Move("finish",  _("All is received"),  (ARRIVED,),     RECEIVED,   "logistics.handle"),
    Move("cancel",  _("Cancel"),           (PACKING,),     DROPPED,    "logistics.handle"),
    clash=BatchClash,
)
# fmt: on
