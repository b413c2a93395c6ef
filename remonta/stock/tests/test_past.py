"""What was where on a past day follows from the moves since."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remonta.spine.queries import Flaw
from remonta.stock.commands import close_day, move_part, network_place
from remonta.stock.models import Balance, DayEnd
from remonta.stock.proofs import days_ended_as_moved
from remonta.stock.queries import part_at, stock_at

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LIMITS = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MOVES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 5)), max_size=15)


@LIMITS
@given(moves=MOVES)
def test_the_stock_of_every_past_moment_is_what_the_book_said_then(cast, moves):
    with transaction.atomic():
        ends = (network_place("supplier"), cast.bin, cast.far_bin)
        said = {}
        for at, (source, target, many) in enumerate(moves):
            moment = NOON + timedelta(days=at)
            actor = replace(cast.stella, now=lambda moment=moment: moment, _places={})
            kept = Balance.objects.filter(place=ends[source], part=cast.battery).first()
            if source != target and (not source or (kept and kept.on_hand >= many * 1000)):
                move_part(actor, cast.battery.pk, many * 1000, ends[source], ends[target], reason="moved")
            said[moment] = now_held(cast)
        for moment, held in said.items():
            past = {row.centre_name: row.on_hand for row in part_at(cast.stella, cast.battery.pk, moment)}
            assert past == held
        assert part_at(cast.stella, cast.battery.pk, NOON - timedelta(days=1)) == ()
        transaction.set_rollback(True)


def now_held(cast):
    rows = Balance.objects.filter(part=cast.battery, outside=False, on_hand__gt=0)
    return {row.place.centre.name: row.on_hand for row in rows.select_related("place__centre")}


def test_places_of_others_are_summed_and_partners_see_their_own(cast, django_assert_num_queries):
    move_part(cast.gosia, cast.battery.pk, 3000, network_place("supplier"), cast.far_bin, reason="received")
    move_part(cast.stella, cast.battery.pk, 1000, network_place("supplier"), cast.bin, reason="received")
    now = cast.stella.now()
    with django_assert_num_queries(5):
        rows = part_at(cast.stella, cast.battery.pk, now)
    assert [(row.centre_name, row.place_code, row.on_hand) for row in rows] == [
        ("Gdańsk", "", 3000),
        ("Kraków", "A-01", 1000),
    ]
    assert part_at(cast.piotr, cast.battery.pk, now) == ()


@LIMITS
@given(moves=MOVES, closings=st.sets(st.integers(0, 14)))
def test_closed_days_change_no_answer(cast, moves, closings):
    with transaction.atomic():
        ends = (network_place("supplier"), cast.bin, cast.far_bin)
        said = {}
        for at, (source, target, many) in enumerate(moves):
            moment = NOON + timedelta(days=at)
            actor = replace(cast.stella, now=lambda moment=moment: moment, _places={})
            if at in closings:
                close_all(cast, moment)
            kept = Balance.objects.filter(place=ends[source], part=cast.battery).first()
            if source != target and (not source or (kept and kept.on_hand >= many * 1000)):
                move_part(actor, cast.battery.pk, many * 1000, ends[source], ends[target], reason="moved")
            said[moment] = now_held(cast)
        for moment, held in said.items():
            past = {row.centre_name: row.on_hand for row in part_at(cast.stella, cast.battery.pk, moment)}
            assert past == held
            listed = stock_at(cast.stella, moment).values_list("place__centre__name", "then")
            assert dict(listed) == held
        assert [one for one in days_ended_as_moved() if isinstance(one, Flaw)] == []
        transaction.set_rollback(True)


def close_all(cast, moment):
    actor = replace(cast.stella, now=lambda: moment, _places={})
    while close_day(actor):
        pass


def at(cast, day):
    return replace(cast.gosia, now=lambda: NOON + timedelta(days=day), _places={})


def test_a_move_that_comes_late_opens_the_days_again(cast):
    supplier = network_place("supplier")
    with transaction.atomic():
        move_part(at(cast, 0), cast.battery.pk, 1000, supplier, cast.far_bin, reason="received")
        move_part(at(cast, 2), cast.battery.pk, 1000, supplier, cast.far_bin, reason="received")
    close_all(cast, NOON + timedelta(days=5))
    assert list(DayEnd.objects.order_by("day").values_list("on_hand", flat=True)) == [1000, 2000]
    with transaction.atomic():
        move_part(at(cast, 1), cast.battery.pk, 3000, supplier, cast.far_bin, reason="received")
    assert any(isinstance(one, Flaw) for one in days_ended_as_moved())
    close_all(cast, NOON + timedelta(days=5))
    assert list(DayEnd.objects.order_by("day").values_list("on_hand", flat=True)) == [1000, 4000, 5000]
    assert not any(isinstance(one, Flaw) for one in days_ended_as_moved())


def test_a_day_is_closed_when_it_is_over_and_not_before(cast):
    with transaction.atomic():
        move_part(at(cast, 0), cast.battery.pk, 1000, network_place("supplier"), cast.far_bin, reason="received")
    close_all(cast, NOON + timedelta(hours=13))
    assert not DayEnd.objects.exists()
    close_all(cast, NOON + timedelta(hours=15))
    assert DayEnd.objects.get().day == NOON.date()
