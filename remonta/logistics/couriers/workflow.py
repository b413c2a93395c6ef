"""The life of a shipment. Read it top to bottom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.kernel.workflow import Move, Workflow


class ShipmentState(TextChoices):
    ASKED = "asked", _("being booked")
    UNCLEAR = "unclear", _("booking unclear")
    BOOKED = "booked", _("booked")
    PICKED_UP = "picked_up", _("picked up")
    ON_WAY = "on_way", _("on the way")
    AT_POINT = "at_point", _("waits at the pick-up point")
    DELIVERED = "delivered", _("delivered")
    RETURNED = "returned", _("returned to sender")
    LOST = "lost", _("lost")
    CANCELLED = "cancelled", _("cancelled")
    REFUSED = "refused", _("refused by the courier")


class ShipmentClash(Refused):
    text = _("This shipment is “%(state)s”; this step does not start there.")


ASKED, UNCLEAR, BOOKED, PICKED_UP, ON_WAY, AT_POINT, DELIVERED, RETURNED, LOST, CANCELLED, REFUSED = ShipmentState
PENDING = (ASKED, UNCLEAR)
MOVING = (PICKED_UP, ON_WAY, AT_POINT)
STANDING = (*PENDING, BOOKED, *MOVING)
REPORTED = (PICKED_UP, ON_WAY, AT_POINT, DELIVERED, RETURNED, LOST, CANCELLED)
EVERY = tuple(ShipmentState)

# What couriers report stands whatever was known before: the newest report by their clock says where a parcel is.
# fmt: off
SHIPMENT = Workflow(
    ShipmentState,
    #    move              label                   starts from         lands in     permission
    Move("book",           _("Booked"),            PENDING,            BOOKED,      "logistics.follow"),
    Move("doubt",          _("No answer"),         (ASKED,),           UNCLEAR,     "logistics.follow"),
    Move("refuse",         _("Refused"),           (*PENDING, BOOKED), REFUSED,     "logistics.follow"),
    Move("note_picked_up", _("Picked up"),         EVERY,              PICKED_UP,   "logistics.follow"),
    Move("note_on_way",    _("On the way"),        EVERY,              ON_WAY,      "logistics.follow"),
    Move("note_at_point",  _("At pick-up point"),  EVERY,              AT_POINT,    "logistics.follow"),
    Move("note_delivered", _("Delivered"),         EVERY,              DELIVERED,   "logistics.follow"),
    Move("note_returned",  _("Returned"),          EVERY,              RETURNED,    "logistics.follow"),
    Move("note_lost",      _("Lost"),              EVERY,              LOST,        "logistics.follow"),
    Move("note_cancelled", _("Cancelled"),         EVERY,              CANCELLED,   "logistics.follow"),
    clash=ShipmentClash,
)
# fmt: on
