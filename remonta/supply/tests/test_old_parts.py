"""What comes out of a customer's unit waits in quarantine, and goes to the maker or to scrap with a cause."""

import pytest

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event
from remonta.stock.commands import network_place
from remonta.stock.models import Balance, Move
from remonta.supply.commands import CauseUnknown, settle_old_part, take_out_old_part
from remonta.supply.models import OldPart
from remonta.supply.queries import old_parts_of_order
from remonta.supply.workflow import OldPartClash


@pytest.fixture
def old(cast):
    """A display came out of the customer's unit."""
    take_out_old_part(cast.egon, cast.order.uid, part_uid=cast.display.uid, operation=uuid7())
    return OldPart.objects.get()


def settle(cast, old, way, cause, by="stella"):
    return settle_old_part(getattr(cast, by), old.uid, way=way, cause=cause, operation=uuid7())


def on_hand(kind, part):
    return Balance.objects.filter(place__kind=kind, part=part).values_list("on_hand", flat=True).first() or 0


def test_it_waits_in_quarantine_and_the_order_knows_it(cast, old):
    [line] = old_parts_of_order(cast.stella, cast.order.pk)
    assert (line.number, line.waits, line.quantity, line.place) == ("DSP-5", True, 1000, "QUARANTINE")
    assert on_hand("quarantine", cast.display) == 1000


def test_to_the_maker_with_a_cause(cast, old):
    done = settle(cast, old, "send", "warranty")
    assert (done.state, done.cause) == ("sent", "warranty")
    assert on_hand("quarantine", cast.display) == 0
    move = Move.objects.get(pk=done.settled_id)
    assert (move.reason, move.target, move.thread_id) == ("sent_to_maker", network_place("supplier"), cast.order.pk)
    assert old_parts_of_order(cast.stella, cast.order.pk)[0].cause_label == "warranty claim"


def test_to_scrap_the_cause_stands_in_the_book(cast, old):
    done = settle(cast, old, "scrap", "scrap_worn")
    assert Move.objects.get(pk=done.settled_id).reason == "scrap_worn"
    assert on_hand("scrap", cast.display) == 1000
    names = Event.objects.filter(subject="supply.oldpart").order_by("seq").values_list("name", "to_state")
    assert list(names) == [("supply.old_part_taken_out", "waiting"), ("supply.old_part_scrapped", "scrapped")]


def test_it_goes_once_and_for_a_cause_of_that_way(cast, old):
    with pytest.raises(CauseUnknown):
        settle(cast, old, "send", "scrap_worn")
    settle(cast, old, "scrap", "scrapped")
    with pytest.raises(OldPartClash):
        settle(cast, old, "send", "warranty")


def test_only_who_keeps_parts_lets_it_go(cast, old, refused):
    with refused(NotPermitted):
        settle(cast, old, "scrap", "scrapped", by="egon")
    old.refresh_from_db()
    assert old.state == "waiting"
