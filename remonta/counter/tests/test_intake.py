"""A unit comes over the counter."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from remonta.counter.commands import FaultMissing, Intake, Repair, Which, Who, take_in, take_in_expected
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import AlreadyInService
from remonta.orders.models import Request, WorkOrder
from remonta.spine.models import Event
from remonta.stock.models import Whereabouts
from tests.cast import expected, intake


def test_one_step_at_the_counter_registers_everything(cast):
    order = intake(cast, fault="Screen is black")
    assert (order.state, order.number, order.currency) == ("taken_in", "KRK-000001", "PLN")
    assert order.request.state == "accepted"
    assert Whereabouts.objects.get(unit=order.unit).place.code == "D-1"
    told = list(Event.objects.filter(subject="orders.workorder").order_by("seq").values_list("name", "to_state"))
    assert told == [
        ("orders.work_order_opened", "registered"),
        ("orders.stage_reached", "taken_in"),
        ("orders.unit_taken_in", "taken_in"),
    ]


def test_a_unit_is_in_service_once(cast, operation):
    intake(cast, serial="SN-7")
    before = Event.objects.count()
    with pytest.raises(AlreadyInService, match="KRK-000001"):
        intake(cast, serial="sn 7")
    assert (WorkOrder.objects.count(), Event.objects.count()) == (1, before)


def test_a_unit_announced_by_phone_is_taken_in_when_it_comes(cast, operation):
    order = expected(cast)
    assert order.state == "registered"
    assert (
        take_in_expected(cast.rita, order.uid, intake=Intake(looks="Scratched"), operation=operation()).looks
        == "Scratched"
    )


@pytest.mark.parametrize(("who", "refusal"), [("emil", NotPermitted), ("gosia", NotPermitted), ("petra", NotPermitted)])
def test_only_people_of_the_counter_take_units_in(who, refusal, cast, writes_nothing):
    with writes_nothing(), pytest.raises(refusal):
        intake(cast, by=who)


def test_another_centres_order_is_not_there(cast, operation, writes_nothing):
    order = expected(cast)
    with writes_nothing(), pytest.raises(ObjectDoesNotExist):
        take_in_expected(cast.gosia, order.uid, intake=Intake(), operation=operation())


def test_without_a_fault_nothing_is_kept(cast, operation, writes_nothing):
    with writes_nothing(), pytest.raises(FaultMissing):
        intake(cast, fault=" ")


def test_the_same_operation_twice_is_one_order(cast, operation):
    mine = operation()
    asked = {
        "who": Who(name="Ann"),
        "which": Which(product_uid=cast.phone.uid, serial="X1"),
        "repair": Repair(fault="Dead"),
        "intake": Intake(accessories=("charger",)),
    }
    first = take_in(cast.rita, cast.krakow.uid, **asked, operation=mine)
    assert take_in(cast.rita, cast.krakow.uid, **asked, operation=mine) == first
    assert Request.objects.count() == 1
