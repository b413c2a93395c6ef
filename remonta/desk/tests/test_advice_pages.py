"""The page that says what to order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from remonta.kernel.ids import uuid7
from remonta.spine.job_runner import JobRunner
from remonta.stock.commands import repair_place
from remonta.stock.models import Move, Place
from remonta.supply.models import AdviceLine, Calculation, PurchaseRequest
from tests.cast import intake


@pytest.fixture
def used(cast):
    """Two displays a month for two years went into a repair."""
    order, source = intake(cast), Place.objects.get(centre=cast.krakow, code="A-01-01")
    place, now = repair_place(order.pk, cast.krakow.pk), timezone.now()
    said = {"part": cast.display, "centre": cast.krakow, "source": source, "target": place, "actor": "test"}
    for ago in range(24, 0, -1):
        at = now.replace(day=15) - timedelta(days=30 * ago)
        Move.objects.create(**said, quantity=2000, reason="issued", occurred_at=at)


def post(client, url, **said):
    return client.post(url, {**said, "operation": uuid7()})


def work():
    while JobRunner(beats=False).work_once():
        pass


def test_advice_is_worked_out_read_and_taken(cast, sign_in, used):
    hana = sign_in("hana")
    assert "Have it worked out" in hana.get("/buying/advice/").content.decode()
    assert post(hana, "/buying/advice/start/").status_code == 303
    page = hana.get("/buying/advice/").content.decode()
    assert "parts worked out" in page
    assert "HX-Refresh" not in hana.get("/buying/advice/state/").headers
    assert post(hana, "/buying/advice/start/").status_code == 303
    assert Calculation.objects.count() == 1
    work()
    assert hana.get("/buying/advice/state/").headers["HX-Refresh"] == "true"
    page = hana.get("/buying/advice/").content.decode()
    assert "DSP-1" in page
    assert "about 2 a month" in page
    assert "Nothing matches" in hana.get("/buying/advice/?q=kettle").content.decode()
    line = AdviceLine.objects.get(part=cast.display)
    assert post(hana, "/buying/advice/", chosen=line.uid, move="take").headers["Location"] == "/buying/"
    assert PurchaseRequest.objects.get().quantity == line.stock
    assert "on the list" in hana.get("/buying/advice/").content.decode()
    assert "advised: 2 a month" in hana.get("/buying/").content.decode()


def test_it_is_stopped(cast, sign_in, used):
    hana = sign_in("hana")
    post(hana, "/buying/advice/start/")
    assert post(hana, f"/buying/calculations/{Calculation.objects.get().uid}/stop/").status_code == 303
    work()
    assert not AdviceLine.objects.exists()
    assert "was stopped" in hana.get("/buying/advice/").content.decode()


def test_others_are_kept_out(cast, sign_in, used):
    emil = sign_in("emil")
    assert emil.get("/buying/advice/").status_code == 403
    assert post(emil, "/buying/advice/start/").status_code == 403
    assert not Calculation.objects.exists()
