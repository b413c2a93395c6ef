"""How the bridge shares its threads: who waits, who is turned away, and that everything begun is closed."""

import asyncio
from threading import Event, get_ident

import pytest

from remonta.web.server.bridge import WSGIBridge
from remonta.web.tests.asgi_client import Client, Reply, call, scope_of, until


class Held:
    """A WSGI application whose answers wait until the test lets them go; it notes what was begun and closed."""

    def __init__(self):
        self.begun, self.closed, self.steps, self.go = [], [], 0, Event()

    def __call__(self, environ, start_response):
        self.begun.append(environ["PATH_INFO"])
        assert self.go.wait(10)
        start_response("200 OK", [("X-Kind", "held")])
        return Body(self, environ["PATH_INFO"])

    def step(self):
        self.steps += 1


class Body:
    def __init__(self, held, path):
        self.held, self.path = held, path

    def __iter__(self):
        yield b"one"
        if self.path == "/broken":
            raise ZeroDivisionError
        yield b"two"

    def close(self):
        self.held.closed.append(self.path)


def ask(app, path):
    client = Client()
    return client, asyncio.create_task(app(scope_of("GET", path), client.receive, client.send))


def test_at_most_as_many_run_as_there_are_threads_and_too_many_are_turned_away():
    async def story():
        held = Held()
        app = WSGIBridge(held, threads=2, waiting=1)
        asked = [ask(app, f"/{number}") for number in range(3)]
        await until(lambda: len(held.begun) == 2)
        client, task = ask(app, "/late")
        await task
        assert Reply(client.got).status == 503
        assert Reply(client.got).headers["retry-after"] == "2"
        held.go.set()
        for client, task in asked:
            await task
            assert Reply(client.got).body == b"onetwo"
        assert sorted(held.closed) == sorted(held.begun) == ["/0", "/1", "/2"]
        await app.shut_down()

    asyncio.run(story())


def test_who_leaves_while_waiting_for_a_thread_is_not_served_at_all():
    async def story():
        held = Held()
        app = WSGIBridge(held, threads=1, waiting=5)
        _first, first_task = ask(app, "/first")
        await until(lambda: held.begun)
        second, second_task = ask(app, "/second")
        second.leave()
        await second_task
        held.go.set()
        await first_task
        assert (second.got, held.begun) == ([], ["/first"])
        await app.shut_down()

    asyncio.run(story())


def test_what_has_begun_runs_to_its_end_though_the_client_has_left():
    async def story():
        held = Held()
        app = WSGIBridge(held, threads=1)
        client, task = ask(app, "/begun")
        await until(lambda: held.begun)
        client.leave()
        held.go.set()
        await task
        await until(lambda: held.closed == ["/begun"])
        await app.shut_down()

    asyncio.run(story())


def test_a_body_that_breaks_is_closed_and_the_answer_stays_unfinished():
    async def story():
        held = Held()
        held.go.set()
        app = WSGIBridge(held, threads=1, after_step=held.step)
        client, task = ask(app, "/broken")
        with pytest.raises(ZeroDivisionError):
            await task
        assert not Reply(client.got).complete
        await until(lambda: held.closed == ["/broken"])
        await app.shut_down()

    asyncio.run(story())


def test_a_cancelled_request_is_closed_all_the_same():
    async def story():
        held = Held()
        app = WSGIBridge(held, threads=1)
        _client, task = ask(app, "/cancelled")
        await until(lambda: held.begun)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        held.go.set()
        await until(lambda: held.closed == ["/cancelled"])
        await app.shut_down()

    asyncio.run(story())


def test_an_application_that_fails_by_itself_is_answered_for(caplog):
    def broken(_environ, _start_response):
        raise RuntimeError("no house")

    reply = call(WSGIBridge(broken), "GET", "/")
    assert (reply.status, reply.body) == (500, b"Internal Server Error")
    assert "no house" in caplog.text


def test_after_each_step_the_thread_is_tidied():
    held = Held()
    held.go.set()
    assert call(WSGIBridge(held, after_step=held.step), "GET", "/").body == b"onetwo"
    assert held.steps == 3


def test_one_answer_stays_with_one_thread_however_many_others_come_between():
    """Its connection, language and transaction belong to a thread."""
    threads = {}

    def application(environ, start_response):
        start_response("200 OK", [])
        for _piece in range(20):
            threads.setdefault(environ["PATH_INFO"], set()).add(get_ident())
            yield b"x"

    async def story():
        app = WSGIBridge(application, threads=3)
        asked = [ask(app, f"/{number}") for number in range(12)]
        for client, task in asked:
            await task
            assert Reply(client.got).body == b"x" * 20
        await app.shut_down()

    asyncio.run(story())
    assert [len(used) for used in threads.values()] == [1] * 12
    assert len(set.union(*threads.values())) == 3
