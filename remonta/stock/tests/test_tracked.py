"""Parts by serial number and by batch: a piece is in one place, a batch never below zero, whatever moves."""

from datetime import date

import pytest

from remonta.catalogue.commands import change_part
from remonta.kernel.ids import uuid7
from remonta.spine.books import release_books
from remonta.spine.queries import verify
from remonta.stock.commands import (
    BatchMissing,
    NoSuchBatch,
    NoSuchSerial,
    NotEnoughOfBatch,
    OtherExpiry,
    SerialElsewhere,
    SerialsMissing,
    Shift,
    TrackingFixed,
    Which,
    WholePieces,
    hand_parts_over,
    move_part,
    move_parts,
    network_place,
    place_part,
    receive_parts,
    repair_place,
    scrap_part,
)
from remonta.stock.models import Balance, Lot, LotBalance, Move, Piece
from remonta.stock.queries import pieces_for, pieces_there

SPOILT = date(2026, 11, 1)


def flaws():
    return [str(flaw) for flaw in verify() if flaw.book == "things"]


def where(serial):
    return Piece.objects.select_related("place").get(serial=serial).place


def kept(lot, place):
    return LotBalance.objects.filter(lot__code=lot, place=place).values_list("on_hand", flat=True).first() or 0


def told(cast, part, quantity, source, target, **which):
    return move_part(cast.stella, part.pk, quantity, source, target, reason="moved", which=Which(**which))


def test_each_piece_is_a_move_of_its_own(tracked):
    shift = Shift(tracked.display.pk, 2000, tracked.bin, tracked.other_bin, which=Which(("sn a", "SN-C")))
    moves = move_parts(tracked.stella, [shift], reason="moved")
    assert [(move.quantity, move.serial) for move in moves] == [(1000, "SN-A"), (1000, "SN-C")]
    assert [where(serial) for serial in ("SN-A", "SN-B", "SN-C")] == [tracked.other_bin, tracked.bin, tracked.other_bin]
    assert Balance.objects.get(part=tracked.display, place=tracked.other_bin).on_hand == 2000
    assert not flaws()


def test_all_that_lies_there_need_not_be_named(tracked):
    told(tracked, tracked.display, 3000, tracked.bin, tracked.shelf)
    assert Piece.objects.filter(place=tracked.shelf).count() == 3


def test_some_of_several_have_to_be_named(tracked, refused):
    with refused(SerialsMissing, "2"):
        told(tracked, tracked.display, 2000, tracked.bin, tracked.shelf)
    with refused(SerialsMissing):
        told(tracked, tracked.display, 2000, tracked.bin, tracked.shelf, serials=("SN-A", "sn-a"))
    with refused(WholePieces):
        told(tracked, tracked.display, 1500, tracked.bin, tracked.shelf, serials=("SN-A",))


def test_a_piece_moves_from_where_it_is_only(tracked, refused):
    told(tracked, tracked.display, 1000, tracked.bin, tracked.other_bin, serials=("SN-A",))
    with refused(SerialElsewhere, "A-02"):
        told(tracked, tracked.display, 1000, tracked.bin, tracked.shelf, serials=("SN-A",))
    with refused(NoSuchSerial, "SN-X"):
        told(tracked, tracked.display, 1000, tracked.bin, tracked.shelf, serials=("SN-X",))
    with refused(SerialElsewhere):
        receive_parts(
            tracked.stella, [(tracked.display.pk, 1000, tracked.bin)], tracked.krakow.pk, which=[Which(("SN-B",))]
        )


def test_a_batch_follows_its_moves(tracked, refused):
    told(tracked, tracked.battery, 2000, tracked.bin, tracked.shelf, batch="SOON")
    assert (kept("soon", tracked.bin), kept("soon", tracked.shelf)) == (3000, 2000)
    with refused(NotEnoughOfBatch, "Only 3 of the batch soon"):
        told(tracked, tracked.battery, 4000, tracked.bin, tracked.shelf, batch="soon")
    with refused(BatchMissing, "soon, late"):
        told(tracked, tracked.battery, 1000, tracked.bin, tracked.shelf)
    with refused(NoSuchBatch):
        told(tracked, tracked.battery, 1000, tracked.bin, tracked.shelf, batch="never")
    assert told(tracked, tracked.battery, 2000, tracked.shelf, tracked.bin).lot.code == "soon"
    assert not flaws()


def test_everything_goes_batch_by_batch(tracked):
    told(tracked, tracked.battery, 10000, tracked.bin, tracked.shelf)
    assert (kept("soon", tracked.shelf), kept("late", tracked.shelf)) == (5000, 5000)
    assert Move.objects.filter(target=tracked.shelf).count() == 2


def test_a_batch_has_one_last_day(tracked, refused):
    line = [(tracked.battery.pk, 1000, tracked.bin)]
    with refused(OtherExpiry):
        receive_parts(tracked.stella, line, tracked.krakow.pk, which=[Which(batch="soon", expires_on=SPOILT)])
    receive_parts(tracked.stella, line, tracked.krakow.pk, which=[Which(batch="Soon")])
    assert Lot.objects.filter(part=tracked.battery).count() == 2
    with refused(BatchMissing):
        receive_parts(tracked.stella, line, tracked.krakow.pk)


def test_a_piece_keeps_its_batch_and_the_batch_its_balance(tracked):
    which = [Which(("SN-D",), "B7", date(2029, 5, 1))]
    receive_parts(tracked.stella, [(tracked.display.pk, 1000, tracked.bin)], tracked.krakow.pk, which=which)
    told(tracked, tracked.display, 1000, tracked.bin, tracked.shelf, serials=("SN-D",))
    assert (kept("B7", tracked.bin), kept("B7", tracked.shelf)) == (0, 1000)
    assert not flaws()


def test_what_was_built_in_goes_with_the_unit(tracked):
    repair = repair_place(77, tracked.krakow.pk)
    told(tracked, tracked.display, 1000, tracked.bin, repair, serials=("SN-B",))
    told(tracked, tracked.battery, 1000, tracked.bin, repair, batch="late")
    hand_parts_over(tracked.stella, 77)
    assert where("SN-B") == network_place("customer")
    assert not flaws()


def test_the_storekeeper_names_the_piece(tracked):
    said = {"quantity": 1000, "source_uid": tracked.bin.uid}
    stella, part = tracked.stella, tracked.display.pk
    place_part(stella, part, **said, target_uid=tracked.shelf.uid, which=Which(("SN-A",)), operation=uuid7())
    scrap_part(stella, part, **said, which=Which(("SN-B",)), operation=uuid7())
    assert (where("SN-A"), where("SN-B")) == (tracked.shelf, network_place("scrap"))


def test_how_a_part_is_kept_changes_only_while_none_is_there(tracked, cast, refused):
    ada = cast.stella.trusted_with("catalogue.see", "catalogue.write")
    named = {"number": "DSP-5", "name": "Display"}
    with refused(TrackingFixed):
        change_part(ada, tracked.display.uid, **named, tracking="quantity")
    change_part(ada, tracked.display.uid, **named, gtin="96385074")
    told(tracked, tracked.display, 3000, tracked.bin, network_place("scrap"))
    assert change_part(ada, tracked.display.uid, **named, tracking="quantity").tracking == "quantity"
    assert not flaws()


@pytest.mark.parametrize(
    ("model", "change", "said"),
    [
        (Piece, {}, "last move ended"),
        (LotBalance, {"on_hand": 4000}, "the moves add up to"),
        (Balance, {"on_hand": 4000}, "pieces or batches make up"),
    ],
)
def test_a_false_row_is_found_out(tracked, model, change, said):
    """The proof of the proof."""
    model.objects.filter(place=tracked.bin).update(**(change or {"place": tracked.shelf}))
    assert any(said in flaw for flaw in flaws())


def test_a_piece_that_jumped_is_found_out(tracked):
    release_books()
    Move.objects.filter(serial="SN-A").update(source=tracked.shelf)
    Move.objects.filter(serial="SN-B").update(quantity=2000)
    assert any("starts at place" in flaw for flaw in flaws())
    assert any("not of this piece alone" in flaw for flaw in flaws())


def test_where_a_piece_lies_in_a_foreign_centre_is_told_in_words(tracked):
    piece = Piece.objects.get(serial="SN-A")
    move_part(
        tracked.stella, tracked.display.pk, 1000, tracked.bin, tracked.far_bin, reason="x", which=Which(("SN-A",))
    )
    [seen] = pieces_there(tracked.stella, pieces_for(tracked.stella).filter(pk=piece.pk))
    assert (seen.place, seen.place_uid) == ("bin", None)
    [seen] = pieces_there(tracked.gosia, pieces_for(tracked.gosia).filter(pk=piece.pk))
    assert seen.place_uid == tracked.far_bin.uid
