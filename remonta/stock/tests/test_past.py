"""What was where on a past day follows from the moves since."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Balance
from remonta.stock.queries import part_at

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
    with django_assert_num_queries(4):
        rows = part_at(cast.stella, cast.battery.pk, now)
    assert [(row.centre_name, row.place_code, row.on_hand) for row in rows] == [
        ("Gdańsk", "", 3000),
        ("Kraków", "A-01", 1000),
    ]
    assert part_at(cast.piotr, cast.battery.pk, now) == ()
