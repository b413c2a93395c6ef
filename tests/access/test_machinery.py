"""The matrix can fail: what it looks for, it finds."""

import pytest

from remonta.desk.people import people
from remonta.identity.models import Account
from remonta.web.access import ACCESS
from remonta.web.export import KINDS, as_file, as_pdf
from tests.access.matrix import Cell, knock, routes, unread
from tests.access.reading import text_of


def route(name):
    return next(one for one in routes() if one.name == name)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_words_are_read_in_files_of_every_kind(kind, db):
    lines = iter([["Kunde77qx"]])
    paper = kind == "pdf"
    answer = (
        as_pdf("orders", "Orders", [("Customer", False)], lines) if paper else as_file(kind, "orders", ["Who"], lines)
    )
    assert "Kunde77qx" in text_of(answer)


def test_a_word_is_a_leak_for_who_has_no_right_to_it(world):
    word = world.canary("secret", "billing.correct", world.centres["home"].pk)
    for role, leaks in (("engineer", 1), ("head", 0), ("administrator", 0)):
        asker = world.people[role]
        assert len([*unread(world, asker, f"… {word} …", "", frozenset())]) == leaks
        assert not [*unread(world, asker, f"… {word} …", f"?q={word}", frozenset())]


def test_a_door_that_asks_too_little_is_noticed(world, monkeypatch):
    asker = world.people["engineer"]
    cell = Cell(route("desk:person-new"), "GET", "-", "engineer")
    assert knock(world, cell, asker).answer == "403"
    monkeypatch.setitem(ACCESS, ("desk:person-new", "GET"), "identity.see_staff")
    assert knock(world, cell, asker).answer == "200"


def test_a_door_out_of_the_table_is_closed(world, monkeypatch):
    asker = world.people["administrator"]
    cell = Cell(route("desk:people"), "GET", "-", "administrator")
    assert knock(world, cell, asker).answer == "200"
    monkeypatch.delitem(ACCESS, ("desk:people", "GET"))
    assert knock(world, cell, asker).answer == "404"


def test_a_list_that_forgets_its_scope_is_noticed(world, monkeypatch):
    far = world.colleagues["engineer elsewhere"].account
    word = world.canary("phone", "identity.manage_staff", world.centres["elsewhere"].pk)
    Account.objects.filter(pk=far.pk).update(name=word)
    cell = Cell(route("desk:people"), "GET", "-", "head")
    assert knock(world, cell, world.people["head"]).faults == ()
    monkeypatch.setattr(people, "people_for", lambda _actor: Account.objects.all())
    assert knock(world, cell, world.people["head"]).faults == (f"shows {word}",) * (1 + len(KINDS))
