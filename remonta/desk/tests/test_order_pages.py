"""The pages of orders and of the counter."""

import pytest

from remonta.kernel.ids import uuid7
from remonta.orders.models import WorkOrder
from tests.cast import expected, intake


def test_the_order_page_shows_everything_at_once(cast, sign_in):
    order = intake(cast, fault="Screen <b>black</b>")
    page = sign_in("rita").get(f"/orders/{order.uid}/")
    assert page.status_code == 200
    assert order.number in page.text
    assert "Screen &lt;b&gt;black&lt;/b&gt;" in page.text
    assert "Jan Kowalski" in page.text


def test_the_order_page_takes_twelve_statements_however_long_its_history(cast, sign_in, django_assert_max_num_queries):
    order = intake(cast)
    client = sign_in("wanda")
    client.get(f"/orders/{order.uid}/")
    with django_assert_max_num_queries(14):
        client.get(f"/orders/{order.uid}/")


def test_a_stranger_finds_nothing(cast, sign_in):
    order = intake(cast)
    assert sign_in("gosia").get(f"/orders/{order.uid}/").status_code == 404


def test_the_list_shows_open_orders(cast, sign_in):
    order = intake(cast)
    assert order.number in sign_in("rita").get("/orders/").text
    assert order.number not in sign_in("gosia").get("/orders/").text


def test_the_form_takes_a_unit_in_and_keeps_what_was_typed(cast, sign_in):
    client = sign_in("rita")
    typed = {"operation": uuid7(), "name": "Ann <Lee>", "phone": "600 700 800", "language": "pl", "serial": "Z-9"}
    refused = client.post("/intake/", typed | {"fault": "Smokes"})
    assert (refused.status_code, WorkOrder.objects.count()) == (422, 0)
    assert "Ann &lt;Lee&gt;" in refused.text
    assert "Choose the model" in refused.text
    done = client.post("/intake/", typed | {"fault": "Smokes", "product_uid": cast.phone.uid})
    assert done.status_code == 303
    assert WorkOrder.objects.get().customer.name == "Ann <Lee>"


@pytest.mark.parametrize(
    "address", ["/intake/", "/intake/customer/?find=Jan", "/intake/unit/?model=one", "/intake/beside/"]
)
def test_the_counter_answers(address, cast, sign_in):
    intake(cast)
    assert sign_in("rita").get(address).status_code == 200
    assert sign_in("emil").get(address).status_code == 403


def test_an_expected_unit_is_found_and_taken_in(cast, sign_in):
    order = expected(cast)
    client = sign_in("rita")
    assert order.number in client.get(f"/intake/customer/?find={order.number}").text
    assert client.get(f"/intake/expected/{order.uid}/").status_code == 200
    done = client.post(f"/intake/expected/{order.uid}/", {"operation": uuid7(), "fault": "Dead", "looks": "New"})
    assert done.status_code == 303
    assert WorkOrder.objects.get().state == "taken_in"


def test_the_unit_side_and_a_photo(cast, sign_in, png):
    order = intake(cast)
    client = sign_in("rita")
    assert client.post(f"/orders/{order.uid}/photos/", {"photo": png}).status_code == 201
    page = client.get(f"/orders/{order.uid}/unit/").text
    assert "/files/" in page


def test_what_was_promised_stands_on_the_order(cast, sign_in):
    order = intake(cast, price=30_000, promise="With a new cable")
    page = sign_in("wanda").get(f"/orders/{order.uid}/unit/").content.decode()
    assert "With a new cable" in page
    assert "300.00" in page
