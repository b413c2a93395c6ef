"""The driver of the simulated courier, which is spoken to over HTTP like a real one."""

import json
from collections.abc import Mapping
from typing import Any

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
    Report,
    TooLate,
    TrackAnswer,
    Tracked,
    Unheard,
    Unreached,
)
from remonta.logistics.couriers.line import NotReached, Said, Silent, call, moment, send, short
from remonta.logistics.couriers.workflow import REPORTED


class Simulated:
    """PUT, GET and DELETE of /shipments/<our id>, GET of its label; a repeated PUT answers what is known."""

    signs = True

    def __init__(self, access: Access) -> None:
        self.access = access

    def book(self, booking: Booking) -> BookAnswer:
        body = {
            "number": booking.number,
            "service": booking.service,
            "point": booking.point,
            "contents": booking.contents,
            "sender": booking.sender.kept(),
            "receiver": booking.receiver.kept(),
            "parcels": [parcel.kept() for parcel in booking.parcels],
            "hook": self.access.hook_url,
        }
        try:
            said = self._call("PUT", booking, body)
        except NotReached:
            return Unreached()
        except Silent:
            return Lost()
        return _booked(said)

    def find(self, booking: Booking) -> FindAnswer:
        try:
            said = self._call("GET", booking)
        except Silent:
            return Lost()
        return Unheard() if said.status == 404 else _booked(said)

    def track(self, booking: Booking) -> TrackAnswer:
        try:
            said = self._call("GET", booking)
        except Silent:
            return Lost()
        if said.status == 404:
            return Unheard()
        booked = _booked(said)
        return Tracked(booked, _reports(said.data)) if isinstance(booked, Booked) else booked

    def label(self, booking: Booking) -> LabelAnswer:
        try:
            said = send("GET", f"{self._address(booking)}/label", None, self._headers())
        except Silent:
            return Lost()
        return Label(said.content) if said.fine and said.content[:5] == b"%PDF-" else NotYet()

    def cancel(self, booking: Booking) -> CancelAnswer:
        try:
            said = self._call("DELETE", booking)
        except Silent:
            return Lost()
        return TooLate() if said.status == 409 else Cancelled() if said.fine or said.status == 404 else Lost()

    def heard(self, body: bytes) -> tuple[Heard, ...]:
        try:
            said = json.loads(body)
        except ValueError:
            return ()
        if not isinstance(said, dict):
            return ()
        number = short(said.get("courier_number"), 60)
        return (Heard(uid=str(said.get("id", "")), outside_number=number, reports=_reports(said)),)

    def _call(self, method: str, booking: Booking, body: Any = None) -> Said:
        return call(method, self._address(booking), body, self._headers())

    def _address(self, booking: Booking) -> str:
        return f"{self.access.url.rstrip('/')}/shipments/{booking.uid}"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access.secrets.get('token', '')}"}


def _booked(said: Said) -> Booked | Declined | Lost:
    if said.status in (400, 401, 403, 409, 422):
        return Declined(short(said.data.get("reason") or said.status))
    number = short(said.data.get("courier_number"), 60)
    if not said.fine or not number:
        return Lost()
    price = said.data.get("price")
    return Booked(
        outside_number=number,
        tracking_number=short(said.data.get("tracking_number"), 60),
        price=price if isinstance(price, int) else None,
        currency=short(said.data.get("currency"), 3),
        due_at=moment(said.data.get("due_at")),
    )


def _reports(said: Mapping[str, Any]) -> tuple[Report, ...]:
    told = said.get("events")
    return tuple(found for one in (told if isinstance(told, list) else []) if (found := _report(one)))


def _report(one: Any) -> Report | None:
    at = moment(one.get("at")) if isinstance(one, dict) else None
    if at is None or not one.get("id"):
        return None
    status = one.get("status") if one.get("status") in REPORTED else ""
    return Report(short(one["id"], 120), at, str(status), short(one.get("text")), short(one.get("place"), 120))
