"""The live stream says what changed to those who may know it, and to nobody else."""

import asyncio

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction

from remonta.identity.models import Account
from remonta.identity.queries import LiveScope
from remonta.web.server import hub as hub_module
from remonta.web.server.hub import Hub, Listener, mark, position_of
from remonta.web.server.live import Database, Live
from remonta.web.tests.asgi_client import scope_of, until
from remonta.web.tests.live_house import GDANSK, KRAKOW, Timeline, house, listening, run


@pytest.fixture
def timeline():
    timeline = Timeline()
    timeline.people["session", "lena"] = LiveScope(10, frozenset({KRAKOW}))
    timeline.people["session", "stan"] = LiveScope(20, frozenset({GDANSK}))
    timeline.people["session", "ada"] = LiveScope(30, frozenset(), everything=True)
    timeline.people["link", "secret"] = LiveScope(None, frozenset(), threads=frozenset({5}))
    return timeline


def test_each_hears_what_is_in_scope_and_ids_only(timeline):
    async def story():
        live = house(timeline)
        async with listening(live) as lena, listening(live, "stan") as stan, listening(live, "ada") as ada:
            timeline.say(5, KRAKOW, account=10)
            timeline.say(6, GDANSK, account=10)
            timeline.say(7, GDANSK, account=99)
            await until(lambda: len(ada.ids) == 3)
            await until(lambda: len(lena.ids) == 2)
            assert (lena.ids, stan.ids, ada.ids) == ([5, 6], [6, 7], [5, 6, 7])
            assert lena.news[0] == (
                "changed",
                {"subject": "orders.workorder", "id": 5, "thread": 5, "name": "StageReached", "mine": True},
                "7-1",
            )
            assert [data["mine"] for _kind, data, _mark in stan.news] == [False, False]

    run(story())


def test_a_secret_link_hears_of_its_own_order_only(timeline):
    async def story():
        live = house(timeline)
        async with listening(live, "", target="/live/link/secret") as phone:
            for number in (4, 5, 6):
                timeline.say(number)
            await until(lambda: phone.ids)
            assert phone.ids == [5]

    run(story())


@pytest.mark.parametrize(
    ("who", "target", "status"), [("mallory", "/live", 401), ("", "/live", 401), ("", "/live/link/x", 404)]
)
def test_who_may_not_listen_is_told_so_and_gets_no_stream(timeline, who, target, status):
    async def story():
        live = house(timeline)
        async with listening(live, who, target=target) as stream:
            assert (stream.status, stream.over) == (status, True)
            assert not live.hub.listeners

    run(story())


def test_only_get_opens_a_stream(timeline):
    async def story():
        async with listening(house(timeline), method="POST") as stream:
            assert stream.status == 405

    run(story())
    assert timeline.asked == 0


def test_the_routes_are_these(timeline):
    for path, served in {"/live": True, "/live/link/abc": True, "/live/": False, "/lively": False, "/": False}.items():
        assert Live.serves(scope_of("GET", path)) is served
    assert Live.serves(scope_of("GET", "/house/live", root_path="/house"))


def test_who_was_away_hears_what_was_missed_once(timeline):
    async def story():
        live = house(timeline)
        first = timeline.say(1)
        timeline.say(2)
        timeline.say(3, GDANSK)
        back = [(b"last-event-id", mark(first.position).encode())]
        async with listening(live, "ada"), listening(live, headers=back) as lena:
            timeline.say(4)
            await until(lambda: 4 in lena.ids)
            assert lena.ids == [2, 4]

    run(story())


def test_a_page_may_say_since_when_it_is_old(timeline):
    async def story():
        first = timeline.say(1)
        timeline.say(2)
        async with listening(house(timeline), target=f"/live?after={mark(first.position)}") as lena:
            await until(lambda: lena.ids)
            assert lena.ids == [2]

    run(story())


def test_a_listener_that_is_ahead_of_this_process_hears_nothing_twice(timeline):
    async def story():
        live = house(timeline)
        async with listening(live, "ada") as ada:
            known = [timeline.say(number) for number in (1, 2)][-1]
            async with listening(live, headers=[(b"last-event-id", mark(known.position).encode())]) as lena:
                timeline.say(3)
                await until(lambda: 3 in lena.ids)
                await until(lambda: 3 in ada.ids)
                assert (ada.ids, lena.ids) == ([1, 2, 3], [3])

    run(story())


def test_who_missed_too_much_is_told_to_load_anew(timeline, monkeypatch):
    monkeypatch.setattr(hub_module, "BATCH", 5)
    old = timeline.say(0)
    for number in range(1, 9):
        timeline.say(number)

    async def story():
        async with listening(house(timeline), headers=[(b"last-event-id", mark(old.position).encode())]) as lena:
            await until(lambda: lena.news)
            assert [kind for kind, _data, _mark in lena.news] == ["reload"]

    run(story())


def test_a_flood_is_read_piece_by_piece_and_nothing_is_left_out(timeline, monkeypatch):
    monkeypatch.setattr(hub_module, "BATCH", 5)

    async def story():
        async with listening(house(timeline)) as lena:
            for number in range(23):
                timeline.say(number)
            await until(lambda: len(lena.ids) >= 23)
            assert lena.ids == [*range(23)]

    run(story())


def test_equal_pieces_of_news_are_said_once(timeline):
    async def story():
        async with listening(house(timeline, seconds=0.2)) as lena:
            for _time in range(50):
                timeline.say(5)
            timeline.say(6)
            await until(lambda: 6 in lena.ids)
            assert lena.ids in ([5, 6], [5, 5, 6])

    run(story())


def test_a_listener_that_does_not_keep_up_holds_little_and_loads_anew(timeline):
    slow = Listener(("session", "lena"), LiveScope(None, frozenset({KRAKOW})), (0, 0))
    for number in range(hub_module.WAITING * 3 + 1):
        slow.hear([timeline.say(number)])
    assert len(slow._waiting) <= hub_module.WAITING
    assert asyncio.run(slow.next(0)).startswith(b"event: reload\n")


def test_a_disabled_person_hears_no_more(timeline):
    async def story():
        live = house(timeline, stale=0.05)
        async with listening(live) as lena, listening(live, "stan") as stan:
            del timeline.people["session", "lena"]
            await until(lambda: lena.over)
            assert [kind for kind, _data, _mark in lena.news] == ["ended"]
            timeline.say(1, KRAKOW)
            timeline.say(2, GDANSK)
            await until(lambda: stan.ids)
            assert lena.ids == []

    run(story())


def test_who_changes_places_hears_of_the_new_one(timeline):
    async def story():
        async with listening(house(timeline, stale=0.05)) as lena:
            asked = timeline.asked
            timeline.people["session", "lena"] = LiveScope(10, frozenset({GDANSK}))
            await until(lambda: timeline.asked > asked + 1)
            timeline.say(1, KRAKOW)
            timeline.say(2, GDANSK)
            await until(lambda: lena.ids)
            assert lena.ids == [2]

    run(story())


def test_many_tabs_of_one_browser_are_checked_together(timeline):
    async def story():
        live = house(timeline, stale=0.1)
        async with listening(live), listening(live), listening(live):
            asked = timeline.asked
            await until(lambda: timeline.asked > asked)
            assert timeline.asked == asked + 1
            assert len(live.hub.listeners) == 3

    run(story())


def test_trouble_with_the_database_ends_no_stream(timeline, caplog):
    async def story():
        async with listening(house(timeline)) as lena:
            timeline.broken = True
            await until(lambda: "could not read" in caplog.text)
            timeline.broken = False
            timeline.say(1)
            await until(lambda: lena.ids)

    run(story())


def test_trouble_at_the_door_asks_to_come_later(timeline, monkeypatch, caplog):
    def broken(_who):
        raise OSError("the database is away")

    async def story():
        monkeypatch.setattr(timeline, "scope", broken)
        async with listening(house(timeline)) as lena:
            assert (lena.status, lena.text) == (200, "retry: 20000\n\n")

    run(story())
    assert "could not be opened" in caplog.text


def test_a_quiet_stream_beats_and_says_where_it_is(timeline):
    async def story():
        async with listening(house(timeline, beat=0.02)) as lena:
            timeline.say(1, GDANSK)
            await until(lambda: ": beat\nid: 7-1\n\n" in lena.text)
            assert lena.news == []

    run(story())


def test_the_hub_rests_when_nobody_listens_and_starts_from_the_newest(timeline):
    async def story():
        live = house(timeline)
        async with listening(live):
            assert live.hub._tasks
        assert not live.hub._tasks
        timeline.say(1)
        async with listening(live) as lena:
            timeline.say(2)
            await until(lambda: lena.ids)
            assert lena.ids == [2]

    run(story())


def test_closing_ends_every_stream_and_late_ones_come_back_by_themselves(timeline):
    async def story():
        live = house(timeline, beat=60)
        async with listening(live) as lena, listening(live, "stan") as stan:
            live.hub.close()
            await until(lambda: lena.over and stan.over)
        async with listening(live) as late:
            assert (late.status, late.text, late.over) == (200, "retry: 20000\n\n", True)

    run(story())


def test_more_streams_than_the_house_holds_are_asked_to_come_later(timeline):
    async def story():
        live = Live(Hub(timeline), most=1)
        async with listening(live), listening(live, "stan") as second:
            assert (second.status, second.over) == (200, True)
            assert second.text.startswith("retry: ")

    run(story())


@pytest.mark.parametrize("marked", ["", "5", "a-b", "-1-2", "1-2-3", "١-٢", "9" * 50 + "-1"])
def test_a_strange_mark_is_no_position(marked):
    assert position_of(marked) is None
    assert position_of("12-34") == (12, 34)


@pytest.fixture
def signed_in(transactional_db):
    """A person of the real database with a real session."""
    with transaction.atomic():
        account = Account.objects.create(email="lena@example.org", name="Lena")
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
        session.save()
    return account, session


def test_the_real_rooms_open_a_stream_and_end_it_when_the_person_is_disabled(signed_in):
    account, session = signed_in

    def disable():
        with transaction.atomic():
            Account.objects.filter(pk=account.pk).update(is_active=False)
        connection.close()

    async def story():
        live = Live(Hub(Database(), seconds=0.05, stale=0.1))
        async with listening(live, session.session_key) as lena:
            assert lena.status == 200
            await asyncio.to_thread(disable)
            await until(lambda: lena.over)
            assert lena.news == [("ended", {}, None)]
        async with listening(live, session.session_key) as again:
            assert again.status == 401

    run(story())
