"""Calls as the exchange reports them."""

import itertools

import pytest

from remonta.calls.commands import Reported, report_call, return_call
from remonta.calls.models import Call
from remonta.calls.queries import missed_calls, standing_calls
from remonta.kernel.actor import system
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event
from tests.cast import intake


@pytest.fixture
def exchange(cast):
    cast.krakow.phone = "+48122000000"
    cast.krakow.save()
    pbx = system("exchange", cast.clock, "calls.report")

    def report(state: str, call: str = "c-1", number: str = "600 100 200"):
        said = {"exchange": "pbx", "external_id": call, "number": number, "line": "+48122000000"}
        return report_call(pbx, Reported(state=state, **said))

    return report


def test_the_callers_card_is_there_at_once(cast, exchange):
    order = intake(cast)
    call = exchange("ringing")
    assert (call.number, call.customer) == ("+48600100200", order.customer)
    assert [one.pk for one in standing_calls(cast.rita)] == [call.pk]
    assert not standing_calls(cast.gosia)


@pytest.mark.parametrize("told", list(itertools.permutations(["ringing", "answered", "ended"])))
def test_whatever_the_order_of_reports_it_is_one_ended_call(told, cast, exchange):
    for state in (*told, *told):
        exchange(state)
    call = Call.objects.get()
    assert call.state in ("ended", "missed")
    assert Event.objects.filter(subject="calls.call", name="calls.came").count() == 1


def test_a_missed_call_waits_until_somebody_calls_back(cast, exchange):
    exchange("ringing")
    call = exchange("ended")
    assert [one.pk for one in missed_calls(cast.rita)] == [call.pk]
    return_call(cast.rita, call.uid)
    assert not missed_calls(cast.rita)


def test_only_the_exchange_reports_calls(cast, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        report_call(cast.rita, Reported(exchange="x", external_id="1", state="ringing"))
