"""A scan opens what was scanned or completes the open step; a wrong one says what is wrong and changes nothing."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from remonta.equipment.commands import register_unit
from remonta.identity.models import Account
from remonta.kernel.ids import uuid7
from remonta.orders.commands import move_work_order
from remonta.spine.models import Operation
from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Balance, Move, Place, Whereabouts
from remonta.supply.commands import NoneFree
from remonta.web.scan import Scan, answer
from tests.cast import expected, intake, operation


@pytest.fixture
def order(cast):
    return intake(cast)


def place_of(cast, code, centre="krakow"):
    return Place.objects.get(centre=getattr(cast, centre), code=code)


def scan(cast, code, *, by="rita", previous="", context="", also=""):
    return answer(getattr(cast, by), Scan(code, also, context, previous, operation(cast)))


def where(order):
    return Whereabouts.objects.get(unit=order.unit).place


def counted():
    return Move.objects.count(), Operation.objects.count()


def test_an_order_a_unit_a_place_and_a_part_open_their_pages(cast, order):
    shelf = place_of(cast, "S-1")
    Account.objects.filter(email="emil@example.com").update(uid="018f0000-0000-7000-8000-00000badbabe")
    opened = {
        order.number: reverse("desk:order", args=[order.uid]),
        order.number.lower(): reverse("desk:order", args=[order.uid]),
        "sn 1": None,
        shelf.label: reverse("desk:place", args=[shelf.uid]),
        "DSP-1": reverse("desk:part-stock", args=[cast.display.uid]),
        "b-00000BADBABE": None,
    }
    for code, url in opened.items():
        said = scan(cast, code)
        assert said["ok"], code
        assert url is None or said["go"] == url


def test_a_part_is_known_by_its_gtin_in_any_barcode(cast):
    cast.display.gtin = "5901234123457"
    cast.display.save()
    for code in ("5901234123457", "05901234123457", "0105901234123457", "(01)05901234123457(10)LOT"):
        assert scan(cast, code)["say"] == "DSP-1 Display"
    assert not scan(cast, "5901234123458")["ok"]


def test_at_the_counter_a_known_unit_fills_the_form(cast, order):
    owned = {"product_id": cast.phone.pk, "owner_id": order.customer_id, "centre_id": cast.krakow.pk}
    unit = register_unit(cast.rita, serial="SN-KNOWN", **owned)
    assert scan(cast, "SN-KNOWN", context="intake")["go"] == f"{reverse('desk:intake')}?unit={unit.uid}"
    announced = expected(cast, serial="SN-COMING")
    assert scan(cast, "SN-COMING", context="intake")["go"] == reverse("desk:intake-expected", args=[announced.uid])
    for code in ("SN-1", order.number):
        assert scan(cast, code, context="intake")["go"] == reverse("desk:order", args=[order.uid])


@pytest.mark.parametrize("thing", ["number", "serial"])
def test_unit_then_place_has_moved_once(cast, order, thing):
    shelf = place_of(cast, "S-1")
    previous = order.number if thing == "number" else "SN-1"
    asked = Scan(shelf.label, "", "", previous, operation(cast))
    said = answer(cast.rita, asked)
    assert (said["ok"], said["moved"]) == (True, True)
    assert "S-1" in said["say"]
    assert answer(cast.rita, asked) == said
    assert where(order) == shelf
    assert Move.objects.filter(target=shelf, thread_id=order.pk).count() == 1


def test_a_scanned_move_is_undone_from_the_toast(client, cast, order):
    cast.clock.at = timezone.now()
    said = scan(cast, place_of(cast, "S-1").label, previous=order.number)
    client.force_login(Account.objects.get(email="rita@example.com"))
    form = {"operation": uuid7(), "next": "/orders/"}
    for _again in range(2):
        done = client.post(said["undo"], form)
        assert (done.status_code, done["Location"]) == (303, "/orders/")
    assert where(order).code == "D-1"
    late = client.post(said["undo"], form | {"operation": uuid7()})
    assert late.status_code == 409
    assert "has been moved again" in late.content.decode()


def test_on_an_orders_page_the_place_alone_will_do(cast, order):
    scan(cast, place_of(cast, "S-1").label, context=f"order:{order.uid}")
    assert where(order).code == "S-1"


def test_on_a_places_page_every_unit_goes_there(cast, order):
    shelf = place_of(cast, "S-1")
    assert scan(cast, "SN-1", context=f"place:{shelf.label}")["moved"]
    assert where(order) == shelf
    assert "moved" not in scan(cast, "SN-1", context=f"place:{shelf.label}")


def test_the_same_keys_on_another_layout_are_tried_as_well(cast, order):
    assert scan(cast, "ЛКЛ-000001", also=order.number)["ok"]


@pytest.mark.parametrize(
    "code", ["NOTHING", "L-999999", "L-99999999999999999999", "KRK-999999", "B-00000badbabf", "", "x" * 299]
)
def test_unknown_codes_change_nothing(cast, order, code):
    before = counted()
    said = scan(cast, code, previous=order.number)
    assert (said["ok"], "go" in said) == (False, False)
    assert counted() == before


def test_foreign_codes_answer_as_unknown_ones_do(cast, order):
    foreign = intake(cast, by="gosia", at="gdansk", serial="SN-9")
    far = place_of(cast, "S-1", "wroclaw")
    before = counted()
    for code in (foreign.number, far.label):
        known, unknown = scan(cast, code, previous=order.number), scan(cast, "ZZZ-000001", previous=order.number)
        assert known["say"].replace(code, "ZZZ-000001") == unknown["say"]
        assert known.keys() == unknown.keys()
    assert counted() == before


def test_a_unit_that_is_not_here_is_not_moved(client, cast, order):
    Whereabouts.objects.filter(unit=order.unit).update(place=network_place("customer"))
    client.force_login(Account.objects.get(email="rita@example.com"))
    body = {
        "code": place_of(cast, "S-1").label,
        "previous": order.number,
        "context": "",
        "operation": str(uuid7()),
    }
    before = counted()
    said = client.post(
        "/scan/", json.dumps(body), content_type="application/json", headers={"Accept": "application/json"}
    )
    assert said.status_code == 409
    assert "Take it in first" in said.json()["detail"]
    assert counted() == before


def test_part_and_order_are_issued_on_the_issuing_page(cast, order):
    shelf = place_of(cast, "A-01-01")
    move_part(cast.stan, cast.display.pk, 3000, network_place("supplier"), shelf, reason="received")
    move_work_order(cast.emil, order.uid, "start_diagnosis", operation=operation(cast))
    first = scan(cast, order.number, by="stan", context="issue")
    assert first["go"] == reverse("desk:issue-order", args=[order.uid])
    page = f"issue:order:{order.uid}"
    assert "issued" in scan(cast, "DSP-1", by="stan", context=page)["say"]
    assert scan(cast, "DSP-1", by="stan", context=page, previous="DSP-1")["moved"]
    assert scan(cast, order.number, by="stan", context="issue", previous="DSP-1")["moved"]
    assert Balance.objects.get(place=shelf, part=cast.display).on_hand == 0
    with pytest.raises(NoneFree, match="nothing is free"):
        scan(cast, "DSP-1", by="stan", context=page)
    assert "scan the order" in scan(cast, "DSP-1", by="stan", context="issue")["say"]


def test_what_is_no_scan_is_a_bad_request(client, cast):
    client.force_login(Account.objects.get(email="rita@example.com"))
    for body in ("", "[]", "{}", '{"code": "X", "operation": "7"}', "\xff"):
        assert client.post("/scan/", body, content_type="application/json").status_code == 400
    assert client.get("/scan/").status_code == 405
    client.logout()
    assert client.post("/scan/", "{}", content_type="application/json").status_code == 403
