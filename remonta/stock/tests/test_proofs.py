"""Verify finds nothing in a sound book of things, and names whatever breaks it."""

import pytest
from django.db import DatabaseError, connection, transaction

from remonta.kernel.ids import uuid7
from remonta.spine.books import guard_books, release_books
from remonta.stock import proofs
from remonta.stock.commands import (
    issue_reserved,
    move_unit,
    quarantine_old_part,
    receive_unit,
    reserve_part,
    scrap_part,
)
from remonta.stock.models import Balance, Move, Reservation, Whereabouts

PROOFS = (
    proofs.moves_follow_each_other,
    proofs.whereabouts_are_last_targets,
    proofs.balances_are_sums,
    proofs.reserved_is_promised,
    proofs.nothing_below_zero,
    proofs.places_sum_to_zero,
)


def flaws():
    return [f"{flaw.subject}: {flaw.sentence}" for proof in PROOFS for flaw in proof() if not isinstance(flaw, int)]


@pytest.fixture
def lived(stocked, monkeypatch):
    """A book with a bit of everything in it, read in tiny pieces."""
    monkeypatch.setattr(proofs, "PIECE", 1)
    receive_unit(stocked.egon, stocked.unit.pk, stocked.shelf.pk)
    move_unit(stocked.egon, stocked.unit.pk, stocked.bench.pk, reason="moved")
    issue_reserved(stocked.stella, reserve_part(stocked.egon, stocked.display.pk, stocked.krakow.pk, 1000, 7))
    reserve_part(stocked.egon, stocked.display.pk, stocked.krakow.pk, 2000, 8)
    quarantine_old_part(stocked.stella, stocked.display.pk, 1000, thread_id=7, centre_id=stocked.krakow.pk)
    scrap_part(stocked.stella, stocked.display.pk, quantity=500, source_uid=stocked.bin.uid, operation=uuid7())
    return stocked


def test_a_sound_book_has_no_flaw(lived):
    assert flaws() == []


def test_a_unit_that_jumps_is_named(lived):
    release_books()
    last = Move.objects.filter(unit=lived.unit).latest("pk")
    Move.objects.filter(pk=last.pk).update(source=lived.bin)
    guard_books()
    assert flaws() == [
        f"unit {lived.unit.pk}: move {last.pk} starts at place {lived.bin.pk}, but the unit was at {lived.shelf.pk}"
    ]


def test_a_unit_that_comes_from_nowhere_is_named(lived):
    release_books()
    first = Move.objects.filter(unit=lived.unit).earliest("pk")
    Move.objects.filter(pk=first.pk).update(source=lived.bin)
    guard_books()
    assert len(flaws()) == 1


def test_a_unit_that_is_elsewhere_or_nowhere_is_named(lived):
    Whereabouts.objects.update(place=lived.bin)
    assert flaws() == [
        f"unit {lived.unit.pk}: it is kept at place {lived.bin.pk}, but its last move ended at {lived.bench.pk}"
    ]
    Whereabouts.objects.all().delete()
    assert "kept at place –" in flaws()[0]


def test_a_balance_that_is_not_the_sum_is_named(lived):
    balance = Balance.objects.get(place=lived.bin, part=lived.display)
    Balance.objects.filter(pk=balance.pk).update(on_hand=9000)
    where = f"part {lived.display.pk} at place {lived.bin.pk}"
    assert flaws() == [
        f"{where}: the balance says 9000, the moves add up to 3500",
        f"part {lived.display.pk}: over all places 5500 appeared or vanished",
    ]


def test_what_is_set_aside_for_nobody_is_named(lived):
    Reservation.objects.filter(state="open").update(state="released")
    assert "2000 are set aside, but the open reservations add up to 0" in flaws()[0]


def test_a_balance_that_takes_itself_for_outside_is_named(lived):
    Balance.objects.filter(place=lived.bin).update(outside=True)
    assert [flaw.partition(":")[0] for flaw in flaws()] == [f"part {lived.display.pk} at place {lived.bin.pk}"]


def test_the_database_itself_refuses_less_than_nothing_and_changes_to_the_book(lived):
    for change in (
        "UPDATE stock_balance SET on_hand = -1 WHERE NOT outside",
        "UPDATE stock_balance SET reserved = on_hand + 1 WHERE NOT outside",
        "UPDATE stock_move SET quantity = 1",
        "DELETE FROM stock_move",
    ):
        with (
            pytest.raises(DatabaseError, match=r"constraint|book"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
