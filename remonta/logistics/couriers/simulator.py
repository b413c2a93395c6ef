"""A courier for trying out and testing: a program that behaves like a real one, its whims included.

`python -m remonta.logistics.couriers.simulator --port 9200 --secret <the account's hook secret> --pace 600`, then add a
courier account with the driver “simulated” and the address http://127.0.0.1:9200 (needs REMONTA_COURIER_LOOPBACK=1).
With a pace of 600, ten of the courier's minutes pass in one second. The last two digits of the whole weight in grams
choose what happens:

05 refused for its address · 07 the line breaks before the courier has understood · 13 booked, but the line breaks
before the answer · 17 the same, and the first two questions stay unanswered · 19 the tracking number comes later ·
21 reports come a day late · 23 the parcel is lost · 25 it is returned · 27 the label takes a while · 29 reports come
twice, the newest first · 31 the courier never reports by itself · everything else arrives within 26 hours.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, ClassVar, Self
from urllib.error import URLError
from urllib.request import Request, urlopen

from remonta.logistics.couriers.signing import SIGNATURE, signed

POOR, DEAF, LOST_LINE, STUBBORN, NUMBER_LATER, LATE = 5, 7, 13, 17, 19, 21
LOST, RETURNED, LABEL_LATER, DISORDER, MUTE = 23, 25, 27, 29, 31
QUESTIONS = 2
HOME = ((2, "picked_up"), (5, "on_way"), (14, "on_way"), (26, "delivered"))
POINT = ((2, "picked_up"), (5, "on_way"), (22, "at_point"), (30, "delivered"))
BACK = ((2, "picked_up"), (5, "on_way"), (26, "on_way"), (50, "returned"))
NOWHERE = ((2, "picked_up"), (5, "on_way"), (72, "lost"))
WORDS = {
    "picked_up": "Picked up from the sender",
    "on_way": "Left the sorting centre",
    "at_point": "Waits at the pick-up point",
    "delivered": "Delivered",
    "returned": "Given back to the sender",
    "lost": "Cannot be found",
    "cancelled": "Called off by the sender",
}


@dataclass
class Carried:
    """One shipment as the courier keeps it."""

    uid: str
    number: int
    asked: dict[str, Any]
    booked_at: datetime
    whim: int
    cancelled_at: datetime | None = None
    questions: int = 0
    labels: int = 0
    told: int = 0

    def plan(self) -> tuple[tuple[int, str], ...]:
        if self.whim in (LOST, RETURNED):
            return NOWHERE if self.whim == LOST else BACK
        return POINT if self.asked.get("point") else HOME

    def happened(self, now: datetime) -> list[dict[str, str]]:
        """What has happened by now and is known to the courier's computers, oldest first."""
        until = min(self.cancelled_at or now, now)
        late = timedelta(hours=24 if self.whim == LATE else 0)
        lived = [(self.booked_at + timedelta(hours=hours), status) for hours, status in self.plan()]
        lived = [(at, status) for at, status in lived if at + late <= until]
        if self.cancelled_at:
            lived.append((self.cancelled_at, "cancelled"))
        return [self._told(place, at, status) for place, (at, status) in enumerate(lived, 1)]

    def _told(self, place: int, at: datetime, status: str) -> dict[str, str]:
        city = self.asked["receiver" if status in ("at_point", "delivered") else "sender"].get("city", "")
        named = {"id": f"{self.number}-{place}", "at": at.isoformat(), "status": status}
        return {**named, "text": WORDS[status], "place": city}


@dataclass
class Memory:
    """What the courier knows, and how often it booked what."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    carried: dict[str, Carried] = field(default_factory=dict)
    bookings: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def book(self, uid: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        """The answer to a new booking, or what is known of a repeated one. None: the line breaks."""
        with self.lock:
            if uid in self.carried:
                return 200, self.known(self.carried[uid])
            whim = sum(int(parcel["weight"]) for parcel in asked["parcels"]) % 100
            if whim == DEAF and uid not in self.bookings:
                self.bookings.append(uid)
                return None
            if whim == POOR or not asked["receiver"].get("city"):
                return 422, {"reason": "The receiver's address is not known."}
            one = Carried(uid, 700_000 + len(self.carried), asked, self.now(), whim)
            self.carried[uid] = one
            one.questions = QUESTIONS if whim == STUBBORN else 0
            return None if whim in (LOST_LINE, STUBBORN) else (201, self.known(one))

    def ask(self, uid: str) -> dict[str, Any] | None:
        """What is known; None: the line breaks. Raises KeyError for what was never heard of."""
        with self.lock:
            one = self.carried[uid]
            if one.questions > 0:
                one.questions -= 1
                return None
            return self.known(one)

    def label(self, uid: str) -> bytes | None:
        """The label; None while it is being drawn. Raises KeyError."""
        with self.lock:
            one = self.carried[uid]
            one.labels += 1
            return None if one.whim == LABEL_LATER and one.labels <= QUESTIONS else drawn(self.known(one), one.asked)

    def cancel(self, uid: str) -> bool:
        """Whether it could be called off: what was picked up cannot. Raises KeyError."""
        with self.lock:
            one = self.carried[uid]
            if one.cancelled_at is None and any(told["status"] == "picked_up" for told in one.happened(self.now())):
                return False
            one.cancelled_at = one.cancelled_at or self.now()
            return True

    def known(self, one: Carried) -> dict[str, Any]:
        """A shipment in the courier's words."""
        now = self.now()
        numbered = one.whim != NUMBER_LATER or now >= one.booked_at + timedelta(hours=1)
        return {
            "id": one.uid,
            "courier_number": f"SIM{one.number}",
            "tracking_number": f"6{one.number:023d}" if numbered else "",
            "price": 1490 + 250 * (len(one.asked["parcels"]) - 1),
            "currency": "PLN",
            "due_at": (one.booked_at + timedelta(hours=30)).isoformat(),
            "events": one.happened(now),
        }

    def reports(self) -> Iterator[tuple[str, bytes]]:
        """What the courier reports by itself now: the hook's address and the body. Each event is reported once, unless
        this courier is in disorder."""
        with self.lock:
            for one in self.carried.values():
                happened = one.happened(self.now())
                fresh, one.told = happened[one.told :], len(happened)
                if one.whim == MUTE or not one.asked.get("hook"):
                    continue
                for event in [*reversed(fresh), *fresh] if one.whim == DISORDER else fresh:
                    said = {"id": one.uid, "courier_number": f"SIM{one.number}", "events": [event]}
                    yield str(one.asked["hook"]), json.dumps(said).encode()


def drawn(known: dict[str, Any], asked: dict[str, Any]) -> bytes:
    """A label in A6 with the numbers and the receiver, as a PDF."""
    receiver = asked["receiver"]
    lines = [known["tracking_number"] or known["courier_number"], receiver.get("name", ""), receiver.get("city", "")]
    shown = "".join(f"({_ascii(line)}) Tj 0 -24 Td " for line in lines)
    stream = f"BT /F1 14 Tf 20 380 Td {shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + end % (table, len(body))


def _ascii(text: str) -> str:
    plain = text.encode("ascii", "replace").decode()
    return plain.replace("\\", " ").replace("(", " ").replace(")", " ")


class Talk(BaseHTTPRequestHandler):
    """One conversation with the courier. GET /bookings lists every booking that was made."""

    memory: ClassVar[Memory]

    def do_PUT(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        answer = self.memory.book(self._uid(), asked)
        if answer is not None:
            self._say(answer[1], answer[0])
        self.close_connection = True

    def do_GET(self) -> None:
        self.close_connection = True
        if self.path == "/bookings":
            self._say({"bookings": list(self.memory.carried)})
            return
        try:
            if self.path.endswith("/label"):
                label = self.memory.label(self._uid())
                self._send(label or b"{}", 200 if label else 404, "application/pdf" if label else "application/json")
            elif (known := self.memory.ask(self._uid())) is not None:
                self._say(known)
        except KeyError:
            self._say({"reason": "unknown"}, 404)

    def do_DELETE(self) -> None:
        try:
            done = self.memory.cancel(self._uid())
        except KeyError:
            self._say({"reason": "unknown"}, 404)
            return
        self._say({"reason": "" if done else "It was picked up already."}, 200 if done else 409)

    def log_message(self, format: str, *args: Any) -> None:
        """The courier keeps quiet."""

    def _uid(self) -> str:
        return self.path.removesuffix("/label").rsplit("/", 1)[-1]

    def _say(self, answer: dict[str, Any], status: int = 200) -> None:
        self._send(json.dumps(answer).encode(), status, "application/json")

    def _send(self, body: bytes, status: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class SimulatedCourier:
    """The courier in this very process, on a free port: `with SimulatedCourier() as courier: courier.url`."""

    def __init__(self, *, now: Callable[[], datetime] | None = None, port: int = 0) -> None:
        self.memory = Memory(now) if now else Memory()
        talk = type("OwnTalk", (Talk,), {"memory": self.memory})
        self.server = ThreadingHTTPServer(("127.0.0.1", port), talk)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def booked(self) -> list[str]:
        """Our ids of what was booked, each once however often it was asked for."""
        return list(self.memory.carried)

    def __enter__(self) -> Self:
        self._thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


def report_forever(memory: Memory, secret: str) -> None:
    """Posts what happens to the hooks, signed; what did not get through is sent again."""
    waiting: list[tuple[str, bytes]] = []
    while True:
        waiting = [one for one in [*waiting, *memory.reports()] if not posted(*one, secret)]
        time.sleep(1)


def posted(hook: str, body: bytes, secret: str) -> bool:
    """Whether the hook took the report."""
    headers = {"Content-Type": "application/json", SIGNATURE: signed(int(time.time()), body, secret)}
    try:
        with urlopen(Request(hook, body, headers), timeout=10) as answer:
            return bool(200 <= answer.status < 300)
    except (URLError, OSError):
        return False


def main() -> None:
    """Runs the courier until it is stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument("--secret", default="", help="the hook secret of the courier account")
    parser.add_argument("--pace", type=float, default=1.0, help="how many seconds of the courier pass in one second")
    asked = parser.parse_args()
    began = datetime.now(UTC)
    courier = SimulatedCourier(now=lambda: began + (datetime.now(UTC) - began) * asked.pace, port=asked.port)
    Thread(target=report_forever, args=(courier.memory, asked.secret), daemon=True).start()
    print(f"The simulated courier listens at {courier.url}", flush=True)
    try:
        courier.server.serve_forever()
    except KeyboardInterrupt:
        courier.server.server_close()


if __name__ == "__main__":
    main()
