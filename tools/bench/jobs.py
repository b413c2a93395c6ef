"""The jobs that are measured, as the requests a browser sends."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from remonta.kernel.ids import uuid7
from tools.bench.browser import Answer, Browser

Form = dict[str, str]
Call = Callable[[Browser, Form], list[Answer]]


@dataclass
class Work:
    """What there is to work with; counts what was done to each order, so that moves alternate."""

    known: dict[str, Any]
    moves: Counter[str] = field(default_factory=Counter)

    def one(self, name: str, number: int) -> str:
        return str(self.known[name][number % len(self.known[name])])


@dataclass(frozen=True)
class Job:
    """A job: who does it, how, and what is wanted with one client at a million orders: the median, or 95 of 100."""

    code: str
    name: str
    role: str
    target: int | None
    call: Callable[[Browser, Work, int, Form], list[Answer]]
    most_statements: int | None = None
    most_p95: int | None = None


def register(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    form = {
        "operation": str(uuid7()),
        "centre_uid": work.known["centre"],
        "name": f"Anna Nowak {number}",
        "phone": f"+48 601 {number // 1000 % 1000:03d} {number % 1000:03d}",
        "language": "pl",
        "product_uid": work.known["product"],
        "serial": f"BN{number:07d}X",
        "fault": "Does not switch on after a fall",
        "outcome": "register",
    }
    return [browser.ask("POST", "/calls/", form, headers)]


def open_order(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    return [browser.ask("GET", f"/orders/{work.one('orders', number)}/", headers=headers)]


def list_orders(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    return [browser.ask("GET", "/orders/", headers=headers)]


def find_serial(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    """All of the serial number but its beginning."""
    return [browser.ask("GET", f"/palette/?q={work.one('serials', number)[2:]}", headers=headers)]


def find_phone(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    return [browser.ask("GET", f"/palette/?q={work.one('phones', number)[-7:]}", headers=headers)]


def move(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    """From repair to waiting for parts, and back."""
    uid = work.one("bench", number)
    step = ("wait_for_parts", "start_repair")[work.moves[uid] % 2]
    done = browser.ask("POST", f"/orders/{uid}/move/", {"operation": str(uuid7()), "move": step}, headers)
    work.moves[uid] += 1
    return [done]


def issue(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    form = {"operation": str(uuid7()), "code": work.known["part"], "quantity": "1"}
    return [browser.ask("POST", f"/warehouse/issue/{work.one('bench', number)}/scan/", form, headers)]


def receipt(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    """The button makes the paper, the browser shows it: both together."""
    made = browser.ask("POST", f"/orders/{work.one('orders', number)}/print/", {"form": "receipt:a4"}, headers)
    return [made, browser.ask("GET", made.headers["location"], headers=headers)]


def receive(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    """A part is scanned while goods are received: its line of the delivery appears."""
    return [browser.ask("GET", f"/warehouse/receive/line/?code={work.known['part']}", headers=headers)]


def past_day(browser: Browser, work: Work, number: int, headers: Form) -> list[Answer]:
    """What the network had of a part on a past day."""
    day = work.one("days", number)
    return [browser.ask("GET", f"/warehouse/parts/{work.known['part_uid']}/?on={day}", headers=headers)]


JOBS = (
    Job("a", "register a repair", "operator", 20, register),
    Job("b", "open an order with its history", "workshop_manager", 17, open_order, most_statements=12),
    Job("c", "list of open orders, 50 a page", "workshop_manager", 12, list_orders, most_statements=12),
    Job("d", "find by serial part", "receptionist", 10, find_serial),
    Job("d", "find by phone tail of 7", "receptionist", 10, find_phone),
    Job("e", "change of stage with history", "engineer", 8, move),
    Job("f", "issue a part with its move", "storekeeper", 15, issue, most_p95=30),
    Job("g", "PDF of the receipt", "receptionist", 30, receipt),
    Job("h", "scan in receiving", "storekeeper", None, receive, most_p95=40),
    Job("i", "a part on a past day", "storekeeper", None, past_day, most_p95=50),
)
