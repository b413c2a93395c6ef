"""A card terminal for trying out and testing: a program that behaves like a real one, its whims included.

`python -m remonta.billing.simulated_terminal --port 9100`, then give a cash desk the terminal http://127.0.0.1:9100.
The last two digits of the amount choose what happens:

05 refused for lack of money · 07 the line breaks before the terminal has understood · 13 charged, but the line breaks
before the answer · 17 the same, and the first two questions about it stay unanswered · 21 the customer takes two
seconds · 23 the customer never comes · everything else is approved.
"""

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any, ClassVar

POOR, DEAF, LOST, STUBBORN, SLOW, NEVER = 5, 7, 13, 17, 21, 23
SLOW_SECONDS = 2.0


@dataclass
class Memory:
    """What the terminal knows of each payment, and how often it charged for it; kept in a file when one is given."""

    kept: Path | None = None
    slow_seconds: float = SLOW_SECONDS
    payments: dict[str, dict[str, Any]] = field(default_factory=dict)
    charges: Counter[str] = field(default_factory=Counter)
    silences: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        if self.kept and self.kept.exists():
            for line in self.kept.read_text().splitlines():
                said = json.loads(line)
                self.payments[said["id"]] = said
                self.charges[said["id"]] += said["state"] == "approved"

    def begin(self, uid: str, amount: int, currency: str) -> dict[str, Any] | None:
        """The answer to a new payment, or what is known of a repeated one. None: the line breaks."""
        with self.lock:
            if uid in self.payments:
                return self._now(uid)
            whim = abs(amount) % 100
            if whim == DEAF:
                return None
            self.payments[uid] = {"id": uid, "amount": amount, "currency": currency, "began": time.time()}
            if whim in (SLOW, NEVER):
                return self._told(uid, "waiting")
            if whim == POOR:
                return self._told(uid, "declined", code="insufficient_funds")
            answer = self._charge(uid)
            self.silences[uid] = 2 if whim == STUBBORN else 0
            return None if whim in (LOST, STUBBORN) else answer

    def ask(self, uid: str) -> dict[str, Any] | None:
        """What is known; None: the line breaks. Raises KeyError for what was never heard of."""
        with self.lock:
            if self.silences[uid] > 0:
                self.silences[uid] -= 1
                return None
            return self._now(uid)

    def cancel(self, uid: str) -> dict[str, Any]:
        """Calls off what is not charged; the id is remembered, so that it cannot be charged later either."""
        with self.lock:
            known = self.payments.setdefault(uid, {"id": uid, "state": "waiting", "amount": 0, "began": time.time()})
            return self._told(uid, "cancelled") if known["state"] == "waiting" else self._now(uid)

    def _now(self, uid: str) -> dict[str, Any]:
        known = self.payments[uid]
        slow = known["state"] == "waiting" and abs(known["amount"]) % 100 == SLOW
        if slow and time.time() - known["began"] >= self.slow_seconds:
            return self._charge(uid)
        return known

    def _charge(self, uid: str) -> dict[str, Any]:
        self.charges[uid] += 1
        return self._told(uid, "approved", reference=f"SIM-{len(self.charges):06d}", card="•••• 4242")

    def _told(self, uid: str, state: str, **said: str) -> dict[str, Any]:
        self.payments[uid] |= {"state": state, **said}
        if self.kept:
            with self.kept.open("a") as file:
                file.write(json.dumps(self.payments[uid]) + "\n")
        return self.payments[uid]


class Line(BaseHTTPRequestHandler):
    """One conversation with the terminal. GET /charges says how often each payment was charged."""

    memory: ClassVar[Memory]

    def do_PUT(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        self._say(self.memory.begin(self._uid(), int(asked["amount"]), str(asked["currency"])))

    def do_GET(self) -> None:
        if self.path == "/charges":
            self._say(dict(self.memory.charges))
            return
        try:
            self._say(self.memory.ask(self._uid()))
        except KeyError:
            self._say({"state": "unknown"}, 404)

    def do_DELETE(self) -> None:
        self._say(self.memory.cancel(self._uid()))

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal keeps quiet."""

    def _uid(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    def _say(self, answer: dict[str, Any] | None, status: int = 200) -> None:
        self.close_connection = True
        if answer is None:
            return
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class SimulatedTerminal:
    """The terminal in this very process, on a free port: `with SimulatedTerminal() as terminal: terminal.url`."""

    def __init__(self, *, port: int = 0, kept: Path | None = None, slow_seconds: float = SLOW_SECONDS) -> None:
        self.memory = Memory(kept, slow_seconds)
        line = type("OwnLine", (Line,), {"memory": self.memory})
        self.server = ThreadingHTTPServer(("127.0.0.1", port), line)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def charges(self) -> dict[str, int]:
        """How often the card was charged, payment by payment."""
        return {uid: count for uid, count in self.memory.charges.items() if count}

    def __enter__(self) -> "SimulatedTerminal":
        self._thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


def main() -> None:
    """Runs the terminal until it is stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--kept", type=Path, help="a file in which the terminal keeps what it knows")
    asked = parser.parse_args()
    terminal = SimulatedTerminal(port=asked.port, kept=asked.kept)
    print(f"The simulated card terminal listens at {terminal.url}", flush=True)
    try:
        terminal.server.serve_forever()
    except KeyboardInterrupt:
        terminal.server.server_close()


if __name__ == "__main__":
    main()
