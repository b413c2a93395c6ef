"""Counting pieces by serial number and batches: what is found lies there, what is not is missing."""

import pytest

from remonta.kernel.ids import uuid7
from remonta.spine.queries import verify
from remonta.stock.commands import (
    BatchMissing,
    SerialsMissing,
    UnderWay,
    Which,
    approve_stocktake,
    begin_stocktake,
    close_count,
    count_moved_again,
    count_part,
    finish_counting,
    move_part,
    network_place,
    open_count,
    post_piece,
    repair_place,
    reserve_part,
)
from remonta.stock.models import LotBalance, Piece, Reservation, Stocktake
from remonta.stock.queries import differences, found_at, moved_meanwhile
from remonta.stock.tests.conftest import person


@pytest.fixture
def counted(tracked):
    tracked.wanda = person("wanda", "workshop_manager", tracked.krakow)
    tracked.poster = person("poster", "head", tracked.krakow).trusted_with("stock.post_counts")
    tracked.take = begin_stocktake(tracked.stella, tracked.krakow.uid, operation=uuid7())
    return tracked


def open_at(cast, place):
    return open_count(cast.egon, cast.take.uid, place_uid=place.uid, operation=uuid7())


def scan(cast, row, part, *serials, batch="", **more):
    said = {"part_uid": part.uid, "which": Which(serials, batch)}
    return count_part(cast.egon, row.uid, **said, **more, operation=uuid7())


def post(cast):
    finish_counting(cast.stella, cast.take.uid, leave_out=True, operation=uuid7())
    approve_stocktake(cast.wanda, cast.take.uid, operation=uuid7())
    while post_piece(cast.poster, cast.take.pk, places=1).state == "posting":
        pass
    assert Stocktake.objects.get(pk=cast.take.pk).state == "posted"
    assert [str(flaw) for flaw in verify() if flaw.book == "things"] == []


def where(serial):
    return Piece.objects.select_related("place").get(serial=serial).place


def count_batteries(cast, row):
    for code in ("late", "soon"):
        scan(cast, row, cast.battery, batch=code, quantity=5000)


def test_a_missing_a_strange_and_a_mislaid_piece(counted):
    """B is not found in A-01, X nobody knew lies there, and C lies in A-02."""
    row = open_at(counted, counted.bin)
    scan(counted, row, counted.display, "SN-A")
    scan(counted, row, counted.display, "sn a", "SN-X")
    count_batteries(counted, row)
    scan(counted, open_at(counted, counted.other_bin), counted.display, "SN-C")
    open_at(counted, counted.shelf)
    finish_counting(counted.stella, counted.take.uid, leave_out=True, operation=uuid7())
    counted.take.refresh_from_db()
    said = [(line.place, line.which, line.difference) for line in differences(counted.wanda, counted.take)]
    assert sorted(said) == [
        ("A-01", "SN-B", -1000),
        ("A-01", "SN-C", -1000),
        ("A-01", "SN-X", 1000),
        ("A-02", "SN-C", 1000),
    ]
    approve_stocktake(counted.wanda, counted.take.uid, operation=uuid7())
    while post_piece(counted.poster, counted.take.pk, places=1).state == "posting":
        pass
    assert [where(serial).code for serial in ("SN-A", "SN-B", "SN-X")] == ["A-01", "DIFFERENCE", "A-01"]
    assert [str(flaw) for flaw in verify() if flaw.book == "things"] == []


def test_a_piece_found_elsewhere_is_there_now(counted):
    scan(counted, open_at(counted, counted.other_bin), counted.display, "SN-C")
    open_at(counted, counted.shelf)
    reserve_part(counted.egon, counted.display.pk, counted.krakow.pk, 3000, 7)
    post(counted)
    assert where("SN-C") == counted.other_bin
    assert Reservation.objects.get().state == "released"


def test_batches_are_counted_apart(counted):
    row = open_at(counted, counted.bin)
    scan(counted, row, counted.display, "SN-A", "SN-B", "SN-C")
    scan(counted, row, counted.battery, batch="late", quantity=7000)
    scan(counted, row, counted.battery, batch="NEW", quantity=1000)
    close_count(counted.egon, row.uid, operation=uuid7())
    post(counted)
    kept = dict(LotBalance.objects.filter(place=counted.bin).values_list("lot__code", "on_hand"))
    assert kept == {"late": 7000, "soon": 0, "NEW": 1000}


def test_what_is_found_says_its_number(counted, refused):
    row = open_at(counted, counted.bin)
    with refused(SerialsMissing):
        scan(counted, row, counted.display)
    with refused(BatchMissing):
        scan(counted, row, counted.battery)
    scan(counted, row, counted.display, "SN-A")
    scan(counted, row, counted.battery, batch="late")
    assert [(one.serial, one.batch, one.quantity) for one in found_at(counted.egon, row)] == [
        ("", "late", 1000),
        ("SN-A", "", 1000),
    ]
    scan(counted, row, counted.display, "SN-A", quantity=0, instead=True)
    assert [one.batch for one in found_at(counted.egon, row)] == ["late"]


def test_a_piece_issued_to_a_repair_is_not_counted_in_a_bin(counted, refused):
    row = open_at(counted, counted.bin)
    out = {"reason": "issued", "which": Which(("SN-B",)), "thread_id": 7}
    move_part(counted.stella, counted.display.pk, 1000, counted.bin, repair_place(7, counted.krakow.pk), **out)
    with refused(UnderWay, "SN-B"):
        scan(counted, row, counted.display, "SN-B")


def test_only_the_piece_that_moved_is_counted_again(counted):
    row = open_at(counted, counted.bin)
    scan(counted, row, counted.display, "SN-A", "SN-B", "SN-C")
    count_batteries(counted, row)
    away = {"reason": "moved", "which": Which(("SN-B",))}
    move_part(counted.stella, counted.display.pk, 1000, counted.bin, network_place("scrap"), **away)
    assert [thing.name for thing in moved_meanwhile(row)] == ["DSP-5 SN-B"]
    count_moved_again(counted.egon, row.uid, operation=uuid7())
    close_count(counted.egon, row.uid, operation=uuid7())
    post(counted)
    assert where("SN-A") == counted.bin


def test_what_left_since_the_count_is_not_missing(counted):
    row = open_at(counted, counted.bin)
    scan(counted, row, counted.display, "SN-A")
    count_batteries(counted, row)
    close_count(counted.egon, row.uid, operation=uuid7())
    away = {"reason": "moved", "which": Which(("SN-B",))}
    move_part(counted.stella, counted.display.pk, 1000, counted.bin, counted.shelf, **away)
    post(counted)
    assert (where("SN-B"), where("SN-C").code) == (counted.shelf, "DIFFERENCE")
