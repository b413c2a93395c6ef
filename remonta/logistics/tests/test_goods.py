"""Parts in batches: from a bin of one centre to a bin of the other, by the book, with what they cost."""

from decimal import Decimal

import pytest

from remonta.kernel.refusals import NotPermitted
from remonta.logistics import commands
from remonta.logistics.models import BatchLine, Difference
from remonta.logistics.queries import batch_page
from remonta.logistics.tests.test_batches import begin, sent
from remonta.spine.verify import verify
from remonta.stock.commands import NotEnough, Which
from remonta.stock.models import Balance, Move, PartCost, Piece, Place
from remonta.supply.commands import Delivered, receive_goods


def bin_of(centre, code="A-01-01"):
    return Place.objects.get(centre=centre, code=code)


@pytest.fixture
def stocked(road, operation):
    """Five displays in Kraków's bin, at 40.00 each."""
    line = Delivered(part_uid=road.display.uid, place_uid=bin_of(road.krakow).uid, quantity=5000, cost=Decimal(40))
    receive_goods(road.stan, road.krakow.uid, supplier="Depot", lines=[line], operation=operation())
    return road


def packed(road, operation, *, to, quantity=2000, **how):
    batch = begin(road, operation, to=to, purpose="move", **how)
    said = {"part_uid": road.display.uid, "place_uid": bin_of(road.krakow).uid, "quantity": quantity}
    commands.pack_parts(road.lena, batch.uid, **said, operation=operation())
    return batch


def had(part, place):
    return sum(Balance.objects.filter(part=part, place=place).values_list("on_hand", flat=True))


def test_parts_travel_by_the_book_and_take_their_cost_along(stocked, operation):
    road = stocked
    batch = sent(road, operation, packed(road, operation, to=road.gdansk))
    assert (had(road.display, bin_of(road.krakow)), had(road.display, batch.road)) == (3000, 2000)
    commands.arrive_batch(road.greg, batch.uid, operation=operation())
    [line] = batch_page(road.greg, batch.uid).lines
    assert (line.name, line.quantity) == ("DSP-1 Display", 2000)
    commands.receive_line(road.greg, batch.uid, line_uid=line.uid, operation=operation())
    commands.finish_receiving(road.greg, batch.uid, operation=operation())
    assert had(road.display, bin_of(road.gdansk)) == 2000
    assert PartCost.objects.get(part=road.display, centre=road.gdansk).average == 40
    reasons = Move.objects.filter(part=road.display).order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["received", "packed", "sent", "received"]
    assert [flaw for flaw in verify()] == []


def test_more_than_is_free_is_not_packed_and_nothing_is_written(stocked, operation, writes_nothing):
    batch = begin(stocked, operation, to=stocked.gdansk)
    said = {"part_uid": stocked.display.uid, "place_uid": bin_of(stocked.krakow).uid, "quantity": 6000}
    with writes_nothing(), pytest.raises(NotEnough):
        commands.pack_parts(stocked.lena, batch.uid, **said, operation=operation())
    with writes_nothing(), pytest.raises(NotPermitted):
        commands.pack_parts(stocked.emil, batch.uid, **said, operation=operation())


def test_parts_come_only_out_of_bins_of_the_centre_that_packs(stocked, operation, writes_nothing):
    batch = begin(stocked, operation, to=stocked.gdansk)
    for place in (Place.objects.get(centre=stocked.krakow, code="D-1"), bin_of(stocked.gdansk)):
        said = {"part_uid": stocked.display.uid, "place_uid": place.uid, "quantity": 1000}
        with writes_nothing(), pytest.raises(commands.NoBinHere):
            commands.pack_parts(stocked.lena, batch.uid, **said, operation=operation())


def test_what_is_taken_out_lies_in_its_bin_again(stocked, operation):
    batch = packed(stocked, operation, to=stocked.gdansk)
    line = BatchLine.objects.get(batch=batch)
    commands.take_out(stocked.lena, batch.uid, line_uid=line.uid, operation=operation())
    assert had(stocked.display, bin_of(stocked.krakow)) == 5000


def test_parts_go_to_a_maker_and_come_back(stocked, operation):
    batch = sent(stocked, operation, packed(stocked, operation, to=None, to_name="Vela"))
    commands.arrive_batch(stocked.lena, batch.uid, operation=operation())
    line = BatchLine.objects.get(batch=batch)
    commands.take_back(stocked.lena, batch.uid, line_uid=line.uid, note="Tested", operation=operation())
    assert had(stocked.display, bin_of(stocked.krakow)) == 5000
    assert [flaw for flaw in verify()] == []


def test_parts_in_a_batch_within_a_batch_are_carried_on(stocked, operation):
    inner = packed(stocked, operation, to=stocked.wroclaw)
    commands.seal_batch(stocked.lena, inner.uid, operation=operation())
    outer = begin(stocked, operation, to=stocked.gdansk)
    commands.pack_batch(stocked.lena, outer.uid, inner_uid=inner.uid, operation=operation())
    sent(stocked, operation, outer)
    commands.arrive_batch(stocked.greg, outer.uid, operation=operation())
    line = BatchLine.objects.get(batch=outer)
    commands.receive_line(stocked.greg, outer.uid, line_uid=line.uid, operation=operation())
    inner.refresh_from_db()
    assert (had(stocked.display, inner.box), inner.box.centre) == (2000, stocked.gdansk)
    assert [flaw for flaw in verify()] == []


def test_what_did_not_come_is_missing_and_stays_on_the_way(stocked, operation):
    batch = sent(stocked, operation, packed(stocked, operation, to=stocked.gdansk))
    commands.arrive_batch(stocked.greg, batch.uid, operation=operation())
    commands.finish_receiving(stocked.greg, batch.uid, operation=operation())
    assert Difference.objects.get(batch=batch).thing == "DSP-1 Display"
    assert had(stocked.display, batch.road) == 2000
    assert Place.objects.get(pk=batch.road_id).archived_at is None


def test_pieces_are_named_and_each_is_a_line(stocked, operation):
    road = stocked
    part = type(road.display).objects.create(number="BRD-1", name="Board", sort_name="board", tracking="serial")
    place = bin_of(road.krakow)
    said = {"part_uid": part.uid, "place_uid": place.uid, "quantity": 2000}
    line = Delivered(**said, which=Which(serials=("A1", "A2")))
    receive_goods(road.stan, road.krakow.uid, supplier="Depot", lines=[line], operation=operation())
    batch = begin(road, operation, to=road.gdansk, purpose="move")
    given = {**said, "quantity": 1000, "which": Which(serials=("A2",))}
    commands.pack_parts(road.lena, batch.uid, **given, operation=operation())
    sent(road, operation, batch)
    commands.arrive_batch(road.greg, batch.uid, operation=operation())
    [line] = batch_page(road.greg, batch.uid).lines
    assert line.serial == "A2"
    commands.receive_line(road.greg, batch.uid, line_uid=line.uid, operation=operation())
    assert Piece.objects.get(serial="A2").place == bin_of(road.gdansk)
    assert [flaw for flaw in verify()] == []
