"""People who have the same order open are told of each other; nobody else is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from remonta.identity.queries import LiveScope
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.web.models import Visit
from remonta.web.presence import begin_visit, company, end_visits, keep_visits
from remonta.web.server.hub import Hub
from remonta.web.server.live import Live
from remonta.web.server.presence import Presence
from remonta.web.tests.asgi_client import until
from remonta.web.tests.live_house import KRAKOW, Timeline, listening, run
from tests.cast import intake

PAGE = "/live?at=orders.workorder:5"


class Book:
    """Visits in memory, shared by the processes of a server. Who may see order 5 stands in `admitted`."""

    def __init__(self):
        self.rows, self.admitted = {}, {"Lena", "Ola", "Adam"}

    def begin(self, actor, order_id):
        if not self.may(actor, order_id):
            return None
        visit = Visit(uid=uuid7(), work_order_id=order_id, account_id=actor.account_id, seen_at=timezone.now())
        self.rows[visit.uid] = (order_id, actor.account_id, actor.name)
        return visit

    def keep(self, uids):
        pass

    def end(self, uids):
        for uid in uids:
            self.rows.pop(uid)

    def may(self, actor, order_id):
        return order_id == 5 and actor.name in self.admitted

    def company(self, order_ids):
        return {
            order_id: {account: name for of, account, name in self.rows.values() if of == order_id}
            for order_id in order_ids
        }


@pytest.fixture
def book():
    return Book()


@pytest.fixture
def timeline():
    made = Timeline()
    for number, name in enumerate(("Lena", "Ola", "Adam", "Mallory"), 1):
        actor = Actor(f"account:{number}", number, frozenset(), timezone.now, name=name)
        made.people["session", name] = LiveScope(number, frozenset({KRAKOW}), actor=actor)
    made.people["link", "secret"] = LiveScope(None, frozenset(), threads=frozenset({5}))
    return made


def server(timeline, book, **more):
    """One process of the server."""
    return Live(Hub(timeline, seconds=0.01), Presence(book, seconds=0.01, **more), beat=0.05)


def told(stream):
    """Whom the page named, time after time."""
    return [data["people"] for kind, data, _mark in stream.news if kind == "presence"]


def test_two_people_on_one_order_see_each_other_come_and_go(timeline, book):
    async def story():
        live = server(timeline, book)
        async with listening(live, "Lena", target=PAGE) as lena:
            async with listening(live, "Ola", target=PAGE) as ola:
                await until(lambda: told(lena) and told(ola))
                assert (told(lena), told(ola)) == ([["Ola"]], [["Lena"]])
                assert lena.news[-1][1]["subject"] == "orders.workorder:5"
            await until(lambda: len(told(lena)) == 2)
            assert told(lena)[-1] == []
        await until(lambda: not book.rows)

    run(story())


def test_two_processes_of_a_server_know_of_each_others_visitors(timeline, book):
    async def story():
        one, other = server(timeline, book), server(timeline, book)
        async with listening(one, "Lena", target=PAGE) as lena, listening(other, "Ola", target=PAGE) as ola:
            await until(lambda: told(lena) and told(ola))
            async with listening(other, "Adam", target=PAGE):
                await until(lambda: told(lena)[-1] == ["Adam", "Ola"])

    run(story())


def test_ones_own_second_page_is_no_company(timeline, book):
    async def story():
        live = server(timeline, book)
        async with listening(live, "Lena", target=PAGE) as first, listening(live, "Lena", target=PAGE) as second:
            async with listening(live, "Ola", target=PAGE) as ola:
                await until(lambda: told(ola) and told(first) and told(second))
            assert (told(first)[0], told(second)[0], told(ola)) == (["Ola"], ["Ola"], [["Lena"]])

    run(story())


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("Mallory", PAGE),
        ("Ola", "/live?at=orders.workorder:6"),
        ("Ola", "/live?at=customers.customer:5"),
        ("Ola", "/live?at=orders.workorder:٥"),
        ("Ola", "/live"),
        ("", "/live/link/secret?at=orders.workorder:5"),
    ],
)
def test_who_may_not_see_the_order_or_is_elsewhere_is_neither_told_nor_named(timeline, book, who, page):
    async def story():
        live = server(timeline, book)
        async with listening(live, "Lena", target=PAGE) as lena, listening(live, who, target=page) as stranger:
            async with listening(live, "Adam", target=PAGE):
                await until(lambda: told(lena))
            assert told(lena) == [["Adam"]]
            assert told(stranger) == []

    run(story())


def test_who_loses_the_right_leaves_while_the_page_stays_open(timeline, book):
    async def story():
        live = server(timeline, book, keep=0.02)
        async with listening(live, "Lena", target=PAGE) as lena, listening(live, "Ola", target=PAGE) as ola:
            await until(lambda: told(lena) == [["Ola"]])
            book.admitted.discard("Ola")
            await until(lambda: told(lena)[-1] == [])
            await until(lambda: told(ola)[-1] == [])

    run(story())


def test_trouble_with_the_book_ends_no_stream(timeline, book, caplog, monkeypatch):
    def broken(*_about):
        raise OSError("the database is away")

    async def story():
        live = server(timeline, book)
        async with listening(live, "Lena", target=PAGE) as lena:
            with monkeypatch.context() as patch:
                patch.setattr(book, "company", broken)
                await until(lambda: "could not be read" in caplog.text)
            async with listening(live, "Ola", target=PAGE):
                await until(lambda: told(lena) == [["Ola"]])
            with monkeypatch.context() as patch:
                patch.setattr(book, "begin", broken)
                async with listening(live, "Adam", target=PAGE):
                    await until(lambda: "could not be kept" in caplog.text)
            timeline.say(5)
            await until(lambda: lena.ids)

    run(story())


def test_the_book_in_the_database_names_only_who_may_see_the_order(cast, writes_nothing):
    order = intake(cast)
    here = begin_visit(cast.rita, order.pk)
    begin_visit(cast.emil, order.pk)
    with writes_nothing():
        assert begin_visit(cast.gosia, order.pk) is None
        assert begin_visit(replace(cast.rita, account_id=None), order.pk) is None
    assert company([order.pk])[order.pk] == {cast.rita.account_id: "Rita", cast.emil.account_id: "Emil"}
    end_visits([here.uid])
    assert list(company([order.pk])[order.pk].values()) == ["Emil"]


def test_what_a_killed_process_left_is_soon_nobody(cast):
    order = intake(cast)
    left, alive = begin_visit(cast.rita, order.pk), begin_visit(cast.emil, order.pk)
    Visit.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert company([order.pk]) == {}
    keep_visits([alive.uid])
    assert list(company([order.pk])[order.pk].values()) == ["Emil"]
    assert not Visit.objects.filter(uid=left.uid).exists()
