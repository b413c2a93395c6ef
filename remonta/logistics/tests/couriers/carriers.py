"""Servers on this machine that answer with the shapes of two carriers' documentation. No carrier was asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass
class Carrier:
    """What a carrier's server was asked, what it keeps, and whether it breaks off after it has understood."""

    kept: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    breaks: bool = False
    url: str = ""

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, token: str) -> tuple[int, Any]:
        raise NotImplementedError


class Conversation(BaseHTTPRequestHandler):
    carrier: ClassVar[Carrier]

    def answer(self) -> None:
        parts = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.headers.get("Content-Type", "")
        body = json.loads(raw) if "json" in kind else parse_qs(raw.decode()) if raw else None
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self.carrier.asked.append((self.command, parts.path, body))
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        status, said = self.carrier.answer(self.command, parts.path, query, body, token)
        self.close_connection = True
        if self.carrier.breaks and self.command == "POST" and "oauth" not in parts.path:
            return
        content = said if isinstance(said, bytes) else json.dumps(said).encode() if said is not None else b""
        self.send_response(status)
        self.send_header("Content-Type", "application/pdf" if isinstance(said, bytes) else "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = answer

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@contextmanager
def running(carrier: Carrier) -> Iterator[Carrier]:
    """The carrier's server on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Conversation,), {"carrier": carrier}))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    carrier.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield carrier
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class ShipX(Carrier):
    """ShipX: shipments of an organization, their labels, tracking; errors with `error`, `message`, `details`."""

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, token: str) -> tuple[int, Any]:
        if token != "secret":
            return 401, {"status": 401, "error": "token_invalid", "message": "Token is missing or invalid."}
        match method, path.strip("/").split("/"):
            case "POST", ["v1", "organizations", "42", "shipments"]:
                return self.create(body)
            case "GET", ["v1", "organizations", "42", "shipments"]:
                every = list(self.kept.values())
                page = int(query.get("page", "1"))
                items = every[(page - 1) * 2 : page * 2]
                return 200, {"href": "…", "count": len(every), "page": page, "per_page": 2, "items": items}
            case "GET", ["v1", "shipments", number, "label"]:
                drawn = self.kept[number]["status"] == "confirmed" and query == {"format": "pdf", "type": "A6"}
                return (200, PDF) if drawn else (400, {"status": 400, "error": "invalid_action"})
            case "GET", ["v1", "shipments", number]:
                return (200, self.kept[number]) if number in self.kept else (404, {"error": "resource_not_found"})
            case "DELETE", ["v1", "shipments", number]:
                early = self.kept[number]["status"] in ("created", "offers_prepared")
                return (204, None) if early else (400, {"status": 400, "error": "invalid_action"})
            case "GET", ["v1", "tracking", number]:
                return 200, {"tracking_number": number, "type": "inpost_locker", "tracking_details": TRACKED}
        return 404, {"status": 404, "error": "resource_not_found"}

    def create(self, body: Any) -> tuple[int, Any]:
        if not body["receiver"]["phone"]:
            fault = {"receiver": [{"phone": ["required"]}]}
            said = {"status": 400, "error": "validation_failed", "message": "There are some validation errors."}
            return 400, {**said, "details": fault}
        number = len(self.kept) + 49
        made = {**body, "id": number, "status": "created", "tracking_number": None, "selected_offer": None}
        self.kept[str(number)] = made
        return 201, made

    def confirm(self, number: str) -> None:
        """What happens inside InPost soon after a shipment is created."""
        offer = {"id": 1, "status": "bought", "rate": 13.99, "currency": "PLN"}
        self.kept[number] |= {"status": "confirmed", "tracking_number": "6" * 24, "selected_offer": offer}


TRACKED = [
    {"status": "delivered", "origin_status": "OWD", "agency": None, "datetime": "2026-03-04T12:30:00.000+01:00"},
    {
        "status": "ready_to_pickup",
        "origin_status": "AVI",
        "agency": "GDA01",
        "datetime": "2026-03-04T08:00:00.000+01:00",
    },
    {
        "status": "taken_by_courier",
        "origin_status": "PPN",
        "agency": "KRK",
        "datetime": "2026-03-02T16:00:00.000+01:00",
    },
    {"status": "confirmed", "origin_status": "PPN", "agency": None, "datetime": "2026-03-02T13:10:00.000+01:00"},
]


class CdekServer(Carrier):
    """CDEK: orders registered asynchronously, asked for by their uuid or by our number; print forms; removal."""

    polls = 0

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, token: str) -> tuple[int, Any]:
        if path == "/v2/oauth/token":
            known = body["client_id"] == ["me"] and body["client_secret"] == ["secret"]
            return (200, {"access_token": "jwt", "token_type": "bearer", "expires_in": 3599}) if known else (401, {})
        if token != "jwt":
            return 401, {"requests": [{"state": "INVALID", "errors": [{"code": "v2_token_expired", "message": "…"}]}]}
        match method, path.strip("/").split("/"):
            case "POST", ["v2", "orders"]:
                return self.register(body)
            case "GET", ["v2", "orders"]:
                found = [one for one in self.kept.values() if one["entity"]["number"] == query.get("im_number")]
                return (200, found[0]) if found else self.unknown()
            case "GET", ["v2", "orders", uuid]:
                return (200, self.kept[uuid]) if uuid in self.kept else self.unknown()
            case "DELETE", ["v2", "orders", uuid]:
                return self.remove(uuid)
            case "POST", ["v2", "print", "barcodes"]:
                return 202, {"entity": {"uuid": "form-1"}, "requests": [{"type": "CREATE", "state": "ACCEPTED"}]}
            case "GET", ["v2", "print", "barcodes", "form-1"]:
                self.polls += 1
                ready = {"url": f"{self.url}/v2/print/barcodes/form-1.pdf"} if self.polls > 3 else {}
                return 200, {"entity": {"uuid": "form-1", **ready, "statuses": [{"code": "ACCEPTED"}]}}
            case "GET", ["v2", "print", "barcodes", "form-1.pdf"]:
                return 200, PDF
        return 404, {}

    def register(self, body: Any) -> tuple[int, Any]:
        request = {
            "request_uuid": "r-1",
            "type": "CREATE",
            "date_time": "2026-03-02T12:00:00+0000",
            "state": "ACCEPTED",
        }
        if not body["recipient"]["phones"]:
            error = {"code": "v2_field_is_empty", "message": "[recipient.phones] is empty"}
            return 400, {"requests": [{**request, "state": "INVALID", "errors": [error]}], "related_entities": []}
        uuid = f"72753031-0000-0000-0000-{len(self.kept):012d}"
        created = {"code": "CREATED", "name": "Создан", "date_time": "2026-03-02T12:00:01+0000", "city": "Офис СДЭК"}
        entity = {"uuid": uuid, "number": body["number"], "is_return": False, "statuses": [created]}
        self.kept[uuid] = {"entity": entity, "requests": [{**request, "state": "SUCCESSFUL"}], "related_entities": []}
        return 202, {"entity": {"uuid": uuid}, "requests": [request], "related_entities": []}

    def unknown(self) -> tuple[int, Any]:
        error = {"code": "v2_entity_not_found_im_number", "message": "Entity is not found"}
        return 400, {"requests": [{"type": "GET", "state": "INVALID", "errors": [error]}]}

    def remove(self, uuid: str) -> tuple[int, Any]:
        if len(self.kept[uuid]["entity"]["statuses"]) > 1:
            error = {"code": "v2_order_forbidden", "message": "The order is on its way"}
            return 400, {"requests": [{"type": "DELETE", "state": "INVALID", "errors": [error]}]}
        return 202, {"entity": {"uuid": uuid}, "requests": [{"type": "DELETE", "state": "ACCEPTED"}]}

    def carry(self, uuid: str) -> None:
        """What happens at CDEK by the next day."""
        entity = self.kept[uuid]["entity"]
        entity |= {"cdek_number": "1105084311", "delivery_detail": {"total_sum": 450.5}}
        entity["statuses"] = [
            {
                "code": "TAKEN_BY_COURIER",
                "name": "Выдан на доставку",
                "date_time": "2026-03-03T09:00:00+0300",
                "city": "Москва",
            },
            {
                "code": "RECEIVED_AT_SHIPMENT_WAREHOUSE",
                "name": "Принят",
                "date_time": "2026-03-02T18:00:00+0300",
                "city": "Тверь",
            },
            *entity["statuses"],
        ]
