"""What happens to shipments and on the rounds of our own drivers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.kernel.money import Money
from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ShipmentFact(Fact):
    """Everything said about a shipment names it, its number, what it carries, and the work order it belongs to."""

    shipment_id: int
    number: str
    subject: str = ""
    subject_id: int | None = None
    work_order_id: int | None = None


class ShipmentAsked(ShipmentFact):
    """A courier is to be booked."""

    name = "logistics.shipment_asked"
    says = gettext_noop("Shipment %(number)s: the courier is being booked")


@dataclass(frozen=True, kw_only=True)
class ShipmentBooked(ShipmentFact):
    """The courier has taken the booking; the tracking number may still be missing. Minor units."""

    name = "logistics.shipment_booked"
    says = gettext_noop("Shipment %(number)s is booked")
    price: int | None = None
    currency: str = ""

    def words(self) -> Mapping[str, object]:
        price = Money(self.price, self.currency) if self.price is not None and self.currency else ""
        return {"number": self.number, "price": price}


class ShipmentUnclear(ShipmentFact):
    """The courier did not answer: it may be booked or not. The courier is asked until it says."""

    name = "logistics.shipment_unclear"
    says = gettext_noop("Shipment %(number)s: no answer, the courier is asked again")


class ShipmentRefused(ShipmentFact):
    """The courier will not carry it."""

    name = "logistics.shipment_refused"
    says = gettext_noop("Shipment %(number)s was refused by the courier")


@dataclass(frozen=True, kw_only=True)
class ShipmentNumbered(ShipmentFact):
    """The tracking number is known: whoever waits for the parcel can follow it."""

    name = "logistics.shipment_numbered"
    says = gettext_noop("Shipment %(number)s has tracking number %(tracking)s")
    tracking: str


class ShipmentPickedUp(ShipmentFact):
    """The courier has it."""

    name = "logistics.shipment_picked_up"
    says = gettext_noop("Shipment %(number)s was picked up")


class ShipmentOnWay(ShipmentFact):
    """It is being carried."""

    name = "logistics.shipment_on_way"
    says = gettext_noop("Shipment %(number)s is on the way")


class ShipmentAtPoint(ShipmentFact):
    """It waits at the pick-up point."""

    name = "logistics.shipment_at_point"
    says = gettext_noop("Shipment %(number)s waits at the pick-up point")


class ShipmentDelivered(ShipmentFact):
    """The receiver has it."""

    name = "logistics.shipment_delivered"
    says = gettext_noop("Shipment %(number)s was delivered")


class ShipmentReturned(ShipmentFact):
    """The sender has it again."""

    name = "logistics.shipment_returned"
    says = gettext_noop("Shipment %(number)s came back to the sender")


class ShipmentLost(ShipmentFact):
    """The courier cannot find it."""

    name = "logistics.shipment_lost"
    says = gettext_noop("Shipment %(number)s is lost")


class ShipmentCancelled(ShipmentFact):
    """It is not carried."""

    name = "logistics.shipment_cancelled"
    says = gettext_noop("Shipment %(number)s is called off")


class ShipmentNotCancelled(ShipmentFact):
    """The courier would not call it off any more."""

    name = "logistics.shipment_not_cancelled"
    says = gettext_noop("Shipment %(number)s could not be called off any more")


class ShipmentLate(ShipmentFact):
    """It should have arrived by now; said once."""

    name = "logistics.shipment_late"
    says = gettext_noop("Shipment %(number)s is overdue")


@dataclass(frozen=True, kw_only=True)
class CourierAccountSet(Fact):
    """A courier account was set up or changed; `columns` says which, never what."""

    name = "logistics.courier_account_set"
    says = gettext_noop("Courier account set up")
    courier_account_id: int
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RouteFact(Fact):
    """Everything said about a round names it and its number."""

    route_id: int
    number: str


class RoutePlanned(RouteFact):
    """One of our own drivers is to go round."""

    name = "logistics.route_planned"
    says = gettext_noop("Round %(number)s planned")


class RouteChanged(RouteFact):
    """Its stops are others, or in another order."""

    name = "logistics.route_changed"
    says = gettext_noop("Stops of round %(number)s changed")


@dataclass(frozen=True, kw_only=True)
class StopDone(RouteFact):
    """A stop was made; `failed`: nothing was picked up or delivered there."""

    name = "logistics.stop_done"
    says = gettext_noop("Round %(number)s: a stop was made")
    stop_id: int
    shipment_id: int
    failed: bool = False
