"""The workshop's pages."""

import pytest

from remonta.dispatch.models import DispatchOrder, Finding
from remonta.identity.models import Account
from remonta.kernel.ids import uuid7
from remonta.orders.models import WorkOrder
from tests.cast import intake


@pytest.mark.parametrize("look", ["board", "table", "calendar"])
def test_the_board_shows_open_orders_in_three_looks(look, cast, sign_in):
    order = intake(cast)
    WorkOrder.objects.update(due_at=cast.clock())
    assert order.number in sign_in("wanda").get(f"/board/?look={look}").text
    assert order.number not in sign_in("gosia").get(f"/board/?look={look}").text


def test_the_manager_gives_work_by_load_and_the_engineer_accepts(cast, sign_in):
    order = intake(cast)
    emil = Account.objects.get(email="emil@example.com")
    wanda, engineer = sign_in("wanda"), sign_in("emil")
    assert "Emil" in wanda.get(f"/orders/{order.uid}/load/").text
    said = {"operation": uuid7(), "to": f"engineer:{emil.uid}", "minutes": 30}
    given = wanda.post(f"/orders/{order.uid}/give/", said)
    assert given.status_code == 303
    assert order.number in engineer.get("/my-work/").text
    offer = DispatchOrder.objects.get()
    assert engineer.post(f"/dispatch/{offer.uid}/answer/", {"operation": uuid7(), "move": "accept"}).status_code == 303
    assert DispatchOrder.objects.get().state == "accepted"


def test_the_diagnosis_is_written_at_the_bench(cast, sign_in):
    order = intake(cast)
    client = sign_in("emil")
    empty = client.post(f"/orders/{order.uid}/finding/", {"operation": uuid7()})
    assert (empty.status_code, Finding.objects.count()) == (422, 0)
    page = client.post(f"/orders/{order.uid}/finding/", {"operation": uuid7(), "text": "Torn flex"})
    assert "Torn flex" in page.text
    assert client.post(f"/orders/{order.uid}/timer/", {"operation": uuid7()}).status_code == 200
    assert client.post(f"/orders/{order.uid}/timer/", {"operation": uuid7(), "stop": "1"}).status_code == 200


def test_the_hand_over_page_says_what_is_missing(cast, sign_in):
    order = intake(cast)
    page = sign_in("rita").get(f"/orders/{order.uid}/hand-over/")
    assert page.status_code == 200
    assert "not ready yet" in page.text


def test_the_check_panel_refuses_the_engineer_in_words(cast, sign_in):
    order = intake(cast)
    WorkOrder.objects.update(state="quality", engineer_id=cast.emil.account_id)
    address = f"/orders/{order.uid}/check/"
    refused = sign_in("emil").post(address, {"operation": uuid7(), "verdict": "pass"})
    assert refused.status_code == 422
    assert "somebody else" in refused.text
    assert sign_in("quinn").post(address, {"operation": uuid7(), "verdict": "pass"}).status_code == 303
