"""Places: made one by one or by the hundred, renamed, archived when empty."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.stock.addresses import NoRange, addresses, count
from remonta.stock.commands import (
    CodeTaken,
    NotEmpty,
    add_bins,
    add_place,
    archive_place,
    network_place,
    receive_unit,
    rename_place,
    repair_place,
)
from remonta.stock.commands.refusals import RangeWrong, TooManyBins
from remonta.stock.models import Place
from remonta.stock.queries import places_for


@pytest.mark.parametrize(
    ("first", "last", "all_of_them"),
    [
        ("A-01", "A-03", ["A-01", "A-02", "A-03"]),
        ("a-1-9", "B-1-10", ["A-1-9", "A-1-10", "B-1-9", "B-1-10"]),
        ("R7", "R8", ["R7", "R8"]),
        ("C", "C", ["C"]),
    ],
)
def test_addresses_between_two(first, last, all_of_them):
    assert list(addresses(first, last)) == all_of_them
    assert count(first, last) == len(all_of_them)


@pytest.mark.parametrize(
    ("first", "last"), [("A-02", "A-01"), ("A-01", "A-01-02"), ("", "A"), ("A-1", "A-B"), ("R1", "S2")]
)
def test_no_addresses_between_two(first, last):
    with pytest.raises(NoRange):
        list(addresses(first, last))


def test_a_storekeeper_adds_a_shelf(cast, operation):
    place = add_place(cast.stella, cast.krakow.uid, kind="shelf", code="s-9 ", name="By the door", operation=operation)
    assert (place.code, str(place), place.centre) == ("S-9", "By the door", cast.krakow)
    assert (
        add_place(cast.stella, cast.krakow.uid, kind="shelf", code="s-9 ", name="By the door", operation=operation)
        == place
    )


def test_a_code_is_taken_once_a_centre(cast, operation):
    with pytest.raises(CodeTaken):
        add_place(cast.stella, cast.krakow.uid, kind="bin", code="A-01", operation=operation)
    assert add_place(cast.gosia, cast.gdansk.uid, kind="bin", code="A-02", operation=operation)


def test_engineers_add_no_places(cast, operation, refused):
    with refused(NotPermitted):
        add_place(cast.egon, cast.krakow.uid, kind="bin", code="X", operation=operation)


def test_other_centres_are_not_there(cast, operation, refused):
    with refused(ObjectDoesNotExist):
        add_place(cast.stella, cast.gdansk.uid, kind="bin", code="X", operation=operation)
    with refused(ObjectDoesNotExist):
        rename_place(cast.stella, cast.far_bin.uid, name="Mine", operation=operation)


def test_bins_by_the_hundred_leave_known_ones_alone(cast, operation):
    first = add_bins(cast.stella, cast.krakow.uid, first="A-01", last="B-10", operation=operation)
    assert first == cast.bin
    assert places_for(cast.stella).filter(code__regex="^[AB]-").count() == 20
    cast.shelf.refresh_from_db()
    assert cast.shelf.kind == "shelf"


def test_bins_of_no_range_or_too_many_are_refused(cast, operation, refused):
    with refused(RangeWrong):
        add_bins(cast.stella, cast.krakow.uid, first="B-10", last="A-01", operation=operation)
    with refused(TooManyBins, match="2600"):
        add_bins(cast.stella, cast.krakow.uid, first="A-001", last="Z-100", operation=operation)


def test_a_place_is_renamed_and_keeps_its_label(cast, operation):
    label = cast.shelf.label
    place = rename_place(cast.stella, cast.shelf.uid, name="Window", operation=operation)
    assert (place.name, place.code, place.label) == ("Window", "B-03", label)


def test_only_an_empty_place_is_archived(cast, operation, refused):
    receive_unit(cast.egon, cast.unit.pk, cast.shelf.pk)
    with refused(NotEmpty, match="B-03"):
        archive_place(cast.stella, cast.shelf.uid, operation=operation)
    assert archive_place(cast.stella, cast.bench.uid, operation=uuid7()).archived_at


def test_outside_places_and_repair_places_make_themselves_once(cast):
    assert network_place("customer") == network_place("customer")
    assert repair_place(7, cast.krakow.pk) == repair_place(7, cast.krakow.pk)
    assert Place.objects.filter(kind__in=["customer", "repair"]).count() == 2


def test_places_are_those_of_ones_centres(cast):
    network_place("customer")
    assert set(places_for(cast.piotr)) == {cast.partner_shelf}
    assert set(places_for(cast.gosia)) == {cast.far_bin}
    assert not places_for(cast.marta).exists()
