"""What to order is worked out in the background, shown with its reasons, and becomes what is to be ordered."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.job_runner import JobRunner
from remonta.spine.models import Event, Job
from remonta.stock.commands import repair_place
from remonta.stock.models import Move
from remonta.stock.queries import used_by_month
from remonta.supply.commands import (
    add_purchase_line,
    add_supplier,
    add_supplier_part,
    ask_advice,
    ask_part,
    stop_calculation,
    take_advice,
)
from remonta.supply.commands.planning import advise_piece
from remonta.supply.commands.refusals import NothingChosen, OnListAlready
from remonta.supply.models import AdviceLine, Calculation, PurchaseRequest
from remonta.supply.queries import advice_for, advised, newest_calculation, to_order
from remonta.supply.workflow import CalculationClash

NOW = timezone.now()


def used(cast, part, pieces, months_ago, back=0):
    """So many pieces went to a repair so many months ago, and some came back unused."""
    at = NOW.replace(day=15) - timedelta(days=30 * months_ago)
    place = repair_place(cast.order.pk, cast.krakow.pk)
    said = {"part": part, "centre": cast.krakow, "thread_id": cast.order.pk, "actor": "test", "occurred_at": at}
    Move.objects.create(**said, quantity=pieces * 1000, source=cast.bin, target=place, reason="issued")
    if back:
        Move.objects.create(**said, quantity=back * 1000, source=place, target=cast.bin, reason="returned")


@pytest.fixture
def history(cast):
    """Batteries are used three a month for two years; displays once in a while; the supplier takes 21 days."""
    for ago in range(24, 0, -1):
        used(cast, cast.battery, 4, ago, back=1)
    for ago in (20, 13, 5):
        used(cast, cast.display, 1, ago)
    supplier = add_supplier(cast.petra, name="Shenzhen Parts", currency="CNY", lead_days=21)
    add_supplier_part(cast.petra, supplier.uid, part_uid=cast.battery.uid, minimum=5000, multiple=5000)
    return supplier


def work(cast, actor=None):
    made = ask_advice(actor or cast.petra, cast.krakow.uid, operation=uuid7())
    while JobRunner(beats=False).work_once():
        pass
    return Calculation.objects.get(pk=made.pk)


def line(cast, part):
    return advice_for(cast.petra).select_related("part", "offer__supplier").get(part=part)


def test_history_is_what_left_the_stores_less_what_came_back(cast, history):
    began = NOW - timedelta(days=800)
    found = used_by_month(cast.krakow.pk, [cast.battery.pk], began, NOW, "Europe/Warsaw")[cast.battery.pk]
    assert set(found.values()) == {3000}
    assert used_by_month(cast.gdansk.pk, [cast.battery.pk], began, NOW, "Europe/Warsaw") == {}


def test_advice_is_worked_out_with_its_reasons(cast, history):
    for order in (cast.order, cast.second):
        ask_part(cast.egon, order.uid, part_uid=cast.battery.uid, quantity=1000, operation=uuid7())
    assert work(cast).state == "done"
    found = advised([line(cast, cast.battery)])[0]
    assert (found.mean, found.wanted, found.lead_days) == (3000, 2000, 21)
    assert found.quantity == 10000
    assert found.stock == 8000
    with translation.override("en"):
        said = " ".join(advised([line(cast, cast.battery)])[0].reasons)
    assert "Open repairs wait for 2." in said
    assert "about 3 a month" in said
    assert "21 days" in said
    assert "Free here 0, coming 0" in said


def test_what_is_enough_is_not_ordered(cast, history):
    work(cast)
    found = line(cast, cast.display)
    assert (found.free, found.quantity) == (5000, 0)


def test_what_is_on_a_draft_counts_as_coming(cast, history):
    said = {"supplier_uid": history.uid, "part_uid": cast.battery.uid, "quantity": 10000}
    add_purchase_line(cast.petra, cast.krakow.uid, **said, operation=uuid7())
    work(cast)
    assert (line(cast, cast.battery).on_order, line(cast, cast.battery).quantity) == (10000, 0)


def test_chosen_lines_become_what_is_to_be_ordered_once(cast, history, refused):
    work(cast)
    chosen = [line(cast, cast.battery).uid]
    take_advice(cast.petra, chosen=chosen, operation=uuid7())
    row = to_order(cast.petra)[0]
    assert (row.quantity, row.kind, row.part_number) == (10000, "request", "BAT-5")
    with refused(OnListAlready):
        take_advice(cast.petra, chosen=chosen, operation=uuid7())
    with refused(NothingChosen):
        take_advice(cast.petra, chosen=[uuid7()], operation=uuid7())
    work(cast)
    assert (line(cast, cast.battery).asked, line(cast, cast.battery).quantity) == (10000, 0)


def test_it_is_stopped_after_a_piece_and_the_former_result_stays(cast, history, refused):
    first = work(cast)
    made = ask_advice(cast.petra, cast.krakow.uid, operation=uuid7())
    assert ask_advice(cast.stella, cast.krakow.uid, operation=uuid7()) == made
    assert advise_piece(cast.petra, made.pk, parts=1).done == 1
    stop_calculation(cast.petra, made.uid, operation=uuid7())
    after = advise_piece(cast.petra, made.pk)
    assert (after.state, after.done) == ("stopped", 1)
    assert newest_calculation(cast.petra, cast.krakow.pk, "advice") == (Calculation.objects.get(pk=made.pk), first)
    assert {one.calculation_id for one in advice_for(cast.petra)} == {first.pk}
    with refused(CalculationClash):
        stop_calculation(cast.petra, made.uid, operation=uuid7())


def test_the_newest_result_replaces_the_older_ones(cast, history):
    work(cast)
    second = work(cast)
    assert [*Calculation.objects.values_list("pk", flat=True)] == [second.pk]
    assert Event.objects.filter(name="supply.calculation_done").count() == 2
    assert Job.objects.filter(name="supply.work_out", state="done").count() == 2


def test_engineers_and_strangers_work_nothing_out(cast, history, refused):
    with refused(NotPermitted):
        ask_advice(cast.egon, cast.krakow.uid, operation=uuid7())
    work(cast)
    assert not advice_for(cast.gosia).exists()
    assert not advice_for(cast.egon).exists()
    with refused(NothingChosen):
        take_advice(cast.gosia, chosen=[AdviceLine.objects.first().uid], operation=uuid7())
    assert not PurchaseRequest.objects.exists()
