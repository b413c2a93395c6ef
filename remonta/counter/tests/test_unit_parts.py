"""What is issued to a repair stands in the parts list of its unit; what comes back unused does not."""

from datetime import date

import pytest

from remonta.catalogue.commands import add_list_line, begin_list, publish_list
from remonta.equipment.commands import list_unit_parts
from remonta.equipment.models import UnitPart
from remonta.equipment.queries import unit_parts
from remonta.stock.models import Place
from remonta.supply.commands import (
    Delivered,
    ask_part,
    issue_part,
    receive_goods,
    return_unused_part,
    take_back_issue,
)
from tests.cast import intake, operation


@pytest.fixture
def order(cast):
    """A phone with a parts list of its own is in, and its display is set aside for it."""
    begun = begin_list(cast.hana, product_uid=cast.phone.uid)
    add_list_line(cast.hana, begun.uid, part_uid=cast.display.uid, reference="D1")
    publish_list(cast.hana, begun.uid, valid_from=date(2026, 3, 1))
    found = intake(cast)
    list_unit_parts(cast.emil, found.unit.uid)
    where = Place.objects.get(centre=cast.krakow, code="A-01-01")
    receive_goods(
        cast.stan,
        cast.krakow.uid,
        supplier="Vela Parts",
        lines=[Delivered(cast.display.uid, where.uid, 5000, None)],
        operation=operation(cast),
    )
    return found


def fitted(cast, order):
    found = unit_parts(cast.emil, order.unit_id)
    return [(one.number, one.reference, one.fitted_order) for one in found.lines], len(found.gone)


def test_an_issued_part_takes_the_place_of_the_old_one(cast, order):
    wanted = ask_part(cast.emil, order.uid, part_uid=cast.display.uid, operation=operation(cast))
    assert fitted(cast, order) == ([("DSP-1", "D1", None)], 0)
    issue_part(cast.stan, wanted.uid, operation=operation(cast))
    assert fitted(cast, order) == ([("DSP-1", "D1", order.pk)], 1)
    where = Place.objects.get(centre=cast.krakow, code="A-01-01").uid
    return_unused_part(cast.stan, wanted.uid, place_uid=where, operation=operation(cast))
    assert fitted(cast, order) == ([("DSP-1", "D1", None)], 0)


def test_an_issue_by_mistake_leaves_the_list_as_it_was(cast, order):
    wanted = ask_part(cast.emil, order.uid, part_uid=cast.display.uid, operation=operation(cast))
    issue_part(cast.stan, wanted.uid, operation=operation(cast))
    take_back_issue(cast.stan, wanted.uid, operation=operation(cast))
    assert fitted(cast, order) == ([("DSP-1", "D1", None)], 0)


def test_a_unit_without_a_list_gets_none(cast, order):
    bare = intake(cast, serial="SN-2")
    wanted = ask_part(cast.emil, bare.uid, part_uid=cast.display.uid, operation=operation(cast))
    issue_part(cast.stan, wanted.uid, operation=operation(cast))
    assert unit_parts(cast.emil, bare.unit_id) is None
    assert not UnitPart.objects.filter(unit=bare.unit_id).exists()
