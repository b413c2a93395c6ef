"""Giving work to engineers, their answers, and how loaded they are."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from remonta.dispatch.commands import add_finding, answer_work, give_work, start_timer, stop_timer
from remonta.dispatch.models import DispatchOrder, TimeEntry
from remonta.dispatch.queries import findings_of, load_of_centre, my_work, offers, ready_date_of, time_of
from remonta.dispatch.workflow import DISPATCH, DispatchClash
from remonta.identity.models import Account
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import move_work_order
from tests.cast import intake


@pytest.fixture
def emil(cast):
    return Account.objects.get(email="emil@example.com")


def test_offered_work_is_the_engineers_once_accepted(cast, operation, emil):
    order = intake(cast)
    given = give_work(cast.wanda, order.uid, engineer_uid=emil.uid, minutes=90, operation=operation())
    assert [row.number for _, row in offers(cast.emil)] == [order.number]
    assert answer_work(cast.emil, given.uid, move="accept", operation=operation()).state == "accepted"
    assert [row.number for row in my_work(cast.emil)] == [order.number]
    assert my_work(cast.ewa) == ()


@pytest.mark.parametrize(
    ("who", "refusal"), [("ewa", NotPermitted), ("wanda", NotPermitted), ("gosia", ObjectDoesNotExist)]
)
def test_nobody_answers_for_an_engineer(who, refusal, cast, operation, emil, writes_nothing):
    given = give_work(cast.wanda, intake(cast).uid, engineer_uid=emil.uid, operation=operation())
    with writes_nothing(), pytest.raises(refusal):
        answer_work(getattr(cast, who), given.uid, move="accept", operation=operation())


@pytest.mark.parametrize("state", DISPATCH.refuses("accept"))
def test_only_an_offer_can_be_accepted(state, cast, operation, emil, writes_nothing):
    given = give_work(cast.wanda, intake(cast).uid, engineer_uid=emil.uid, operation=operation())
    DispatchOrder.objects.update(state=state)
    with writes_nothing(), pytest.raises(DispatchClash):
        answer_work(cast.emil, given.uid, move="accept", operation=operation())


def test_the_ready_date_follows_from_the_real_load(cast, operation, emil):
    give_work(cast.wanda, intake(cast).uid, engineer_uid=emil.uid, minutes=420, operation=operation())
    loads = {load.name: load for load in load_of_centre(cast.wanda, cast.krakow.pk)}
    assert (loads["Emil"].minutes, loads["Ewa"].minutes) == (420, 0)
    free, busy = (ready_date_of(cast.wanda, cast.krakow.pk, loads[name], 60) for name in ("Ewa", "Emil"))
    assert free < busy
    assert load_of_centre(cast.emil, cast.krakow.pk) == ()


def test_stopping_the_work_takes_it_back_from_everybody(cast, operation, emil):
    order = intake(cast)
    give_work(cast.wanda, order.uid, engineer_uid=emil.uid, operation=operation())
    move_work_order(cast.wanda, order.uid, "stop_work", operation=operation())
    assert DispatchOrder.objects.get().state == "revoked"


def test_one_timer_runs_at_a_time(cast, operation):
    first, second = intake(cast, serial="A"), intake(cast, serial="B")
    start_timer(cast.emil, first.uid, operation=operation())
    cast.clock.pass_(minutes=30)
    start_timer(cast.emil, second.uid, operation=operation())
    cast.clock.pass_(minutes=5)
    stop_timer(cast.emil, second.uid, operation=operation())
    assert TimeEntry.objects.filter(stopped_at=None).count() == 0
    assert [shape.minutes for shape in time_of(cast.wanda, first.pk)] == [30]


def test_the_diagnosis_keeps_the_engineers_words(cast, operation):
    order = intake(cast)
    add_finding(cast.emil, order.uid, text="Flex cable torn", operation=operation())
    assert [finding.text for finding in findings_of(cast.rita, order.pk)] == ["Flex cable torn"]
