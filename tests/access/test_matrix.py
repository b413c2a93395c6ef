"""Every door, everybody, everything: what is answered is what was reviewed."""

import logging
import os
from collections import Counter

import pytest

from remonta.identity.queries import all_permissions
from remonta.web.access import ACCESS, PUBLIC, SIGNED_IN
from tests.access import golden
from tests.access.matrix import DENIALS, addresses, bare_arguments, routes, walk
from tests.access.subjects import ARGUMENTS, KINDS
from tests.access.world import ROLES
from tools.sizes import ACCESS_ROLES, report

CHIEF = ["administrator", "engineer", "partner_staff"]


def test_every_route_has_rows_in_the_access_table_and_every_row_a_route():
    assert {route for route, _method in ACCESS} == {route.name for route in routes()}


def test_no_two_addresses_share_a_name():
    named = Counter(name for name, _path in {*addresses()})
    assert [name for name, times in named.items() if times > 1] == []


def test_every_right_asked_for_is_declared_by_a_room():
    asked = {name for asks in ACCESS.values() for name in ((asks,) if isinstance(asks, str) else asks)}
    assert asked - {PUBLIC, SIGNED_IN} <= {held.name for held in all_permissions()}


def test_every_argument_of_every_route_has_sample_objects():
    bare = bare_arguments()
    assert not bare, "\n".join(map(str, bare))
    assert {name for _route, _argument, name in ARGUMENTS} == KINDS.keys()


def said(cell):
    return f"{cell.method} {cell.route.name}, {cell.whose}, {cell.asker}"


@pytest.mark.access
def test_the_matrix_is_what_was_reviewed(world):
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    roles = [*dict.fromkeys([*CHIEF, *ROLES])][:ACCESS_ROLES] if ACCESS_ROLES else ROLES
    outcomes = list(walk(world, roles))
    faults = [f"{said(one.cell)}: {one.answer}, {' and '.join(one.faults)}" for one in outcomes if one.faults]
    if os.environ.get("REMONTA_WRITE_GOLDEN"):
        golden.write(outcomes)
    expected = golden.reviewed()
    differing, leaks = [], len(faults)
    for outcome in outcomes:
        cell = outcome.cell
        was = expected.get((cell.route.name, cell.method, cell.whose, cell.asker), "not reviewed")
        if was != outcome.answer:
            differing.append(f"{said(cell)}: {was} → {outcome.answer}")
            leaks += was in DENIALS and outcome.answer not in DENIALS
    line = f"cells {len(outcomes)}, routes {len({outcome.cell.route for outcome in outcomes})}, leaks {leaks}"
    report("access", line)
    print(line)
    if "REMONTA_ACCESS_ROUTES" not in os.environ:
        assert len(world.canaries) >= 40
    assert not faults, "\n".join(faults[:200])
    assert not differing, "\n".join(differing[:200])
