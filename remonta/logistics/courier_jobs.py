"""Talking with couriers: after the transaction, again after a crash, and until the result is known."""

from collections.abc import Generator
from datetime import timedelta

from remonta.logistics.commands.couriers import (
    ASK,
    BOOK,
    CANCEL,
    LABEL,
    RECONCILE,
    SURE_AFTER,
    WAITS,
    access_of,
    ask_for_label_later,
    keep_label,
    note_late,
    note_tracking,
    seek_forgotten,
    settle_booking,
    settle_cancel,
)
from remonta.logistics.couriers.choice import DriverCode, courier_for
from remonta.logistics.couriers.contract import (
    BookAnswer,
    Booking,
    CancelAnswer,
    Cancelled,
    Courier,
    Label,
    Party,
    Unheard,
)
from remonta.logistics.couriers.contract import Lost as NoAnswer
from remonta.logistics.couriers.workflow import ASKED, PENDING, STANDING
from remonta.logistics.models.couriers import Shipment
from remonta.logistics.queries.couriers import parcels_of, shipments_for
from remonta.spine.commands import Kind, Progress, Task, handles, keep, scheduled

RIGHTS = ("logistics.see", "logistics.follow", "orders.see")
FORGOTTEN = timedelta(hours=6)
MOST_LABELS = len(WAITS)
Steps = Generator[Progress, None, None]


@handles(BOOK, *RIGHTS, kind=Kind.LOOSE)
def book(task: Task) -> Steps:
    """Books at the courier. A second attempt at the same job asks first: the one before may have booked and died."""
    shipment = _shipment(task, PENDING)
    if shipment is not None and shipment.state == ASKED and not shipment.cancel_asked_at:
        answer: BookAnswer = _courier(shipment).book(booking_of(shipment)) if task.attempt == 1 else NoAnswer()
        settle_booking(task.actor, shipment.uid, answer=answer, asked=int(task.args.get("asked", 0)))
    yield Progress(1, 1)


@handles(RECONCILE, *RIGHTS, kind=Kind.LOOSE)
def reconcile(task: Task) -> Steps:
    """Asks what became of a booking. When the courier has not heard of it several times, it is booked again, with the
    same id of ours."""
    shipment = _shipment(task, PENDING)
    if shipment is not None:
        courier, booking = _courier(shipment), booking_of(shipment)
        known: BookAnswer | Unheard = courier.find(booking)
        unheard = int(task.args.get("unheard", 0)) + isinstance(known, Unheard)
        if isinstance(known, Unheard) and shipment.cancel_asked_at is None and unheard >= SURE_AFTER:
            known, unheard = courier.book(booking), 0
        counted = {"asked": int(task.args["asked"]), "unheard": unheard}
        settle_booking(task.actor, shipment.uid, answer=known, **counted)
    yield Progress(1, 1)


@handles(CANCEL, *RIGHTS, kind=Kind.LOOSE)
def cancel(task: Task) -> Steps:
    """Calls it off at the courier. What the courier surely never heard of needs no calling off; what it knows, it is
    asked to call off under its own number."""
    shipment = _shipment(task, STANDING)
    if shipment is not None and shipment.cancel_asked_at is not None:
        courier, asked = _courier(shipment), int(task.args.get("asked", 0))
        if shipment.state in PENDING:
            known = courier.find(booking_of(shipment))
            if not isinstance(known, Unheard):
                settle_booking(task.actor, shipment.uid, answer=known, asked=asked)
                shipment = shipments_for(task.actor).select_related("account").get(pk=shipment.pk)
        if shipment.state in PENDING:  # whoever books it may still be at it: only after a while it is sure
            sure = isinstance(known, Unheard) and asked >= SURE_AFTER
            answer: CancelAnswer = Cancelled() if sure else NoAnswer()
        else:
            answer = courier.cancel(booking_of(shipment))
        settle_cancel(task.actor, shipment.uid, answer=answer, asked=asked)
    yield Progress(1, 1)


@handles(ASK, *RIGHTS, kind=Kind.LOOSE)
def ask(task: Task) -> Steps:
    """Asks what has happened to a shipment since."""
    shipment = _shipment(task, STANDING)
    if shipment is not None and shipment.outside_number:
        answer = _courier(shipment).track(booking_of(shipment))
        note_tracking(task.actor, shipment.uid, answer=answer, pause=int(task.args.get("pause", 0)))
    yield Progress(1, 1)


@handles(LABEL, *RIGHTS, kind=Kind.LOOSE)
def fetch_label(task: Task) -> Steps:
    """Fetches the label; couriers draw it some time after the booking."""
    shipment = _shipment(task, STANDING)
    if shipment is not None and shipment.label_id is None:
        label, asked = _courier(shipment).label(booking_of(shipment)), int(task.args.get("asked", 0))
        if isinstance(label, Label):
            keep_label(task.actor, shipment.uid, kept=keep(label.content, f"{shipment.number}.pdf"))
        elif asked < MOST_LABELS:
            ask_for_label_later(task.actor, shipment.uid, asked=asked)
    yield Progress(1, 1)


@handles("logistics.look_after_shipments", *RIGHTS)
def look_after_shipments(task: Task) -> dict[str, int]:
    """Says which shipments are overdue, and asks about those nobody asks about any more."""
    now = task.now()
    return {"late": note_late(task.actor, now), "asked": seek_forgotten(task.actor, now - FORGOTTEN)}


scheduled("logistics.look_after_shipments", every=timedelta(minutes=15))


def booking_of(shipment: Shipment) -> Booking:
    """The shipment as drivers see it; read with its account."""
    same = ("uid", "number", "asked_at", "service", "point", "contents", "outside_number", "tracking_number")
    return Booking(
        **{name: getattr(shipment, name) for name in same},
        sender=Party.of(shipment.sender),
        receiver=Party.of(shipment.receiver),
        parcels=parcels_of(shipment.parcels),
    )


def _shipment(task: Task, states: tuple[str, ...]) -> Shipment | None:
    rows = shipments_for(task.actor).filter(pk=task.args["shipment"], state__in=states)
    return rows.exclude(account__driver=DriverCode.OWN).select_related("account").first()


def _courier(shipment: Shipment) -> Courier:
    return courier_for(shipment.account.driver, access_of(shipment.account))
