"""Parts move by quantity; what is set aside is not free; nothing goes below zero."""

import pytest

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event
from remonta.stock.commands import (
    NotEnough,
    NotForParts,
    NotReserved,
    hand_parts_over,
    issue_reserved,
    move_part,
    network_place,
    place_part,
    quarantine_old_part,
    quarantine_part,
    quarantine_place,
    release_reservation,
    repair_place,
    reserve_part,
    reserve_parts,
    return_part,
    scrap_part,
)
from remonta.stock.models import Balance, Place
from remonta.stock.queries import free_in_centre, moves_of_part, part_availability, parts_in_repair


def held(place, part):
    return Balance.objects.filter(place=place, part=part).values_list("on_hand", "reserved").first() or (0, 0)


def test_set_aside_issued_and_handed_over(stocked):
    display = stocked.display
    reservation = reserve_part(stocked.egon, display.pk, stocked.krakow.pk, 2000, 7)
    assert held(stocked.bin, display) == (5000, 2000)
    issue_reserved(stocked.stella, reservation)
    assert held(stocked.bin, display) == (3000, 0)
    assert [(part.number, part.on_hand) for part in parts_in_repair(7)] == [("DSP-5", 2000)]
    return_part(stocked.stella, display.pk, 1000, thread_id=7, centre_id=stocked.krakow.pk, target=stocked.other_bin)
    assert held(stocked.other_bin, display) == (1000, 0)
    hand_parts_over(stocked.stella, 7)
    assert held(network_place("customer"), display) == (1000, 0)
    assert parts_in_repair(7) == ()
    assert hand_parts_over(stocked.stella, 7) == hand_parts_over(stocked.stella, 8) == []
    assert not Balance.objects.filter(place__kind="repair").exists()
    reasons = [line.reason for line in moves_of_part(stocked.stella, display.pk)]
    assert reasons == ["handed_over", "returned", "issued", "received"]
    assert Event.objects.filter(name="stock.part_moved").count() == 4


def test_a_reservation_is_released_once_and_issued_once(stocked):
    reservation = reserve_part(stocked.egon, stocked.display.pk, stocked.krakow.pk, 1000, 7)
    release_reservation(stocked.egon, reservation.pk)
    release_reservation(stocked.egon, reservation.pk)
    assert held(stocked.bin, stocked.display) == (5000, 0)
    with pytest.raises(NotReserved):
        issue_reserved(stocked.stella, reservation)


def test_what_is_set_aside_cannot_be_taken_by_others(stocked, refused):
    reserve_part(stocked.egon, stocked.display.pk, stocked.krakow.pk, 4000, 7)
    target = repair_place(8, stocked.krakow.pk)
    with refused(NotEnough, match="Only 1 of DSP-5"):
        move_part(stocked.stella, stocked.display.pk, 2000, stocked.bin, target, reason="issued")
    assert reserve_part(stocked.egon, stocked.display.pk, stocked.krakow.pk, 2000, 8) is None


def test_a_part_that_is_not_here_is_not_set_aside(stocked):
    assert reserve_part(stocked.egon, stocked.battery.pk, stocked.krakow.pk, 1000, 7) is None
    assert reserve_part(stocked.gosia, stocked.display.pk, stocked.gdansk.pk, 1000, 7) is None
    assert held(stocked.bin, stocked.display) == (5000, 0)


def test_set_aside_bin_by_bin_when_no_bin_has_enough(stocked):
    stella, display = stocked.stella, stocked.display
    move_part(stella, display.pk, 2000, stocked.bin, stocked.other_bin, reason="moved")
    made = reserve_parts(stella, display.pk, stocked.krakow.pk, 6000, 7)
    assert sorted((one.place.code, one.quantity) for one in made) == [("A-01", 3000), ("A-02", 2000)]
    assert reserve_parts(stella, display.pk, stocked.krakow.pk, 1000, 8) == ()


def test_the_fitting_bin_is_the_emptiest_that_has_enough(stocked):
    move_part(stocked.stella, stocked.display.pk, 2000, stocked.bin, stocked.other_bin, reason="moved")
    assert reserve_part(stocked.stella, stocked.display.pk, stocked.krakow.pk, 1000, 7).place == stocked.other_bin
    assert reserve_part(stocked.stella, stocked.display.pk, stocked.krakow.pk, 3000, 7).place == stocked.bin


def test_an_old_part_and_a_faulty_one_wait_in_quarantine(stocked):
    krakow, display = stocked.krakow, stocked.display
    quarantine_old_part(stocked.stella, display.pk, 1000, thread_id=7, centre_id=krakow.pk)
    quarantine_part(stocked.stella, display.pk, quantity=1000, source_uid=stocked.bin.uid, operation=uuid7())
    waiting = quarantine_place(krakow.pk)
    assert held(waiting, display) == (2000, 0)
    assert held(network_place("customer"), display) == (-1000, 0)
    assert free_in_centre([display.pk], krakow.pk) == {display.pk: 4000}
    scrap_part(stocked.stella, display.pk, quantity=2000, source_uid=waiting.uid, operation=uuid7())
    assert held(waiting, display) == (0, 0)


def test_engineers_scrap_nothing_and_other_centres_take_nothing(stocked, refused):
    display, bin_ = stocked.display, stocked.bin
    with refused(NotPermitted):
        scrap_part(stocked.egon, display.pk, quantity=1000, source_uid=bin_.uid, operation=uuid7())
    place = {"source_uid": bin_.uid, "target_uid": stocked.far_bin.uid}
    with refused(Place.DoesNotExist):
        place_part(stocked.stella, display.pk, quantity=1000, **place, operation=uuid7())


def test_parts_are_kept_in_bins_shelves_and_vans(stocked, refused):
    place = {"source_uid": stocked.bin.uid, "target_uid": stocked.bench.uid}
    with refused(NotForParts):
        place_part(stocked.stella, stocked.display.pk, quantity=1000, **place, operation=uuid7())


def test_own_people_see_what_the_network_has_and_partners_what_they_have(stocked, django_assert_num_queries):
    move_part(stocked.gosia, stocked.display.pk, 1000, network_place("supplier"), stocked.far_bin, reason="received")
    with django_assert_num_queries(1):
        found = part_availability(stocked.egon, [stocked.display.pk, stocked.battery.pk])
    assert [(one.centre_name, one.free) for one in found[stocked.display.pk]] == [("Gdańsk", 1000), ("Kraków", 5000)]
    assert part_availability(stocked.piotr, [stocked.display.pk]) == {}
