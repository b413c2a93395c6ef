"""Two people change what consists of what at the same time: between them they cannot close a circle."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections, transaction

from remonta.catalogue.commands import (
    ContainsItself,
    SupersededInACircle,
    add_list_line,
    add_part,
    begin_list,
    replace_part,
)
from remonta.spine.verify import verify
from tests.cast import make_cast

AHEAD = 0.5


def side_by_side(first, second):
    """The first is at work in a transaction, not over yet, when the second begins. What each gave, or its refusal."""
    begun = Event()

    def one():
        with transaction.atomic():
            made = first()
            begun.set()
            time.sleep(AHEAD)
        return made

    def run(what, wait=False):
        try:
            if wait:
                assert begun.wait(timeout=20)
            return what()
        except (ContainsItself, SupersededInACircle) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        ahead, behind = people.submit(run, one), people.submit(run, second, True)
        return ahead.result(), behind.result()


@pytest.fixture
def stage(transactional_db):
    cast = make_cast()
    cast.parts = [add_part(cast.hana, number=number, name=number) for number in ("FRAME", "GLUE", "PLATE", "SCREW")]
    return cast


def test_two_lists_filled_at_the_same_time_cannot_contain_each_other(stage):
    frame, glue, *_others = stage.parts
    lists = [begin_list(stage.hana, part_uid=part.uid) for part in (frame, glue)]
    done, refused = side_by_side(
        lambda: add_list_line(stage.hana, lists[0].uid, part_uid=glue.uid),
        lambda: add_list_line(stage.hana, lists[1].uid, part_uid=frame.uid),
    )
    assert done.part == glue
    assert isinstance(refused, ContainsItself)
    assert list(verify()) == []


def test_parts_superseded_at_the_same_time_do_not_go_round(stage):
    frame, glue, plate, screw = stage.parts
    replace_part(stage.hana, frame.uid, new_uid=glue.uid, supersedes=True)
    replace_part(stage.hana, plate.uid, new_uid=screw.uid, supersedes=True)
    done, refused = side_by_side(
        lambda: replace_part(stage.hana, glue.uid, new_uid=plate.uid, supersedes=True),
        lambda: replace_part(stage.hana, screw.uid, new_uid=frame.uid, supersedes=True),
    )
    assert done.new == plate
    assert isinstance(refused, SupersededInACircle)
