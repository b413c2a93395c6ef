"""Whatever is sent to a door, it answers; it never breaks."""

import logging
import re
from pathlib import Path

import pytest
from django.urls import reverse

from tests.access.matrix import Cell, ask, bare_arguments, labels_of, routes, samples_of, undone
from tests.access.reading import text_of
from tests.access.subjects import AS_JSON

PACKAGE = Path(__file__).resolve().parents[2] / "remonta"
READ = re.compile(
    r'\.(?:POST|GET)(?:\.get|\.getlist)?[(\[]"(\w+)"|(?:posted_uid|uid_in|uids_in)\([^,]+, "(\w+)"|asked\.get\("(\w+)"'
)
NONSENSE = ("☃", "", "-1", "0" * 400, "00000000-0000-0000-0000-000000000000", "x:y")


def names_read():
    """Every name of a value that some view reads from an address or a form."""
    found = (READ.findall(path.read_text()) for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)
    return sorted({name for names in found for name in sum(names, ()) if name})


def test_names_are_found():
    assert {"operation", "export", "after", "q"} <= {*names_read(), "q"}
    assert len(names_read()) > 20


@pytest.mark.access
def test_nonsense_breaks_nothing(world):
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    names, broken = names_read(), []
    asker, left_out = world.people["administrator"], {name for name, _argument in bare_arguments()}
    for route in (route for route in routes() if route.name not in left_out):
        for method in route.methods:
            whose = labels_of(route)[0]
            made = samples_of(world, route, whose, asker)
            for word in NONSENSE:
                with undone():
                    sent = {name: word for name in names} | ({"operation": str(world.operation())} if word else {})
                    answer = ask(Cell(route, method, whose, asker.name), asker, path_of(route, made), sent)
                    text_of(answer)
                    if answer.status_code >= 500:
                        broken.append(f"{method} {route.name} with {word[:40]!r}: {answer.status_code}")
    assert not broken, "\n".join(broken)


def path_of(route, made):
    return reverse(route.name, kwargs={name: sample.value for name, sample in made.items()})


def test_json_doors_are_routes():
    assert {route.name for route in routes()} >= AS_JSON
