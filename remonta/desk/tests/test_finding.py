"""Parts, places and people are found by whoever may see them, from the moment they are there."""

import pytest

from remonta.catalogue.commands import add_part, archive_part, change_part
from remonta.identity.commands import change_person, create_account, disable_person, give_role, take_role
from remonta.spine.commands import forget_entry, reindex
from remonta.spine.queries import find
from remonta.stock.commands import add_bins, add_place, archive_place, rename_place

pytestmark = pytest.mark.django_db


def titles(actor, text, *kinds):
    return [hit.title for hit in find(actor, text, kinds=kinds or None)]


@pytest.fixture
def battery(cast):
    return add_part(cast.ada, number="BAT-77/9", name="Battery Vela One", gtin="05901234123457")


@pytest.mark.parametrize("typed", ["BAT-77/9", "bat779", "battery", "5901234123457", "vela batt"])
def test_a_part_is_found_by_number_name_and_barcode_in_every_centre(cast, battery, typed):
    for actor in (cast.stan, cast.gosia, cast.petra):
        assert titles(actor, typed, "part") == ["BAT-77/9 Battery Vela One"]


def test_a_part_that_changes_is_found_by_what_it_is_called_now(cast, battery):
    change_part(cast.ada, battery.uid, number="ACC-1", name="Accumulator")

    assert titles(cast.stan, "battery", "part") == []
    assert titles(cast.stan, "ACC-1", "part") == ["ACC-1 Accumulator"]


def test_archived_parts_come_after_the_others(cast, battery):
    archive_part(cast.ada, battery.uid)
    add_part(cast.ada, number="OLD-1", name="Battery of old")

    assert titles(cast.stan, "battery", "part") == ["OLD-1 Battery of old", "BAT-77/9 Battery Vela One"]


def test_a_place_is_found_by_address_and_name_in_its_own_centre_only(cast, operation):
    cold = add_place(cast.stan, cast.krakow.uid, kind="shelf", code="Z-77", name="Cold room", operation=operation())

    assert titles(cast.stan, "z-77", "place") == titles(cast.rita, "cold room", "place") == ["Z-77 Cold room"]
    assert titles(cast.rita, cold.label, "place") == ["Z-77 Cold room"]
    assert titles(cast.gosia, "cold room") == titles(cast.petra, "z-77") == []


def test_a_renamed_place_and_a_row_of_bins_are_found(cast, operation):
    first = add_bins(cast.stan, cast.krakow.uid, first="R-01-01", last="R-01-03", operation=operation())
    rename_place(cast.stan, first.uid, name="Screws", operation=operation())
    archive_place(cast.stan, first.uid, operation=operation())

    assert titles(cast.stan, "r-01", "place") == ["R-01-03", "R-01-02", "R-01-01 Screws"]
    assert titles(cast.stan, "screws", "place") == ["R-01-01 Screws"]


def test_a_person_is_found_by_those_who_manage_them(cast):
    zenon = create_account(
        cast.ada, email="zenon@remonta.example", name="Zenon Żak", role="engineer", centre_uid=cast.krakow.uid
    )

    assert titles(cast.ada, "zenon") == titles(cast.hana, "zak zenon") == ["Zenon Żak"]
    assert titles(cast.hana, "zenon@remonta", "person") == ["Zenon Żak"]
    for stranger in (cast.rita, cast.gosia, cast.petra):
        assert titles(stranger, "zenon") == []
    change_person(cast.hana, zenon.uid, name="Zenobiusz Żak")
    disable_person(cast.hana, zenon.uid)
    assert titles(cast.hana, "zenobiusz", "person") == ["Zenobiusz Żak"]


def test_who_leaves_a_centre_is_no_longer_found_there(cast):
    both = {"role": "engineer", "centre_uid": cast.krakow.uid}
    zenon = create_account(cast.ada, email="zenon@remonta.example", name="Zenon Żak", **both)
    give_role(cast.ada, zenon.uid, role="engineer", centre_uid=cast.gdansk.uid)

    take_role(cast.ada, zenon.uid, **both)

    assert titles(cast.hana, "zenon", "person") == []
    assert titles(cast.ada, "zenon", "person") == ["Zenon Żak"]


def test_what_stood_there_before_it_could_be_found_is_found_after_reindexing(cast):
    """The cast's own part, and its people, came into the tables without a command."""
    assert titles(cast.stan, "DSP-1", "part") == titles(cast.ada, "quinn", "person") == []

    written = reindex(missing_only=True)

    assert titles(cast.stan, "DSP-1", "part") == ["DSP-1 Display"]
    assert titles(cast.hana, "quinn", "person") == titles(cast.ada, "quinn", "person") == ["Quinn"]
    assert "place" not in written, "places are found already"
    assert reindex(missing_only=True) == {}


def test_reindexing_brings_back_what_was_forgotten_and_doubles_nothing(cast, battery):
    forget_entry("part", battery.pk)

    reindex()
    reindex()

    assert titles(cast.stan, "battery", "part") == ["BAT-77/9 Battery Vela One"]


def test_the_palette_leads_to_parts_places_and_people_but_not_to_closed_pages(cast, sign_in, battery):
    reindex()

    assert f"/warehouse/parts/{battery.uid}/" in sign_in("stan").get("/palette/?q=battery").text
    assert "/warehouse/parts/" not in sign_in("quinn").get("/palette/?q=battery").text
    assert "Kraków" in sign_in("rita").get("/palette/?q=D-1").text
    assert "/people/" in sign_in("hana").get("/palette/?q=quinn").text
    assert "Quinn" not in sign_in("rita").get("/palette/?q=quinn").text
