"""CDEK by its API, version 2, as published. Tested against its documented shapes; not run live.

Orders are registered asynchronously: the answer names the order, a later question says whether it became valid. Our own
id goes along as `number`; by it (`im_number`) a booking whose answer was lost is found again. CDEK does not sign its
webhooks, so they only make us ask. Secrets of an account: `client_id`, `client_secret`, and `tariff` (a number).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

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

PUBLISHED = "https://api.cdek.ru"
TARIFF = "139"  # door to door, for shops
STATUSES = {
    "RECEIVED_AT_SHIPMENT_WAREHOUSE": PICKED_UP,
    "READY_FOR_SHIPMENT_IN_SENDER_CITY": ON_WAY,
    "READY_TO_SHIP_AT_SENDING_OFFICE": ON_WAY,
    "TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY": ON_WAY,
    "PASSED_TO_CARRIER_AT_SENDING_OFFICE": ON_WAY,
    "SENT_TO_TRANSIT_CITY": ON_WAY,
    "ACCEPTED_IN_TRANSIT_CITY": ON_WAY,
    "ACCEPTED_AT_TRANSIT_WAREHOUSE": ON_WAY,
    "RETURNED_TO_TRANSIT_WAREHOUSE": ON_WAY,
    "READY_FOR_SHIPMENT_IN_TRANSIT_CITY": ON_WAY,
    "TAKEN_BY_TRANSPORTER_FROM_TRANSIT_CITY": ON_WAY,
    "SENT_TO_RECIPIENT_CITY": ON_WAY,
    "ACCEPTED_IN_RECIPIENT_CITY": ON_WAY,
    "ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE": ON_WAY,
    "RETURNED_TO_RECIPIENT_CITY_WAREHOUSE": ON_WAY,
    "TAKEN_BY_COURIER": ON_WAY,
    "NOT_DELIVERED": ON_WAY,
    "SENT_TO_SENDER_CITY": ON_WAY,
    "ACCEPTED_IN_SENDER_CITY": ON_WAY,
    "ACCEPTED_AT_PICK_UP_POINT": AT_POINT,
    "POSTOMAT_POSTED": AT_POINT,
    "DELIVERED": DELIVERED,
    "POSTOMAT_RECEIVED": DELIVERED,
    "RETURNED_TO_SENDER_CITY_WAREHOUSE": RETURNED,
    "REMOVED": CANCELLED,
    "LOST": LOST,
}


class Cdek:
    """To the pick-up point where one is named, else to the door; the tariff is the booking's or the account's."""

    signs = False

    def __init__(self, access: Access) -> None:
        self.access, self.url = access, (access.url or PUBLISHED).rstrip("/")
        self._token = ""

    def book(self, booking: Booking) -> BookAnswer:
        """The token is asked for first: while there is none, nothing was handed over."""
        try:
            self._sign_in()
        except Silent:
            return Unreached()
        if not self._token:
            return Declined("CDEK does not know these access data.")
        try:
            return _registered(self._call("POST", "/v2/orders", self._asked(booking)))
        except NotReached:
            return Unreached()
        except Silent:
            return Lost()

    def find(self, booking: Booking) -> FindAnswer:
        try:
            said = self._call("GET", f"/v2/orders?{urlencode({'im_number': str(booking.uid)})}")
        except Silent:
            return Lost()
        return _known(said)

    def track(self, booking: Booking) -> TrackAnswer:
        try:
            said = self._call("GET", f"/v2/orders/{quote(booking.outside_number)}")
        except Silent:
            return Lost()
        known = _known(said)
        return Tracked(known, tuple(_reports(said.data["entity"]))) if isinstance(known, Booked) else known

    def label(self, booking: Booking) -> LabelAnswer:
        """The barcode of the place is ordered, asked for until it is ready, and fetched; two questions a time."""
        try:
            orders = {"orders": [{"order_uuid": booking.outside_number}], "copy_count": 1, "format": "A6"}
            ordered = self._call("POST", "/v2/print/barcodes", orders)
            form = (ordered.data.get("entity") or {}).get("uuid") if ordered.fine else ""
            for _question in range(2 if form else 0):
                said = self._call("GET", f"/v2/print/barcodes/{quote(str(form))}")
                if address := self._ours((said.data.get("entity") or {}).get("url")):
                    file = send("GET", address, None, self._headers())
                    return Label(file.content) if file.fine and file.content[:5] == b"%PDF-" else NotYet()
        except Silent:
            return Lost()
        return NotYet()

    def cancel(self, booking: Booking) -> CancelAnswer:
        """Only possible until the parcel has come to CDEK."""
        try:
            said = self._call("DELETE", f"/v2/orders/{quote(booking.outside_number)}")
        except Silent:
            return Lost()
        return Cancelled() if said.fine and not _errors(said.data) else TooLate()

    def heard(self, body: bytes) -> tuple[Heard, ...]:
        try:
            said = json.loads(body)
            return (Heard(outside_number=str(said["uuid"])),) if said["type"] == "ORDER_STATUS" else ()
        except (ValueError, KeyError, TypeError):
            return ()

    def _asked(self, booking: Booking) -> dict[str, Any]:
        tariff = booking.service or self.access.secrets.get("tariff") or TARIFF
        to = {"delivery_point": booking.point} if booking.point else {"to_location": _location(booking.receiver)}
        return {
            "type": 2,
            "number": str(booking.uid),
            "comment": booking.number,
            "tariff_code": int(tariff) if tariff.isdigit() else tariff,
            "sender": _contact(booking.sender),
            "recipient": _contact(booking.receiver),
            "from_location": _location(booking.sender),
            **to,
            "packages": [_package(parcel, n, booking.contents) for n, parcel in enumerate(booking.parcels, 1)],
        }

    def _call(self, method: str, path: str, body: Any = None) -> Said:
        """Raises Silent, also when CDEK gives no token."""
        if not self._token:
            self._sign_in()
        if not self._token:
            raise Silent("no token")
        return call(method, self.url + path, body, self._headers())

    def _sign_in(self) -> None:
        """A token for the next hour; empty when CDEK does not know the access data. Raises Silent."""
        named = {name: self.access.secrets.get(name, "") for name in ("client_id", "client_secret")}
        content = urlencode({"grant_type": "client_credentials", **named}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        said = send("POST", f"{self.url}/v2/oauth/token", content, headers)
        self._token = short(said.data.get("access_token"), 4000) if said.fine else ""

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _ours(self, address: object) -> str:
        """The address of a file, if it is CDEK's own: our token goes nowhere else."""
        text = str(address or "")
        return text if urlsplit(text)[:2] == urlsplit(self.url)[:2] else ""


def _contact(party: Party) -> dict[str, Any]:
    named = {"name": party.name or party.company, "company": party.company, "email": party.email}
    said: dict[str, Any] = {name: value for name, value in named.items() if value}
    return said | {"phones": [{"number": party.phone}] if party.phone else []}


def _location(party: Party) -> dict[str, str]:
    return {
        "country_code": party.country or "RU",
        "postal_code": party.postcode,
        "city": party.city,
        "address": f"{party.street} {party.building}".strip(),
    }


def _package(parcel: Parcel, number: int, contents: str) -> dict[str, Any]:
    """Grams and whole centimetres, never smaller than it is."""
    sides = {"length": parcel.length, "width": parcel.width, "height": parcel.height}
    return {
        "number": str(number),
        "weight": parcel.weight,
        **{name: -(-size // 10) for name, size in sides.items() if size},
        "comment": contents or "-",
    }


def _registered(said: Said) -> Booked | Declined | Lost:
    """The answer to a new order: `entity.uuid` and a request that is ACCEPTED or INVALID."""
    if not isinstance(said.data, dict) or not said.data:
        return Lost()
    if errors := _errors(said.data):
        return Declined(errors)
    uuid = short((said.data.get("entity") or {}).get("uuid"), 60)
    return Booked(uuid) if said.fine and uuid else Lost()


def _known(said: Said) -> Booked | Declined | Unheard | Lost:
    """An order as CDEK tells it. One it cannot find is a request error, not a missing page."""
    entity = said.data.get("entity") if isinstance(said.data, dict) else None
    if not entity or not entity.get("uuid"):
        found = "not_found" in _errors(said.data, codes=True) or said.status == 404
        return Unheard() if found else Lost()
    if any(one.get("code") == "INVALID" for one in entity.get("statuses") or ()):
        return Declined(_errors(said.data) or "INVALID")
    total = (entity.get("delivery_detail") or {}).get("total_sum")
    return Booked(
        outside_number=short(entity["uuid"], 60),
        tracking_number=short(entity.get("cdek_number"), 60),
        price=round(float(total) * 100) if total is not None else None,
        currency="RUB" if total is not None else "",
    )


def _errors(data: Any, *, codes: bool = False) -> str:
    """What went wrong with the requests over an order, in CDEK's words (or codes); empty when nothing did."""
    requests: Sequence[Mapping[str, Any]] = data.get("requests") or () if isinstance(data, dict) else ()
    own: Sequence[Mapping[str, Any]] = data.get("errors") or () if isinstance(data, dict) else ()
    found = [error for request in requests for error in request.get("errors") or ()]
    return short(" ".join(str(error.get("code" if codes else "message", "")) for error in [*found, *own]))


def _reports(entity: Mapping[str, Any]) -> Iterator[Report]:
    """`statuses` have a code with its time, without an id: both together are one."""
    for one in entity.get("statuses") or ():
        at, code = moment(one.get("date_time")), str(one.get("code") or "")
        if at is not None and code:
            status = STATUSES.get(code, "")
            yield Report(f"{code}@{at:%Y%m%dT%H%M%S}", at, status, short(one.get("name")), short(one.get("city"), 120))
