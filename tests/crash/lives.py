"""One repair from the counter to the hand-over, as the people of a centre drive it, and what must be there then."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.crash.driver import Driver

PATIENCE = 90.0
STARTED = ("started", "unclear")
PRICES = ("120.00", "89.50", "120.13", "240.05", "75.17")
"""By card, the simulated terminal charges …13 and …17 and loses the answer, and refuses …05."""


@dataclass
class Life:
    """A repair. What its steps were answered is what must be found afterwards, once each."""

    driver: Driver
    known: dict[str, Any]
    serial: str
    chance: random.Random
    order: str = ""
    number: str = ""
    quote: str = ""
    payments: dict[str, str] = field(default_factory=dict)
    moves: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    messages: Counter[str] = field(default_factory=Counter)
    deliveries: list[str] = field(default_factory=list)

    def live(self) -> "Life":
        self.come()
        self.diagnose()
        self.agree()
        self.repair()
        self.pay()
        self.leave()
        return self

    def come(self) -> None:
        digits = f"{self.chance.randrange(10**8):08d}"
        who = {
            "name": f"Customer {self.serial}",
            "phones": [f"+485{digits}"],
            "email": f"{self.serial.lower()}@customers.example",
            "language": "en",
        }
        product = self.chance.choice(list(self.known["products"].values()))
        body = {
            "centre_uid": self.known["centre"],
            "who": who,
            "which": {"product_uid": product, "serial": self.serial, "accept_odd_serial": True},
            "repair": {"fault": f"Does not start, {self.serial}"},
            "intake": {"looks": "Scratched", "accessories": ["charger"], "place_uid": self._place("D-1")},
        }
        order = self.driver.make("receptionist", "/intake", body)
        self.order, self.number = order["uid"], order["number"]
        self.moves["taken_in"] += 1
        self._told("taken_in")
        if self.chance.random() < 0.4:
            self._take("deposits", {"amount": "20.00", "currency": "PLN"}, "cash")

    def diagnose(self) -> None:
        self._do("receptionist", "place", {"place_uid": self._place("T-1")})
        self.moves["moved"] += 1
        engineer = self.chance.choice(self.driver.of("engineer"))
        given = self._do("workshop_manager", "give", {"engineer_uid": engineer})[0]
        if given["state"] == "offered":
            path = f"/dispatch/{given['uid']}/answer"
            self.driver.make("engineer", path, {"move": "accept"}, person=engineer)
        self._do("engineer", "moves", {"move": "start_diagnosis"})
        self._do("engineer", "findings", {"text": "Connector corroded"})
        self._note("note", "Opened and looked at")

    def agree(self) -> None:
        part = self.chance.choice(list(self.known["parts"].values()))
        shelf = self._place("A-01-01")
        lines = [{"part_uid": part, "place_uid": shelf, "quantity": "1"}]
        delivery = {"centre_uid": self.known["centre"], "supplier": f"Depot {self.serial}", "lines": lines}
        self.deliveries.append(self.driver.make("storekeeper", "/deliveries", delivery)["uid"])
        offered = [
            {"text": "Connector replaced", "price": self.chance.choice(PRICES)},
            {"part_uid": part, "price": "500.00"},
        ]
        self.quote = self._do("workshop_manager", "quotes", {"lines": offered})["uid"]
        shown = self.driver.make("workshop_manager", f"/quotes/{self.quote}/send")
        self._told("quote_sent")
        self._until(lambda: any(row["code"] == "quote_sent" for row in self._read("receptionist", "messages")))
        signed = {"name": f"Customer {self.serial}", "shown_hash": shown["shown_hash"]}
        lines = [line["uid"] for line in shown["lines"]]
        self.driver.make("receptionist", f"/quotes/{self.quote}/approve", {"lines": lines, **signed})
        self._told("quote_approved")

    def repair(self) -> None:
        wanted = self._until(lambda: self._read("storekeeper", "parts"))
        for one in wanted:
            self.driver.make("storekeeper", f"/requisitions/{one['uid']}/issue")
            self.moves["issued"] += 1
        self._do("engineer", "moves", {"move": "finish_repair"})
        self._do("quality", "check", {"passed": True})
        self._told("ready")

    def pay(self) -> None:
        if self.chance.random() < 0.3:
            self._note("to_customer", f"Please bring your receipt for {self.number}")
            self._told("message")
        way = "card" if self.chance.random() < 0.5 else "cash"
        payment = self._take("payments", self._owed(), way)
        if way == "card":
            path = f"/payments/{payment}"
            self._until(lambda: self.driver.read("cashier", path)["state"] not in STARTED)
            self.payments[payment] = self.driver.read("cashier", path)["state"]
            if self.payments[payment] != "paid":
                self._take("payments", self._owed(), "cash")

    def leave(self) -> None:
        self._do("receptionist", "hand-over", {"taken_by": f"Customer {self.serial}"})
        self.moves["handed_over"] += 2
        self._told("handed_over")

    def _take(self, what: str, amount: Any, way: str) -> str:
        tender = {"method": way, "amount": amount, "desk_uid": self.known["desk"]}
        payment = self._do("cashier", what, tender)
        self.payments[payment["uid"]] = payment["state"]
        return str(payment["uid"])

    def _owed(self) -> Any:
        return self._read("cashier", "money")["owed"]

    def _note(self, kind: str, text: str) -> None:
        self._do("receptionist", "notes", {"kind": kind, "text": text})
        self.notes.append(text)

    def _told(self, code: str) -> None:
        """The customer is written to, by SMS and by mail."""
        self.messages.update({f"{code}:sms": 1, f"{code}:email": 1})

    def _do(self, role: str, what: str, body: Any) -> Any:
        return self.driver.make(role, f"/orders/{self.order}/{what}", body)

    def _read(self, role: str, what: str) -> Any:
        return self.driver.read(role, f"/orders/{self.order}/{what}")

    def _place(self, code: str) -> str:
        return str(self.known["places"][code]["uid"])

    def _until(self, what: Any) -> Any:
        """What background work brings, in its own time."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := what():
                return found
            time.sleep(0.2)
        raise AssertionError(f"{self.number}: it did not come")
