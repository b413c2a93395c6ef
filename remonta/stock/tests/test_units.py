"""Units move from place to place and are in exactly one."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event
from remonta.stock.commands import (
    AlreadyThere,
    NotForUnits,
    NotThere,
    PlaceClosed,
    archive_place,
    hand_unit_back,
    move_unit,
    place_unit,
    receive_unit,
    repair_place,
)
from remonta.stock.queries import moves_of_thread, moves_of_unit, things_at_place, whereabouts


def where(unit):
    return whereabouts([unit.pk])[unit.pk].said


def test_taken_in_moved_by_scan_and_handed_back(cast, operation):
    receive_unit(cast.egon, cast.unit.pk, cast.shelf.pk, thread_id=7)
    assert where(cast.unit) == "B-03"
    move = place_unit(cast.egon, cast.unit.pk, cast.bench.uid, thread_id=7, operation=operation)
    assert place_unit(cast.egon, cast.unit.pk, cast.bench.uid, thread_id=7, operation=operation) == move
    assert where(cast.unit) == "BENCH-1"
    hand_unit_back(cast.stella, cast.unit.pk, thread_id=7)
    assert where(cast.unit) == "with the customer"
    told = [(line.source, line.target, line.reason) for line in moves_of_unit(cast.unit.pk)]
    assert told == [
        ("BENCH-1", "with the customer", "handed_over"),
        ("B-03", "BENCH-1", "moved"),
        ("with the customer", "B-03", "taken_in"),
    ]
    assert len(moves_of_thread(7)) == Event.objects.filter(name="stock.unit_moved", thread_id=7).count() == 3


def test_a_unit_that_is_here_is_not_taken_in_again(cast, refused):
    receive_unit(cast.egon, cast.unit.pk, cast.shelf.pk)
    with refused(NotThere, match="B-03"):
        receive_unit(cast.egon, cast.unit.pk, cast.bench.pk)


def test_to_where_it_is_already_is_refused(cast, operation, refused):
    receive_unit(cast.egon, cast.unit.pk, cast.shelf.pk)
    with refused(AlreadyThere, match="B-03"):
        place_unit(cast.egon, cast.unit.pk, cast.shelf.uid, operation=operation)


def test_handed_back_twice_is_refused(cast):
    receive_unit(cast.egon, cast.unit.pk, cast.shelf.pk)
    hand_unit_back(cast.egon, cast.unit.pk)
    with pytest.raises(AlreadyThere, match="customer"):
        hand_unit_back(cast.egon, cast.unit.pk)


def test_neither_into_archived_places_nor_among_a_repairs_parts(cast, operation, refused):
    archive_place(cast.stella, cast.bench.uid, operation=operation)
    with refused(PlaceClosed):
        move_unit(cast.egon, cast.unit.pk, cast.bench.pk, reason="moved", expected_source=None)
    among = repair_place(7, cast.krakow.pk)
    with refused(NotForUnits):
        move_unit(cast.egon, cast.unit.pk, among.pk, reason="moved")


def test_other_centres_neither_take_nor_give(cast, operation, refused):
    receive_unit(cast.egon, cast.unit.pk, cast.shelf.pk)
    with refused(ObjectDoesNotExist):
        place_unit(cast.egon, cast.unit.pk, cast.far_bin.uid, operation=operation)
    with refused(NotPermitted):
        place_unit(cast.gosia, cast.unit.pk, cast.far_bin.uid, operation=uuid7())


def test_what_stands_in_a_place(stocked):
    receive_unit(stocked.egon, stocked.unit.pk, stocked.bin.pk)
    there = things_at_place(stocked.egon, stocked.bin.uid)
    assert there.unit_ids == (stocked.unit.pk,)
    assert [(part.number, part.on_hand, part.free) for part in there.parts] == [("DSP-5", 5000, 5000)]
    with pytest.raises(ObjectDoesNotExist):
        things_at_place(stocked.gosia, stocked.bin.uid)
