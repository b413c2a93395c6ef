"""Sixteen people reach for the last part: one gets it, fifteen get a clear sentence, and nothing is counted twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from remonta.kernel.ids import uuid7
from remonta.spine.queries import verify
from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Balance, Move, Place
from remonta.supply.commands import NoneFree, issue_scanned
from tests.cast import intake, make_cast

PEOPLE = 16


@pytest.fixture
def stage(transactional_db):
    cast = make_cast()
    bin_ = Place.objects.get(centre=cast.krakow, code="A-01-01")
    with transaction.atomic():
        move_part(cast.stan, cast.display.pk, 1000, network_place("supplier"), bin_, reason="received")
    return cast, bin_


def at_once(run):
    """Runs it sixteen times at the same moment, each on a connection of its own."""
    start = Barrier(PEOPLE)

    def one(number):
        try:
            start.wait(timeout=30)
            return run(number)
        except NoneFree as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(one, range(PEOPLE)))


def issue(cast, order, operation):
    return issue_scanned(cast.stan, order.uid, part_uid=cast.display.uid, operation=operation)


def test_for_the_last_part_one_wins_and_fifteen_get_a_sentence(stage):
    cast, bin_ = stage
    orders = [intake(cast, serial=f"SN-{at}", phone=f"+486001002{at:02}") for at in range(PEOPLE)]
    answers = at_once(lambda number: issue(cast, orders[number], uuid7(cast.clock())))
    losers = [answer for answer in answers if isinstance(answer, str)]
    assert len(losers) == PEOPLE - 1
    assert set(losers) == {"DSP-1: nothing is free here any more. Ask for it, and it is set aside when it comes."}
    assert Balance.objects.get(place=bin_, part=cast.display).on_hand == 0
    assert [str(flaw) for flaw in verify()] == []


def test_the_same_operation_sixteen_times_is_one_effect_and_sixteen_equal_answers(stage):
    cast, _bin = stage
    order, operation = intake(cast), uuid7(cast.clock())
    answers = at_once(lambda _number: issue(cast, order, operation).pk)
    assert len(set(answers)) == 1
    assert Move.objects.filter(reason="issued").count() == 1
