"""Donor units: a unit is taken apart, its parts lie in bins, and its cost is theirs to the last cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from remonta.catalogue.models import Price
from remonta.customers.models import Customer
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.spine.queries import verify
from remonta.stock.commands import (
    CostBelowZero,
    CostTooLarge,
    NobodysUnitOnly,
    NotForParts,
    NotHereYet,
    NothingSalvaged,
    Salvaged,
    SerialsMissing,
    SharesMissing,
    Which,
    move_part,
    network_place,
    receive_unit,
    take_apart,
)
from remonta.stock.models import Balance, Dismantling, PartCost, Piece, Whereabouts
from remonta.stock.queries import taken_apart, thrown_away, written_off_for
from remonta.stock.tests.conftest import person


@pytest.fixture
def donor(cast):
    """A unit without an owner on the shelf; Hanna heads the centre and sees costs."""
    cast.hanna = person("hanna", "head", cast.krakow)
    receive_unit(cast.stella, cast.unit.pk, cast.shelf.pk)
    cast.display_line = Salvaged(cast.display.uid, cast.bin.uid, share=Decimal(3))
    cast.battery_line = Salvaged(cast.battery.uid, cast.bin.uid, 2000, share=Decimal(1))
    return cast


def apart(cast, *lines, by=None, **said):
    return take_apart(by or cast.hanna, cast.unit.uid, lines=list(lines), **said, operation=uuid7())


def flaws():
    return [str(flaw) for flaw in verify() if flaw.book == "things"]


def average(cast, part):
    return PartCost.objects.get(part=part, centre=cast.krakow).average


def test_the_parts_bear_the_cost_by_the_shares_given(donor):
    made = apart(donor, donor.display_line, donor.battery_line, cost=10001, note="Broken frame")
    assert made.number == "KRK-D00001"
    assert Whereabouts.objects.get(unit=donor.unit).place == network_place("scrap")
    donor.unit.refresh_from_db()
    assert donor.unit.state == "deactivated"
    assert (average(donor, donor.display), average(donor, donor.battery)) == (Decimal("75.01"), Decimal("12.5"))
    page = taken_apart(donor.hanna, made.uid)
    assert sum(line.value.minor for line in page.lines) == page.cost.minor == 10001
    assert Balance.objects.get(part=donor.battery, place=network_place("donor")).on_hand == -2000
    assert flaws() == []


def test_without_shares_list_prices_are_the_weights(donor, refused):
    lines = [replace(line, share=None) for line in (donor.display_line, donor.battery_line)]
    with refused(SharesMissing):
        apart(donor, *lines, cost=10000)
    for part, amount in ((donor.display, 300), (donor.battery, 50)):
        entity = donor.krakow.legal_entity
        Price.objects.create(part=part, legal_entity=entity, amount=amount, since=date(2020, 1, 1), tax_code="standard")
    apart(donor, *lines, cost=10000)
    assert (average(donor, donor.display), average(donor, donor.battery)) == (Decimal(75), Decimal("12.5"))


def test_who_sees_no_costs_gives_none_and_reads_none(donor, refused):
    with refused(NotPermitted):
        apart(donor, donor.display_line, cost=5000, by=donor.stella)
    made = apart(donor, donor.display_line, cost=5000)
    page = taken_apart(donor.stella, made.uid)
    assert (page.cost, page.lines[0].value) == (None, None)


def test_without_a_cost_the_averages_stay(donor):
    apart(donor, donor.display_line, by=donor.stella)
    assert not PartCost.objects.exists()
    assert flaws() == []


def test_pieces_and_batches_of_a_donor_are_named(donor, refused):
    parts = type(donor.display).objects
    parts.filter(pk=donor.display.pk).update(tracking="serial")
    sold = {"reason": "moved", "which": Which(("SOLD-1",))}
    move_part(donor.stella, donor.display.pk, 1000, network_place("supplier"), donor.bin, **sold)
    move_part(donor.stella, donor.display.pk, 1000, donor.bin, network_place("customer"), **sold)
    with refused(SerialsMissing):
        apart(donor, donor.display_line)
    apart(donor, replace(donor.display_line, quantity=2000, which=Which(("SOLD-1", "NEW-2"))), cost=5000)
    assert set(Piece.objects.values_list("serial", "place__code")) == {("SOLD-1", "A-01"), ("NEW-2", "A-01")}
    assert average(donor, donor.display) == 25
    assert flaws() == []


def test_only_what_is_ours_and_here_is_taken_apart_and_by_whom_it_is_permitted(donor, refused):
    for who in (donor.egon, donor.marta, donor.piotr):
        with refused((NotPermitted, type(donor.unit).DoesNotExist)):
            apart(donor, donor.display_line, by=who)
    with refused(NothingSalvaged):
        apart(donor)
    with refused((NotForParts, Missing)):
        apart(donor, replace(donor.display_line, place_uid=donor.far_bin.uid))
    owner = Customer.objects.create(name="Ola", sort_name="ola", created_at=timezone.now())
    type(donor.unit).objects.filter(pk=donor.unit.pk).update(owner=owner)
    with refused(NobodysUnitOnly):
        apart(donor, donor.display_line)
    type(donor.unit).objects.filter(pk=donor.unit.pk).update(owner=None)
    apart(donor, donor.display_line)
    with refused(NotHereYet):
        apart(donor, donor.display_line)
    assert Dismantling.objects.count() == 1


def test_a_cost_below_zero_or_beyond_counting_is_refused(donor, refused):
    with refused(CostBelowZero):
        apart(donor, donor.display_line, cost=-5000)
    with refused(CostTooLarge):
        apart(donor, replace(donor.display_line, quantity=1), cost=10**14)
    assert not PartCost.objects.exists()


def test_a_unit_taken_apart_stands_among_what_was_written_off(donor):
    apart(donor, donor.display_line)
    [move] = written_off_for(donor.hanna)
    assert (move.unit, thrown_away(move).serial, thrown_away(move).cause) == (
        donor.unit,
        donor.unit.serial,
        "taken apart",
    )
    assert not written_off_for(person("wanda", "head", donor.gdansk)).exists()
