"""The page of the spare-part plan."""

from datetime import timedelta

import pytest
from django.utils import timezone

from remonta.equipment.models import Unit
from remonta.kernel.ids import uuid7
from remonta.orders.models import WorkOrder
from remonta.spine.job_runner import JobRunner
from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Place, Transfer
from remonta.supply.models import Calculation, PurchaseRequest, Requisition
from tests.cast import intake


@pytest.fixture
def field(cast):
    """Forty phones two years old; one of them needed ten displays half a year ago."""
    now, order = timezone.now(), intake(cast)
    sold, ago = (now - timedelta(days=730)).date(), now - timedelta(days=180)
    Unit.objects.bulk_create(Unit(product=cast.phone, tag=f"F{at}", sold_on=sold, created_at=now) for at in range(40))
    Unit.objects.filter(pk=order.unit_id).update(sold_on=sold)
    WorkOrder.objects.filter(pk=order.pk).update(created_at=ago)
    said = {"work_order": order, "centre": cast.krakow, "part": cast.display, "state": "issued"}
    Requisition.objects.bulk_create(Requisition(**said, created_at=ago) for _piece in range(10))


def post(client, url, **said):
    return client.post(url, {**said, "operation": uuid7()})


def planned(client):
    assert post(client, "/buying/plan/start/", months="6").status_code == 303
    while JobRunner(beats=False).work_once():
        pass
    return client.get("/buying/plan/").content.decode()


def test_a_plan_is_made_read_and_pushed_down(cast, sign_in, field):
    hana = sign_in("hana")
    assert "Have it planned" in hana.get("/buying/plan/").content.decode()
    assert post(hana, "/buying/plan/start/", months="7").status_code == 400
    page = planned(hana)
    assert "DSP-1" in page
    assert "41 in the field, 10 used so far" in page
    line = Calculation.objects.get().plan.get()
    assert post(hana, "/buying/plan/", chosen=line.uid, move="elsewhere").status_code == 409
    assert post(hana, "/buying/plan/", chosen=line.uid, move="take").headers["Location"] == "/buying/"
    assert PurchaseRequest.objects.get().quantity == line.quantity
    assert "on the list" in hana.get("/buying/plan/").content.decode()


def test_another_centre_is_asked(cast, sign_in, field):
    there = Place.objects.get(centre=cast.gdansk, code="A-01-01")
    move_part(cast.stan, cast.display.pk, 2000, network_place("supplier"), there, reason="received")
    hana = sign_in("hana")
    planned(hana)
    line = Calculation.objects.get().plan.get()
    assert post(hana, "/buying/plan/", chosen=line.uid, move="elsewhere").status_code == 303
    assert Transfer.objects.get().giver == cast.gdansk
    assert Transfer.objects.get().number in hana.get("/buying/plan/").content.decode()


def test_others_are_kept_out(cast, sign_in, field):
    emil = sign_in("emil")
    assert emil.get("/buying/plan/").status_code == 403
    assert post(emil, "/buying/plan/start/", months="6").status_code == 403
    assert not Calculation.objects.exists()
