"""Walks every route × method × role × ownership, and writes down what each was answered."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from remonta.spine.models import Event, Job, Message, Operation
from remonta.web.access import ACCESS, PUBLIC, SIGNED_IN
from tests.access import samples  # noqa: F401 - the rooms' kinds, arguments and bodies
from tests.access.api_bodies import body_for
from tests.access.reading import text_of
from tests.access.rooms.past import past_of
from tests.access.subjects import AS_JSON, BODIES, KINDS, NOBODY, QUERIES, WHOSE, Sample, kind_of
from tests.access.world import Canary, Principal, World

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
DENIALS = {"401", "403", "404", "405", "sign in"}
WRITTEN = (Event, Operation, Message, Job)


@dataclass(frozen=True)
class Route:
    """One address with its arguments; the API's and the pages' alike."""

    name: str
    arguments: tuple[str, ...]

    @property
    def api(self) -> bool:
        return self.name.split(":")[0].startswith("api")

    @property
    def methods(self) -> list[str]:
        return [method for method in METHODS if (self.name, method) in ACCESS]


@dataclass(frozen=True)
class Cell:
    route: Route
    method: str
    whose: str
    asker: str


@dataclass(frozen=True)
class Outcome:
    """What was answered, what is wrong about it, and the canaries it showed to somebody who may read them."""

    cell: Cell
    answer: str
    faults: tuple[str, ...]
    read: frozenset[str] = frozenset()


@cache
def routes() -> tuple[Route, ...]:
    """Every address there is, by name. One without a name has no row in the table, so it is closed."""
    return tuple(sorted({Route(name, arguments) for name, _path, arguments in _found(get_resolver())}, key=str))


@cache
def addresses() -> list[tuple[str, str]]:
    """Names and patterns of all addresses."""
    return [(name, path) for name, path, _arguments in _found(get_resolver())]


def _found(resolver: URLResolver, space: str = "", path: str = "") -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        whole, arguments = f"{path}{entry.pattern}", tuple(entry.pattern.converters)
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name or whole}", whole, arguments
        else:
            inside = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from ((name, deep, arguments + more) for name, deep, more in _found(entry, inside, whole))


def labels_of(route: Route) -> tuple[str, ...]:
    """The ownerships in which the route can be asked: those of its arguments' kinds, together."""
    kinds = [KINDS[kind_of(route.name, argument)] for argument in route.arguments]
    labels = dict.fromkeys(label for kind in kinds for label in kind.whose)
    return tuple(label for label in labels if label != "-") or WHOSE.get(route.name, ("-",))


def samples_of(world: World, route: Route, whose: str, asker: Principal) -> dict[str, Sample]:
    made = {}
    for argument in route.arguments:
        kind = KINDS[kind_of(route.name, argument)]
        made[argument] = kind.make(world, whose if whose in kind.whose else kind.whose[0], asker)
    return made


def askers(world: World, route: Route, method: str, roles: list[str]) -> list[Principal]:
    """Everybody, except at public doors and closed ones, where a few stand for all."""
    asks = ACCESS.get((route.name, method))
    few = {None: ("administrator",), PUBLIC: ("administrator", "engineer")}
    chosen = [role for role in few.get(asks, roles) if role in roles] if isinstance(asks, str | None) else roles
    return [NOBODY, *(world.people[role] for role in chosen)]


def bare_arguments() -> list[tuple[str, str]]:
    """Arguments for which nobody has said what stands there: their routes cannot be walked."""
    return [(route.name, name) for route in routes() for name in route.arguments if not kind_of(route.name, name)]


def walk(world: World, roles: list[str]) -> Iterator[Outcome]:
    """Every cell. Routes without sample objects are left out, and fail a test of their own.

    `REMONTA_ACCESS_ROUTES=desk:order*` walks those only, while one works on them.
    """
    left_out = {name for name, _argument in bare_arguments()}
    prepare(world)
    only = os.environ.get("REMONTA_ACCESS_ROUTES", "*")
    for route in (route for route in routes() if route.name not in left_out and fnmatch(route.name, only)):
        for method in METHODS:
            for whose in labels_of(route) if method in route.methods else labels_of(route)[:1]:
                for asker in askers(world, route, method, roles):
                    yield knock(world, Cell(route, method, whose, asker.name), asker)


def prepare(world: World) -> None:
    """Makes every sample before anybody knocks, in one order: so no answer depends on who is asked, or about what."""
    for kind in KINDS.values():
        for label in kind.whose:
            for asker in (NOBODY, *world.people.values()):
                with suppress(Exception), transaction.atomic():  # a sample that cannot be made is told by its own cells
                    kind.make(world, label, asker)
    for place in world.centres:
        past_of(world, place)


def knock(world: World, cell: Cell, asker: Principal) -> Outcome:
    """One request, undone afterwards; with what is wrong about its answer, whatever the golden file says."""
    try:
        with transaction.atomic():
            made = samples_of(world, cell.route, cell.whose, asker)
    except Exception as error:
        return Outcome(cell, "no sample", (f"its sample cannot be made: {error!r}",))
    path = reverse(cell.route.name, kwargs={name: sample.value for name, sample in made.items()})
    sent = sent_to(world, cell, asker)
    opened = frozenset[str]().union(*(sample.opens for sample in made.values()))
    faults: list[str] = []
    answers: list[str] = []
    read: set[str] = set()
    queries = [{}, *(make(world, cell.whose, asker) for make in QUERIES.get(cell.route.name, []))]
    for query in queries if cell.method == "GET" else [{}]:
        with undone():
            before = rows_written()
            response = ask(cell, asker, path, query or sent)
            text = text_of(response)
            answers.append(said(response))
            if answers[-1] in DENIALS and rows_written() != before:
                faults.append("a denial wrote something")
        told = f"{sent}{query}{path}".lower()
        faults += [f"shows {canary.word}" for canary in unread(world, asker, text, told, opened)]
        read |= {one.name for one in world.found_in(text) if one.may_be_read_by(asker) and not one.is_in(told)}
    faults += misplaced(cell, asker, made, answers[0])
    return Outcome(cell, answers[0], tuple(faults), frozenset(read))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back. Commands do not count this transaction as theirs, as in a test case."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def sent_to(world: World, cell: Cell, asker: Principal) -> dict[str, Any]:
    """The body, and the operation id that goes with it."""
    key, bare = (cell.route.name, cell.method), {"operation": str(world.operation())}
    if key in BODIES:
        return BODIES[key](world, cell.whose, asker)
    if not cell.route.api or cell.method == "GET":
        return bare
    path = dict(addresses())[cell.route.name]
    return bare | body_for(world, path, cell.method, cell.whose, asker)


@cache
def browser() -> Client:
    """One for all: what it loads once takes longer than most answers. Its cookies are emptied before each request."""
    return Client(raise_request_exception=False)


def ask(cell: Cell, asker: Principal, path: str, values: dict[str, Any]) -> HttpResponseBase:
    client = browser()
    client.cookies.clear()
    if asker.session and not cell.route.api:
        client.cookies["sessionid"] = asker.session
    headers = {"Authorization": f"Bearer {asker.token}"} if cell.route.api and asker.token else {}
    if cell.route.api and cell.method != "GET":
        headers["Idempotency-Key"] = str(values.get("operation", ""))
        if any(hasattr(value, "read") for value in values.values()):
            return client.post(path, values, headers=headers)
        return client.generic(cell.method, path, _json(values), content_type="application/json", headers=headers)
    if cell.method == "GET":
        return client.get(path, {k: v for k, v in values.items() if k != "operation"}, headers=headers)
    if cell.route.name in AS_JSON and cell.method == "POST":
        return client.post(path, values, content_type="application/json", headers=headers)
    return getattr(client, cell.method.lower())(path, values if cell.method == "POST" else b"", headers=headers)


def _json(values: dict[str, Any]) -> str:
    import json  # noqa: PLC0415 - only the API's cells need it

    return json.dumps({key: value for key, value in values.items() if key != "operation"}, default=str)


def said(response: HttpResponseBase) -> str:
    """The answer in one word: its number, or "sign in" for being sent there."""
    if response.status_code == 302 and response.headers["Location"].startswith("/sign-in/?next="):
        return "sign in"
    return str(response.status_code)


def rows_written() -> Any:
    """How far the books, operations, messages and jobs have come. One statement."""
    newest = ", ".join(f"(SELECT max(id) FROM {model._meta.db_table})" for model in WRITTEN)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {newest}")
        return cursor.fetchone()


def unread(world: World, asker: Principal, text: str, sent: str, opened: frozenset[str]) -> Iterator[Canary]:
    """Canary words in the answer that the asker has no right to read, did not send, and that no link opens."""
    links = {word.lower() for word in opened}
    for canary in world.found_in(text):
        if not (canary.is_in(sent) or canary.word.lower() in links or canary.may_be_read_by(asker)):
            yield canary


def misplaced(cell: Cell, asker: Principal, made: dict[str, Sample], answer: str) -> Iterator[str]:
    """What holds without any golden file: a permission is asked, and asked where the object is."""
    asks = ACCESS.get((cell.route.name, cell.method))
    if answer.startswith("5"):
        yield f"broke with {answer}"
    if asks is None and answer not in DENIALS:
        yield "opens without a row in the table"
    if asks in (None, PUBLIC):
        return
    if asker.account is None and answer not in DENIALS:
        yield "opens to nobody"
    if asks == SIGNED_IN or asker.account is None:
        return
    names = (asks,) if isinstance(asks, str) else asks
    if not any(asker.actor.may_somewhere(name) for name in names) and answer not in DENIALS:
        yield f"opens without {asks}"
    for sample in made.values():
        asked = [name for name in names if name.startswith(sample.of)]
        held = any(asker.actor.may_at(name, sample.centre_id) for name in asked)
        if sample.centre_id and asked and not held and answer not in DENIALS:
            yield f"opens without {asks} in the object’s centre"
