"""Verify finds nothing in sound supply, and names a promise without a part or a wait without a hold."""

import pytest

from remonta.kernel.ids import uuid7
from remonta.orders.models import Hold
from remonta.stock.models import Reservation
from remonta.supply import proofs
from remonta.supply.commands import ask_part, give_parts_away, issue_part, issue_scanned, return_unused_part
from remonta.supply.models import Requisition


def flaws():
    every = (proofs.set_aside_is_reserved, proofs.wanted_holds_its_order, proofs.issued_is_in_the_repair)
    return [f"{flaw.subject}: {flaw.sentence}" for proof in every for flaw in proof() if not isinstance(flaw, int)]


@pytest.fixture
def lived(cast):
    """Something issued, something partly returned, something handed over, something set aside, something wanted."""

    def ask(part, quantity, order=cast.order):
        return ask_part(cast.egon, order.uid, part_uid=part.uid, quantity=quantity, operation=uuid7())

    issued = issue_part(cast.stella, ask(cast.display, 2000).uid, operation=uuid7())
    return_unused_part(cast.stella, issued.uid, place_uid=cast.bin.uid, quantity=1000, operation=uuid7())
    issue_scanned(cast.stella, cast.second.uid, part_uid=cast.display.uid, operation=uuid7())
    give_parts_away(cast.stella, cast.second.pk)
    cast.issued, cast.reserved, cast.wanted = issued, ask(cast.display, 1000), ask(cast.battery, 1000)
    return cast


def test_sound_supply_has_no_flaw(lived):
    assert flaws() == []


def test_a_promise_without_a_part_is_named(lived):
    Reservation.objects.filter(pk=lived.reserved.reservation_id).update(state="released")
    assert [flaw.partition(":")[0] for flaw in flaws()] == [f"requisition {lived.reserved.pk}"]


def test_a_wait_without_a_hold_is_named(lived):
    Hold.objects.all().delete()
    assert [flaw.partition(":")[0] for flaw in flaws()] == [f"requisition {lived.wanted.pk}"]


def test_a_part_said_to_be_issued_is_named(lived):
    Requisition.objects.filter(pk=lived.issued.pk).update(quantity=7000)
    assert flaws() == [
        f"part {lived.display.pk} of order {lived.order.pk}: 7000 are said to be issued, 1000 have moved"
    ]
