"""Sixteen times the same click over HTTP, at once, at a web server of two processes: one effect, sixteen equal answers.

The same operation with other contents is refused with a sentence, and writes nothing.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from threading import Barrier
from typing import Any

import httpx
import pytest

from remonta.kernel.ids import uuid7
from remonta.spine.commands import OperationTaken
from tests.live import Product, product

TIMES = 16
PATIENCE = 60.0
Answer = tuple[int, str, str]
TAKEN = str(OperationTaken.text)


@dataclass
class Centre:
    """A running product, the keys of its people by role, and the cashier's browser: its cookies and form token."""

    product: Product
    keys: dict[str, str]
    desk: str
    cookies: dict[str, dict[str, str]]

    def api(self, role: str, path: str, body: Any, key: object = None) -> Answer:
        """One call of the API; with a body it is a command, under that operation's id or a new one."""
        headers = {"Authorization": f"Bearer {self.keys[role]}", "Accept-Language": "en"}
        with httpx.Client(base_url=f"{self.product.url}/api/v1", trust_env=False, timeout=PATIENCE) as client:
            if body is None:
                answer = client.get(path, headers=headers)
            else:
                answer = client.post(path, json=body, headers={**headers, "Idempotency-Key": str(key or uuid7())})
            return answer.status_code, "", answer.text

    def said(self, role: str, path: str, body: Any = None) -> Any:
        status, _target, text = self.api(role, path, body)
        assert status < 300, text
        return json.loads(text)

    def form(self, role: str, path: str, values: dict[str, str]) -> Answer:
        """One post of a form, as a browser without scripts sends it: the answer, where it leads, the page."""
        cookies = self.cookies[role]
        with httpx.Client(base_url=self.product.url, cookies=cookies, trust_env=False, timeout=PATIENCE) as client:
            answer = client.post(path, data=values | {"csrfmiddlewaretoken": cookies["csrftoken"]})
            return answer.status_code, answer.headers.get("Location", ""), answer.text

    def page(self, role: str, path: str) -> str:
        with httpx.Client(base_url=self.product.url, cookies=self.cookies[role], trust_env=False) as client:
            return client.get(path, timeout=PATIENCE).text

    def saved(self) -> dict[str, Any]:
        counted = self.product.module("tests.crash.counts")
        assert counted.returncode == 0, counted.stderr[-2000:]
        return dict(json.loads(counted.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    home = tmp_path_factory.mktemp("sixteen")
    with product(home, REMONTA_WORKERS="2", REMONTA_API_RATE="1000000") as made:
        asked = made.module("tests.crash.prepare", made.known["centre"], "")
        assert asked.returncode == 0, asked.stderr[-2000:]
        known = json.loads(asked.stdout.splitlines()[-1])
        made.start("web")
        keys = {one["role"]: one["key"] for one in known["people"]}
        cookies = {role: signed_in(made, role) for role in ("receptionist", "cashier")}
        yield Centre(made, keys, known["desk"], cookies)


def signed_in(made: Product, role: str) -> dict[str, str]:
    """The cookies of a browser that came in by a one-time link."""
    token = next(link for name, link in made.known["links"].items() if name.startswith(f"{role}:"))
    with httpx.Client(base_url=made.url, trust_env=False, timeout=PATIENCE) as client:
        client.get(f"/sign-in/link/{token}/")
        sent = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
        assert client.post(f"/sign-in/link/{token}/", data=sent).status_code in (302, 303)
        return dict(client.cookies)


def at_once(ask: Callable[[], Answer]) -> list[Answer]:
    """The same request sixteen times at the same moment, each over a connection of its own."""
    start = Barrier(TIMES)

    def one(_number: int) -> Answer:
        start.wait(PATIENCE)
        return ask()

    with ThreadPoolExecutor(TIMES) as crowd:
        return list(crowd.map(one, range(TIMES)))


def intake_body(centre: Centre, serial: str) -> dict[str, Any]:
    return {
        "centre_uid": centre.product.known["centre"],
        "who": {"name": f"Customer {serial}", "phones": ["+48600100200"], "language": "en"},
        "which": {
            "product_uid": next(iter(centre.product.known["products"].values())),
            "serial": serial,
            "accept_odd_serial": True,
        },
        "repair": {"fault": "Does not start"},
        "intake": {"accessories": ["charger"], "place_uid": centre.product.known["places"]["D-1"]["uid"]},
    }


def taken_in(centre: Centre, serial: str) -> str:
    return str(centre.said("receptionist", "/intake", intake_body(centre, serial))["uid"])


def owing(centre: Centre, serial: str) -> str:
    """An order whose customer has agreed to 120.00 and tax, all of it owed."""
    order = taken_in(centre, serial)
    line = {"text": "Connector replaced", "price": "120.00"}
    quote = centre.said("workshop_manager", f"/orders/{order}/quotes", {"lines": [line]})["uid"]
    shown = centre.said("workshop_manager", f"/quotes/{quote}/send", {})
    signed = {"name": "Jan", "shown_hash": shown["shown_hash"], "lines": [line["uid"] for line in shown["lines"]]}
    centre.said("receptionist", f"/quotes/{quote}/approve", signed)
    return order


def kept_of(saved: dict[str, Any], order: str) -> Counter[str]:
    """How many rows there are of an order, by what they are."""
    pk = next(row["pk"] for row in saved["orders"] if row["uid"] == order)
    counted = {name: sum(row.get("work_order__uid") == order for row in saved[name]) for name in ("payments", "notes")}
    return Counter(counted | {"moves": sum(row["thread_id"] == pk for row in saved["moves"])})


def test_a_unit_taken_in_over_the_api(centre: Centre) -> None:
    body, key = intake_body(centre, "SN-API"), uuid7()
    answers = at_once(lambda: centre.api("receptionist", "/intake", body, key))
    assert len(answers) == TIMES
    assert {status for status, _target, _text in answers} == {201}
    assert len(set(answers)) == 1
    saved = centre.saved()
    order = [row for row in saved["orders"] if row["unit__serial"] == "SN-API"]
    assert [row["uid"] for row in order] == [json.loads(answers[0][2])["uid"]]
    assert [row["name"] for row in saved["customers"]].count("Customer SN-API") == 1
    assert kept_of(saved, order[0]["uid"])["moves"] == 1
    refused = centre.api("receptionist", "/intake", body | {"repair": {"fault": "Something else"}}, key)
    assert (refused[0], json.loads(refused[2])["detail"]) == (409, TAKEN)
    assert len(centre.saved()["orders"]) == len(saved["orders"])


def test_a_payment_over_the_api(centre: Centre) -> None:
    order, key = owing(centre, "SN-API-PAY"), uuid7()
    owed = centre.said("cashier", f"/orders/{order}/money")["owed"]
    body = {"method": "cash", "amount": owed, "desk_uid": centre.desk}
    answers = at_once(lambda: centre.api("cashier", f"/orders/{order}/payments", body, key))
    assert ({status for status, _target, _text in answers}, len(set(answers))) == ({201}, 1)
    assert kept_of(centre.saved(), order)["payments"] == 1
    less = body | {"amount": {**owed, "amount": "1.00"}}
    refused = centre.api("cashier", f"/orders/{order}/payments", less, key)
    assert (refused[0], json.loads(refused[2])["detail"]) == (409, TAKEN)
    assert kept_of(centre.saved(), order)["payments"] == 1
    assert centre.said("cashier", f"/orders/{order}/money")["paid"] == owed


def test_a_note_over_the_api_is_one_event(centre: Centre) -> None:
    order, key = taken_in(centre, "SN-NOTE"), uuid7()
    before = len(centre.said("receptionist", f"/orders/{order}/timeline"))
    path, body = f"/orders/{order}/notes", {"kind": "note", "text": "Called at noon"}
    answers = at_once(lambda: centre.api("receptionist", path, body, key))
    assert ({status for status, _target, _text in answers}, len(set(answers))) == ({200}, 1)
    assert len(centre.said("receptionist", f"/orders/{order}/timeline")) == before + 1
    assert kept_of(centre.saved(), order)["notes"] == 1


def fields_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form with that address, as the page holds them."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form, f"no form for {action}"
    found = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form.group(0))
    named = {(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in found}
    return {unescape(name.group(1)): unescape(value.group(1)) for name, value in named if name and value}


def test_the_counters_form(centre: Centre) -> None:
    values = {
        "operation": str(uuid7()),
        "name": "Customer SN-FORM",
        "phone": "600 100 300",
        "language": "en",
        "product_uid": next(iter(centre.product.known["products"].values())),
        "serial": "SNFORM1",
        "accept_odd_serial": "on",
        "fault": "Does not start",
        "accessories": "charger, bag",
        "route": "counter",
        "place_uid": centre.product.known["places"]["D-1"]["uid"],
    }
    answers = at_once(lambda: centre.form("receptionist", "/intake/", values))
    assert {status for status, _target, _text in answers} == {303}
    assert len({target for _status, target, _text in answers}) == 1
    saved = centre.saved()
    order = [row for row in saved["orders"] if row["unit__serial"] == "SNFORM1"]
    assert len(order) == 1
    assert order[0]["uid"] in answers[0][1]
    assert [row["name"] for row in saved["customers"]].count("Customer SN-FORM") == 1
    status, _target, page = centre.form("receptionist", "/intake/", values | {"fault": "Something else"})
    assert status == 422
    assert TAKEN in unescape(page)
    assert len(centre.saved()["orders"]) == len(saved["orders"])


def test_the_cashiers_form(centre: Centre) -> None:
    order = owing(centre, "SN-FORM-PAY")
    owed = centre.said("cashier", f"/orders/{order}/money")["owed"]["amount"]
    path = f"/orders/{order}/pay/"
    shown = fields_of(centre.page("cashier", f"/orders/{order}/money/"), path)
    values = shown | {"method": "cash", "amount": owed, "desk": centre.desk}
    answers = at_once(lambda: centre.form("cashier", path, values))
    assert {(status, target) for status, target, _text in answers} == {(303, f"/orders/{order}/")}
    assert kept_of(centre.saved(), order)["payments"] == 1
    status, _target, page = centre.form("cashier", path, values | {"amount": "1.00"})
    assert status == 422
    assert TAKEN in unescape(page)
    assert kept_of(centre.saved(), order)["payments"] == 1
    assert centre.said("cashier", f"/orders/{order}/money")["paid"]["amount"] == owed


def test_the_books_are_whole(centre: Centre) -> None:
    proved = centre.product.cli("verify")
    assert proved.returncode == 0, proved.stdout[-2000:]
