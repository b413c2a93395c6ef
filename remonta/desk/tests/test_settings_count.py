"""What is set is seen on pages: forgotten orders, the usual promise, the deposit, the scanner's key."""

import re

import pytest
from django.utils import timezone

from remonta.identity.commands import set_setting
from remonta.orders.commands import write_note
from tests.cast import intake, operation


@pytest.mark.parametrize("address", ["/orders/", "/orders/?which=forgotten", "/board/"])
def test_forgotten_orders_are_marked_in_the_list_and_on_the_board(address, cast, sign_in):
    order = intake(cast)
    page = sign_in("wanda").get(address).text
    assert order.number in page
    assert "forgotten</span>" in page


def test_an_order_somebody_has_just_written_on_is_not_among_the_forgotten(cast, sign_in):
    order = intake(cast)
    cast.clock.at = timezone.now()
    write_note(cast.emil, order.uid, text="Waiting", kind="note", operation=operation(cast))
    assert order.number not in sign_in("wanda").get("/orders/?which=forgotten").text
    assert "forgotten</span>" not in sign_in("wanda").get("/orders/").text


def test_the_usual_promise_is_filled_in_at_the_counter_and_said_on_the_phone(cast, sign_in):
    page = sign_in("rita").get("/intake/").text
    filled = re.search(r'name="due_at" value="([^"]+)"', page)[1]
    assert filled > timezone.localtime().isoformat()[:16]
    assert "Usually by" in sign_in("olga").get("/calls/").text


def test_what_was_typed_as_promised_is_kept_even_when_it_is_nothing(cast, sign_in):
    refused = sign_in("rita").post("/intake/", {"due_at": "", "fault": "Dead"}).text
    assert not re.search(r'name="due_at" value="[^"]', refused)


def test_the_deposit_asked_stands_in_the_form(cast, sign_in):
    set_setting(cast.hana, "billing.deposit_percent", 25, centre_uid=cast.krakow.uid)
    order = intake(cast, preauthorised=20000)
    panel = sign_in("cora").get(f"/orders/{order.uid}/money/").text
    assert "Deposit asked" in panel
    assert re.search(r'name="amount" value="50(\.00?)?"', panel)


def test_pages_know_the_key_of_the_scanners(cast, sign_in):
    client = sign_in("rita")
    assert 'data-scan-prefix=""' in client.get("/orders/").text
    set_setting(cast.hana, "desk.scan_prefix", "~", centre_uid=cast.krakow.uid)
    assert 'data-scan-prefix="~"' in client.get("/orders/").text
