"""Rounds of our own drivers: what they collect and deliver, in which order, and what is marked on the way."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from remonta.identity.queries import every_centre, staff_at
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.logistics.commands.couriers.booking import locked
from remonta.logistics.commands.couriers.following import note_reports
from remonta.logistics.commands.couriers.refusals import (
    AlreadyPlanned,
    NobodyDrives,
    NotForDrivers,
    NotPickedUp,
    SignatureMissing,
    StopMade,
    StopsUnclear,
)
from remonta.logistics.couriers.choice import DriverCode
from remonta.logistics.couriers.contract import Report
from remonta.logistics.couriers.facts import RouteChanged, RouteFact, RoutePlanned, StopDone
from remonta.logistics.couriers.workflow import BOOKED, DELIVERED, MOVING, ON_WAY, PICKED_UP
from remonta.logistics.models.couriers import DriverRoute, RouteStop, Shipment, StopKind
from remonta.logistics.queries.couriers import routes_for, shipments_for
from remonta.spine.commands import KeptFile, attach, command, once, record, record_first, take_number


@once(routes_for)
def plan_round(
    actor: Actor, centre_uid: UUID, *, driver_uid: UUID, day: date, shipments: Sequence[UUID] = (), operation: UUID
) -> DriverRoute:
    """A round of somebody of the centre on that day, with the stops of these shipments.

    Raises NobodyDrives, NotForDrivers, AlreadyPlanned.
    """
    centre = every_centre().get(uid=centre_uid)
    if not actor.may("logistics.rounds", centre):
        raise NotPermitted
    driver = staff_at(centre).filter(uid=driver_uid).first()
    if driver is None:
        raise NobodyDrives
    chosen = _chosen(actor, centre.pk, shipments)
    number = f"D{take_number('driver_route'):07d}"
    route = DriverRoute.objects.create(number=number, centre=centre, driver=driver, day=day, made_at=actor.now())
    _add(route, chosen)
    record_first(actor, route, RoutePlanned(route_id=route.pk, number=route.number))
    return route


@once(routes_for)
def add_stops(actor: Actor, uid: UUID, *, shipments: Sequence[UUID], operation: UUID) -> DriverRoute:
    """More shipments for a round, at its end. Raises NotForDrivers, AlreadyPlanned."""
    route = _locked(actor, uid, "logistics.rounds")
    _add(route, _chosen(actor, route.centre_id, shipments))
    _tell(actor, route, RouteChanged)
    return route


@command
def order_stops(actor: Actor, uid: UUID, *, stops: Sequence[UUID]) -> DriverRoute:
    """The stops in another order; all of them are named. Raises StopsUnclear."""
    route = _locked(actor, uid, "logistics.rounds")
    known = {stop.uid: stop for stop in route.stops.all()}
    if sorted(known) != sorted(stops):
        raise StopsUnclear
    for position, stop_uid in enumerate(stops, 1):
        known[stop_uid].position = position
    RouteStop.objects.bulk_update(known.values(), ["position"])
    _tell(actor, route, RouteChanged)
    return route


@command
def drop_stop(actor: Actor, uid: UUID, *, stop_uid: UUID) -> DriverRoute:
    """The shipment is not on this round after all: its stops that were not made are taken out. Raises StopMade."""
    route = _locked(actor, uid, "logistics.rounds")
    stop = route.stops.get(uid=stop_uid)
    if stop.done_at is not None:
        raise StopMade
    route.stops.filter(shipment_id=stop.shipment_id, done_at=None).delete()
    _tell(actor, route, RouteChanged)
    return route


@once(routes_for)
def make_stop(
    actor: Actor,
    uid: UUID,
    *,
    stop_uid: UUID,
    signed_by: str = "",
    failed: str = "",
    signature: KeptFile | None = None,
    photos: Sequence[KeptFile] = (),
    operation: UUID,
) -> DriverRoute:
    """The driver was there: picked up or delivered, with who signed, or nothing was (`failed` says why).

    Raises StopMade, NotPickedUp, SignatureMissing for a delivery that nobody signed.
    """
    route = _locked(actor, uid, "logistics.drive", own=True)
    stop = route.stops.select_for_update(of=("self",)).get(uid=stop_uid)
    shipment = locked(actor, stop.shipment.uid, "logistics.drive")
    _check(stop, shipment, clean(signed_by), clean(failed), signature)
    stop.done_at, stop.signed_by, stop.failed = actor.now(), clean(signed_by)[:120], clean(failed)[:200]
    stop.save(update_fields=["done_at", "signed_by", "failed"])
    about: dict[str, Any] = {"subject": "logistics.shipment", "subject_id": shipment.pk}
    for kind, kept in [("signature", signature), *(("photo", photo) for photo in photos)]:
        if kept is not None:
            attach(actor, kept, kind=kind, **about)
    note_reports(actor.trusted_with("logistics.follow"), shipment.uid, reports=[_report(actor, stop)])
    record(actor, route, StopDone(**_named(route), stop_id=stop.pk, shipment_id=shipment.pk, failed=bool(stop.failed)))
    return route


def _chosen(actor: Actor, centre_id: int, uids: Sequence[UUID]) -> list[Shipment]:
    """In the order in which they were named."""
    rows = shipments_for(actor).select_for_update(of=("self",)).select_related("account")
    found = {row.uid: row for row in rows.filter(centre_id=centre_id, uid__in=uids).order_by("pk")}
    for row in found.values():
        if row.account.driver != DriverCode.OWN or row.state not in (BOOKED, *MOVING):
            raise NotForDrivers(number=row.number)
        if row.stops.filter(kind=StopKind.DELIVER, failed="").exists():
            raise AlreadyPlanned(number=row.number)
    return [found[uid] for uid in dict.fromkeys(uids) if uid in found]


def _add(route: DriverRoute, shipments: Sequence[Shipment]) -> None:
    """First everything is collected, then delivered, until somebody orders the stops otherwise."""
    last = route.stops.order_by("-position").values_list("position", flat=True).first() or 0
    collect = [(StopKind.COLLECT, one) for one in shipments if one.state == BOOKED and not _collected(one)]
    wanted = [*collect, *((StopKind.DELIVER, one) for one in shipments)]
    RouteStop.objects.bulk_create(
        RouteStop(uid=uuid7(), route=route, shipment=one, kind=kind, position=position)
        for position, (kind, one) in enumerate(wanted, last + 1)
    )


def _collected(shipment: Shipment) -> bool:
    return bool(shipment.stops.filter(kind=StopKind.COLLECT, failed="").exists())


def _check(stop: RouteStop, shipment: Shipment, signed_by: str, failed: str, signature: KeptFile | None) -> None:
    if stop.done_at is not None:
        raise StopMade
    if stop.kind == StopKind.DELIVER and shipment.state not in MOVING:
        raise NotPickedUp(number=shipment.number)
    if stop.kind == StopKind.DELIVER and not failed and not signed_by and signature is None:
        raise SignatureMissing


def _report(actor: Actor, stop: RouteStop) -> Report:
    """What the stop means for the shipment: a delivery that failed leaves it on the way."""
    done = {StopKind.COLLECT: PICKED_UP, StopKind.DELIVER: DELIVERED}[StopKind(stop.kind)]
    missed = ON_WAY if stop.kind == StopKind.DELIVER else ""
    return Report(f"stop {stop.uid}", actor.now(), missed if stop.failed else done, stop.failed or stop.signed_by)


def _locked(actor: Actor, uid: UUID, permission: str, *, own: bool = False) -> DriverRoute:
    route = routes_for(actor).select_for_update(of=("self",)).get(uid=uid)
    if not actor.may(permission, route) or (own and route.driver_id != actor.own_id):
        raise NotPermitted
    return route


def _tell(actor: Actor, route: DriverRoute, fact: type[RouteFact]) -> None:
    record(actor, route, fact(**_named(route)))


def _named(route: DriverRoute) -> dict[str, Any]:
    return {"route_id": route.pk, "number": route.number}
