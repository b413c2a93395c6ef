"""Following shipments: what couriers report and answer, in whatever order and however often it comes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.logistics.commands.couriers.booking import (
    ASK,
    LABEL,
    RECONCILE,
    WAITS,
    keep_numbers,
    locked,
    refuse,
    wait_for,
)
from remonta.logistics.commands.couriers.refusals import NothingToAsk
from remonta.logistics.commands.couriers.telling import index_shipment, tell
from remonta.logistics.couriers import facts
from remonta.logistics.couriers.choice import DriverCode
from remonta.logistics.couriers.contract import Booked, Declined, Heard, Report, TrackAnswer, Tracked
from remonta.logistics.couriers.workflow import (
    AT_POINT,
    BOOKED,
    CANCELLED,
    DELIVERED,
    LOST,
    ON_WAY,
    PICKED_UP,
    REPORTED,
    RETURNED,
    SHIPMENT,
    STANDING,
)
from remonta.logistics.models.couriers import CourierAccount, Shipment, ShipmentEvent
from remonta.logistics.queries.couriers import shipments_for, standing_shipments
from remonta.spine.commands import command, enqueue

PAUSES = (10, 20, 40, 60, 120, 240, 360)  # minutes between questions while nothing new comes
RANK: dict[str, int] = {state: place for place, state in enumerate(REPORTED)}
FACTS: dict[str, type[facts.ShipmentFact]] = {
    PICKED_UP: facts.ShipmentPickedUp,
    ON_WAY: facts.ShipmentOnWay,
    AT_POINT: facts.ShipmentAtPoint,
    DELIVERED: facts.ShipmentDelivered,
    RETURNED: facts.ShipmentReturned,
    LOST: facts.ShipmentLost,
    CANCELLED: facts.ShipmentCancelled,
}


@command
def note_reports(actor: Actor, uid: UUID, *, reports: Iterable[Report]) -> Shipment:
    """Keeps what happened. A repeated report changes nothing; the state follows the newest one by the courier's clock,
    so that any order of arrival ends alike."""
    shipment = locked(actor, uid)
    _note(actor, shipment, reports)
    return shipment


@command
def note_tracking(actor: Actor, uid: UUID, *, answer: TrackAnswer, pause: int = 0) -> Shipment:
    """Keeps what the courier answered, and asks again later while the shipment has not come to an end; the pauses
    (`pause` counts them) grow while nothing new comes."""
    shipment = locked(actor, uid)
    fresh = 0
    if isinstance(answer, Tracked):
        keep_numbers(actor, shipment, answer.booked)
        fresh = _note(actor, shipment, answer.reports)
    elif isinstance(answer, Declined) and shipment.state == BOOKED:
        refuse(actor, shipment, answer.reason)
    if shipment.state in STANDING:
        _ask_later(actor, shipment, 0 if fresh else pause)
    return shipment


@command
def ask_courier(actor: Actor, uid: UUID) -> Shipment:
    """A person wants to know now. Raises NothingToAsk for what our own drivers carry."""
    shipment = locked(actor, uid, "logistics.handle")
    if shipment.account.driver == DriverCode.OWN:
        raise NothingToAsk
    _ask_now(actor, shipment)
    return shipment


@command
def hear(actor: Actor, account: CourierAccount, *, heard: Iterable[Heard], signed: bool) -> int:
    """What a courier sent to our hook; how many shipments it was about. Signed reports are kept, unsigned ones only
    make us ask. Shipments of other accounts and unknown ones are passed over."""
    known = 0
    for one in heard:
        shipment = _meant(actor, account, one)
        if shipment is None:
            continue
        known += 1
        if signed:
            _keep(actor, locked(actor, shipment.uid), one)
        else:
            _ask_now(actor, shipment)
    return known


@command
def note_late(actor: Actor, now: datetime) -> int:
    """Says once of every shipment that should have arrived by now that it has not; how many that were."""
    late = shipments_for(actor).filter(state__in=STANDING, due_at__lt=now, late_at=None)
    keys = list(late.order_by("pk").values_list("uid", flat=True)[:500])
    for uid in keys:
        shipment = locked(actor, uid)
        shipment.late_at = now
        shipment.save(update_fields=["late_at"])
        tell(actor, shipment, facts.ShipmentLate)
    return len(keys)


@command
def seek_forgotten(actor: Actor, asked_before: datetime) -> int:
    """Shipments whose background work has ended badly are asked about again; how many that were."""
    forgotten = list(standing_shipments(actor).filter(asked_at__lt=asked_before).order_by("pk")[:500])
    for shipment in forgotten:
        if shipment.outside_number:
            _ask_later(actor, shipment, len(PAUSES) - 1)
        else:
            wait_for(actor, shipment, RECONCILE, len(WAITS) - 1)
    return len(forgotten)


@command
def ask_for_label_later(actor: Actor, uid: UUID, *, asked: int) -> Shipment:
    """The courier has not drawn the label yet; it is asked again, later each time."""
    shipment = locked(actor, uid)
    wait_for(actor, shipment, LABEL, asked)
    return shipment


def _note(actor: Actor, shipment: Shipment, reports: Iterable[Report]) -> int:
    """How many of the reports were new."""
    told = {report.outside_id: report for report in reports}
    known = set(shipment.events.filter(outside_id__in=told).values_list("outside_id", flat=True))
    fresh = [report for name, report in told.items() if name not in known]
    if fresh:
        ShipmentEvent.objects.bulk_create([_event(actor, shipment, report) for report in fresh])
        _follow(actor, shipment)
    return len(fresh)


def _follow(actor: Actor, shipment: Shipment) -> None:
    """The state of the newest report; of two at the same time the further one."""
    rows = shipment.events.exclude(status="").values_list("at", "status")
    newest = max(rows, key=lambda row: (row[0], RANK[row[1]]), default=None)
    if newest is None:
        return
    at, status = newest
    ended = at if status not in STANDING else None
    moved = status != shipment.state
    if moved:
        SHIPMENT.apply(f"note_{status}", shipment, actor)
    if moved or ended != shipment.ended_at:
        shipment.ended_at = ended
        shipment.save(update_fields=["state", "ended_at"])
    if moved:
        tell(actor, shipment, FACTS[status])
        index_shipment(shipment)


def _keep(actor: Actor, shipment: Shipment, heard: Heard) -> None:
    """A report can be faster than the answer to the booking: its numbers count then too."""
    if heard.outside_number and not shipment.outside_number:
        keep_numbers(actor, shipment, Booked(heard.outside_number, heard.tracking_number))
        _ask_now(actor, shipment)
    _note(actor, shipment, heard.reports)


def _event(actor: Actor, shipment: Shipment, report: Report) -> ShipmentEvent:
    said = {"text": report.text[:300], "place": report.place[:120], "status": report.status, "at": report.at}
    return ShipmentEvent(shipment=shipment, outside_id=report.outside_id[:120], heard_at=actor.now(), **said)


def _meant(actor: Actor, account: CourierAccount, heard: Heard) -> Shipment | None:
    rows = shipments_for(actor).filter(account=account)
    for name in ("uid", "outside_number", "tracking_number"):
        if value := getattr(heard, name):
            return rows.filter(**{name: value}).first() if name != "uid" or _is_uid(value) else None
    return None


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _ask_now(actor: Actor, shipment: Shipment) -> None:
    """Beside the question that waits for its time."""
    args = {"shipment": shipment.pk, "pause": 0}
    enqueue(actor, ASK, args, unique_key=f"{ASK}:now:{shipment.pk}")
    if shipment.label_id is None and shipment.outside_number:
        enqueue(actor, LABEL, {"shipment": shipment.pk}, unique_key=f"{LABEL}:{shipment.pk}")


def _ask_later(actor: Actor, shipment: Shipment, pause: int) -> None:
    wait = timedelta(minutes=PAUSES[min(pause, len(PAUSES) - 1)])
    args = {"shipment": shipment.pk, "pause": pause + 1}
    enqueue(actor, ASK, args, run_at=actor.now() + wait, unique_key=f"{ASK}:{shipment.pk}")
