"""A move just made is taken back by the opposite move: by who made it, soon, and while nothing moved since."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.stock.commands import (
    MovedSince,
    NotYourMove,
    PartOfMore,
    TooLateToUndo,
    place_unit,
    receive_unit,
    take_back_unit,
)
from remonta.stock.queries import moves_of_unit, whereabouts


@pytest.fixture
def moved(cast):
    receive_unit(cast.egon, cast.unit.pk, cast.shelf.pk, thread_id=7)
    return place_unit(cast.egon, cast.unit.pk, cast.bench.uid, thread_id=7, operation=uuid7())


def where(cast):
    return whereabouts([cast.unit.pk])[cast.unit.pk].said


def test_the_unit_is_where_it_was_and_the_book_says_both(cast, moved, operation):
    back = take_back_unit(cast.egon, moved.uid, operation=operation)
    assert take_back_unit(cast.egon, moved.uid, operation=operation) == back
    assert where(cast) == "B-03"
    told = [(line.source, line.target, line.reason, line.thread_id) for line in moves_of_unit(cast.unit.pk)[:2]]
    assert told == [("BENCH-1", "B-03", "taken_back", 7), ("B-03", "BENCH-1", "moved", 7)]


def test_once_only(cast, moved, refused):
    back = take_back_unit(cast.egon, moved.uid, operation=uuid7())
    with refused(MovedSince):
        take_back_unit(cast.egon, moved.uid, operation=uuid7())
    with refused(PartOfMore):
        take_back_unit(cast.egon, back.uid, operation=uuid7())


def test_only_by_who_moved_it(cast, moved, refused):
    with refused(NotYourMove, match="Somebody else"):
        take_back_unit(cast.stella, moved.uid, operation=uuid7())
    with refused(NotPermitted):
        take_back_unit(replace(cast.egon, rights=cast.marta.rights | see(cast)), moved.uid, operation=uuid7())
    with refused(ObjectDoesNotExist):
        take_back_unit(cast.gosia, moved.uid, operation=uuid7())


def test_only_while_it_has_not_moved_since(cast, moved, refused):
    place_unit(cast.stella, cast.unit.pk, cast.bin.uid, operation=uuid7())
    with refused(MovedSince, match="moved again"):
        take_back_unit(cast.egon, moved.uid, operation=uuid7())
    assert where(cast) == "A-01"


def test_only_within_minutes(cast, moved, refused):
    later = replace(cast.egon, now=lambda: timezone.now() + timedelta(minutes=11))
    with refused(TooLateToUndo, match="10 minutes"):
        take_back_unit(later, moved.uid, operation=uuid7())


def test_what_belongs_to_a_larger_step_stays(cast, refused):
    taken_in = receive_unit(cast.egon, cast.unit.pk, cast.shelf.pk)
    with refused(PartOfMore, match="larger step"):
        take_back_unit(cast.egon, taken_in.uid, operation=uuid7())


def see(cast):
    return frozenset({(cast.krakow.pk, "stock.see_places")})
