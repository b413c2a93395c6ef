"""What a command gathers is written once at its end, and only what was not taken back."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import transaction

from remonta.spine.commands import command, forget_entry, index_entry
from remonta.spine.models import SearchEntry
from remonta.spine.queries import remember, remembered


def found():
    return dict(SearchEntry.objects.filter(kind="thing").values_list("subject_id", "title"))


def thing(number, title):
    index_entry("thing", number, uid=uuid4(), title=title)


class Undone(Exception):
    pass


def test_entries_are_written_together_the_newest_of_each(cast):
    @command
    def rename(actor):
        for title in ("Old", "New"):
            thing(1, title)
        thing(2, "Other")
        assert not found()

    rename(cast.rita)
    assert found() == {1: "New", 2: "Other"}


def test_what_a_savepoint_takes_back_is_not_written(cast):
    @command
    def half(actor):
        thing(1, "Kept")
        with suppress(Undone), transaction.atomic():
            thing(2, "Taken back")
            raise Undone
        thing(3, "Forgotten")
        forget_entry("thing", 3)

    half(cast.rita)
    assert found() == {1: "Kept"}


def test_a_refused_command_writes_nothing_later(cast):
    @command
    def refused(actor):
        thing(1, "Never")
        raise Undone

    @command
    def next_one(actor):
        thing(2, "Said")

    with pytest.raises(Undone):
        refused(cast.rita)
    next_one(cast.rita)
    assert found() == {2: "Said"}


def test_outside_of_a_command_it_is_written_at_once(cast):
    thing(1, "Now")
    assert found() == {1: "Now"}


def test_reading_is_remembered_as_long_as_it_holds(cast):
    read = []

    def once_more():
        read.append(1)
        return len(read)

    @command
    def look(actor):
        with suppress(Undone), transaction.atomic():
            remember("this", "taken back")
            raise Undone
        return [remembered("this", once_more), remembered("this", once_more)]

    assert look(cast.rita) == [1, 1]
    assert look(cast.rita) == [2, 2]
    assert [remembered("this", once_more), remembered("this", once_more)] == [3, 4]
