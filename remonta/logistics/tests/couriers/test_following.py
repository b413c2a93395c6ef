"""Following shipments: reports that come late, twice, in any order, or not at all."""

from datetime import timedelta
from itertools import pairwise, permutations
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remonta.kernel.actor import system
from remonta.kernel.refusals import NotPermitted
from remonta.logistics.commands.couriers import NothingToAsk, ask_courier, hear, note_reports
from remonta.logistics.commands.couriers.following import RANK
from remonta.logistics.couriers.contract import Access, Heard, Report
from remonta.logistics.couriers.simulated import Simulated
from remonta.logistics.couriers.workflow import REPORTED
from remonta.logistics.models import Shipment, ShipmentEvent
from remonta.logistics.queries.couriers import shipment_page
from remonta.logistics.tests.couriers.conftest import now
from remonta.spine.models import Event, Job
from remonta.spine.worker import keep_schedule
from tests.cast import NOON

PAST = [Report(f"e{n}", NOON + timedelta(hours=n), status) for n, status in enumerate(REPORTED[:4], 1)]


def follower(cast):
    return system("test", cast.clock, "logistics.see", "logistics.follow")


def test_a_parcel_is_followed_to_its_delivery_by_asking(sending):
    shipment = sending.book(1031)
    states = []
    for hours in (0, 2, 4, 8, 14, 6):
        sending.work(hours=hours)
        states.append(now(shipment))
    assert states == ["booked", "picked_up", "on_way", "on_way", "delivered", "delivered"]
    assert shipment.ended_at == shipment.events.latest("at").at
    assert not Job.objects.filter(name="logistics.ask_courier", state="ready").exists()


def test_a_parcel_for_a_point_waits_there(sending):
    shipment = sending.book(point="GDA01")
    sending.work()
    for hours in (6, 6, 6, 6):
        sending.work(hours=hours)
    assert now(shipment) == "at_point"


@pytest.mark.parametrize(("weight", "end"), [(1023, "lost"), (1025, "returned")])
def test_not_everything_arrives(sending, weight, end):
    shipment = sending.book(weight)
    for _six_hours in range(14):
        sending.work(hours=6)
    assert now(shipment) == end
    assert Event.objects.filter(name=f"logistics.shipment_{end}").count() == 1


def test_questions_become_rarer_while_nothing_new_comes(sending):
    sending.book(1021)
    asked = []
    for _minute in range(12 * 6):
        before = Job.objects.filter(name="logistics.ask_courier", state="done").count()
        sending.work(minutes=10)
        if Job.objects.filter(name="logistics.ask_courier", state="done").count() > before:
            asked.append(_minute)
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert gaps == sorted(gaps)
    assert gaps[-1] >= 12 > gaps[0]


def test_signed_reports_are_kept_whatever_their_order(sending, courier):
    """The courier in disorder sends the newest first, and everything twice."""
    shipment = sending.book(1029)
    sending.work()
    sending.cast.clock.pass_(hours=30)
    driver = Simulated(Access())
    heard = [one for _hook, body in courier.memory.reports() for one in driver.heard(body)]
    assert len(heard) == 8
    states = []
    for one in heard:
        hear(follower(sending.cast), sending.account, heard=[one], signed=True)
        states.append(now(shipment))
    assert set(states) == {"delivered"}
    assert shipment.events.count() == 4


def test_a_report_faster_than_the_answer_counts(sending, courier):
    """Its booking is unclear, but the courier tells of it already: then it is booked."""
    shipment = sending.book(1013)
    sending.work()
    sending.cast.clock.pass_(hours=3)
    driver = Simulated(Access())
    for _hook, body in courier.memory.reports():
        hear(follower(sending.cast), sending.account, heard=driver.heard(body), signed=True)
    assert (now(shipment), shipment.outside_number) == ("picked_up", "SIM700000")
    sending.work()
    assert now(shipment) == "picked_up"
    assert shipment.tracking_number


def test_unsigned_reports_only_make_us_ask(sending):
    shipment = sending.book()
    sending.work()
    now(shipment)
    lie = Heard(outside_number=shipment.outside_number, reports=(Report("x", sending.cast.clock(), "delivered"),))
    assert hear(follower(sending.cast), sending.account, heard=[lie], signed=False) == 1
    assert now(shipment) == "booked"
    sending.work(hours=2)
    assert now(shipment) == "picked_up"
    assert not shipment.events.filter(outside_id="x").exists()


def test_reports_about_others_are_passed_over(sending, writes_nothing):
    shipment = sending.book()
    other = sending.open("Another", "simulated", url="https://courier.example.com")
    report = (Report("x", sending.cast.clock(), "delivered"),)
    unknown = [Heard(uid=str(UUID(int=1)), reports=report), Heard(uid="no id", reports=report), Heard(reports=report)]
    with writes_nothing():
        assert hear(follower(sending.cast), sending.account, heard=unknown, signed=True) == 0
        assert (
            hear(follower(sending.cast), other, heard=[Heard(uid=str(shipment.uid), reports=report)], signed=True) == 0
        )


def test_people_cannot_report(sending, writes_nothing):
    shipment = sending.book()
    with writes_nothing(), pytest.raises(NotPermitted):
        note_reports(sending.cast.hana, shipment.uid, reports=PAST)


def test_every_order_of_four_reports_ends_alike(sending):
    ends = set()
    for order in permutations(PAST):
        shipment = sending.book()
        for report in order:
            note_reports(follower(sending.cast), shipment.uid, reports=[report])
        ends.add((now(shipment), shipment.ended_at))
    assert ends == {("delivered", PAST[-1].at)}


HOURS = st.integers(0, 40)
REPORTS = st.lists(st.tuples(HOURS, st.sampled_from([*REPORTED, ""])), min_size=1, max_size=10)


@pytest.mark.usefixtures("one_shipment")
@settings(max_examples=60, deadline=None)
@given(told=REPORTS, seed=st.integers(0, 10**6), split=st.integers(1, 4))
def test_any_order_and_repetition_of_reports_ends_alike(told, seed, split):
    """Whatever comes in whatever pieces and however often: the newest by the courier's clock says where it is."""
    reports = [Report(f"e{n}", NOON + timedelta(hours=hours), status) for n, (hours, status) in enumerate(told)]
    arrivals = [*reports, *Random(seed).choices(reports, k=len(reports))]
    Random(seed).shuffle(arrivals)
    shipment = Shipment.objects.latest("pk")
    ShipmentEvent.objects.filter(shipment=shipment).delete()
    Shipment.objects.filter(pk=shipment.pk).update(state="booked", ended_at=None)
    actor = system("test", lambda: NOON, "logistics.see", "logistics.follow")
    for at in range(0, len(arrivals), split):
        note_reports(actor, shipment.uid, reports=arrivals[at : at + split])
    meant = [(report.at, RANK[report.status], report.status) for report in reports if report.status]
    newest = max(meant, default=(None, 0, "booked"))
    shipment.refresh_from_db()
    assert shipment.state == newest[2]
    over = newest[2] in ("delivered", "returned", "lost", "cancelled")
    assert shipment.ended_at == (newest[0] if over else None)
    assert shipment.events.count() == len(reports)


@pytest.fixture
def one_shipment(sending):
    """What the property test writes on."""
    sending.book()


def test_a_person_asks_now(sending, writes_nothing):
    shipment = sending.book()
    sending.work()
    sending.cast.clock.pass_(hours=2)
    ask_courier(sending.cast.stan, shipment.uid)
    sending.work()
    assert now(shipment) == "picked_up"
    own = sending.book(account=sending.open("Our van", "own"))
    with writes_nothing(), pytest.raises(NothingToAsk):
        ask_courier(sending.cast.stan, own.uid)


def test_what_should_have_arrived_is_said_to_be_late_once(sending):
    shipment = sending.book(1023, due_at=sending.cast.clock() + timedelta(hours=20))
    for _day in range(2):
        sending.work(hours=22)
        keep_schedule(sending.cast.clock())
        sending.work()
    assert now(shipment) == "on_way"
    assert shipment_page(sending.cast.stan, shipment.uid).late
    assert Event.objects.filter(name="logistics.shipment_late", subject_id=shipment.pk).count() == 1


def test_shipments_whose_work_was_lost_are_found_again(sending):
    shipment, unclear = sending.book(), sending.book(1013)
    sending.work()
    Job.objects.all().delete()
    sending.work(hours=7)
    assert (now(shipment), now(unclear)) == ("booked", "unclear")
    keep_schedule(sending.cast.clock())
    sending.work()
    sending.work(hours=7)
    sending.work(hours=1)
    assert (now(shipment), now(unclear)) == ("on_way", "on_way")
