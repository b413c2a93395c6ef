"""Having things carried: asking for it, what the courier answers, calling it off.

The courier itself is asked by background work, outside transactions (see jobs); here its answers are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.logistics.commands.couriers.refusals import (
    NumberMissing,
    OnTheWayAlready,
    ReceiverMissing,
    SizeUnclear,
    WeightMissing,
)
from remonta.logistics.commands.couriers.telling import index_shipment, tell, told
from remonta.logistics.couriers import facts
from remonta.logistics.couriers.choice import DriverCode
from remonta.logistics.couriers.contract import (
    BookAnswer,
    Booked,
    CancelAnswer,
    Cancelled,
    Declined,
    Lost,
    Parcel,
    Party,
    Unheard,
    Unreached,
)
from remonta.logistics.couriers.workflow import ASKED, BOOKED, CANCELLED, PENDING, SHIPMENT, UNCLEAR
from remonta.logistics.models import Parcel as ParcelToCustomer
from remonta.logistics.models.couriers import CourierAccount, Shipment, ShipmentEvent
from remonta.logistics.queries.couriers import accounts_for, shipments_for
from remonta.logistics.workflow import PACKED
from remonta.orders.queries import work_orders_for
from remonta.spine.commands import KeptFile, attach, command, enqueue, once, record_first, take_number

BOOK, RECONCILE, CANCEL = "logistics.book_shipment", "logistics.reconcile_booking", "logistics.cancel_shipment"
LABEL, ASK = "logistics.fetch_label", "logistics.ask_courier"
WAITS = (5, 15, 30, 60, 120, 300, 600, 1800, 3600)
SURE_AFTER = 3
HEAVIEST, LONGEST, MOST_PIECES = 1_000_000, 5_000, 99


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be carried where. Without a sender, the account's; `due_at` is when it should have arrived.

    `subject` and `subject_id` name the thing of logistics that is in it.
    """

    receiver: Party
    parcels: Sequence[Parcel]
    sender: Party | None = None
    service: str = ""
    point: str = ""
    contents: str = ""
    due_at: datetime | None = None
    subject: str = ""
    subject_id: int | None = None
    work_order_uid: UUID | None = None


@once(shipments_for)
def book_shipment(actor: Actor, account_uid: UUID, *, wanted: Wanted, operation: UUID) -> Shipment:
    """Has it carried by that account's courier, who is asked after this transaction; our own drivers need no asking.

    Raises ReceiverMissing, WeightMissing, SizeUnclear.
    """
    account = accounts_for(actor).select_related("centre").get(uid=account_uid)
    if not actor.may("logistics.handle", account):
        raise NotPermitted
    _check(wanted)
    shipment = _new(actor, account, wanted)
    record_first(actor, shipment, facts.ShipmentAsked(**told(shipment)))
    if account.driver == DriverCode.OWN:
        _book(actor.trusted_with("logistics.follow"), shipment, Booked(shipment.number, shipment.number))
    else:
        enqueue(actor, BOOK, {"shipment": shipment.pk}, unique_key=f"{BOOK}:{shipment.pk}")
    index_shipment(shipment)
    return shipment


@command
def settle_booking(
    actor: Actor, uid: UUID, *, answer: BookAnswer | Unheard, asked: int = 0, unheard: int = 0
) -> Shipment:
    """Keeps what the courier answered to a booking, or to the question about it. While that is no result, it is asked
    again, later each time. An answer about a shipment that has its result only completes its numbers.
    """
    shipment = locked(actor, uid)
    if isinstance(answer, Booked):
        _book(actor, shipment, answer)
    elif shipment.state not in PENDING:
        return shipment
    elif isinstance(answer, Declined):
        refuse(actor, shipment, answer.reason)
    elif isinstance(answer, Unreached) and shipment.state == ASKED:
        wait_for(actor, shipment, BOOK, asked)
    else:
        if shipment.state == ASKED:
            SHIPMENT.apply("doubt", shipment, actor)
            shipment.save(update_fields=["state"])
            tell(actor, shipment, facts.ShipmentUnclear)
        wait_for(actor, shipment, RECONCILE, asked, unheard=unheard)
    return shipment


@once(shipments_for)
def cancel_shipment(actor: Actor, uid: UUID, *, operation: UUID) -> Shipment:
    """Calls it off, if the courier still lets us; what has been picked up goes on. Raises OnTheWayAlready."""
    shipment = locked(actor, uid, "logistics.handle")
    if shipment.state == CANCELLED or shipment.cancel_asked_at:
        return shipment
    if shipment.state not in (*PENDING, BOOKED):
        raise OnTheWayAlready(state=shipment.get_state_display())
    shipment.cancel_asked_at = actor.now()
    shipment.save(update_fields=["cancel_asked_at"])
    if shipment.account.driver == DriverCode.OWN:
        shipment.stops.filter(done_at=None).delete()
        _call_off(actor.trusted_with("logistics.follow"), shipment)
    else:
        enqueue(actor, CANCEL, {"shipment": shipment.pk}, unique_key=f"{CANCEL}:{shipment.pk}")
    return shipment


@command
def settle_cancel(actor: Actor, uid: UUID, *, answer: CancelAnswer, asked: int = 0) -> Shipment:
    """Keeps what the courier answered when it was asked to call a shipment off; without an answer it is asked again."""
    shipment = locked(actor, uid)
    if shipment.cancel_asked_at is None or shipment.ended_at is not None:
        return shipment
    if isinstance(answer, Lost):
        wait_for(actor, shipment, CANCEL, asked)
    elif isinstance(answer, Cancelled):
        _call_off(actor, shipment)
    else:
        shipment.cancel_asked_at = None
        shipment.save(update_fields=["cancel_asked_at"])
        tell(actor, shipment, facts.ShipmentNotCancelled)
    return shipment


@once(shipments_for)
def settle_by_hand(
    actor: Actor, uid: UUID, *, booked: bool, outside_number: str = "", tracking_number: str = "", operation: UUID
) -> Shipment:
    """Somebody has asked the courier on the phone: it is booked under that number, or it is not booked.

    Raises NumberMissing, ShipmentClash.
    """
    shipment = locked(actor, uid, "logistics.handle")
    trusted = actor.trusted_with("logistics.follow")
    if booked and not clean(outside_number):
        raise NumberMissing
    if shipment.state != UNCLEAR:
        raise SHIPMENT.clash(state=shipment.get_state_display())
    if booked:
        _book(trusted, shipment, Booked(clean(outside_number)[:60], clean(tracking_number)[:60]))
    else:
        refuse(trusted, shipment, "")
    return shipment


@command
def keep_label(actor: Actor, uid: UUID, *, kept: KeptFile) -> Shipment:
    """The label that came from the courier; the first one counts."""
    shipment = locked(actor, uid)
    if shipment.label_id is None:
        about: dict[str, Any] = {"subject": "logistics.shipment", "subject_id": shipment.pk, "kind": "label"}
        shipment.label = attach(actor, kept, **about)
        shipment.save(update_fields=["label"])
    return shipment


def locked(actor: Actor, uid: UUID, permission: str = "logistics.follow") -> Shipment:
    """The shipment, locked, for who has that permission where it belongs. Raises DoesNotExist, NotPermitted."""
    rows = shipments_for(actor).select_for_update(of=("self",)).select_related("account", "centre")
    shipment = rows.get(uid=uid)
    if not actor.may(permission, shipment):
        raise NotPermitted
    return shipment


def refuse(actor: Actor, shipment: Shipment, reason: str) -> None:
    """The courier will not carry it; `reason` in its own words."""
    SHIPMENT.apply("refuse", shipment, actor)
    shipment.refusal, shipment.ended_at = reason[:300], actor.now()
    shipment.save(update_fields=["state", "refusal", "ended_at"])
    tell(actor, shipment, facts.ShipmentRefused)


def keep_numbers(actor: Actor, shipment: Shipment, booked: Booked) -> None:
    """What the courier says of itself: numbers, price, when it will be there. A new tracking number is told."""
    numbered = bool(booked.tracking_number) and booked.tracking_number != shipment.tracking_number
    said: dict[str, Any] = {"outside_number": booked.outside_number, "tracking_number": booked.tracking_number}
    said |= {"price": booked.price, "currency": booked.currency}
    changed = {
        name: value for name, value in said.items() if value not in (None, "") and value != getattr(shipment, name)
    }
    if booked.due_at and shipment.due_at is None:
        changed["due_at"] = booked.due_at
    if not changed:
        return
    for name, value in changed.items():
        setattr(shipment, name, value)
    shipment.save(update_fields=[*changed])
    if numbered:
        tell(actor, shipment, facts.ShipmentNumbered, tracking=shipment.tracking_number)
        index_shipment(shipment)


def _book(actor: Actor, shipment: Shipment, booked: Booked) -> None:
    if shipment.state in PENDING:
        SHIPMENT.apply("book", shipment, actor)
        shipment.save(update_fields=["state"])
        tell(actor, shipment, facts.ShipmentBooked, price=booked.price, currency=booked.currency)
    keep_numbers(actor, shipment, booked)
    if shipment.account.driver != DriverCode.OWN and shipment.ended_at is None:
        args = {"shipment": shipment.pk}
        enqueue(actor, LABEL, args, unique_key=f"{LABEL}:{shipment.pk}")
        at = actor.now() + timedelta(minutes=10)
        enqueue(actor, ASK, args, run_at=at, unique_key=f"{ASK}:{shipment.pk}")


def _call_off(actor: Actor, shipment: Shipment) -> None:
    """A report of our own, later than every other, so that the newest still says where the parcel is."""
    newest = shipment.events.order_by("-at").values_list("at", flat=True).first()
    at = max(actor.now(), newest) if newest else actor.now()
    said = {"outside_id": "called off", "at": at, "status": CANCELLED, "heard_at": actor.now()}
    ShipmentEvent.objects.create(shipment=shipment, **said)
    SHIPMENT.apply("note_cancelled", shipment, actor)
    shipment.ended_at = at
    shipment.save(update_fields=["state", "ended_at"])
    tell(actor, shipment, facts.ShipmentCancelled)


def wait_for(actor: Actor, shipment: Shipment, job: str, asked: int, **more: Any) -> None:
    """The courier is asked again after a pause that grows with the number of questions so far."""
    wait = timedelta(seconds=WAITS[min(asked, len(WAITS) - 1)])
    args = {"shipment": shipment.pk, "asked": asked + 1, **more}
    enqueue(actor, job, args, run_at=actor.now() + wait, unique_key=f"{job}:{shipment.pk}")


def _new(actor: Actor, account: CourierAccount, wanted: Wanted) -> Shipment:
    order = work_orders_for(actor).get(uid=wanted.work_order_uid) if wanted.work_order_uid else None
    subject, subject_id = wanted.subject, wanted.subject_id
    if order is not None and not subject and (packed := _packed_for(order.pk)):
        subject, subject_id = "logistics.parcel", packed
    return Shipment.objects.create(
        number=f"S{take_number('shipment'):07d}",
        centre_id=account.centre_id,
        account=account,
        service=clean(wanted.service)[:60] or account.service,
        point=clean(wanted.point)[:60],
        contents=clean(wanted.contents)[:200],
        sender=_party(wanted.sender) if wanted.sender else account.sender,
        receiver=_party(wanted.receiver),
        parcels=[piece.kept() for piece in wanted.parcels],
        subject=subject,
        subject_id=subject_id,
        work_order_id=order.pk if order else None,
        asked_by_id=actor.account_id,
        asked_at=actor.now(),
        due_at=wanted.due_at,
    )


def _packed_for(order_id: int) -> int | None:
    """The parcel in which the unit of the order goes to its customer."""
    rows = ParcelToCustomer.objects.filter(way="out", state=PACKED, items__work_order=order_id)
    return rows.values_list("pk", flat=True).first()


def _check(wanted: Wanted) -> None:
    to = wanted.receiver
    if not (clean(to.name) or clean(to.company)) or not (clean(to.city) or clean(wanted.point)):
        raise ReceiverMissing
    if not 0 < len(wanted.parcels) <= MOST_PIECES or not all(0 < one.weight <= HEAVIEST for one in wanted.parcels):
        raise WeightMissing
    if not all(0 <= side <= LONGEST for one in wanted.parcels for side in (one.length, one.width, one.height)):
        raise SizeUnclear


def _party(party: Party) -> dict[str, str]:
    return {name: clean(value)[:200] for name, value in party.kept().items()}
