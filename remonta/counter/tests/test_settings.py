"""What a centre has set for its counter: the usual promise, photos at intake, the deposit."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from remonta.billing.commands import Tender, take_deposit
from remonta.billing.queries import money_of_order
from remonta.identity.commands import set_setting
from remonta.orders.commands import add_photo, move_work_order
from remonta.orders.models import Hold
from remonta.orders.queries import usual_promise
from remonta.orders.workflow import WorkOrderHeld
from tests.cast import intake, operation


def at_krakow(cast, key, value):
    set_setting(cast.hana, key, value, centre_uid=cast.krakow.uid)


@pytest.fixture
def own_store(settings, tmp_path):
    settings.HOME, settings.FILES_URL = tmp_path, ""


@pytest.mark.parametrize(
    ("minutes", "day", "hour", "minute"), [(60, 2, 13, 0), (61, 2, 13, 15), (960, 4, 12, 0), (2400, 9, 12, 0)]
)
def test_the_usual_promise_counts_working_minutes_to_the_next_quarter(cast, minutes, day, hour, minute):
    at_krakow(cast, "orders.promise_minutes", minutes)
    promised = usual_promise(cast.krakow.pk, cast.clock())
    assert promised == datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_where_nobody_works_nothing_is_promised(cast):
    cast.krakow.calendar.week = {}
    cast.krakow.calendar.save()
    assert usual_promise(cast.krakow.pk, cast.clock()) is None


def photo(name="front.png"):
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return {"file": BytesIO(drawn.getvalue()), "name": name}


def begin(cast, order):
    return move_work_order(cast.emil, order.uid, "start_diagnosis", operation=operation(cast))


def test_where_photos_are_taken_at_every_intake_work_waits_for_one(cast, writes_nothing, own_store):
    at_krakow(cast, "intake.needs_photos", True)
    order = intake(cast)
    with writes_nothing(), pytest.raises(WorkOrderHeld, match="no photo of the unit yet"):
        begin(cast, order)
    add_photo(cast.rita, order.uid, **photo(), kind="document")
    with pytest.raises(WorkOrderHeld):
        begin(cast, order)
    add_photo(cast.rita, order.uid, **photo("side.png") | {"file": BytesIO(b"no picture")}, kind="unit")
    with pytest.raises(WorkOrderHeld):
        begin(cast, order)


@pytest.mark.parametrize("kind", ["unit", "damage"])
def test_with_a_photo_of_the_unit_work_begins(cast, own_store, kind):
    at_krakow(cast, "intake.needs_photos", True)
    order = intake(cast)
    add_photo(cast.rita, order.uid, **photo(), kind=kind)
    assert begin(cast, order).state == "diagnosis"


def test_elsewhere_no_photo_is_asked_for(cast):
    at_krakow(cast, "intake.needs_photos", True)
    intake(cast, by="gosia", at="gdansk")
    assert not Hold.objects.exists()


@pytest.mark.parametrize(("percent", "preauthorised", "asked"), [(30, 20050, 6015), (0, 20000, 0), (30, 0, 0)])
def test_the_deposit_asked_is_a_part_of_the_preauthorised_spend(cast, percent, preauthorised, asked):
    at_krakow(cast, "billing.deposit_percent", percent)
    order = intake(cast, preauthorised=preauthorised)
    assert money_of_order(cast.cora, order.pk).deposit.minor == asked


def test_the_deposit_is_not_asked_again_once_something_is_paid(cast):
    at_krakow(cast, "billing.deposit_percent", 30)
    order = intake(cast, preauthorised=20000)
    paid = {"method": "transfer", "amount": 1000, "reference": "T-1"}
    take_deposit(cast.cora, order.uid, tender=Tender(**paid), operation=operation(cast))
    assert money_of_order(cast.cora, order.pk).deposit.minor == 0
