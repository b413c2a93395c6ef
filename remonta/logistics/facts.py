"""What logistics tells the rooms above."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from remonta.logistics.couriers.facts import (
    CourierAccountSet,
    RouteChanged,
    RoutePlanned,
    ShipmentAsked,
    ShipmentAtPoint,
    ShipmentBooked,
    ShipmentCancelled,
    ShipmentDelivered,
    ShipmentFact,
    ShipmentLate,
    ShipmentLost,
    ShipmentNotCancelled,
    ShipmentNumbered,
    ShipmentOnWay,
    ShipmentPickedUp,
    ShipmentRefused,
    ShipmentReturned,
    ShipmentUnclear,
    StopDone,
)
from remonta.spine.facts import Fact

__all__ = [
    "CourierAccountSet",
    "RouteChanged",
    "RoutePlanned",
    "ShipmentAsked",
    "ShipmentAtPoint",
    "ShipmentBooked",
    "ShipmentCancelled",
    "ShipmentDelivered",
    "ShipmentFact",
    "ShipmentLate",
    "ShipmentLost",
    "ShipmentNotCancelled",
    "ShipmentNumbered",
    "ShipmentOnWay",
    "ShipmentPickedUp",
    "ShipmentRefused",
    "ShipmentReturned",
    "ShipmentUnclear",
    "StopDone",
]

KINDS = {
    "missing": _("missing"),
    "extra": _("too much"),
    "damaged": _("damaged"),
    "other": _("otherwise than written"),
}


@dataclass(frozen=True, kw_only=True)
class ParcelFact(Fact):
    """Everything said about a parcel names it by key and number, its centre, and the order in whose log it stands."""

    parcel_id: int
    centre_id: int
    number: str
    request_id: int | None = None
    work_order_id: int | None = None


class ParcelAnnounced(ParcelFact):
    """A customer wants to send something in; nobody has checked it yet."""

    name = "logistics.parcel_announced"
    says = gettext_noop("The customer will send it in: %(number)s")


class ParcelAccepted(ParcelFact):
    """It was checked and may come: the customer gets the logistics document."""

    name = "logistics.parcel_accepted"
    says = gettext_noop("Checked; the parcel %(number)s is expected")


class ParcelAskedBack(ParcelFact):
    """Something is unclear; the customer was asked."""

    name = "logistics.parcel_asked_back"
    says = gettext_noop("The customer was asked before the parcel %(number)s may come")


class ParcelRefused(ParcelFact):
    """It is not to be sent."""

    name = "logistics.parcel_refused"
    says = gettext_noop("The parcel %(number)s is refused")


class ParcelReminded(ParcelFact):
    """Nothing has come in the time set; the customer is reminded."""

    name = "logistics.parcel_reminded"
    says = gettext_noop("No parcel %(number)s yet; the customer is reminded")


class ParcelCalledOff(ParcelFact):
    """It will not come."""

    name = "logistics.parcel_called_off"
    says = gettext_noop("The parcel %(number)s will not come")


class ParcelSetAside(ParcelFact):
    """A parcel came without its document; nobody knows yet whose it is."""

    name = "logistics.parcel_set_aside"
    says = gettext_noop("A parcel without a document was set aside: %(number)s")


class ParcelMatched(ParcelFact):
    """It was found out to which announced parcel one without a document belongs."""

    name = "logistics.parcel_matched"
    says = gettext_noop("The parcel %(number)s was matched by hand")


class ParcelOpened(ParcelFact):
    """It has arrived and was opened; what was in it is in our hands."""

    name = "logistics.parcel_opened"
    says = gettext_noop("The parcel %(number)s has arrived and was opened")


class ParcelPacked(ParcelFact):
    """The unit and what belongs to it are packed to go back."""

    name = "logistics.parcel_packed"
    says = gettext_noop("Packed into the parcel %(number)s")


@dataclass(frozen=True, kw_only=True)
class ParcelSent(ParcelFact):
    """A courier has picked it up; `tracking` is the courier's number."""

    name = "logistics.parcel_sent"
    says = gettext_noop("The parcel %(number)s was picked up by the courier: %(tracking)s")
    tracking: str = ""


class ParcelDelivered(ParcelFact):
    """It has reached the customer."""

    name = "logistics.parcel_delivered"
    says = gettext_noop("The parcel %(number)s was delivered")


class ParcelUnpacked(ParcelFact):
    """It was unpacked again before anybody picked it up."""

    name = "logistics.parcel_unpacked"
    says = gettext_noop("The parcel %(number)s was unpacked again")


@dataclass(frozen=True, kw_only=True)
class ParcelLate(ParcelFact):
    """So many days after its time it has not been delivered."""

    name = "logistics.parcel_late"
    says = gettext_noop("The parcel %(number)s is %(days)s days late")
    days: int


@dataclass(frozen=True, kw_only=True)
class BatchFact(Fact):
    """Everything said about a batch names it by key and number, and the centre that has it."""

    batch_id: int
    centre_id: int
    number: str
    work_order_id: int | None = None


class BatchOpened(BatchFact):
    """A new batch is being packed."""

    name = "logistics.batch_opened"
    says = gettext_noop("Batch %(number)s begun")


class UnitPacked(BatchFact):
    """A unit lies in the batch."""

    name = "logistics.unit_packed"
    says = gettext_noop("Packed into the batch %(number)s")


class PartsPacked(BatchFact):
    """Parts lie in the batch."""

    name = "logistics.parts_packed"
    says = gettext_noop("Parts packed into the batch %(number)s")


class BatchDeclared(BatchFact):
    """What customs are told of the batch was written down."""

    name = "logistics.batch_declared"
    says = gettext_noop("Values for customs written down: %(number)s")


class BatchPacked(BatchFact):
    """A sealed batch lies in another one."""

    name = "logistics.batch_packed"
    says = gettext_noop("A batch was packed into the batch %(number)s")


class LineTakenOut(BatchFact):
    """Something was taken out of the batch again."""

    name = "logistics.line_taken_out"
    says = gettext_noop("Taken out of the batch %(number)s")


@dataclass(frozen=True, kw_only=True)
class BatchMoved(BatchFact):
    """The batch made a step: sealed, opened again, handed over, arrived, carried on, received, cancelled."""

    name = "logistics.batch_moved"
    says = gettext_noop("Batch %(number)s: %(step)s")
    move: str

    def words(self) -> Mapping[str, object]:
        return {**vars(self), "step": STEPS.get(self.move, self.move)}


@dataclass(frozen=True, kw_only=True)
class LineReceived(BatchFact):
    """Something was taken out of a batch at the other end; `state` says how it came."""

    name = "logistics.line_received"
    says = gettext_noop("Batch %(number)s: %(step)s")
    state: str

    def words(self) -> Mapping[str, object]:
        return {**vars(self), "step": RESULTS.get(self.state, self.state)}


@dataclass(frozen=True, kw_only=True)
class BatchLate(BatchFact):
    """So many days after its time it has not arrived."""

    name = "logistics.batch_late"
    says = gettext_noop("The batch %(number)s is %(days)s days late")
    days: int


@dataclass(frozen=True, kw_only=True)
class DifferenceFound(Fact):
    """What came was not what was written: of a parcel or a batch."""

    name = "logistics.difference_found"
    says = gettext_noop("%(number)s: difference found, %(kind)s")
    difference_id: int
    centre_id: int
    number: str
    kind_code: str
    work_order_id: int | None = None

    def words(self) -> Mapping[str, object]:
        return {**vars(self), "kind": KINDS.get(self.kind_code, self.kind_code)}


@dataclass(frozen=True, kw_only=True)
class OnwardAsked(Fact):
    """The unit is to go on to another centre, a partner or a maker."""

    name = "logistics.onward_asked"
    says = gettext_noop("To be sent on")
    onward_id: int
    work_order_id: int


class OnwardDropped(OnwardAsked):
    """The unit stays here after all."""

    name = "logistics.onward_dropped"
    says = gettext_noop("Is not sent on after all")


@dataclass(frozen=True, kw_only=True)
class WorkElsewhereDone(OnwardAsked):
    """Another centre has done its work for this order; `number` is its own order, `outcome` a code."""

    name = "logistics.work_elsewhere_done"
    says = gettext_noop("The work is done at the other centre under %(number)s; the unit comes back")
    number: str
    centre_id: int
    outcome: str = ""


STEPS = {
    "seal": _("sealed"),
    "unseal": _("seal opened"),
    "send": _("handed over"),
    "arrive": _("arrived"),
    "land": _("arrived, to be carried on"),
    "finish": _("everything received"),
    "cancel": _("cancelled"),
}
RESULTS = {
    "received": _("received"),
    "damaged": _("received damaged"),
    "missing": _("missing"),
    "returned": _("came back"),
}
