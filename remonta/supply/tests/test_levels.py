"""What is below its minimum is asked of a centre that has too much, else it is to be ordered; once."""

import csv
from functools import partial

import pytest

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.stock.commands import LevelWrong, import_levels, move_part, network_place, set_level
from remonta.stock.models import Level, Transfer, TransferLine
from remonta.stock.queries import with_what_is_there
from remonta.supply.commands import ask_part, fill_levels
from remonta.supply.models import PurchaseRequest
from remonta.supply.queries import below_minimum
from remonta.supply.tests.conftest import person


def level(cast, actor, centre, minimum, maximum, place=None):
    said = {"minimum": minimum, "maximum": maximum, "place_uid": place.uid if place else None}
    return set_level(actor, centre.uid, part_uid=cast.display.uid, **said)


@pytest.fixture
def low(cast):
    """Kraków has five displays and should have eight to twelve."""
    level(cast, cast.stella, cast.krakow, 8000, 12000)
    cast.hanna = person("hanna", "workshop_manager", cast.krakow)
    return cast


def test_what_is_missing_counts_what_is_set_aside_and_what_is_coming(low):
    ask_part(low.egon, low.order.uid, part_uid=low.display.uid, quantity=2000, operation=uuid7())
    found = below_minimum(low.stella)
    assert [(one.on_hand, one.reserved, one.coming, one.missing) for one in found] == [(5000, 2000, 0, 9000)]
    assert below_minimum(low.gosia) == ()
    fill_levels(low.hanna, low.krakow.pk)
    assert below_minimum(low.stella) == ()
    assert (PurchaseRequest.objects.get().quantity, PurchaseRequest.objects.get().reason) == (9000, "below the minimum")


def test_asked_twice_it_does_nothing(low):
    assert fill_levels(low.hanna, low.krakow.pk).requests == 1
    assert fill_levels(low.hanna, low.krakow.pk).requests == 0


def test_what_another_centre_has_above_its_maximum_is_asked_of_it_first(low):
    move_part(low.gosia, low.display.pk, 9000, network_place("supplier"), low.far_bin, reason="received")
    level(low, low.gosia, low.gdansk, 1000, 4000)
    done = fill_levels(low.hanna, low.krakow.pk)
    assert (done.transfers, done.requests) == (1, 1)
    assert Transfer.objects.get().giver == low.gdansk
    assert TransferLine.objects.get().asked == 5000
    assert PurchaseRequest.objects.get().quantity == 2000
    assert below_minimum(low.stella) == ()


def test_a_place_has_levels_of_its_own(low):
    level(low, low.stella, low.krakow, 2000, 3000, low.other_bin)
    there = {one.place_code: one for one in below_minimum(low.stella)}
    assert (there["A-02"].on_hand, there["A-02"].missing, there[""].on_hand) == (0, 3000, 5000)
    assert fill_levels(low.hanna, low.krakow.pk).requests == 1
    on_hand = dict(with_what_is_there(Level.objects.all()).values_list("place__code", "on_hand"))
    assert on_hand == {None: 5000, "A-02": 0}


def test_levels_end_with_zero_and_refuse_nonsense(low, refused):
    with refused(LevelWrong):
        level(low, low.stella, low.krakow, 5000, 2000)
    with refused(NotPermitted):
        level(low, low.egon, low.krakow, 1000, 2000)
    with refused(NotPermitted):
        fill_levels(low.rita, low.krakow.pk)
    assert level(low, low.stella, low.krakow, 0, 0) is None
    assert not Level.objects.exists()


def test_every_row_of_a_table_is_kept_or_named(cast):
    table = "part;min;max;place\nDSP-5;2;4;A-02\nBAT-5;1,5\nNOPE;1;2\nDSP-5;x;2\nDSP-5;1;2;Z-9\n\n"
    read = import_levels(cast.stella, cast.krakow.uid, content=table.encode())
    assert (read.read, read.kept) == (5, 2)
    assert [number for number, _why in read.left_out] == [4, 5, 6]
    kept = set(Level.objects.values_list("part__number", "minimum", "maximum", "place__code"))
    assert kept == {("DSP-5", 2000, 4000, "A-02"), ("BAT-5", 1500, 1500, None)}


def test_a_file_with_an_endless_cell_is_refused(cast, refused, request):
    request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(1000)))
    with refused(LevelWrong):
        import_levels(cast.stella, cast.krakow.uid, content=b'DSP-5;"' + b"x" * 2000)
