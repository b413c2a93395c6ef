"""The pages of goods that go back to their supplier."""

import re

import pytest

from remonta.catalogue.models import Part
from remonta.kernel.ids import uuid7
from remonta.stock.commands import move_part, network_place, quarantine_part
from remonta.stock.models import Balance, Place
from remonta.supply.commands import add_supplier
from remonta.supply.models import SupplierReturn


@pytest.fixture
def supplier(cast):
    return add_supplier(cast.ada, name="Vela Parts", currency="EUR")


@pytest.fixture
def lying(cast):
    """Three displays lie in A-01-01."""
    Part.objects.filter(pk=cast.display.pk).update(words="dsp-1 display")
    place = Place.objects.get(centre=cast.krakow, code="A-01-01")
    move_part(cast.stan, cast.display.pk, 3000, network_place("supplier"), place, reason="received")
    return place


def post(client, cast, url, **said):
    return client.post(url, {**said, "operation": uuid7()})


def begun(client, cast, supplier):
    answer = post(client, cast, "/buying/returns/new/", supplier=supplier.uid, note="RMA 7")
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_goods_go_back_and_new_ones_come(cast, sign_in, supplier, lying):
    stan = sign_in("stan")
    url = begun(stan, cast, supplier)
    assert "Scan or type the first part" in stan.get(url).content.decode()
    wrong = post(stan, cast, f"{url}lines/", part="nothing", quantity="2", reason="wrong", note="blue ones")
    assert wrong.status_code == 422
    assert "blue ones" in wrong.content.decode()
    said = {"part": "DSP-1", "quantity": "2", "reason": "wrong"}
    assert post(stan, cast, f"{url}lines/", **said, place="Z-99").status_code == 422
    assert post(stan, cast, f"{url}lines/", **said, place=lying.label).status_code == 303
    assert post(stan, cast, f"{url}send/", courier="DPD", tracking="DPD-77").status_code == 303
    assert "DPD-77" in stan.get(url).content.decode()
    assert post(stan, cast, f"{url}answer/", accepted="1").status_code == 403
    hana = sign_in("hana")
    assert post(hana, cast, f"{url}answer/", accepted="1", reference="C-9", answer="Sorry").status_code == 303
    page = hana.get(url).content.decode()
    assert "Sorry" in page
    assert "New goods have come" in page
    assert post(hana, cast, f"{url}replace/", place="a-01-01", note_number="").status_code == 303
    assert Balance.objects.get(place=lying, part=cast.display).on_hand == 3000
    assert re.search(r"KRK-G\d+", hana.get(url).content.decode())
    assert SupplierReturn.objects.get().number in hana.get("/buying/returns/?state=replaced").content.decode()


def test_money_comes_back_for_who_may_see_it(cast, sign_in, supplier, lying):
    hana = sign_in("hana")
    url = begun(hana, cast, supplier)
    post(hana, cast, f"{url}lines/", part="DSP-1", quantity="1", reason="surplus")
    post(hana, cast, f"{url}send/")
    post(hana, cast, f"{url}answer/", accepted="1")
    assert post(hana, cast, f"{url}credit/", amount="0", currency="EUR").status_code == 422
    assert post(hana, cast, f"{url}credit/", amount="4711,37", currency="eur").status_code == 303
    assert "4,711.37" in hana.get(url).content.decode()
    assert "711.37" not in sign_in("stan").get(url).content.decode()


def test_refused_goods_come_back(cast, sign_in, supplier, lying):
    hana = sign_in("hana")
    url = begun(hana, cast, supplier)
    post(hana, cast, f"{url}lines/", part="DSP-1", quantity="1", reason="failed")
    post(hana, cast, f"{url}send/")
    post(hana, cast, f"{url}answer/", accepted="0", answer="Dropped by you")
    assert post(hana, cast, f"{url}back/", place="A-01-01").status_code == 303
    assert Balance.objects.get(place=lying, part=cast.display).on_hand == 3000
    assert hana.post(f"{url}print/").status_code == 302


def test_others_are_kept_out(cast, sign_in, supplier, lying):
    url = begun(sign_in("stan"), cast, supplier)
    emil = sign_in("emil")
    assert emil.get(url).status_code == 403
    assert emil.get("/buying/returns/").status_code == 403
    assert post(emil, cast, "/buying/returns/new/", supplier=supplier.uid).status_code == 403
    assert SupplierReturn.objects.count() == 1


def test_the_page_of_quarantine_leads_there(cast, sign_in, lying):
    quarantine_part(cast.stan, cast.display.pk, quantity=1000, source_uid=lying.uid, operation=uuid7(cast.clock()))
    place = Place.objects.get(centre=cast.krakow, kind="quarantine")
    assert "/buying/returns/new/" in sign_in("stan").get(f"/warehouse/places/{place.uid}/").content.decode()
    assert "/buying/returns/new/" not in sign_in("stan").get(f"/warehouse/places/{lying.uid}/").content.decode()
    assert "/buying/returns/new/" not in sign_in("emil").get(f"/warehouse/places/{place.uid}/").content.decode()
