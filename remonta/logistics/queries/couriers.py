"""Reading courier accounts, shipments and the rounds of our own drivers."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.kernel.ids import fingerprint
from remonta.kernel.money import Money
from remonta.logistics.couriers.choice import NEEDS, DriverCode
from remonta.logistics.couriers.contract import Parcel, Party
from remonta.logistics.couriers.workflow import BOOKED, PENDING, STANDING, ShipmentState
from remonta.logistics.models import Batch
from remonta.logistics.models import Parcel as Outgoing
from remonta.logistics.models.couriers import (
    CourierAccount,
    DriverRoute,
    RouteStop,
    Shipment,
    ShipmentEvent,
    StopKind,
)
from remonta.spine.queries import Attachment, attachments_for, file_scope, read_stored, search_kind, webhook_key

SEPARATOR = re.compile(r"[,\n]")

__all__ = [
    "NEEDS",
    "CourierAccount",
    "DriverCode",
    "DriverRoute",
    "EventLine",
    "Parcel",
    "Party",
    "RouteStop",
    "Shipment",
    "ShipmentPage",
    "ShipmentState",
    "Stop",
    "accounts_for",
    "accounts_to_set",
    "hook_key",
    "hook_path",
    "hook_secret",
    "hook_url",
    "hooked_account",
    "label_of",
    "own_routes",
    "receiver_of",
    "rounds_of_day",
    "route_stops",
    "routes_for",
    "shipment_page",
    "shipments_for",
    "shipments_of",
    "standing_shipments",
    "to_be_driven",
    "tracking_url",
    "with_stops",
]
SUBJECT = "logistics.shipment"


@dataclass(frozen=True)
class EventLine:
    """One report of the courier; `label` is the state it means, empty for a mere note."""

    at: datetime
    status: str
    label: str
    text: str
    place: str


@dataclass(frozen=True)
class ShipmentPage:
    """A shipment with everything its page shows; `may_…` say which buttons the actor has."""

    id: int
    uid: UUID
    number: str
    state: str
    state_label: str
    centre_id: int
    centre: str
    account: str
    driver: str
    service: str
    point: str
    contents: str
    sender: Party
    receiver: Party
    parcels: tuple[Parcel, ...]
    outside_number: str
    tracking_number: str
    tracking_url: str
    price: Money | None
    order_uid: UUID | None
    order_number: str
    refusal: str
    asked_at: datetime
    due_at: datetime | None
    late: bool
    cancelling: bool
    has_label: bool
    events: tuple[EventLine, ...]
    files: tuple[Attachment, ...]
    may_cancel: bool
    may_ask: bool
    may_settle: bool


@dataclass(frozen=True)
class Stop:
    """A stop as the driver sees it: where, whom, what."""

    uid: UUID
    kind: str
    kind_label: str
    position: int
    shipment_uid: UUID
    number: str
    state: str
    contents: str
    pieces: int
    weight: int
    party: Party
    done_at: datetime | None
    signed_by: str
    failed: str

    @property
    def over(self) -> bool:
        return self.done_at is not None


def accounts_for(actor: Actor) -> QuerySet[CourierAccount]:
    """The courier accounts by which the actor may send."""
    return CourierAccount.objects.filter(in_reach(actor, "logistics.see"), archived_at=None)


def accounts_to_set(actor: Actor) -> QuerySet[CourierAccount]:
    """The courier accounts the actor may set up, archived ones too."""
    return CourierAccount.objects.filter(in_reach(actor, "logistics.couriers"))


def shipments_for(actor: Actor) -> QuerySet[Shipment]:
    """The shipments of the centres in which the actor may see parcels, and those on the actor's own rounds."""
    own = Q(pk__in=RouteStop.objects.filter(route__in=own_routes(actor)).values("shipment_id"))
    return Shipment.objects.filter(in_reach(actor, "logistics.see") | own)


def routes_for(actor: Actor) -> QuerySet[DriverRoute]:
    """The rounds of the centres in which the actor may see parcels, and the actor's own."""
    return DriverRoute.objects.filter(in_reach(actor, "logistics.see") | Q(pk__in=own_routes(actor).values("pk")))


def own_routes(actor: Actor) -> QuerySet[DriverRoute]:
    """The rounds the actor drives."""
    return DriverRoute.objects.filter(in_reach(actor, "logistics.drive"), driver_id=actor.own_id)


def shipments_of(actor: Actor, subject: str, subject_id: int) -> QuerySet[Shipment]:
    """The shipments that carry a thing, oldest first. One statement."""
    return shipments_for(actor).filter(subject=subject, subject_id=subject_id).select_related("account").order_by("pk")


def standing_shipments(actor: Actor) -> QuerySet[Shipment]:
    """Those that have not come to an end, but for the ones our own drivers carry."""
    return shipments_for(actor).filter(state__in=STANDING).exclude(account__driver=DriverCode.OWN)


def to_be_driven(actor: Actor, centre_id: int) -> QuerySet[Shipment]:
    """Shipments for our own drivers that are on no round: booked, and no stop to deliver them stands."""
    planned = RouteStop.objects.filter(kind=StopKind.DELIVER, failed="").values("shipment_id")
    rows = shipments_for(actor).filter(centre_id=centre_id, account__driver=DriverCode.OWN)
    return rows.filter(state__in=[BOOKED, "picked_up", "on_way"]).exclude(pk__in=planned).order_by("due_at", "pk")


def receiver_of(thing: Batch | Outgoing) -> Party:
    """To whom a batch or a parcel goes, in the fields couriers want; its centre must have been read. No statement."""
    if isinstance(thing, Outgoing):
        street, city = _split(thing.address)
        return Party(
            name=thing.sender_name, phone=thing.sender_phone, email=thing.sender_email, street=street, city=city
        )
    if (centre := thing.to_centre) is None:
        street, city = _split(thing.to_address)
        return Party(company=thing.to_name, street=street, city=city)
    said = {"phone": centre.phone, "email": centre.email, "city": centre.city, "country": centre.country}
    return Party(company=centre.name, street=centre.address, **said)


def _split(address: str) -> tuple[str, str]:
    """Street and city of an address in one text: the city stands last."""
    parts = [part.strip() for part in SEPARATOR.split(address) if part.strip()]
    return ", ".join(parts[:-1]) or (parts[0] if parts else ""), parts[-1] if parts else ""


def shipment_page(actor: Actor, uid: UUID) -> ShipmentPage:
    """A shipment as its page shows it. Four statements. Raises DoesNotExist."""
    row = shipments_for(actor).select_related("account", "centre", "work_order").get(uid=uid)
    handles = actor.may("logistics.handle", row)
    standing, outside = row.state in STANDING, row.account.driver != DriverCode.OWN
    return ShipmentPage(
        id=row.pk,
        **{name: getattr(row, name) for name in SAME},
        state_label=str(ShipmentState(row.state).label),
        centre=row.centre.name,
        account=row.account.name,
        driver=row.account.driver,
        sender=Party.of(row.sender),
        receiver=Party.of(row.receiver),
        parcels=parcels_of(row.parcels),
        tracking_url=tracking_url(row.account.driver, row.tracking_number),
        price=price_of(row),
        order_uid=row.work_order.uid if row.work_order else None,
        order_number=row.work_order.number if row.work_order else "",
        late=row.late_at is not None and standing,
        cancelling=row.cancel_asked_at is not None and standing,
        has_label=row.label_id is not None,
        events=tuple(map(_line, row.events.order_by("-at", "-pk"))),
        files=tuple(attachments_for(actor, [(SUBJECT, row.pk)]).exclude(kind="label")),
        may_cancel=handles and row.state in (*PENDING, BOOKED) and row.cancel_asked_at is None,
        may_ask=handles and outside and standing,
        may_settle=handles and row.state == ShipmentState.UNCLEAR,
    )


SAME = (
    "uid",
    "number",
    "state",
    "centre_id",
    "service",
    "point",
    "contents",
    "outside_number",
    "tracking_number",
    "refusal",
    "asked_at",
    "due_at",
)


def parcels_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Parcel, ...]:
    """The pieces of a shipment. No statement."""
    return tuple(Parcel(**piece) for piece in kept)


def price_of(row: Shipment) -> Money | None:
    """What the courier takes, once it is known."""
    return Money(row.price, row.currency) if row.price is not None and row.currency else None


def tracking_url(driver: str, number: str) -> str:
    """The courier's public page about a parcel; empty where there is none."""
    page = NEEDS[DriverCode(driver)].tracking_page
    return page.format(number=number) if page and number else ""


def label_of(actor: Actor, uid: UUID) -> bytes:
    """The label as a PDF. Two statements. Raises DoesNotExist for what the actor may not see or has no label."""
    row = shipments_for(actor).exclude(label=None).select_related("label__file").get(uid=uid)
    assert row.label is not None, "those without were left out"
    return read_stored(row.label.file.sha256)


def route_stops(actor: Actor, route_id: int) -> tuple[Stop, ...]:
    """The stops of a round the actor may see, in their order. One statement."""
    rows = RouteStop.objects.filter(route_id=route_id, route__in=routes_for(actor)).select_related("shipment")
    return tuple(_stop(row) for row in rows.order_by("position", "pk"))


def with_stops(routes: QuerySet[DriverRoute]) -> QuerySet[DriverRoute]:
    """Rounds with the number of their stops, and of those that were made."""
    done = Count("stops", filter=Q(stops__done_at__isnull=False))
    return routes.select_related("driver", "centre").annotate(stops_count=Count("stops"), stops_done=done)


def rounds_of_day(actor: Actor, day: date) -> QuerySet[DriverRoute]:
    """The actor's own rounds of a day and those not finished before, oldest first."""
    return with_stops(own_routes(actor)).filter(Q(day=day) | Q(day__lt=day, stops__done_at=None)).order_by("day", "pk")


def hook_secret(account: CourierAccount) -> str:
    """The secret by which the courier signs what it reports to us."""
    return webhook_key(f"courier:{account.uid}:{account.hook_turn}")


def hook_key(account: CourierAccount) -> str:
    """What stands in the address of the hook of couriers that do not sign."""
    return fingerprint(hook_secret(account))[:32]


def hook_path(account: CourierAccount) -> str:
    """Where the courier reports to, below the address of this installation."""
    signs = account.driver == DriverCode.SIMULATED
    return f"/hooks/couriers/{account.uid}/" + ("" if signs else f"{hook_key(account)}/")


def hook_url(account: CourierAccount) -> str:
    """The whole address of the hook."""
    return settings.BASE_URL + hook_path(account)


def hooked_account(actor: Actor, uid: UUID) -> CourierAccount | None:
    """The account a report names, for the hook's own actor. One statement."""
    if not actor.may_at("logistics.follow", None):
        return None
    rows = CourierAccount.objects.filter(uid=uid, archived_at=None).exclude(driver=DriverCode.OWN)
    return rows.first()


def _line(row: ShipmentEvent) -> EventLine:
    label = str(ShipmentState(row.status).label) if row.status else ""
    return EventLine(row.at, row.status, label, row.text, row.place)


def _stop(row: RouteStop) -> Stop:
    shipment = row.shipment
    return Stop(
        uid=row.uid,
        kind=row.kind,
        kind_label=str(StopKind(row.kind).label),
        position=row.position,
        shipment_uid=shipment.uid,
        number=shipment.number,
        state=shipment.state,
        contents=shipment.contents,
        pieces=len(shipment.parcels),
        weight=sum(piece["weight"] for piece in shipment.parcels),
        party=Party.of(shipment.sender if row.kind == StopKind.COLLECT else shipment.receiver),
        done_at=row.done_at,
        signed_by=row.signed_by,
        failed=row.failed,
    )


def _visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return list(shipments_for(actor).filter(pk__in=ids).values_list("pk", flat=True))


file_scope(SUBJECT, _visible)
search_kind("shipment", "logistics.see")
