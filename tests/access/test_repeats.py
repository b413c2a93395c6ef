"""A click that arrives twice: what was saved under an operation's id is answered again, and nothing is done twice."""

import logging
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse

from remonta.spine.models import Operation
from tests.access.matrix import (
    Cell,
    Route,
    ask,
    labels_of,
    prepare,
    routes,
    rows_written,
    samples_of,
    sent_to,
    undone,
)
from tests.access.subjects import COLLEAGUES, OWN, RIGHT

ROLES_THAT_ACT = ("administrator", "head", "engineer")


def told(answer: HttpResponseBase) -> tuple[Any, ...]:
    """What the asker learns: the number, where to go on; from the API, the body as well."""
    ways = [answer.headers.get(name, "") for name in ("Location", "HX-Redirect", "HX-Trigger")]
    said = answer.content if answer.headers.get("Content-Type", "").startswith("application/json") else b""
    return answer.status_code, *ways, said


def twice(world: Any, route: Route, method: str, role: str) -> Any:
    """None unless the first answer saved an operation; else the two answers, and whether the second wrote nothing."""
    asker, labels = world.people[role], labels_of(route)
    whose = next((label for label in (COLLEAGUES, OWN, RIGHT) if label in labels), labels[0])
    made = samples_of(world, route, whose, asker)
    path = reverse(route.name, kwargs={name: sample.value for name, sample in made.items()})
    cell = Cell(route, method, whose, role)
    sent = sent_to(world, cell, asker)
    with undone():
        known = Operation.objects.count()
        first = told(ask(cell, asker, path, sent))
        if Operation.objects.count() == known:
            return None
        written = rows_written()
        rewind(sent)
        second = told(ask(cell, asker, path, sent))
        return first, second, written == rows_written()


def rewind(sent: dict[str, Any]) -> None:
    """Files are read from their beginning again."""
    for value in sent.values():
        if hasattr(value, "seek"):
            value.seek(0)


def test_what_was_saved_once_is_answered_again(world):
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    prepare(world)
    repeated, faults = set(), []
    for route in routes():
        for method in [method for method in route.methods if method != "GET"]:
            outcomes = (twice(world, route, method, role) for role in ROLES_THAT_ACT)
            first, second, nothing = next(filter(None, outcomes), (None, None, True))
            if first:
                repeated.add(route.name)
            if first != second or not nothing:
                faults.append(f"{method} {route.name}: {first} → {second}{'' if nothing else ', wrote again'}")
    assert not faults, "\n".join(faults)
    assert len(repeated) > 60, sorted(repeated)
