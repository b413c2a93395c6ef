"""Words planted in everything that people write: read by who has the right, and by nobody else."""

import logging
from collections.abc import Iterator

import pytest

from remonta.spine.models import Message
from tests.access.matrix import METHODS, Cell, Outcome, Route, askers, knock, labels_of, prepare, routes
from tests.access.rooms.past import stand_in
from tests.access.subjects import kind_of
from tests.access.world import ROLES, World
from tools.sizes import ACCESS_ROLES, report

FEWEST = 40
TURNS = 3
READERS = ["administrator", "receptionist"]
CHIEF = ["administrator", "engineer", "partner_staff"]
pytestmark = pytest.mark.access


@pytest.fixture
def prepared(world: World) -> World:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    prepare(world)
    return world


def visits(world: World, chosen: list[Route], methods: tuple[str, ...], roles: list[str]) -> Iterator[Outcome]:
    for route in chosen:
        for method in (method for method in methods if method in route.methods):
            for whose in labels_of(route):
                for asker in askers(world, route, method, roles):
                    yield knock(world, Cell(route, method, whose, asker.name), asker)


def about(kinds: set[str]) -> list[Route]:
    """The routes whose address names a thing of one of these kinds."""
    return [route for route in routes() if kinds & {kind_of(route.name, argument) for argument in route.arguments}]


@pytest.mark.skipif(bool(ACCESS_ROLES), reason="the words are the same on both databases; read once, in the full size")
def test_whoever_has_the_right_reads_each_word_somewhere(prepared):
    names = {one.name for one in prepared.canaries if one.permissions or one.owner}
    read = {name for visit in visits(prepared, [*routes()], METHODS, READERS) for name in visit.read}
    for turn in range(TURNS):
        later = about(stand_in(prepared, turn))
        read |= {name for visit in visits(prepared, later, ("GET", "POST"), READERS[:1]) for name in visit.read}
    report("canaries", f"canaries {len(prepared.canaries)}, in {len(names)} things that people write")
    print(sorted(names - read))
    assert len(names) >= FEWEST
    assert names - read == set()


def test_what_nobody_may_read_was_written_all_the_same(prepared):
    closed = [one.word for one in prepared.canaries if not one.permissions and not one.owner]
    bodies = " ".join(Message.objects.values_list("body", flat=True))
    assert closed
    assert [word for word in closed if word not in bodies] == []


@pytest.mark.parametrize("turn", range(TURNS))
def test_a_repair_that_is_over_is_shown_to_nobody_without_the_right(prepared, turn):
    roles = [*dict.fromkeys([*CHIEF, *ROLES])][: ACCESS_ROLES or None]
    faults = [
        f"{visit.cell.method} {visit.cell.route.name}, {visit.cell.whose}, {visit.cell.asker}: {visit.faults}"
        for visit in visits(prepared, about(stand_in(prepared, turn)), ("GET",), roles)
        if visit.faults
    ]
    assert not faults, "\n".join(faults[:200])
