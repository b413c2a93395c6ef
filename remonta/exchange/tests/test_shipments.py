"""Shipments of a sales system from a file: every row accounted for, found by whom and what, undone until registered."""

from datetime import date

import pytest

from remonta.catalogue.commands import add_part, change_product
from remonta.customers.commands import register_customer
from remonta.equipment.commands import register_shipped
from remonta.equipment.models import ShipmentLine
from remonta.equipment.queries import shipments_for, shipped_pieces_for, unit_parts
from remonta.exchange.commands import (
    MappingWrong,
    check_import,
    keep_check,
    make_import,
    start_import,
)
from remonta.exchange.tests.conftest import drained, finished, undone
from remonta.kernel.refusals import NotPermitted
from remonta.spine.verify import verify

HEAD = "Document;Date;Customer;Product code;Serial numbers;Quantity;Parts"
LINES = (
    "WZ/1;01.02.2026;Anna Nowak;BL-1;K-1, K-2;3;",
    "WZ/1;01.02.2026;Anna Nowak;vela one;P-1;1;DSP-1*1@D1#SN-5 | SCREW*4",
    "WZ/2;02.02.2026;Somebody Else;BL-1;;10;",
    "WZ/2;02.02.2026;Somebody Else;BL-1;;10;",
    "WZ/3;soon;Anna Nowak;BL-1;K-9;1;",
    "WZ/4;03.02.2026;Anna Nowak;NOPE;K-9;1;",
    "WZ/5;03.02.2026;Anna Nowak;BL-1;K-9, K-10;1;",
    "WZ/6;03.02.2026;Anna Nowak;BL-1;K-9;1;NOPE*2",
    "WZ/7;03.02.2026;Anna Nowak;BL-1;K-9;1.5;",
    ";03.02.2026;Anna Nowak;BL-1;K-9;1;",
    ";;;;;;",
)
ACCOUNT = {"double": 1, "date": 1, "product": 1, "quantity": 2, "part": 1, "key": 1, "empty": 1}


@pytest.fixture(autouse=True)
def goods(cast):
    change_product(
        cast.hana, cast.kettle.uid, category_id=cast.kettle.category_id, name="Boil", brand="Vela", code="BL-1"
    )
    add_part(cast.hana, number="SCREW", name="Screw")
    return register_customer(cast.rita, name="Anna Nowak", centre_id=cast.krakow.pk)


def brought(cast, *lines, size=2):
    content = "\n".join((HEAD, *lines)).encode()
    run = make_import(cast.hana, cast.krakow.uid, content=content, name="sold.csv", kind="shipments")
    keep_check(cast.hana, run.pk, found=drained(check_import(cast.hana, run.pk)))
    start_import(cast.hana, run.uid, here=True)
    return finished(cast.hana, run.pk, size)


def test_every_row_is_a_line_or_says_why_not(cast, goods):
    run = brought(cast, *LINES)
    assert (run.rows_read, run.created, run.updated, run.skipped) == (11, 3, 0, 8)
    assert run.reasons == ACCOUNT
    run.refresh_from_db()
    assert run.checked["reasons"] == ACCOUNT
    assert sorted(shipments_for(cast.emil).values_list("number", "customer_id", "customer_name")) == [
        ("WZ/1", goods.pk, "Anna Nowak"),
        ("WZ/2", None, "Somebody Else"),
    ]
    pieces = shipped_pieces_for(cast.emil).order_by("pk").values_list("serial", "quantity")
    assert list(pieces) == [("K-1", 1), ("K-2", 1), ("", 1), ("P-1", 1), ("", 10)]


def test_the_parts_really_used_go_into_the_unit(cast):
    brought(cast, LINES[1])
    line = ShipmentLine.objects.get()
    (unit,) = register_shipped(cast.rita, line.uid, centre_id=cast.krakow.pk)
    assert unit.sold_on == date(2026, 2, 1)
    inside = [(one.number, one.quantity, one.reference, one.serial) for one in unit_parts(cast.emil, unit.pk).lines]
    assert inside == [("DSP-1", 1000, "D1", "SN-5"), ("SCREW", 4000, "", "")]


def test_the_same_file_again_adds_nothing_and_a_changed_row_corrects(cast):
    brought(cast, *LINES)
    again = brought(cast, *LINES)
    assert (again.created, again.updated, again.reasons["here"]) == (0, 0, 3)
    changed = brought(cast, LINES[2].replace(";10;", ";12;"), LINES[0])
    assert (changed.created, changed.updated, changed.skipped) == (0, 1, 1)
    assert ShipmentLine.objects.get(shipment__number="WZ/2").quantity == 12
    undone(cast.hana, changed.uid)
    assert ShipmentLine.objects.get(shipment__number="WZ/2").quantity == 10


def test_an_undo_takes_out_what_nobody_has_registered(cast):
    run = brought(cast, *LINES)
    line = ShipmentLine.objects.get(product=cast.phone)
    register_shipped(cast.rita, line.uid, centre_id=cast.krakow.pk)
    undone(cast.hana, run.uid)
    assert ShipmentLine.objects.get() == line
    assert sorted(run.rows.exclude(fate="").values_list("fate", flat=True)) == ["kept", "withdrawn", "withdrawn"]
    assert list(verify()) == []


def test_a_line_with_its_number_is_known_again_with_other_serials(cast):
    head = HEAD.replace("Document;", "Document;Line;")
    for serial, outcome in (("K-1", "created"), ("K-2", "updated")):
        content = f"{head}\nWZ/1;7;01.02.2026;Anna Nowak;BL-1;{serial};1;\n".encode()
        run = make_import(cast.hana, cast.krakow.uid, content=content, name="sold.csv", kind="shipments")
        keep_check(cast.hana, run.pk, found=drained(check_import(cast.hana, run.pk)))
        start_import(cast.hana, run.uid, here=True)
        assert getattr(finished(cast.hana, run.pk), outcome) == 1
    assert list(shipped_pieces_for(cast.emil).values_list("serial", flat=True)) == ["K-2"]


def test_what_lacks_a_column_or_a_right_is_refused(cast, writes_nothing):
    content = b"Document;Date\nWZ/1;01.02.2026\n"
    run = make_import(cast.hana, cast.krakow.uid, content=content, name="sold.csv", kind="shipments")
    with writes_nothing(), pytest.raises(MappingWrong, match="Product code"):
        drained(check_import(cast.hana, run.pk))
    with writes_nothing(), pytest.raises(MappingWrong, match="InvenTree"):
        make_import(cast.hana, cast.krakow.uid, content=content, name="x.csv", kind="inventree")
    with pytest.raises(NotPermitted):
        make_import(cast.rita, cast.krakow.uid, content=content, name="sold.csv", kind="shipments")
