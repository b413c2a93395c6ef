"""The call centre's one screen."""

import pytest

from remonta.kernel.ids import uuid7
from remonta.orders.models import Promise, Request, WorkOrder
from tests.cast import intake


def talk(**more):
    return {"operation": uuid7(), "fault": "Smokes", "outcome": "register", "name": "Ann", "phone": "600700800", **more}


@pytest.mark.parametrize("who", ["olga", "rita", "hana"])
def test_the_screen_opens_for_who_answers_calls(who, cast, sign_in):
    assert sign_in(who).get("/calls/").status_code == 200
    assert sign_in("emil").get("/calls/").status_code == 403


def test_a_repair_is_registered_with_what_was_promised(cast, sign_in):
    said = talk(centre_uid=cast.krakow.uid, product_uid=cast.phone.uid, serial="S1", price="150", promise="By Friday")
    done = sign_in("rita").post("/calls/", said)
    assert done.status_code == 303
    assert WorkOrder.objects.get().state == "registered"
    assert Promise.objects.get().price == 15000


@pytest.mark.parametrize(("outcome", "state"), [("lead", "lead"), ("wait", "new"), ("answered", "closed")])
def test_who_only_asks_is_kept(outcome, state, cast, sign_in):
    done = sign_in("rita").post("/calls/", talk(centre_uid=cast.krakow.uid, device="Toaster", outcome=outcome))
    assert done.status_code == 303
    assert Request.objects.get().state == state
    assert sign_in("rita").get(f"/requests/{Request.objects.get().uid}/").status_code == 200


def test_a_refusal_needs_its_reason_and_keeps_what_was_typed(cast, sign_in):
    client, said = sign_in("rita"), talk(centre_uid=cast.krakow.uid, device="Toaster", outcome="refused")
    refused = client.post("/calls/", said)
    assert (refused.status_code, Request.objects.count()) == (422, 0)
    assert "Toaster" in refused.text
    assert client.post("/calls/", said | {"reason": "price"}).status_code == 303


def test_everything_worth_knowing_stands_beside(cast, sign_in):
    order = intake(cast)
    client = sign_in("rita")
    address = f"/calls/beside/?unit_uid={order.unit.uid}&customer_uid={order.customer.uid}&fault=screen&city=Krak"
    assert order.number in client.get(address).text
    assert order.number in client.get(f"/calls/state/?text={order.number}").text
    assert order.number in sign_in("olga").get(f"/calls/state/?text={order.number}").text
    assert order.number not in sign_in("gosia").get(f"/calls/state/?text={order.number}").text


def test_requests_are_listed_found_and_moved(cast, sign_in):
    client = sign_in("rita")
    client.post("/calls/", talk(centre_uid=cast.krakow.uid, device="Toaster", outcome="wait"))
    case = Request.objects.get()
    assert case.number in client.get("/requests/").text
    assert case.number in client.get("/calls/ringing/").text
    for move in ("called", "keep"):
        assert client.post(f"/requests/{case.uid}/move/", {"operation": uuid7(), "move": move}).status_code == 303
    refused = client.post(f"/requests/{case.uid}/move/", {"operation": uuid7(), "move": "refuse"})
    assert refused.status_code == 422
    assert client.post(f"/requests/{case.uid}/promise/", {"operation": uuid7(), "price": "10"}).status_code == 303
    note = {"operation": uuid7(), "kind": "talk", "text": "Hi"}
    assert client.post(f"/requests/{case.uid}/note/", note).status_code == 303
    assert sign_in("gosia").get(f"/requests/{case.uid}/").status_code == 404


def test_the_palette_finds_by_number_and_by_name(cast, sign_in):
    order = intake(cast)
    assert order.number in sign_in("rita").get(f"/palette/?q={order.number}").text
    assert "/orders/" not in sign_in("gosia").get(f"/palette/?q={order.number}").text
