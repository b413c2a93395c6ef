"""Stocktakes: blind, by several people, while things move; differences are approved by another person and posted."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event, Job
from remonta.stock import proofs
from remonta.stock.commands import (
    CountClosed,
    CountedByYou,
    MovedWhileCounting,
    NotAmongPlaces,
    NothingToCount,
    OtherCounts,
    OverlapsCount,
    StillUncounted,
    approve_stocktake,
    begin_stocktake,
    cancel_stocktake,
    close_count,
    count_again,
    count_moved_again,
    count_part,
    count_unit,
    finish_counting,
    move_part,
    move_unit,
    network_place,
    open_count,
    post_piece,
    receive_unit,
    repair_place,
    reserve_part,
    resume_posting,
    stop_posting,
)
from remonta.stock.models import Balance, CountedPlace, Move, PartCost, Reservation, Stocktake, Whereabouts
from remonta.stock.queries import count_progress, difference_worth, differences, found_at, places_by_turn
from remonta.stock.tests.conftest import person
from remonta.stock.workflow import StocktakeClash

LIMITS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def counted(stocked):
    stocked.wanda = person("wanda", "workshop_manager", stocked.krakow)
    stocked.poster = person("poster", "head", stocked.krakow).trusted_with("stock.post_counts")
    stocked.begin = lambda **said: begin_stocktake(stocked.stella, stocked.krakow.uid, **said, operation=uuid7())
    return stocked


def open_at(actor, stocktake, place):
    return open_count(actor, stocktake.uid, place_uid=place.uid, operation=uuid7())


def scan(actor, row, part, quantity=1000, **more):
    return count_part(actor, row.uid, part_uid=part.uid, quantity=quantity, **more, operation=uuid7())


def finish(cast, stocktake, leave_out=True):
    finish_counting(cast.stella, stocktake.uid, leave_out=leave_out, operation=uuid7())
    return approve_stocktake(cast.wanda, stocktake.uid, operation=uuid7())


def held(place, part):
    return Balance.objects.filter(place=place, part=part).values_list("on_hand", "reserved").first() or (0, 0)


def sound():
    for prove in (
        proofs.balances_are_sums,
        proofs.reserved_is_promised,
        proofs.nothing_below_zero,
        proofs.places_sum_to_zero,
        proofs.whereabouts_are_last_targets,
        proofs.moves_follow_each_other,
    ):
        assert [flaw for flaw in prove() if not isinstance(flaw, int)] == []


def test_counted_by_scanning_on_and_on_while_parts_are_issued(counted):
    display, stella = counted.display, counted.stella
    stocktake = counted.begin()
    row = open_at(stella, stocktake, counted.bin)
    for _ in range(3):
        scan(stella, row, display)
    assert [(one.number, one.quantity) for one in found_at(stella, row)] == [("DSP-5", 3000)]
    open_at(stella, stocktake, counted.other_bin)
    move_part(stella, display.pk, 2000, counted.bin, repair_place(7, counted.krakow.pk), reason="issued", thread_id=7)
    assert differences(stella, stocktake) == ()
    finish(counted, stocktake)
    post_piece(counted.poster, stocktake.pk)
    assert held(counted.bin, display) == (1000, 0)
    assert post_piece(counted.poster, stocktake.pk).state == "posted"
    move = Move.objects.get(reason="counted")
    assert (move.quantity, move.source_id, move.target.kind) == (2000, counted.bin.pk, "difference")
    assert CountedPlace.objects.get(place=counted.other_bin).state == "left_out"
    assert Event.objects.filter(subject="stock.stocktake").values_list("name", flat=True)[3] == "stock.stocktake_posted"
    sound()


def test_more_than_the_book_says_comes_with_its_cost(counted):
    PartCost.objects.create(
        part=counted.display,
        centre=counted.krakow,
        currency="PLN",
        average=Decimal("12.5"),
        changed_at=counted.stella.now(),
    )
    stocktake = counted.begin(scope="zone", prefix="a-0")
    assert sorted(row.place.code for row in stocktake.places.all()) == ["A-01", "A-02"]
    row = open_at(counted.stella, stocktake, counted.bin)
    scan(counted.stella, row, counted.display, 7000, instead=True)
    close_count(counted.stella, row.uid, operation=uuid7())
    finish_counting(counted.stella, stocktake.uid, leave_out=True, operation=uuid7())
    stocktake.refresh_from_db()
    assert [(one.difference, one.worth) for one in differences(counted.stella, stocktake)] == [(2000, None)]
    head = person("hela", "head", counted.krakow)
    assert differences(head, stocktake)[0].worth == difference_worth(head, stocktake) == Decimal(25)
    assert difference_worth(counted.stella, stocktake) is None
    approve_stocktake(head, stocktake.uid, operation=uuid7())
    post_piece(counted.poster, stocktake.pk)
    assert held(counted.bin, counted.display) == (7000, 0)
    assert Move.objects.get(reason="counted").cost == Decimal("12.5")


def test_what_moves_at_a_place_while_it_is_counted_is_counted_again(counted, refused):
    stella, display = counted.stella, counted.display
    row = open_at(stella, counted.begin(), counted.bin)
    scan(stella, row, display, 5000)
    move_part(stella, display.pk, 1000, counted.bin, counted.other_bin, reason="moved")
    with refused(MovedWhileCounting, match="DSP-5"):
        close_count(stella, row.uid, operation=uuid7())
    count_moved_again(stella, row.uid, operation=uuid7())
    scan(stella, row, display, 4000)
    assert close_count(stella, row.uid, operation=uuid7()).state == "counted"
    assert [line.expected - line.quantity for line in row.lines.all()] == [0]


def test_two_people_count_at_once_but_not_the_same_place(counted, refused):
    stocktake = counted.begin()
    row = open_at(counted.stella, stocktake, counted.bin)
    with refused(OtherCounts):
        open_at(counted.egon, stocktake, counted.bin)
    other = open_at(counted.egon, stocktake, counted.other_bin)
    with refused(OtherCounts):
        scan(counted.egon, row, counted.display)
    scan(counted.egon, other, counted.battery)
    close_count(counted.egon, other.uid, operation=uuid7())
    with refused(CountClosed):
        open_at(counted.stella, stocktake, counted.other_bin)
    with refused(NotPermitted):
        count_again(counted.egon, row.uid, operation=uuid7())
    assert count_again(counted.stella, other.uid, operation=uuid7()).state == "waiting"
    assert found_at(counted.stella, other) == ()


def test_who_has_counted_does_not_approve(counted, refused):
    stocktake = counted.begin()
    row = open_at(counted.wanda, stocktake, counted.bin)
    close_count(counted.wanda, row.uid, operation=uuid7())
    with refused(StillUncounted):
        finish_counting(counted.stella, stocktake.uid, operation=uuid7())
    finish_counting(counted.stella, stocktake.uid, leave_out=True, operation=uuid7())
    with refused(CountedByYou):
        approve_stocktake(counted.wanda, stocktake.uid, operation=uuid7())
    with refused(NotPermitted):
        approve_stocktake(counted.stella, stocktake.uid, operation=uuid7())
    assert Job.objects.filter(name="stock.post_counts").count() == 0


def test_a_place_is_counted_in_one_stocktake_at_a_time(counted, refused):
    first = counted.begin()
    with refused(OverlapsCount, match=first.number):
        counted.begin(scope="zone", prefix="A")
    with refused(NothingToCount):
        counted.begin(scope="zone", prefix="ZZ")
    with refused(NotAmongPlaces):
        open_at(counted.stella, first, counted.bench)
    cancel_stocktake(counted.stella, first.uid, operation=uuid7())
    assert counted.begin(scope="zone", prefix="A").state == "counting"
    with refused(NotPermitted):
        begin_stocktake(counted.egon, counted.krakow.uid, operation=uuid7())


def test_what_was_set_aside_but_is_not_there_is_released(counted):
    reserve_part(counted.egon, counted.display.pk, counted.krakow.pk, 2000, 7)
    newest = reserve_part(counted.egon, counted.display.pk, counted.krakow.pk, 2000, 8)
    stocktake = counted.begin()
    row = open_at(counted.stella, stocktake, counted.bin)
    scan(counted.stella, row, counted.display, 3000)
    close_count(counted.stella, row.uid, operation=uuid7())
    finish(counted, stocktake)
    post_piece(counted.poster, stocktake.pk)
    assert held(counted.bin, counted.display) == (3000, 2000)
    assert [one.pk for one in Reservation.objects.filter(state="released")] == [newest.pk]
    lost = Event.objects.get(name="stock.reservation_lost")
    assert (lost.thread_id, lost.data["reservation_id"]) == (8, newest.pk)
    sound()


def test_of_which_more_left_than_was_found_is_counted_again(counted):
    display, stocktake = counted.display, counted.begin()
    row = open_at(counted.stella, stocktake, counted.bin)
    close_count(counted.stella, row.uid, operation=uuid7())
    move_part(counted.stella, display.pk, 5000, counted.bin, counted.other_bin, reason="moved")
    finish(counted, stocktake)
    post_piece(counted.poster, stocktake.pk)
    assert post_piece(counted.poster, stocktake.pk).state == "counting"
    row.refresh_from_db()
    assert (row.state, row.again, held(counted.bin, display)) == ("waiting", 1, (0, 0))
    sound()


def test_units_are_found_one_by_one_or_are_missing(counted):
    unit, stella = counted.unit, counted.stella
    receive_unit(stella, unit.pk, counted.shelf.pk)
    first = counted.begin()
    row = open_at(stella, first, counted.bin)
    hands = stella.trusted_with("equipment.see")
    count_unit(hands, row.uid, unit_uid=unit.uid, operation=uuid7())
    count_unit(hands, row.uid, unit_uid=unit.uid, operation=uuid7())
    scan(stella, row, counted.display, 5000)
    close_count(stella, row.uid, operation=uuid7())
    finish(counted, first)
    post_piece(counted.poster, first.pk)
    assert Whereabouts.objects.get(unit=unit).place == counted.bin
    post_piece(counted.poster, first.pk)
    second = counted.begin()
    row = open_at(stella, second, counted.bin)
    scan(stella, row, counted.display, 5000)
    close_count(stella, row.uid, operation=uuid7())
    finish(counted, second)
    post_piece(counted.poster, second.pk)
    assert Whereabouts.objects.get(unit=unit).place.code == "MISSING"
    sound()


def test_a_unit_that_has_moved_since_is_left_where_it_is(counted):
    unit, stella = counted.unit, counted.stella
    receive_unit(stella, unit.pk, counted.bin.pk)
    stocktake = counted.begin()
    row = open_at(stella, stocktake, counted.bin)
    scan(stella, row, counted.display, 5000)
    close_count(stella, row.uid, operation=uuid7())
    move_unit(stella, unit.pk, counted.bench.pk, reason="moved")
    finish(counted, stocktake)
    post_piece(counted.poster, stocktake.pk)
    assert Whereabouts.objects.get(unit=unit).place == counted.bench


def test_posting_is_stopped_and_goes_on(counted, refused):
    stocktake = counted.begin()
    for place in (counted.bin, counted.other_bin, counted.shelf):
        scan(counted.stella, open_at(counted.stella, stocktake, place), counted.battery, 2000)
    close_count(counted.stella, CountedPlace.objects.get(place=counted.shelf).uid, operation=uuid7())
    finish(counted, stocktake)
    post_piece(counted.poster, stocktake.pk, places=1)
    stop_posting(counted.wanda, stocktake.uid, operation=uuid7())
    assert post_piece(counted.poster, stocktake.pk).state == "stopped"
    assert (count_progress(stocktake.pk).posted, count_progress(stocktake.pk).counted) == (1, 2)
    with refused(StocktakeClash):
        stop_posting(counted.wanda, stocktake.uid, operation=uuid7())
    resume_posting(counted.wanda, stocktake.uid, operation=uuid7())
    while post_piece(counted.poster, stocktake.pk, places=1).state == "posting":
        pass
    assert Stocktake.objects.get().state == "posted"
    assert [held(place, counted.battery)[0] for place in (counted.bin, counted.other_bin, counted.shelf)] == [2000] * 3
    sound()


def test_the_most_valuable_places_come_first_and_come_again(counted):
    for part, cost in ((counted.display, 100), (counted.battery, 1)):
        PartCost.objects.create(
            part=part, centre=counted.krakow, currency="PLN", average=cost, changed_at=counted.stella.now()
        )
    move_part(counted.stella, counted.battery.pk, 1000, network_place("supplier"), counted.shelf, reason="received")
    turn = lambda many: [place.code for place in places_by_turn(counted.krakow.pk, many, counted.stella.now())]  # noqa: E731
    assert (turn(1), turn(2), turn(9)) == (["A-01"], ["A-01", "B-03"], ["A-01", "A-02", "B-03"])
    stocktake = counted.begin(scope="value", at_most=1)
    row = open_at(counted.stella, stocktake, counted.bin)
    scan(counted.stella, row, counted.display, 5000)
    close_count(counted.stella, row.uid, operation=uuid7())
    finish(counted, stocktake)
    post_piece(counted.poster, stocktake.pk)
    assert turn(9) == ["A-02", "B-03"]
    later = person("zoe", "head", counted.krakow)
    CountedPlace.objects.update(counted_at=later.now().replace(year=2020))
    assert turn(1) == ["B-03"]
    assert turn(9) == ["A-01", "A-02", "B-03"]


STEPS = st.lists(st.tuples(st.sampled_from(["in", "out", "shift", "back"]), st.integers(1, 6)), max_size=12)


@LIMITS
@given(found=st.integers(0, 12), before=STEPS, after=STEPS)
def test_stock_after_is_what_was_counted_and_what_has_moved_since(counted, found, before, after):
    """Whatever moves before and after a place is closed, posting makes counted + moves since of it."""
    stella, part, place = counted.stella, counted.battery, counted.bin
    with transaction.atomic():
        ends = ways(counted)
        play(stella, part, place, ends, before)
        stocktake = counted.begin()
        row = open_at(stella, stocktake, place)
        scan(stella, row, counted.display, 5000)
        scan(stella, row, part, found * 1000, instead=True)
        close_count(stella, row.uid, operation=uuid7())
        since = play(stella, part, place, ends, after)
        finish(counted, stocktake)
        post_piece(counted.poster, stocktake.pk)
        state = post_piece(counted.poster, stocktake.pk).state
        if state == "posted":
            assert held(place, part)[0] == found * 1000 + since
        else:
            assert (state, found * 1000 + since < 0) == ("counting", True)
        sound()
        transaction.set_rollback(True)


def ways(cast):
    repair = repair_place(3, cast.krakow.pk)
    return {
        "in": (network_place("supplier"), cast.bin),
        "out": (cast.bin, repair),
        "shift": (cast.bin, cast.other_bin),
        "back": (repair, cast.bin),
    }


def play(stella, part, place, ends, steps):
    """Moves what is there to be moved; answers by how much the place has more."""
    more = 0
    for way, many in steps:
        source, target = ends[way]
        if source.outside or held(source, part)[0] >= many * 1000:
            move_part(stella, part.pk, many * 1000, source, target, reason="moved")
            more += many * 1000 if target == place else -many * 1000
    return more
