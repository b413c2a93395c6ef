"""The quality gate, and ratings."""

import pytest

from remonta.identity.models import Setting
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import move_work_order
from remonta.orders.models import Task, WorkOrder
from remonta.quality.commands import FailureUnexplained, RatedAlready, SamePerson, make_final_check, rate_work
from remonta.quality.models import FinalCheck
from tests.cast import intake


@pytest.fixture
def repaired(cast, operation):
    order = intake(cast)
    for move in ("start_repair", "finish_repair"):
        move_work_order(cast.emil, order.uid, move, operation=operation())
    WorkOrder.objects.update(engineer_id=cast.emil.account_id)
    return order


def test_the_engineer_does_not_check_his_own_work(cast, operation, repaired, writes_nothing):
    with writes_nothing(), pytest.raises(SamePerson):
        make_final_check(cast.emil, repaired.uid, passed=True, operation=operation())
    make_final_check(cast.quinn, repaired.uid, passed=True, operation=operation())
    assert WorkOrder.objects.get().state == "ready"


def test_a_small_shop_can_switch_the_rule_off(cast, operation, repaired):
    Setting.objects.create(key="quality.second_person", centre=cast.krakow, value=False)
    make_final_check(cast.emil, repaired.uid, passed=True, operation=operation())
    assert WorkOrder.objects.get().state == "ready"


def test_what_fails_goes_back_with_words(cast, operation, repaired, writes_nothing):
    with writes_nothing(), pytest.raises(FailureUnexplained):
        make_final_check(cast.quinn, repaired.uid, passed=False, operation=operation())
    make_final_check(cast.quinn, repaired.uid, passed=False, note="No sound", operation=operation())
    assert (WorkOrder.objects.get().state, FinalCheck.objects.get().note) == ("repair", "No sound")


def customer(cast, order) -> Actor:
    return Actor("link:1", None, frozenset(), cast.clock, grants=frozenset({("orders.workorder", order.pk)}))


def test_a_poor_score_becomes_somebodys_task(cast, operation, repaired):
    make_final_check(cast.quinn, repaired.uid, passed=True, operation=operation())
    rate_work(customer(cast, repaired), repaired.uid, score=1, text="Still broken", operation=operation())
    assert Task.objects.get().owner_id == cast.quinn.account_id
    with pytest.raises(RatedAlready):
        rate_work(customer(cast, repaired), repaired.uid, score=5, operation=operation())


def test_only_the_customer_rates(cast, operation, repaired, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        rate_work(cast.rita, repaired.uid, score=5, operation=operation())
