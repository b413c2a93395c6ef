"""Our own drivers as a courier: nobody outside is asked; what happens is marked on the driver's phone."""

from remonta.logistics.couriers.contract import (
    Access,
    Booked,
    Booking,
    Cancelled,
    Heard,
    NotYet,
    Tracked,
)


class OwnDrivers:
    """Booked at once under our own number; called off at any time before it is picked up."""

    signs = True

    def __init__(self, access: Access) -> None:
        self.access = access

    def book(self, booking: Booking) -> Booked:
        return Booked(outside_number=booking.number, tracking_number=booking.number)

    def find(self, booking: Booking) -> Booked:
        return self.book(booking)

    def track(self, booking: Booking) -> Tracked:
        return Tracked(self.book(booking))

    def label(self, booking: Booking) -> NotYet:
        return NotYet()

    def cancel(self, booking: Booking) -> Cancelled:
        return Cancelled()

    def heard(self, body: bytes) -> tuple[Heard, ...]:
        return ()
