"""The spare-part plan from the units in the field, and what it becomes."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from remonta.equipment.models import Unit
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.models import Request, WorkOrder
from remonta.spine.job_runner import JobRunner
from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Transfer
from remonta.supply.commands import ask_plan, stop_calculation, take_plan
from remonta.supply.commands.refusals import NobodyHasIt, OnListAlready
from remonta.supply.models import Calculation, PlanLine, PurchaseRequest, Requisition
from remonta.supply.queries import plan_for, planned, to_order

NOW = timezone.now()


def units(cast, count, days_old):
    """So many phones, sold so long ago."""
    sold = (NOW - timedelta(days=days_old)).date()
    made = [Unit(product=cast.product, tag=f"F{days_old}-{at}", sold_on=sold, created_at=NOW) for at in range(count)]
    return Unit.objects.bulk_create(made)


def repaired(cast, unit, part, days_ago, centre=None):
    """The unit had a part replaced so many days ago."""
    at, centre = NOW - timedelta(days=days_ago), centre or cast.krakow
    request = Request.objects.create(number=f"R{uuid7()}"[:20], centre=centre, created_at=at)
    kept = {"unit": unit, "product": cast.product, "currency": "PLN", "stage_since": at, "created_at": at}
    kept |= {"number": f"W{WorkOrder.objects.count()}", "request": request, "route": cast.route, "state": "closed"}
    order = WorkOrder.objects.create(centre=centre, **kept)
    Requisition.objects.create(work_order=order, centre=centre, part=part, state="issued", created_at=at)


@pytest.fixture
def field(cast):
    """120 phones two years old, and the three of the cast. When they were one, 24 got a new battery, all in Kraków."""
    phones = units(cast, 120, 730)
    for unit in phones[:24]:
        repaired(cast, unit, cast.battery, 340)
    return phones


def work(cast, months=12, actor=None):
    ask_plan(actor or cast.petra, cast.krakow.uid, months=months, operation=uuid7())
    while JobRunner(beats=False).work_once():
        pass
    assert Calculation.objects.latest("pk").state == "done"


def line(cast):
    return plan_for(cast.petra).select_related("part", "calculation", "transfer").get(part=cast.battery)


def test_old_units_need_what_units_of_their_age_needed(cast, field):
    units(cast, 60, 365)
    work(cast)
    found = line(cast)
    assert (found.units, found.used) == (183, 24000)
    assert 10_000 < found.need < 30_000
    work(cast, months=1)
    assert line(cast).need < found.need / 6


def test_it_says_why(cast, field):
    work(cast)
    with translation.override("en"):
        said = " ".join(planned(cast.petra, [line(cast)])[0].reasons)
    assert "Fairphone 5: 123 in the field, 24 used so far" in said
    assert "free here 0, coming 0" in said


def test_each_centre_needs_its_share_of_the_repairs(cast, field):
    work(cast)
    alone = line(cast).need
    for unit in field[24:48]:
        repaired(cast, unit, cast.battery, 340, centre=cast.gdansk)
    work(cast)
    assert line(cast).used == 48000
    assert line(cast).need == pytest.approx(alone, rel=0.2)


def test_what_is_missing_is_asked_of_purchasing_once(cast, field, refused):
    work(cast)
    take_plan(cast.petra, chosen=[line(cast).uid], operation=uuid7())
    assert to_order(cast.petra)[0].quantity == line(cast).quantity
    with refused(OnListAlready):
        take_plan(cast.petra, chosen=[line(cast).uid], elsewhere=True, operation=uuid7())


def test_or_of_the_centre_that_has_most(cast, field, refused):
    work(cast)
    with refused(NobodyHasIt):
        take_plan(cast.petra, chosen=[line(cast).uid], elsewhere=True, operation=uuid7())
    move_part(cast.gosia, cast.battery.pk, 3000, network_place("supplier"), cast.far_bin, reason="received")
    take_plan(cast.petra, chosen=[line(cast).uid], elsewhere=True, operation=uuid7())
    made = Transfer.objects.get()
    assert (made.giver, made.centre, made.lines.get().asked) == (cast.gdansk, cast.krakow, 3000)
    assert planned(cast.petra, [line(cast)])[0].transfer == made.number
    work(cast)
    assert line(cast).on_order == 3000


def test_it_is_stopped(cast, field):
    made = ask_plan(cast.petra, cast.krakow.uid, months=6, operation=uuid7())
    stop_calculation(cast.petra, made.uid, operation=uuid7())
    while JobRunner(beats=False).work_once():
        pass
    assert not PlanLine.objects.exists()


def test_engineers_and_strangers_plan_nothing(cast, field, refused):
    with refused(NotPermitted):
        ask_plan(cast.egon, cast.krakow.uid, months=6, operation=uuid7())
    work(cast)
    assert not plan_for(cast.gosia).exists()
    assert not PurchaseRequest.objects.exists()
