"""InPost (Poland) by its ShipX API, version 1, as published. Tested against its documented shapes; not run live.

Booking is asynchronous: a shipment is created at once and gets its tracking number when it is confirmed. Our own id
goes along as `reference`; by it a booking whose answer was lost is found again. InPost does not sign its webhooks, so
they only make us ask. Secrets of an account: `token` and `organization`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from remonta.logistics.couriers.contract import (
    Access,
    BookAnswer,
    Booked,
    Booking,
    CancelAnswer,
    Cancelled,
    Declined,
    FindAnswer,
    Heard,
    Label,
    LabelAnswer,
    Lost,
    NotYet,
    Parcel,
    Party,
    Report,
    TooLate,
    TrackAnswer,
    Tracked,
    Unheard,
    Unreached,
)
from remonta.logistics.couriers.line import NotReached, Said, Silent, call, moment, send, short
from remonta.logistics.couriers.workflow import AT_POINT, CANCELLED, DELIVERED, LOST, ON_WAY, PICKED_UP, RETURNED

PUBLISHED = "https://api-shipx-pl.easypack24.net"
LOCKER, COURIER = "inpost_locker_standard", "inpost_courier_standard"
MOST_PAGES = 20
STATUSES = {
    "dispatched_by_sender": PICKED_UP,
    "dispatched_by_sender_to_pok": PICKED_UP,
    "collected_from_sender": PICKED_UP,
    "taken_by_courier": PICKED_UP,
    "taken_by_courier_from_pok": PICKED_UP,
    "adopted_at_source_branch": ON_WAY,
    "sent_from_source_branch": ON_WAY,
    "adopted_at_sorting_center": ON_WAY,
    "sent_from_sorting_center": ON_WAY,
    "adopted_at_target_branch": ON_WAY,
    "out_for_delivery": ON_WAY,
    "out_for_delivery_to_address": ON_WAY,
    "redirect_to_box": ON_WAY,
    "readdressed": ON_WAY,
    "delay_in_delivery": ON_WAY,
    "undelivered": ON_WAY,
    "pickup_time_expired": ON_WAY,
    "avizo": AT_POINT,
    "ready_to_pickup": AT_POINT,
    "ready_to_pickup_from_pok": AT_POINT,
    "ready_to_pickup_from_branch": AT_POINT,
    "pickup_reminder_sent": AT_POINT,
    "stack_in_box_machine": AT_POINT,
    "stack_in_customer_service_point": AT_POINT,
    "delivered": DELIVERED,
    "returned_to_sender": RETURNED,
    "canceled": CANCELLED,
    "missing": LOST,
}


class InPost:
    """Lockers where a pick-up point is named, else to the door; another service can be named by the booking."""

    signs = False

    def __init__(self, access: Access) -> None:
        self.access, self.url = access, (access.url or PUBLISHED).rstrip("/")

    def book(self, booking: Booking) -> BookAnswer:
        try:
            return _booked(self._call("POST", self._own("shipments"), _asked(booking)))
        except NotReached:
            return Unreached()
        except Silent:
            return Lost()

    def find(self, booking: Booking) -> FindAnswer:
        """There is no search by reference, so what was made since is looked through."""
        try:
            for one in self._made_since(booking):
                if one.get("reference") == str(booking.uid):
                    return _known(one)
        except Silent:
            return Lost()
        return Unheard()

    def track(self, booking: Booking) -> TrackAnswer:
        """Two requests: the shipment with its numbers, then what happened to the parcel."""
        try:
            said = self._call("GET", f"/v1/shipments/{quote(booking.outside_number)}")
            if said.status == 404:
                return Unheard()
            booked = _booked(said)
            if not isinstance(booked, Booked):
                return booked
            return Tracked(booked, self._reports(booked.tracking_number or booking.tracking_number))
        except Silent:
            return Lost()

    def label(self, booking: Booking) -> LabelAnswer:
        """InPost draws it once the shipment is confirmed."""
        address = f"{self.url}/v1/shipments/{quote(booking.outside_number)}/label?format=pdf&type=A6"
        try:
            said = send("GET", address, None, self._headers())
        except Silent:
            return Lost()
        return Label(said.content) if said.fine and said.content[:5] == b"%PDF-" else NotYet()

    def cancel(self, booking: Booking) -> CancelAnswer:
        """Only possible before it is confirmed."""
        try:
            said = self._call("DELETE", f"/v1/shipments/{quote(booking.outside_number)}")
        except Silent:
            return Lost()
        return Cancelled() if said.fine or said.status == 404 else TooLate()

    def heard(self, body: bytes) -> tuple[Heard, ...]:
        try:
            payload = json.loads(body)["payload"]
            return (Heard(outside_number=str(payload["shipment_id"])),)
        except (ValueError, KeyError, TypeError):
            return ()

    def _reports(self, tracking_number: str) -> tuple[Report, ...]:
        if not tracking_number:
            return ()
        said = self._call("GET", f"/v1/tracking/{quote(tracking_number)}")
        return tuple(_reports(said.data)) if said.fine else ()

    def _made_since(self, booking: Booking) -> Iterator[Mapping[str, Any]]:
        """Shipments of the organization created since the booking was asked for, page by page. Raises Silent."""
        since = int(booking.asked_at.timestamp()) - 3600
        seen = 0
        for page in range(1, MOST_PAGES + 1):
            query = urlencode({"created_at_gteq": since, "page": page})
            said = self._call("GET", f"{self._own('shipments')}?{query}")
            if not said.fine or not isinstance(said.data.get("items"), list):
                raise Silent(f"{said.status}")
            items = said.data["items"]
            yield from items
            seen += len(items)
            if not items or seen >= int(said.data.get("count") or 0):
                return
        raise Silent("more shipments than can be looked through")

    def _own(self, what: str) -> str:
        return f"/v1/organizations/{quote(self.access.secrets.get('organization', ''))}/{what}"

    def _call(self, method: str, path: str, body: Any = None) -> Said:
        return call(method, self.url + path, body, self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access.secrets.get('token', '')}", "Accept-Language": "en_GB"}


def _asked(booking: Booking) -> dict[str, Any]:
    locker = bool(booking.point)
    asked = {
        "receiver": _party(booking.receiver),
        "sender": _party(booking.sender),
        "parcels": [_parcel(parcel, number) for number, parcel in enumerate(booking.parcels, 1)],
        "service": booking.service or (LOCKER if locker else COURIER),
        "reference": str(booking.uid),
        "comments": booking.number,
    }
    if locker:
        asked["custom_attributes"] = {"target_point": booking.point}
    return asked


def _party(party: Party) -> dict[str, Any]:
    first, _space, last = party.name.partition(" ")
    return {
        "company_name": party.company or None,
        "first_name": first or None,
        "last_name": last or None,
        "email": party.email or None,
        "phone": party.phone.removeprefix("+48") or None,
        "address": {
            "street": party.street,
            "building_number": party.building,
            "city": party.city,
            "post_code": party.postcode,
            "country_code": party.country or "PL",
        },
    }


def _parcel(parcel: Parcel, number: int) -> dict[str, Any]:
    sides = {"length": parcel.length, "width": parcel.width, "height": parcel.height}
    return {
        "id": str(number),
        "dimensions": {**{name: str(size) for name, size in sides.items()}, "unit": "mm"},
        "weight": {"amount": f"{parcel.weight / 1000:g}", "unit": "kg"},
        "is_non_standard": False,
    }


def _booked(said: Said) -> Booked | Declined | Lost:
    """Errors come as `{status, error, message, details}`."""
    if said.fine:
        return _known(said.data)
    if 400 <= said.status < 500 and isinstance(said.data, dict):
        details = said.data.get("details")
        words = [said.data.get("message") or said.data.get("error") or said.status, details or ""]
        return Declined(short(" ".join(str(word) for word in words if word)))
    return Lost()


def _known(shipment: Mapping[str, Any]) -> Booked | Lost:
    if not shipment.get("id"):
        return Lost()
    offer = shipment.get("selected_offer") or {}
    rate = offer.get("rate")
    return Booked(
        outside_number=short(shipment["id"], 60),
        tracking_number=short(shipment.get("tracking_number"), 60),
        price=round(float(rate) * 100) if rate is not None else None,
        currency=short(offer.get("currency") or ("PLN" if rate is not None else ""), 3),
    )


def _reports(said: Mapping[str, Any]) -> Iterator[Report]:
    """`tracking_details` has a status with its time, without an id: both together are one."""
    for one in said.get("tracking_details") or ():
        at, status = moment(one.get("datetime")), str(one.get("status") or "")
        if at is not None and status:
            text = short(one.get("origin_status") or status)
            yield Report(
                f"{status}@{at:%Y%m%dT%H%M%S}", at, STATUSES.get(status, ""), text, short(one.get("agency"), 120)
            )
