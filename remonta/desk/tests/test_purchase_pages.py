"""The purchaser's day on pages: from what is missing to an order, its answer, its delivery and what it cost."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from remonta.catalogue.models import Part
from remonta.kernel.ids import uuid7
from remonta.spine.models import Message
from remonta.stock.models import Balance, PartCost, Place
from remonta.supply.commands import add_supplier, add_supplier_part, ask_part, set_rate
from remonta.supply.models import GoodsReceipt, PurchaseLine, PurchaseOrder, PurchaseRequest, Requisition
from remonta.supply.queries import rate_entities_for
from tests.cast import intake
from tests.cast import operation as new


@pytest.fixture
def battery(db):
    return Part.objects.create(number="BAT-9", name="Battery", sort_name="battery", words="bat-9 battery")


@pytest.fixture
def supplier(cast, battery):
    made = add_supplier(cast.ada, name="Shenzhen Parts", currency="CNY", email="sales@sz.example", lead_days=20)
    sold = {"part_uid": battery.uid, "number": "SZ-BAT", "price": Decimal("88.125")}
    add_supplier_part(cast.ada, made.uid, **sold)
    entity = rate_entities_for(cast.ada)[0].uid
    day = cast.clock().date() - timedelta(days=400)
    set_rate(cast.ada, entity, currency="CNY", day=day, rate=Decimal("0.5"))
    return made


@pytest.fixture
def wanted(cast, supplier, battery):
    return ask_part(cast.hana, intake(cast).uid, part_uid=battery.uid, quantity=2000, operation=new(cast))


def said(**more):
    return {"operation": uuid7()} | more


def test_a_part_goes_its_whole_way(cast, sign_in, supplier, wanted, battery):
    hana, stan = sign_in("hana"), sign_in("stan")
    page = hana.get("/buying/").content.decode()
    assert wanted.work_order.number in page
    assert "88.125" in page
    assert "88.125" not in stan.get("/buying/").content.decode()
    key = f"repair:{wanted.uid}"
    chosen = {"chosen": key, f"supplier-{key}": supplier.uid}
    assert hana.post("/buying/", said(**chosen)).status_code == 303
    order, line = PurchaseOrder.objects.get(), PurchaseLine.objects.get()
    url = f"/buying/orders/{order.uid}/"
    assert "SZ-BAT" in hana.get(url).content.decode()
    assert hana.post(f"/buying/lines/{line.uid}/", said(quantity="3", price="80")).status_code == 303
    assert hana.post(url + "lines/", said(part="nothing", quantity="1")).status_code == 422
    assert hana.post(url + "send/", said(email="sales@sz.example")).status_code == 303
    assert Message.objects.get(purpose="supply.purchase").recipient == "sales@sz.example"
    answer = {f"quantity-{line.uid}": "many", f"day-{line.uid}": "2026-12-24"}
    assert hana.post(url + "confirm/", said(**answer)).status_code == 422
    answer[f"quantity-{line.uid}"] = "3"
    assert hana.post(url + "confirm/", said(**answer, reference="PI-8")).status_code == 303
    assert str(Requisition.objects.get().expected_on) == "2026-12-24"
    assert hana.post(url + "tell/", said()).status_code == 303
    receive_it(stan, url, cast, battery)
    cost_it(hana, stan, battery)


def receive_it(stan, url, cast, battery):
    shown = stan.get(url + "receive/").content.decode()
    assert "SZ-BAT" in shown
    assert "80" not in re.sub(r"<[^>]*>", "", stan.get(url).content.decode().partition("<main")[2])
    fragment = stan.get(url + "receive/line/?code=SZ-BAT&bin=A-01-01").content.decode()
    assert str(battery.uid) in fragment
    assert "not ordered" not in fragment
    code = Place.objects.filter(centre=cast.krakow, kind="bin").first().code
    lines = {"part": battery.uid, "place": code, "quantity": "0", "cost": ""}
    assert stan.post(url + "receive/", said(**lines)).status_code == 422
    assert stan.post(url + "receive/", said(**lines | {"quantity": "3"})).status_code == 303
    assert PurchaseOrder.objects.get().state == "complete"
    assert Requisition.objects.get().state == "reserved"
    assert Balance.objects.get(part=battery, place__code=code).on_hand == 3000


def cost_it(hana, stan, battery):
    assert PartCost.objects.get(part=battery).average == Decimal(40)
    url = f"/buying/deliveries/{GoodsReceipt.objects.get().uid}/costs/"
    freight = {"kind": "freight", "amount": "30", "currency": "PLN", "shared_by": "value"}
    assert hana.post(url, said(**freight | {"amount": "0"})).status_code == 422
    assert hana.post(url, said(**freight)).status_code == 303
    assert PartCost.objects.get(part=battery).average == Decimal(50)
    assert "150" in hana.get(url).content.decode()
    assert stan.get(url).status_code == 403
    assert stan.post(url, said(**freight)).status_code == 403
    assert PartCost.objects.get(part=battery).average == Decimal(50)


def test_an_order_is_cancelled_and_its_parts_are_to_be_ordered_anew(cast, sign_in, supplier, wanted):
    hana, key = sign_in("hana"), f"repair:{wanted.uid}"
    hana.post("/buying/", said(chosen=key, **{f"supplier-{key}": supplier.uid}))
    url = f"/buying/orders/{PurchaseOrder.objects.get().uid}/"
    assert hana.post(url + "send/", said(marked="1")).status_code == 303
    assert wanted.work_order.number not in hana.get("/buying/").content.decode()
    assert hana.post(url + "cancel/", said()).status_code == 303
    assert wanted.work_order.number in hana.get("/buying/").content.decode()
    assert hana.post(url + "close/", said()).status_code == 409


def test_somebody_asks_for_stock_and_changes_his_mind(sign_in, supplier):
    emil = sign_in("emil")
    asked = {"part": "bat-9", "quantity": "4", "reason": "low"}
    assert emil.post("/buying/ask/", said(**asked | {"quantity": "none"})).status_code == 422
    assert emil.post("/buying/ask/", said(**asked)).status_code == 303
    row = PurchaseRequest.objects.get()
    assert "low" in sign_in("hana").get("/buying/").content.decode()
    assert emil.post(f"/buying/asked/{row.uid}/cancel/", said()).status_code == 303
    assert PurchaseRequest.objects.get().state == "cancelled"
    assert emil.get("/buying/").status_code == 403
