"""Couriers: their accounts, shipments, and the rounds of our own drivers."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Query, Router, UploadedFile
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.documents import paper_of
from remonta.api.fields import Asked, Code, Day, Email, Line, Moment, Word
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.places import PAPER, PDF
from remonta.api.shapes.couriers import (
    CourierSetShape,
    CourierShape,
    RoundRow,
    RoundShape,
    ShipmentRow,
    ShipmentShape,
)
from remonta.api.shapes.papers import Paper
from remonta.api.spoken import op
from remonta.documents.commands import print_shipment_label
from remonta.logistics.commands import couriers as commands
from remonta.logistics.queries import batches_for, parcels_for
from remonta.logistics.queries.couriers import (
    CourierAccount,
    DriverCode,
    ShipmentState,
    accounts_for,
    accounts_to_set,
    hook_secret,
    hook_url,
    label_of,
    route_stops,
    routes_for,
    shipment_page,
    shipments_for,
    with_stops,
)
from remonta.spine.commands import keep
from remonta.web.requests import Request

router = Router()
Driver = Literal["own", "inpost", "cdek", "simulated"]


class PartyAsked(Asked):
    """Who sends or gets it; the phone in E.164, the country in two letters."""

    name: Word = ""
    company: Word = ""
    phone: Code = ""
    email: Email = ""
    street: Word = ""
    building: Code = ""
    city: Word = ""
    postcode: Code = ""
    country: str = Field("", pattern=r"^([A-Z]{2})?$")

    def party(self) -> commands.Party:
        return commands.Party(**self.model_dump())


class CourierAsked(Asked):
    """What an account is; secrets left out or empty stay as they are."""

    name: Word = Field(min_length=1)
    url: Line = Field("", max_length=200)
    service: Code = ""
    sender: PartyAsked | None = None
    secrets: dict[Code, Line] = Field(default_factory=dict, max_length=10)

    def said(self) -> dict[str, Any]:
        """As commands take it."""
        same = {name: getattr(self, name) for name in ("name", "url", "service", "secrets")}
        return same | {"sender": self.sender.party() if self.sender else None}


class NewCourier(CourierAsked):
    """Whose account it is, and which courier's."""

    centre_uid: UUID
    driver: Driver


class PieceAsked(Asked):
    """One piece: grams and millimetres."""

    weight: int = Field(1000, ge=1, le=1_000_000)
    length: int = Field(0, ge=0, le=5_000)
    width: int = Field(0, ge=0, le=5_000)
    height: int = Field(0, ge=0, le=5_000)


class ShipmentAsked(Asked):
    """What is to be carried where. Without a sender, the account's. A batch or a parcel gets the courier's number."""

    courier_uid: UUID
    receiver: PartyAsked
    sender: PartyAsked | None = None
    parcels: list[PieceAsked] = Field(min_length=1, max_length=99)
    service: Code = ""
    point: Code = ""
    contents: Word = ""
    due_at: Moment | None = None
    order_uid: UUID | None = None
    batch_uid: UUID | None = None
    parcel_uid: UUID | None = None


class ShipmentFilter(Paging):
    """Which shipments."""

    state: ShipmentState | None = None
    courier: UUID | None = None
    order: UUID | None = None
    tracking: Code = ""


class SettledAsked(Asked):
    """What the courier said on the phone."""

    booked: bool
    outside_number: Code = ""
    tracking_number: Code = ""


class RoundFilter(Paging):
    """Which rounds; `mine` are those the key's owner drives."""

    day: Day | None = None
    mine: bool = False


class RoundAsked(Asked):
    """Who drives on which day, with which shipments."""

    centre_uid: UUID
    driver_uid: UUID
    day: Day
    shipments: list[UUID] = Field(default_factory=list, max_length=200)


class StopsAsked(Asked):
    """More shipments."""

    shipments: list[UUID] = Field(min_length=1, max_length=200)


class StopOrderAsked(Asked):
    """All stops in their new order."""

    stops: list[UUID] = Field(min_length=1, max_length=400)


class DropAsked(Asked):
    """The stop whose shipment is not on this round after all."""

    stop_uid: UUID


class MadeAsked(Asked):
    """Which stop was made, and who signed; `failed` says why nothing was picked up or delivered."""

    stop_uid: UUID
    signed_by: Word = ""
    failed: Word = ""


def courier_of(row: CourierAccount) -> dict[str, Any]:
    """An account for whoever sends by it. No statement when read with its centre."""
    same = {name: getattr(row, name) for name in ("uid", "name", "driver", "service")}
    named = {"driver_name": str(DriverCode(row.driver).label), "centre_uid": row.centre.uid, "centre": row.centre.name}
    return same | named


def courier_set(request: Request, uid: UUID) -> dict[str, Any]:
    """An account for whoever sets it up. One statement. Raises DoesNotExist."""
    row = accounts_to_set(request.actor).select_related("centre").get(uid=uid)
    hooked = row.driver != DriverCode.OWN
    return courier_of(row) | {
        "url": row.url,
        "sender": commands.Party.of(row.sender),
        "secrets": sorted(commands.access_of(row).secrets),
        "hook_url": hook_url(row) if hooked else "",
        "hook_secret": hook_secret(row) if hooked else "",
        "archived": row.archived_at is not None,
    }


def row_of(row: Any) -> dict[str, Any]:
    """A shipment in a list. No statement when read with its account."""
    same = {name: getattr(row, name) for name in ("uid", "number", "state", "tracking_number", "asked_at", "due_at")}
    to = commands.Party.of(row.receiver)
    return same | {"courier": row.account.name, "receiver": to.name or to.company, "city": to.city}


def round_of(row: Any) -> dict[str, Any]:
    """A round in a list. No statement when read with_stops."""
    same = {name: getattr(row, name) for name in ("uid", "number", "day", "stops_count", "stops_done")}
    return same | {"driver_uid": row.driver.uid, "driver": row.driver.name, "centre": row.centre.name}


@router.get("/couriers", **op("couriers", list[CourierShape]))
def couriers(request: Request) -> Any:
    """The accounts by which one may send."""
    return [courier_of(row) for row in accounts_for(request.actor).select_related("centre").order_by("name")]


@router.post("/couriers", **op("couriers", CourierSetShape, once=True, status=201))
def add(request: Request, asked: NewCourier) -> Any:
    """A new account with a courier."""
    said = asked.said() | {"driver": asked.driver}
    made = commands.add_courier(request.actor, asked.centre_uid, **said, operation=operation_of(request))
    return courier_set(request, made.uid)


@router.get("/couriers/{uuid:uid}", **op("courier", CourierSetShape))
def courier(request: Request, uid: UUID) -> Any:
    """An account as it is set up."""
    return courier_set(request, uid)


@router.put("/couriers/{uuid:uid}", **op("courier", CourierSetShape))
def change(request: Request, uid: UUID, asked: CourierAsked) -> Any:
    """Other data of an account."""
    commands.change_courier(request.actor, uid, **asked.said())
    return courier_set(request, uid)


@router.post("/couriers/{uuid:uid}/hook", **op("courier-hook", CourierSetShape))
def turn_hook(request: Request, uid: UUID) -> Any:
    """A new address and a new secret for what the courier reports; the old ones count no more."""
    commands.turn_hook(request.actor, uid)
    return courier_set(request, uid)


@router.post("/couriers/{uuid:uid}/archive", **op("courier-archive", CourierSetShape))
def archive(request: Request, uid: UUID) -> Any:
    """Nothing is sent by this account any more."""
    commands.archive_courier(request.actor, uid)
    return courier_set(request, uid)


@router.get("/shipments", **op("shipments", Page[ShipmentRow]))
def listed(request: Request, asked: Query[ShipmentFilter]) -> Any:
    """Shipments in pages, newest first."""
    rows = shipments_for(request.actor).select_related("account")
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(account__uid=asked.courier) if asked.courier else rows
    rows = rows.filter(work_order__uid=asked.order) if asked.order else rows
    return page_of(rows.filter(tracking_number=asked.tracking) if asked.tracking else rows, asked, each(row_of))


@router.post("/shipments", **op("shipments", ShipmentShape, once=True, status=201))
def book(request: Request, asked: ShipmentAsked) -> Any:
    """Has something carried: the courier is asked at once, and until its answer is known."""
    subject, subject_id = _carried(request, asked)
    wanted = commands.Wanted(
        subject=subject,
        subject_id=subject_id,
        receiver=asked.receiver.party(),
        sender=asked.sender.party() if asked.sender else None,
        parcels=tuple(commands.Parcel(**one.model_dump()) for one in asked.parcels),
        work_order_uid=asked.order_uid,
        **{name: getattr(asked, name) for name in ("service", "point", "contents", "due_at")},
    )
    made = commands.book_shipment(request.actor, asked.courier_uid, wanted=wanted, operation=operation_of(request))
    return shipment_page(request.actor, made.uid)


@router.get("/shipments/{uuid:uid}", **op("shipment", ShipmentShape))
def shipment(request: Request, uid: UUID) -> Any:
    """A shipment with everything that happened to it."""
    return shipment_page(request.actor, uid)


@router.get("/shipments/{uuid:uid}/label", **op("shipment-label"), openapi_extra=PAPER)
def label(request: Request, uid: UUID) -> Any:
    """The courier's label as a PDF."""
    return HttpResponse(label_of(request.actor, uid), content_type=PDF)


@router.post("/shipments/{uuid:uid}/paper", **op("shipment-paper", Paper, status=201))
def paper(request: Request, uid: UUID) -> Any:
    """Prints the labels of what our own drivers carry, one a piece."""
    return paper_of(print_shipment_label(request.actor, uid))


def _carried(request: Request, asked: ShipmentAsked) -> tuple[str, int | None]:
    if asked.batch_uid:
        return "logistics.batch", batches_for(request.actor).values_list("pk", flat=True).get(uid=asked.batch_uid)
    if asked.parcel_uid:
        return "logistics.parcel", parcels_for(request.actor).values_list("pk", flat=True).get(uid=asked.parcel_uid)
    return "", None


@router.post("/shipments/{uuid:uid}/cancel", **op("shipment-cancel", ShipmentShape, once=True))
def cancel(request: Request, uid: UUID) -> Any:
    """Calls a shipment off, if the courier still lets us."""
    commands.cancel_shipment(request.actor, uid, operation=operation_of(request))
    return shipment_page(request.actor, uid)


@router.post("/shipments/{uuid:uid}/ask", **op("shipment-ask", ShipmentShape))
def ask(request: Request, uid: UUID) -> Any:
    """Asks the courier now what has happened; the answer is there soon."""
    commands.ask_courier(request.actor, uid)
    return shipment_page(request.actor, uid)


@router.post("/shipments/{uuid:uid}/settle", **op("shipment-settle", ShipmentShape, once=True))
def settle(request: Request, uid: UUID, asked: SettledAsked) -> Any:
    """Somebody has asked the courier on the phone whether an unclear booking was made."""
    commands.settle_by_hand(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return shipment_page(request.actor, uid)


def round_shape(request: Request, uid: UUID) -> dict[str, Any]:
    """A round with its stops. Two statements. Raises DoesNotExist."""
    row = with_stops(routes_for(request.actor)).get(uid=uid)
    return round_of(row) | {"stops": route_stops(request.actor, row.pk)}


@router.get("/rounds", **op("rounds", Page[RoundRow]))
def rounds(request: Request, asked: Query[RoundFilter]) -> Any:
    """Rounds of our own drivers in pages, newest first."""
    rows = with_stops(routes_for(request.actor))
    rows = rows.filter(driver_id=request.actor.own_id) if asked.mine else rows
    return page_of(rows.filter(day=asked.day) if asked.day else rows, asked, each(round_of))


@router.post("/rounds", **op("rounds", RoundShape, once=True, status=201))
def plan(request: Request, asked: RoundAsked) -> Any:
    """Plans a round."""
    said = asked.model_dump(exclude={"centre_uid"})
    made = commands.plan_round(request.actor, asked.centre_uid, **said, operation=operation_of(request))
    return round_shape(request, made.uid)


@router.get("/rounds/{uuid:uid}", **op("round", RoundShape))
def one_round(request: Request, uid: UUID) -> Any:
    """A round with its stops."""
    return round_shape(request, uid)


@router.post("/rounds/{uuid:uid}/stops", **op("round-stops", RoundShape, once=True))
def add_stops(request: Request, uid: UUID, asked: StopsAsked) -> Any:
    """More shipments for a round, at its end."""
    commands.add_stops(request.actor, uid, shipments=asked.shipments, operation=operation_of(request))
    return round_shape(request, uid)


@router.put("/rounds/{uuid:uid}/stops", **op("round-stops", RoundShape))
def order_stops(request: Request, uid: UUID, asked: StopOrderAsked) -> Any:
    """The stops in another order."""
    commands.order_stops(request.actor, uid, stops=asked.stops)
    return round_shape(request, uid)


@router.post("/rounds/{uuid:uid}/drop", **op("round-drop", RoundShape))
def drop(request: Request, uid: UUID, asked: DropAsked) -> Any:
    """The shipment of that stop is not on this round after all."""
    commands.drop_stop(request.actor, uid, stop_uid=asked.stop_uid)
    return round_shape(request, uid)


@router.post("/rounds/{uuid:uid}/made", **op("round-made", RoundShape, once=True))
def made(
    request: Request,
    uid: UUID,
    asked: Form[MadeAsked],
    signature: File[UploadedFile | None] = None,
    photo: File[UploadedFile | None] = None,
) -> Any:
    """The driver was there, with signature and photo if there are."""
    files: dict[str, Any] = {
        "signature": keep(signature.read(), "signature.png") if signature else None,
        "photos": (keep(photo.read(), photo.name or "photo.jpg"),) if photo else (),
    }
    commands.make_stop(request.actor, uid, **asked.model_dump(), **files, operation=operation_of(request))
    return round_shape(request, uid)
