"""Figures: what they count, whom they show it to, and how many statements they take."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from remonta.dispatch.commands import answer_work, give_work, start_timer, stop_timer
from remonta.identity.models import Account
from remonta.kernel.refusals import Missing
from remonta.orders.commands import PastOrder, add_history, move_work_order, set_ready_date, write_note
from remonta.quality.commands import make_final_check
from remonta.reports.queries import Wanted, overview, report, reports_for
from remonta.reports.queries.registry import REPORTS
from remonta.reports.queries.work import percentile
from tests.cast import intake

ALL = Wanted()


def rows(who: Any, name: str, wanted: Wanted = ALL) -> list[tuple[Any, ...]]:
    return [tuple(map(plain, line.values)) for line in report(who, name, wanted).lines]


def plain(value: Any) -> Any:
    return str(value) if hasattr(value, "_proxy____args") else value


@pytest.fixture
def past(cast):
    """Four repairs of the past: two outcomes, two kinds, three ways to write one brand, two years."""
    told = [
        ("fixed", cast.kettle, "Vela", 2019),
        ("fixed", cast.kettle, "Vela ", 2019),
        ("end_of_life", cast.phone, "vela", 2020),
        ("unknown", None, "", 2020),
    ]
    made = [
        PastOrder(
            number=f"IMP-1-{at}",
            happened_at=datetime(year, 12, 31, 11, tzinfo=UTC),
            outcome=outcome,
            device=brand,
            product_id=product.pk if product else None,
        )
        for at, (outcome, product, brand, year) in enumerate(told)
    ]
    with transaction.atomic():
        return add_history(cast.hana, cast.krakow.pk, made, imported="run")


def test_repairs_of_the_past_by_outcome_kind_brand_and_year(cast, past):
    assert rows(cast.hana, "outcomes") == [("fixed", 2), ("end of life", 1), ("unknown", 1)]
    assert rows(cast.hana, "categories") == [("Kettle", 2, 2, 1.0), ("–", 1, 0, None), ("Phone", 1, 0, 0.0)]
    assert sorted(rows(cast.hana, "brands")) == [
        ("Vela", 1, 1, 1.0),
        ("Vela ", 1, 1, 1.0),
        ("vela", 1, 0, 0.0),
        ("–", 1, 0, None),
    ]
    assert rows(cast.hana, "years") == [("2019", 2, 2), ("2020", 2, 0)]
    assert rows(cast.hana, "years", Wanted(origin="own")) == []
    assert rows(cast.hana, "years", Wanted(since=date(2020, 1, 1))) == [("2020", 2, 0)]
    assert rows(cast.hana, "years", Wanted(until=date(2019, 12, 31))) == [("2019", 2, 2)]


def test_open_orders_by_stage_and_age(cast):
    intake(cast, serial="SN-1")
    cast.clock.pass_(days=10)
    intake(cast, serial="SN-2")
    found = {row[0]: row[1:] for row in rows(cast.hana, "stages")}
    assert found["taken in"] == (1, 0, 0, 1, 0, 0)
    assert sum(map(sum, found.values())) == 2


def test_late_orders_the_longest_late_first(cast, operation):
    due = cast.clock() + timedelta(days=1)
    orders = [intake(cast, serial=f"SN-{at}") for at in range(3)]
    for at, order in enumerate(orders[:2]):
        set_ready_date(cast.hana, order.uid, due_at=due - timedelta(hours=at), operation=operation())
    assert rows(cast.hana, "late") == []
    cast.clock.pass_(days=4)
    found = rows(cast.hana, "late")
    assert [(row[0], row[-1]) for row in found] == [(orders[1].number, 3), (orders[0].number, 3)]


def test_nobody_touched_it_until_somebody_does(cast, operation):
    order = intake(cast)
    cast.clock.pass_(days=8)
    assert [(row[0], row[-1]) for row in rows(cast.hana, "idle", Wanted(days=7))] == [(order.number, 8)]
    assert rows(cast.hana, "idle", Wanted(days=9)) == []
    write_note(cast.rita, order.uid, text="Called.", kind="note", operation=operation())
    assert rows(cast.hana, "idle", Wanted(days=7)) == []


def worked(cast, operation, *, serial="SN-1", minutes=45):
    """Emil takes an order, measures his time on it, repairs, and it passes the check: his part is done."""
    order = intake(cast, serial=serial)
    emil = {"engineer_uid": account(cast.emil).uid, "operation": operation()}
    given = give_work(cast.wanda, order.uid, **emil)
    answer_work(cast.emil, given.uid, move="accept", operation=operation())
    start_timer(cast.emil, order.uid, operation=operation())
    cast.clock.pass_(minutes=minutes)
    stop_timer(cast.emil, order.uid, operation=operation())
    for move in ("start_repair", "finish_repair"):
        move_work_order(cast.emil, order.uid, move, operation=operation())
    make_final_check(cast.quinn, order.uid, passed=True, operation=operation())
    return order


def account(actor):
    return Account.objects.get(pk=actor.account_id)


def test_work_done_by_engineers(cast, operation):
    worked(cast, operation)
    worked(cast, operation, serial="SN-2", minutes=15)
    for who in (cast.hana, cast.wanda, cast.emil):
        assert rows(who, "engineers") == [("Emil", 2, 0, 60, 30)]
    assert rows(cast.ewa, "engineers") == []
    assert rows(cast.hana, "engineers", Wanted(since=cast.clock().date() + timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("stood", "part", "value"),
    [([(1, 1), (2, 1), (3, 1)], 0.5, 2), ([(1, 9), (100, 1)], 0.9, 1), ([(1, 8), (100, 2)], 0.9, 100), ([], 0.5, 0)],
)
def test_percentiles_are_nearest_ranks(stood, part, value):
    assert percentile(stood, part) == value


def test_engineers_see_only_their_own_work_and_others_nothing(cast, past, operation):
    assert [listed.name for listed in reports_for(cast.emil)] == ["engineers"]
    assert overview(cast.emil, ALL).tiles == ()
    for who, names in ((cast.emil, set(REPORTS) - {"engineers"}), (cast.rita, REPORTS), (cast.gosia, REPORTS)):
        for name in names:
            with pytest.raises(Missing):
                report(who, name, ALL)


def test_another_centres_figures_do_not_count(cast, past):
    intake(cast, by="gosia", at="gdansk")
    assert sum(sum(row[1:]) for row in rows(cast.hana, "stages")) == 0
    assert sum(sum(row[1:]) for row in rows(cast.ada, "stages")) == 1
    assert rows(cast.ada, "years", Wanted(centre_id=cast.gdansk.pk)) == []


@pytest.mark.parametrize(("name", "most"), [(name, 2) for name in REPORTS])
def test_a_report_takes_its_statements_however_much_there_is(cast, past, operation, name, most):
    worked(cast, operation)
    with CaptureQueriesContext(connection) as few:
        report(cast.hana, name, ALL)
    for at in range(5):
        worked(cast, operation, serial=f"SN-{at + 5}")
    with CaptureQueriesContext(connection) as many:
        report(cast.hana, name, ALL)
    assert len(few) == len(many) <= most


def test_the_overview_takes_eight_statements(cast, past, operation):
    worked(cast, operation)
    with CaptureQueriesContext(connection) as found:
        shown = overview(cast.hana, ALL)
    assert len(found) == 8
    assert [tile.figure for tile in shown.tiles] == [1, 0, 1, 0, None]
